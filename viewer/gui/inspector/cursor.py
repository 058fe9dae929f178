"""The pixel that is pointed at, wherever the mouse is; all parts of the inspector follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from viewer.core.extract import Extraction


class Spot(NamedTuple):
    """A pixel and what the stages hold there.

    Parameters
    ----------
    row, column : int
        Its place in the image.
    value : int
        Its grey value.
    removed_by : int
        The sub-iteration of thinning that removed it, from 1; 0 for none.
    point, stroke : int
        Which point and which stroke it is, from 0; -1 for none.
    """

    row: int
    column: int
    value: int
    removed_by: int = 0
    point: int = -1
    stroke: int = -1


class Cursor(QObject):
    """Knows the pixel that is pointed at in one digit.

    Parts tell it where the mouse is in their own terms, and hear from it what that is in
    all others.

    Attributes
    ----------
    spot : Spot or None
        The pixel pointed at, None for none.
    moved : Signal
        The spot, or None, has become another.
    """

    moved = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.spot: Spot | None = None
        self._image: NDArray[np.uint8] | None = None
        self._extraction: Extraction | None = None

    def take_digit(
        self, image: NDArray[np.uint8] | None, extraction: Extraction | None = None
    ) -> None:
        """Read another digit from now on; a pixel that it has, too, stays pointed at.

        Parameters
        ----------
        image : ndarray of uint8, shape (M, N), or None
            The source, None without a digit.
        extraction : Extraction, optional
            Its stages, where they are there already.
        """
        self._image, self._extraction = image, extraction
        self._go(None if self.spot is None else self._read(self.spot.row, self.spot.column))

    def point_at(self, row: int, column: int) -> None:
        """Point at a pixel; one outside the image is none."""
        spot = self._read(row, column)
        if spot != self.spot:
            self._go(spot)

    def point_out(self, point: int) -> None:
        """Point at the pixel of a point, counted from 0; -1 for none."""
        extraction = self._extraction
        if extraction is None or not 0 <= point < len(extraction.points):
            self.leave()
        else:
            self.point_at(*extraction.points[point].tolist())

    def leave(self) -> None:
        """Point at nothing."""
        if self.spot is not None:
            self._go(None)

    def find_point(self, row: int, column: int) -> int:
        """Return which point, counted from 0, is on a pixel; -1 where none is."""
        if self._extraction is None:
            return -1
        found = np.flatnonzero((self._extraction.points == (row, column)).all(axis=1))
        return int(found[0]) if len(found) else -1

    def _go(self, spot: Spot | None) -> None:
        self.spot = spot
        self.moved.emit(spot)

    def _read(self, row: int, column: int) -> Spot | None:
        """Return what is at a pixel, None outside the image."""
        image, extraction = self._image, self._extraction
        if image is None or not (0 <= row < image.shape[0] and 0 <= column < image.shape[1]):
            return None
        value = int(image[row, column])
        if extraction is None:
            return Spot(row, column, value)
        point = self.find_point(row, column)
        after = np.searchsorted(extraction.stroke_offsets, point, side="right")
        stroke = int(after) - 1 if point >= 0 else -1
        return Spot(row, column, value, int(extraction.removed_by[row, column]), point, stroke)
