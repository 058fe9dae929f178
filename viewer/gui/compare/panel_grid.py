"""Panels in rows and columns, under one zoom."""

from __future__ import annotations

from itertools import pairwise
from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from viewer.gui.compare.board_panel import BoardPanel
from viewer.gui.inspector.panels import GAP, LINE_GAP, share
from viewer.gui.theme import Theme

Kind = TypeVar("Kind", bound=BoardPanel)
ACROSS = 3
"""Panels that stand side by side, and rows of them, at most."""


class PanelGrid(QWidget, Generic[Kind]):
    """Some panels as large as there is room; places count them from 0.

    A panel that is taken away is kept for the next time, since making one takes longer
    than a frame.

    Parameters
    ----------
    theme : Theme
        Colours.
    before : QWidget
        From which Tab goes to the first panel.

    Attributes
    ----------
    drawing_made : Signal
        The `StrokesItem` of a new panel.
    grid_made : Signal
        The `GridItem` of a new panel.
    """

    drawing_made = Signal(object)
    grid_made = Signal(object)

    def __init__(self, theme: Theme, before: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = before
        self.shown: list[Kind] = []
        self.current = 0
        self._spare: list[Kind] = []
        self._theme = theme

    def set_count(self, count: int) -> None:
        """Have so many panels, 1 to 9."""
        if count == len(self.shown):
            return
        while len(self.shown) < count:
            panel = self._spare.pop() if self._spare else self._make()
            self.shown.append(panel)
            panel.show()
        while len(self.shown) > count:
            self.put_away(len(self.shown) - 1)
        self.order()

    def put_away(self, place: int) -> None:
        """Take a panel away; `order` closes the gap."""
        panel = self.shown.pop(place)
        panel.hide()
        self._spare.append(panel)

    def order(self) -> None:
        """Let Tab go through the panels as they stand, and give them their places."""
        chain: list[QWidget] = [self._before, *self.shown]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)
        self.make_current(min(self.current, len(self.shown) - 1))
        self.arrange()

    def enter(self) -> None:
        """Give the keyboard to the current panel."""
        if self.shown:
            self.shown[self.current].setFocus()

    def make_current(self, place: int) -> None:
        """Frame one of the panels."""
        self.current = place
        for other, panel in enumerate(self.shown):
            panel.set_current(other == place)

    def fit(self) -> None:
        """Show the whole images."""
        for panel in self.shown:
            panel.lens.fit()
            panel.board.follow(panel.lens)

    def zoom(self, steps: int) -> None:
        """Zoom in (+) or out (-) around the middle of what is in view."""
        for panel in self.shown:
            panel.lens.zoom(steps, *panel.lens.middle())
            panel.board.follow(panel.lens)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for panel in (*self.shown, *self._spare):
            panel.set_theme(theme)

    def new_panel(self) -> Kind:
        """Return a panel that was never shown."""
        raise NotImplementedError

    def _make(self) -> Kind:
        panel = self.new_panel()
        self.drawing_made.emit(panel.drawing)
        self.grid_made.emit(panel.board.grid)
        panel.entered.connect(lambda: self.make_current(self.shown.index(panel)))
        board = panel.board
        board.zoomed.connect(lambda *zoom: self._zoom_at(panel, *zoom))
        board.panned.connect(lambda *way: self._pan(panel, *way))
        board.resized.connect(lambda: board.fill(panel.lens))
        return panel

    def _zoom_at(self, source: Kind, steps: int, row: float, column: float) -> None:
        """Zoom all around the same place, as a share of each one's image."""
        for panel in self.shown:
            rows, columns = (a / b for a, b in zip(panel.shape, source.shape, strict=True))
            panel.lens.zoom(steps, row * rows, column * columns)
            panel.board.follow(panel.lens)

    def _pan(self, source: Kind, rows: float, columns: float) -> None:
        for panel in self.shown:
            panel.lens.pan(
                rows * panel.shape[0] / source.shape[0],
                columns * panel.shape[1] / source.shape[1],
            )
            panel.board.follow(panel.lens)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 240)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()

    def arrange(self) -> None:
        """Place the panels: equal sizes, whole pixels."""
        if not self.shown:
            return
        columns = self.columns()
        width, height = self._size(columns)
        for place, panel in enumerate(self.shown):
            panel.set_caption_lines(width)
            row, column = divmod(place, columns)
            panel.setGeometry(column * (width + GAP), row * (height + LINE_GAP), width, height)

    def columns(self) -> int:
        """Return how many panels stand side by side so that the digits are largest."""

        def digit_side(columns: int) -> int:
            across, down = self._size(columns)
            return min(across, down - self.shown[0].overhead(across))

        count = len(self.shown)
        rows = range(1, min(count, ACROSS) + 1)
        offered = {-(-count // row) for row in rows}
        return max(sorted(offered & set(range(1, ACROSS + 1))), key=digit_side)

    def _size(self, columns: int) -> tuple[int, int]:
        """Return width and height of a panel in a number of columns."""
        rows = -(-len(self.shown) // columns)
        return share(self.width(), columns, GAP), share(self.height(), rows, LINE_GAP)
