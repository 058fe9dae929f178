"""The line that names a facet, folds it, and says what is chosen in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from viewer.gui.theme import Theme

HEIGHT = 32


class FacetHeader(QAbstractButton):
    """A button with a triangle, checked while its facet is unfolded."""

    def __init__(
        self, theme: Theme, title: str, help_text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._choice = ""
        self.setText(title)
        self.setAccessibleName(title)
        self.setToolTip(f"{help_text} Click to fold or unfold.")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def choice(self) -> str:
        """What is chosen in the facet, in words; "" for nothing."""
        return self._choice

    def set_choice(self, words: str) -> None:
        """Say what is chosen in the facet."""
        self._choice = words
        self.setAccessibleDescription(words)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 48, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, HEIGHT)

    def event(self, event: QEvent) -> bool:
        """Keep Space and Enter from the menus."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0, 2, 0, -2), 4, 4)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 2.5, -0.5, -2.5), 4, 4)
        self._paint_triangle(painter)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        middle = Qt.AlignmentFlag.AlignVCenter
        line = QRectF(24, 0, self.width() - 32, self.height())
        title = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(line.width())
        )
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignLeft, title)
        line.setLeft(line.left() + painter.fontMetrics().horizontalAdvance(title) + 12)
        painter.setFont(self.font())
        painter.setPen(QColor(theme.accent))
        words = self.fontMetrics().elidedText(
            self._choice, Qt.TextElideMode.ElideRight, max(int(line.width()), 0)
        )
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, words)

    def _paint_triangle(self, painter: QPainter) -> None:
        """Draw the triangle: to the right while folded, downward while unfolded."""
        middle = self.height() / 2
        if self.isChecked():
            corners = [(7.5, middle - 2), (15.5, middle - 2), (11.5, middle + 3)]
        else:
            corners = [(9.5, middle - 4), (14.5, middle), (9.5, middle + 4)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.muted))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
