"""Selecting by mouse and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

if TYPE_CHECKING:
    from viewer.gui.browser.grid import ThumbnailGrid

_Move = QAbstractItemView.CursorAction
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
MOVES = {
    Qt.Key.Key_Left: _Move.MoveLeft,
    Qt.Key.Key_Right: _Move.MoveRight,
    Qt.Key.Key_Up: _Move.MoveUp,
    Qt.Key.Key_Down: _Move.MoveDown,
    Qt.Key.Key_PageUp: _Move.MovePageUp,
    Qt.Key.Key_PageDown: _Move.MovePageDown,
    Qt.Key.Key_Home: _Move.MoveHome,
    Qt.Key.Key_End: _Move.MoveEnd,
}
"""Keys that move the current digit."""
DRAG_INTERVAL = 40
"""Milliseconds between two lines of scrolling while the mouse is dragged outside."""


class Picker(QObject):
    """Turns clicks, drags and keys on a grid into changes of its selection.

    A click selects one digit, with Ctrl it adds or takes away one, with Shift it selects
    all from the last one clicked, with both it adds them. Dragging selects all from where
    it began, in reading order. Keys do as clicks do; Ctrl moves without selecting, and
    Ctrl+Space adds or takes away.
    """

    def __init__(self, grid: ThumbnailGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._dragged: QPoint | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(DRAG_INTERVAL)
        self._timer.timeout.connect(self._extend)

    def press(self, point: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Take a press of the mouse; beside all digits it does nothing."""
        row = self._grid.indexAt(point).row()
        if row >= 0:
            self._dragged = point
            self._pick(row, modifiers)

    def drag(self, point: QPoint) -> None:
        """Follow the mouse; outside of the grid it scrolls on."""
        if self._dragged is not None:
            self._dragged = point
            self._timer.start()
            self._extend()

    def pick(self, row: int) -> None:
        """Select a digit and no other."""
        self._pick(row, Qt.KeyboardModifier.NoModifier)

    def release(self) -> None:
        """End a drag."""
        self._dragged = None
        self._timer.stop()

    def press_key(self, event: QKeyEvent) -> bool:
        """Take a key; return whether it was one to select by."""
        current, modifiers = self._grid.currentIndex().row(), event.modifiers()
        if modifiers == _CONTROL and event.key() == Qt.Key.Key_Space and current >= 0:
            self._pick(current, modifiers)
            return True
        move = MOVES.get(Qt.Key(event.key()))
        if move is None:
            return False
        row = self._grid.moveCursor(move, modifiers).row()
        if row < 0:
            return False
        if modifiers & (_SHIFT | _CONTROL) == _CONTROL:
            self._grid.set_current(row, center=False)
        else:
            self._pick(row, modifiers)
        return True

    def _pick(self, row: int, modifiers: Qt.KeyboardModifier) -> None:
        """Change the selection as a click with these modifiers does."""
        selection = self._grid.selection
        pressed = modifiers & (_SHIFT | _CONTROL)
        if pressed == _SHIFT:
            selection.extend(row)
        elif pressed == _CONTROL:
            selection.toggle(row)
        elif pressed:
            selection.extend_beside(row)
        else:
            selection.choose(row)
        self._grid.set_current(row, center=False)
        self._grid.tell_picked()

    def _extend(self) -> None:
        """Extend the selection to the mouse, which may be above or below all cells."""
        if self._dragged is None:
            return
        row = self._grid.nearest_row(self._dragged)
        if row != self._grid.currentIndex().row():
            self._grid.selection.extend(row)
            self._grid.set_current(row, center=False)
            self._grid.tell_picked()
