"""Other digits in the grid, without losing the place: current digit, selection, scrolling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.table import Table
from viewer.gui.browser.grid import ThumbnailGrid
from viewer.gui.browser.model import DigitModel


@dataclass(frozen=True)
class Place:
    """What was selected and in view, to come back to.

    Parameters
    ----------
    selected : ndarray of bool, shape (n,)
        Selected digits by position.
    current : int or None
        Position of the current digit.
    scrolled : int
        Where the scroll bar stood.
    """

    selected: NDArray[np.bool_]
    current: int | None
    scrolled: int


class Showing:
    """Changes what a grid shows.

    Parameters
    ----------
    model : DigitModel
    grid : ThumbnailGrid
        The model's view.
    """

    def __init__(self, model: DigitModel, grid: ThumbnailGrid) -> None:
        self._model = model
        self._grid = grid

    def current(self) -> int | None:
        """Return the position of the current digit."""
        row = self._grid.currentIndex().row()
        return self._model.position_at(row) if row >= 0 else None

    def show(
        self,
        table: Table | None,
        positions: NDArray[np.int64],
        sections: Sequence[tuple[str, int]],
        current: int | None,
    ) -> None:
        """Show digits at one of them if it is there, else at the first.

        The selected ones among them stay selected; without any, the current one is. A
        current digit that was in view stays where it is on the screen.
        """
        grid, selection = self._grid, self._grid.selection
        top = grid.visualRect(grid.currentIndex()).top()
        selection.show(positions)
        self._model.show(table, positions)
        grid.set_sections(sections)
        if not len(positions):
            return
        row = (None if current is None else self._model.row_of(current)) or 0
        selection.anchor = row
        if not selection.count:
            selection.choose(row)
        grid.set_current(row)
        if 0 <= top < grid.viewport().height():
            bar = grid.verticalScrollBar()
            bar.setValue(bar.value() + grid.visualRect(grid.currentIndex()).top() - top)
        if row == 0:
            grid.verticalScrollBar().setValue(0)
        grid.scrollTo(grid.currentIndex())

    def heir(self, positions: NDArray[np.int64]) -> int | None:
        """Return the current digit or, where it is not among others, the next shown that is."""
        row, before = self._grid.currentIndex().row(), self._model.positions
        if row < 0:
            return None
        stays = np.isin(before, positions, assume_unique=True)
        following = np.flatnonzero(stays[row:])
        if len(following):
            return int(before[row + following[0]])
        leading = np.flatnonzero(stays[:row])
        return int(before[leading[-1]]) if len(leading) else None

    def go(self, position: int) -> bool:
        """Go to a digit if it is shown; return whether it is."""
        row = self._model.row_of(position)
        if row is not None:
            self._grid.go_to(row)
        return row is not None

    def keep(self) -> Place:
        """Return what is selected and in view."""
        grid = self._grid
        return Place(grid.selection.mask, self.current(), grid.verticalOffset())

    def resume(self, table: Table | None, positions: NDArray[np.int64], place: Place) -> None:
        """Show digits as they were shown before, as far as they are among them."""
        self._grid.selection.take(place.selected)
        self.show(table, positions, (), place.current)
        self._grid.verticalScrollBar().setValue(place.scrolled)
        self._grid.scrollTo(self._grid.currentIndex())
