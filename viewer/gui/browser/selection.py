"""Which digits are selected, as a mask over the whole set; no Qt.

Strategy: Qt's selection is a list of ranges of rows, and looking one up goes through all
of them; after a change of the filter that would be thousands. A mask takes a byte a
digit, and selecting or counting 400,000 of them takes well below a millisecond.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class Selection:
    """The selected digits of a set, changed by rows of what is shown.

    Attributes
    ----------
    mask : ndarray of bool, shape (n,)
        Selected digits by position; never of digits that are not shown.
    count : int
        How many are selected.
    anchor : int
        Row from which a range is drawn.
    """

    def __init__(self, size: int = 0) -> None:
        self.mask = np.zeros(size, np.bool_)
        self.count = 0
        self.anchor = 0
        self._positions = np.empty(0, np.int64)
        self._before = self.mask
        self._adding = True

    def show(self, positions: NDArray[np.int64]) -> None:
        """Take other digits as those shown; the selected ones among them stay selected."""
        self._positions = positions
        if self.count:
            kept = positions[self.mask[positions]]
            self.mask = np.zeros_like(self.mask)
            self.mask[kept] = True
        self._before = self.mask
        self._count()

    def take(self, mask: NDArray[np.bool_]) -> None:
        """Take another selection, shape (n,), before other digits are shown."""
        self.mask = self._before = mask
        self._count()

    def selected(self) -> NDArray[np.int64]:
        """Return the positions of the selected digits in the order they are shown."""
        found: NDArray[np.int64] = self._positions[self.mask[self._positions]]
        return found

    def has(self, row: int) -> bool:
        """Return whether a row is selected."""
        return bool(self.mask[self._positions[row]])

    def choose(self, row: int) -> None:
        """Select one row alone and draw ranges from it."""
        self.mask = np.zeros_like(self.mask)
        self.mask[self._positions[row]] = True
        self.count = 1
        self.anchor = row
        self._before, self._adding = np.zeros_like(self.mask), True

    def toggle(self, row: int) -> None:
        """Select a row beside the others, or give it up; ranges from it do the same."""
        self._before = self.mask.copy()
        self.anchor = row
        self._adding = not self.mask[self._positions[row]]
        self.extend(row)

    def extend(self, row: int) -> None:
        """Let the range from the anchor end at a row; the range before it is undone."""
        low, high = min(self.anchor, row), max(self.anchor, row)
        self.mask = self._before.copy()
        self.mask[self._positions[low : high + 1]] = self._adding
        self._count()

    def extend_beside(self, row: int) -> None:
        """Add the range from the anchor to a row to what is selected."""
        self._before, self._adding = self.mask.copy(), True
        self.extend(row)

    def choose_all(self) -> None:
        """Select everything shown."""
        self.mask = np.zeros_like(self.mask)
        self.mask[self._positions] = True
        self._before = self.mask
        self.count = len(self._positions)

    def clear(self) -> None:
        """Select nothing."""
        self.mask = np.zeros_like(self.mask)
        self._before, self._adding, self.count = self.mask, True, 0

    def _count(self) -> None:
        self.count = int(np.count_nonzero(self.mask))
