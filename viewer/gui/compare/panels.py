"""The digits that are compared, in rows and columns, under one zoom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from viewer.gui.compare.item import CompareItem
from viewer.gui.compare.panel import ComparePanel
from viewer.gui.inspector.panels import GAP, LINE_GAP, share
from viewer.gui.theme import Theme

MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
REMOVE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
ACROSS = 3
"""Panels that stand side by side, and rows of them, at most."""


class ComparePanels(QWidget):
    """A panel for each digit; places count them from 0.

    A panel that is taken away is kept for the next comparison, since making one takes longer
    than a frame.

    Parameters
    ----------
    theme : Theme
        Colours.
    before : QWidget
        From which Tab goes to the first panel.

    Attributes
    ----------
    chosen : Signal
        The place of the digit to go to.
    removed : Signal
        The place of the digit to take away.
    drawing_made : Signal
        The `StrokesItem` of a new panel.
    grid_made : Signal
        The `GridItem` of a new panel.
    """

    chosen = Signal(int)
    removed = Signal(int)
    drawing_made = Signal(object)
    grid_made = Signal(object)

    def __init__(self, theme: Theme, before: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = before
        self.shown: list[ComparePanel] = []
        self.current = 0
        self._spare: list[ComparePanel] = []
        self._theme = theme

    def show_items(self, items: Sequence[CompareItem]) -> None:
        """Show digits, whose strokes are not there yet; the first one becomes current."""
        while len(self.shown) < len(items):
            self.shown.append(self._spare.pop() if self._spare else self._make())
        while len(self.shown) > len(items):
            self._put_away(len(self.shown) - 1)
        for panel, item in zip(self.shown, items, strict=True):
            panel.show_item(item)
            panel.show()
        self._order()
        self._make_current(0)

    def take_away(self, place: int) -> None:
        """Take a digit away; the one after it becomes current."""
        focused = self.shown[place].hasFocus()
        self._put_away(place)
        self._order()
        self._make_current(min(self.current, len(self.shown) - 1))
        if focused:
            self.shown[self.current].setFocus()

    def enter(self) -> None:
        """Give the keyboard to the current panel."""
        self.shown[self.current].setFocus()

    def move_current(self, right: int, down: int) -> None:
        """Make a neighbour of the current digit the current one."""
        columns = self._columns(self.width(), self.height())
        row, column = divmod(self.current, columns)
        place = (row + down) * columns + column + right
        if 0 <= column + right < columns and 0 <= place < len(self.shown):
            self.shown[place].setFocus()

    def fit(self) -> None:
        """Show the whole images."""
        for panel in self.shown:
            panel.lens.fit()
            panel.board.follow(panel.lens)

    def zoom(self, steps: int) -> None:
        """Zoom in (+) or out (-) around the middle of what is in view."""
        for panel in self.shown:
            column, row, columns, rows = panel.lens.visible()
            panel.lens.zoom(steps, row + rows / 2, column + columns / 2)
            panel.board.follow(panel.lens)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for panel in (*self.shown, *self._spare):
            panel.set_theme(theme)

    def _make(self) -> ComparePanel:
        panel = ComparePanel(self._theme, self)
        self.drawing_made.emit(panel.drawing)
        self.grid_made.emit(panel.board.grid)
        panel.chosen.connect(lambda: self.chosen.emit(self.shown.index(panel)))
        panel.removed.connect(lambda: self.removed.emit(self.shown.index(panel)))
        panel.entered.connect(lambda: self._make_current(self.shown.index(panel)))
        board = panel.board
        board.zoomed.connect(lambda *zoom: self._zoom_at(panel, *zoom))
        board.panned.connect(lambda *way: self._pan(panel, *way))
        board.resized.connect(lambda: _fill(panel))
        return panel

    def _put_away(self, place: int) -> None:
        panel = self.shown.pop(place)
        panel.hide()
        self._spare.append(panel)

    def _order(self) -> None:
        """Let Tab go through the panels as they stand, and give them their places."""
        for before, after in pairwise((self._before, *self.shown)):
            QWidget.setTabOrder(before, after)
        self._arrange()

    def _make_current(self, place: int) -> None:
        self.current = place
        for other, panel in enumerate(self.shown):
            panel.set_current(other == place)

    def _zoom_at(self, source: ComparePanel, steps: int, row: float, column: float) -> None:
        """Zoom all around the same place, as a share of each one's image."""
        for panel in self.shown:
            rows, columns = (a / b for a, b in zip(panel.shape, source.shape, strict=True))
            panel.lens.zoom(steps, row * rows, column * columns)
            panel.board.follow(panel.lens)

    def _pan(self, source: ComparePanel, rows: float, columns: float) -> None:
        for panel in self.shown:
            panel.lens.pan(
                rows * panel.shape[0] / source.shape[0],
                columns * panel.shape[1] / source.shape[1],
            )
            panel.board.follow(panel.lens)

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

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 240)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Place the panels: equal sizes, whole pixels."""
        if not self.shown:
            return
        columns = self._columns(self.width(), self.height())
        width, height = self._size(columns, self.width(), self.height())
        for place, panel in enumerate(self.shown):
            panel.set_caption_lines(width)
            row, column = divmod(place, columns)
            panel.setGeometry(column * (width + GAP), row * (height + LINE_GAP), width, height)

    def _columns(self, width: int, height: int) -> int:
        """Return how many panels stand side by side so that the digits are largest."""

        def digit_side(columns: int) -> int:
            across, down = self._size(columns, width, height)
            return min(across, down - self.shown[0].overhead(across))

        count = len(self.shown)
        rows = range(1, min(count, ACROSS) + 1)
        offered = {-(-count // row) for row in rows}
        return max(sorted(offered & set(range(1, ACROSS + 1))), key=digit_side)

    def _size(self, columns: int, width: int, height: int) -> tuple[int, int]:
        """Return width and height of a panel in a number of columns."""
        rows = -(-len(self.shown) // columns)
        return share(width, columns, GAP), share(height, rows, LINE_GAP)


def _fill(panel: ComparePanel) -> None:
    """Take the size of a board."""
    size = panel.board.viewport().size()
    panel.lens.set_view(size.width(), size.height(), panel.board.devicePixelRatioF())
    panel.board.follow(panel.lens)
