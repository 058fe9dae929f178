"""Boards of equal size that show the same part of one image."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from viewer.gui.inspector.board import Board
from viewer.gui.inspector.lens import Lens


class LinkedBoards(QWidget):
    """Holds boards under one lens: the mouse on one of them moves all.

    Attributes
    ----------
    lens : Lens
        What they show; `follow` after each change of it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lens = Lens()
        self._boards: list[Board] = []

    def link(self, board: Board) -> None:
        """Let a board's mouse act on all, and its size be that of the view."""
        self._boards.append(board)
        board.zoomed.connect(self._zoom)
        board.panned.connect(self._pan)
        board.fit_asked.connect(self.fit)
        board.resized.connect(lambda: board.fill(self.lens))

    def fit(self) -> None:
        """Show the whole image."""
        self.lens.fit()
        self.follow()

    def zoom(self, steps: int) -> None:
        """Zoom in (+) or out (-) around the middle of what is in view."""
        self._zoom(steps, *self.lens.middle())

    def follow(self) -> None:
        """Show on all boards what the lens shows."""
        for board in self._boards:
            board.follow(self.lens)

    def mark(self, row: int, column: int) -> None:
        """Frame a pixel on all boards."""
        for board in self._boards:
            board.mark.mark(row, column)

    def unmark(self) -> None:
        """Frame no pixel."""
        for board in self._boards:
            board.mark.hide()

    def _zoom(self, steps: int, row: float, column: float) -> None:
        self.lens.zoom(steps, row, column)
        self.follow()

    def _pan(self, rows: float, columns: float) -> None:
        self.lens.pan(rows, columns)
        self.follow()
