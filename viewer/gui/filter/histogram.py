"""A facet of many numbers as a small histogram, in which a range is dragged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from viewer.gui.filter.bars import Bar
from viewer.gui.filter.tints import bar_color
from viewer.gui.inspector.labels import figures_font
from viewer.gui.theme import Theme

PLOT = 48
"""Height of the highest bar in pixels."""

MARGIN = 8
KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Space,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
)


class Histogram(QWidget):
    """Bars side by side; a click chooses one, dragging or Shift with the arrows a range.

    `picked` is emitted with the first and the last place of what was chosen, `cleared` when
    the one chosen bar was clicked again.
    """

    picked = Signal(int, int)
    cleared = Signal()

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bars: tuple[Bar, ...] = ()
        self._limits = ("", "")
        self._current = 0
        self._anchor = 0
        self._hovered = -1
        self._dragged: tuple[int, int] | None = None
        self.setAccessibleName(title)
        self.setToolTip("Click a bar, or drag over several, to show the digits in that range")
        self.setFont(figures_font(self.font(), -1))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The bars shown."""
        return self._bars

    @property
    def current(self) -> int:
        """The bar that the keys act on."""
        return self._current

    def show_bars(self, bars: Sequence[Bar], low: str, high: str) -> None:
        """Show other bars, and the limits of the whole below them."""
        self._bars = tuple(bars)
        self._limits = (low, high)
        last = max(len(bars) - 1, 0)
        self._current = min(self._current, last)
        self._anchor = min(self._anchor, last)
        if self._dragged is not None:
            self._dragged = (min(self._dragged[0], last), min(self._dragged[1], last))
        self._describe()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def box(self, place: int) -> QRectF:
        """Return the column of a bar, from the top of the plot to its ground."""
        width = (self.width() - 2 * MARGIN) / max(len(self._bars), 1)
        return QRectF(MARGIN + place * width, 2, width, PLOT)

    def sizeHint(self) -> QSize:
        return QSize(200, PLOT + self.fontMetrics().height() + 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Keep its keys from the menus, and say of each bar what it is."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in KEYS and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
                event.accept()
                return True
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._place(QPointF(event.pos()))
            text = self._bars[place].words if self._bars else self.toolTip()
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._bars) - 1
        key = event.key()
        if last < 0 or key not in KEYS:
            super().keyPressEvent(event)
            return
        if key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._anchor = self._current
            self._pick(self._current, self._current)
            return
        places = {
            Qt.Key.Key_Left: self._current - 1,
            Qt.Key.Key_Right: self._current + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        self._current = min(max(places[Qt.Key(key)], 0), last)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.picked.emit(*sorted((self._anchor, self._current)))
        else:
            self._anchor = self._current
        self._describe()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._bars:
            self._current = self._anchor = self._place(event.position())
            self._dragged = (self._current, self._current)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._bars:
            return
        place = self._place(event.position())
        if place != self._hovered:
            self._hovered = place
            self.update()
        if self._dragged is not None:
            dragged = (min(self._anchor, place), max(self._anchor, place))
            if dragged != self._dragged:
                self._dragged = dragged
                self._current = place
                self.picked.emit(*dragged)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._dragged is not None:
            first, last = self._dragged
            moved = self._current != self._anchor
            self._dragged = None
            if moved:
                self.picked.emit(first, last)
            else:
                self._pick(first, last)
            self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._hovered = -1
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((bar.count for bar in self._bars), default=0)
        chosen = self._chosen()
        for place in range(len(self._bars)):
            self._paint_bar(painter, place, most, chosen)
        ground = self.box(0).bottom() + 0.5
        painter.setPen(QPen(QColor(self._theme.border), 1))
        painter.drawLine(QPointF(MARGIN, ground), QPointF(self.width() - MARGIN, ground))
        if self._bars and self.hasFocus():
            box = self.box(self._current)
            painter.setPen(QPen(QColor(self._theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-0.5, -1.5, 0.5, 2.5), 2, 2)
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        """Say the limits below the bars, or of the bar in question what it is."""
        line = QRectF(MARGIN, PLOT + 6, self.width() - 2 * MARGIN, self.fontMetrics().height())
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        place = self._hovered if self._hovered >= 0 else self._current
        asked = self._bars and (self._hovered >= 0 or self.hasFocus())
        if asked:
            bar = self._bars[place]
            painter.setPen(QColor(self._theme.text))
            words = self.fontMetrics().elidedText(
                f"{bar.label}: {bar.count:,}", Qt.TextElideMode.ElideRight, int(line.width())
            )
            painter.drawText(line, left | Qt.AlignmentFlag.AlignTop, words)
            return
        painter.setPen(QColor(self._theme.muted))
        for text, side in zip(self._limits, (left, right), strict=True):
            painter.drawText(line, side | Qt.AlignmentFlag.AlignTop, text)

    def _paint_bar(self, painter: QPainter, place: int, most: int, chosen: Sequence[bool]) -> None:
        """Draw a bar; a chosen one stands on a ground line of its own."""
        bar, box = self._bars[place], self.box(place)
        painter.setPen(Qt.PenStyle.NoPen)
        if place == self._hovered:
            painter.setBrush(QColor(self._theme.hover))
            painter.drawRect(box)
        gap = 1.0 if box.width() > 4 else 0.0
        if bar.count:
            height = max(PLOT * bar.count / most, 2.0)
            painter.setBrush(bar_color(self._theme, chosen=chosen[place], among_chosen=any(chosen)))
            painter.drawRect(
                QRectF(box.left() + gap / 2, box.bottom() - height, box.width() - gap, height)
            )
        if chosen[place]:
            painter.setBrush(QColor(self._theme.accent))
            painter.drawRect(QRectF(box.left(), box.bottom(), box.width(), 3))

    def _chosen(self) -> list[bool]:
        """Return which bars are chosen; while dragging, those under the drag."""
        if self._dragged is not None and self._dragged[0] != self._dragged[1]:
            first, last = self._dragged
            return [first <= place <= last for place in range(len(self._bars))]
        return [bar.chosen for bar in self._bars]

    def _pick(self, first: int, last: int) -> None:
        """Choose a range, or clear the choice where it is that already."""
        places = [place for place, bar in enumerate(self._bars) if bar.chosen]
        if places == list(range(first, last + 1)):
            self.cleared.emit()
        else:
            self.picked.emit(first, last)

    def _place(self, point: QPointF) -> int:
        """Return the bar nearest to a point."""
        share = (point.x() - MARGIN) / max(self.width() - 2 * MARGIN, 1)
        return min(max(int(share * len(self._bars)), 0), len(self._bars) - 1)

    def _describe(self) -> None:
        """Tell assistive programs the bar that the keys act on."""
        self.setAccessibleDescription(self._bars[self._current].words if self._bars else "")
