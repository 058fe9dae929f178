"""The line in which a query is typed, with its error marked where it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QWidget

from viewer.catalog.query.complete import Completion
from viewer.gui.filter.hints import Hints
from viewer.gui.theme import Theme

WAVE = 4
"""Length of a wave of the error's mark in pixels."""


class QueryEdit(QLineEdit):
    """A line with hints below it.

    `hints_wanted` is emitted when completions are asked for, `confirmed` on Enter, `left` on
    Escape while no hints are shown, and `blurred` when the focus goes elsewhere.
    """

    hints_wanted = Signal()
    confirmed = Signal()
    left = Signal()
    blurred = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark: tuple[int, int] | None = None
        self.hints = Hints(theme, self)
        self.hints.picked.connect(self.accept_completion)

    @property
    def mark(self) -> tuple[int, int] | None:
        """The characters marked as wrong, from and up to."""
        return self._mark

    def set_mark(self, start: int, end: int) -> None:
        """Mark characters as wrong; where none are, the place at which one is missing."""
        self._mark = (start, end)
        self.update()

    def clear_mark(self) -> None:
        """Mark nothing."""
        self._mark = None
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.hints.set_theme(theme)
        self.update()

    def accept_completion(self, completion: Completion) -> None:
        """Put a completion into the line and ask for what may follow."""
        self.setSelection(completion.start, completion.end - completion.start)
        self.insert(completion.text)
        self.textEdited.emit(self.text())

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the hints from the menus."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key()
            in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape, Qt.Key.Key_Return)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, hints = event.key(), self.hints
        controlled = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if hints.completions:
                hints.move_choice(1 if key == Qt.Key.Key_Down else -1)
            elif key == Qt.Key.Key_Down:
                self.hints_wanted.emit()
        elif key == Qt.Key.Key_Space and controlled:
            self.hints_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if chosen := hints.chosen():
                self.accept_completion(chosen)
            else:
                self.confirmed.emit()
        elif key == Qt.Key.Key_Escape:
            if hints.isVisible():
                hints.hide()
            else:
                self.left.emit()
        else:
            if key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
                hints.hide()
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab take a completion while there are some."""
        if forward and self.hints.completions:
            self.accept_completion(self.hints.chosen() or self.hints.completions[0])
            return True
        return super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.hints.hide()
            self.blurred.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._mark is None:
            return
        start, end = self._mark
        left = self._x(start)
        right = max(self._x(end), left + 2 * WAVE)
        inside = self._inside()
        ground = inside.center().y() + self.fontMetrics().height() / 2 + 1
        corners = [QPointF(left, ground)]
        while corners[-1].x() < right:
            up = len(corners) % 2
            corners.append(QPointF(corners[-1].x() + WAVE / 2, ground - 2.5 * up))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(inside)
        pen = QPen(QColor(self._theme.error), 1.5)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(corners))

    def _inside(self) -> QRect:
        """Return the part of the line that holds the text."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        return inside.marginsRemoved(self.textMargins())

    def _x(self, place: int) -> float:
        """Return where a character begins, as far as the line is scrolled now."""
        metrics, text = QFontMetricsF(self.font()), self.text()
        before = metrics.horizontalAdvance(text[: self.cursorPosition()])
        # Qt gives the cursor a rectangle that begins 5 pixels to its left
        return self.cursorRect().left() + 5 - before + metrics.horizontalAdvance(text[:place])
