"""The digits that are compared, in rows and columns, under one zoom."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent

from viewer.gui.compare.item import CompareItem
from viewer.gui.compare.panel import ComparePanel
from viewer.gui.compare.panel_grid import PanelGrid

MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
REMOVE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class ComparePanels(PanelGrid[ComparePanel]):
    """A panel for each digit; places count them from 0.

    Attributes
    ----------
    chosen : Signal
        The place of the digit to go to.
    removed : Signal
        The place of the digit to take away.
    """

    chosen = Signal(int)
    removed = Signal(int)

    def show_items(self, items: Sequence[CompareItem]) -> None:
        """Show digits, whose strokes are not there yet; the first one becomes current."""
        self.set_count(len(items))
        for panel, item in zip(self.shown, items, strict=True):
            panel.show_item(item)
        self.make_current(0)

    def take_away(self, place: int) -> None:
        """Take a digit away; the one after it becomes current."""
        focused = self.shown[place].hasFocus()
        self.put_away(place)
        self.order()
        if focused:
            self.enter()

    def move_current(self, right: int, down: int) -> None:
        """Make a neighbour of the current digit the current one."""
        columns = self.columns()
        row, column = divmod(self.current, columns)
        place = (row + down) * columns + column + right
        if 0 <= column + right < columns and 0 <= place < len(self.shown):
            self.shown[place].setFocus()

    def new_panel(self) -> ComparePanel:
        panel = ComparePanel(self._theme, self)
        panel.chosen.connect(lambda: self.chosen.emit(self.shown.index(panel)))
        panel.removed.connect(lambda: self.removed.emit(self.shown.index(panel)))
        return panel

    def event(self, event: QEvent) -> bool:
        """Keep keys that a focused panel understands from the window's shortcuts."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._slot(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        slot = self._slot(event)
        if slot is None:
            super().keyPressEvent(event)
        else:
            slot()

    def _slot(self, event: QKeyEvent) -> Callable[[], None] | None:
        """Return what a key does to the current digit."""
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        if key in MOVES:
            return lambda: self.move_current(*MOVES[key])
        if key in CHOOSE:
            return lambda: self.chosen.emit(self.current)
        return (lambda: self.removed.emit(self.current)) if key in REMOVE else None
