"""Lines, discs and letters drawn into indices of ramps, with smooth edges.

Strategy: how much of a pixel a round line covers follows from the distance of the pixel's
center to the middle of the line. Only square roots and the like are used, which are the same
on every machine; the union of two lines of one colour is the larger cover of each pixel, so a
line drawn bit by bit is the same as one drawn at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.export.pictures.ramps import STEP_OF, STEPS

Place = tuple[float, float]
"""(down, right) in pixels of the picture; the center of the first one is 0.5, 0.5."""


@dataclass(frozen=True)
class Canvas:
    """Pixels to draw on.

    Parameters
    ----------
    indices : ndarray of uint16, shape (H, W)
        See `viewer.export.pictures.ramps`; a part of a larger picture will do. What does not
        fit on it is cut off.
    """

    indices: NDArray[np.uint16]

    @classmethod
    def blank(cls, height: int, width: int) -> Canvas:
        """Return a canvas of paper."""
        return cls(np.zeros((height, width), dtype=np.uint16))

    def line(self, ramp: int, start: Place, end: Place, width: float) -> None:
        """Draw a line with round ends; where the ends are one, a disc."""
        reach = width / 2 + 1
        rows, columns = self._window(
            (min(start[0], end[0]) - reach, min(start[1], end[1]) - reach),
            (max(start[0], end[0]) + reach, max(start[1], end[1]) + reach),
        )
        down, right = _centers(rows, start[0]), _centers(columns, start[1])
        way = end[0] - start[0], end[1] - start[1]
        length = way[0] * way[0] + way[1] * way[1]
        along = (down[:, None] * way[0] + right * way[1]) / (length or 1.0)
        along = np.clip(along, 0.0, 1.0)
        off_down, off_right = down[:, None] - along * way[0], right - along * way[1]
        distance = np.sqrt(off_down * off_down + off_right * off_right)
        self._cover(ramp, rows, columns, width / 2 + 0.5 - distance)

    def disc(self, ramp: int, center: Place, radius: float) -> None:
        """Draw a disc."""
        self.line(ramp, center, center, 2 * radius)

    def stamp(self, ramp: int, corner: tuple[int, int], cover: NDArray[np.floating]) -> None:
        """Draw how much of each pixel is covered, 0 to 1, with its first pixel at a corner."""
        height, width = self.indices.shape
        top, left = corner
        rows = slice(max(top, 0), min(top + cover.shape[0], height))
        columns = slice(max(left, 0), min(left + cover.shape[1], width))
        if rows.start < rows.stop and columns.start < columns.stop:
            inside = cover[rows.start - top : rows.stop - top]
            inside = inside[:, columns.start - left : columns.stop - left]
            self._cover(ramp, rows, columns, inside)

    def _window(self, first: Place, last: Place) -> tuple[slice, slice]:
        """Return the pixels of the canvas between two corners."""
        height, width = self.indices.shape
        top, left = max(int(np.floor(first[0])), 0), max(int(np.floor(first[1])), 0)
        bottom, right = int(np.ceil(last[0])), int(np.ceil(last[1]))
        return (
            slice(top, max(min(bottom, height), top)),
            slice(left, max(min(right, width), left)),
        )

    def _cover(self, ramp: int, rows: slice, columns: slice, cover: NDArray[np.floating]) -> None:
        """Give pixels to a ramp where it covers at least as much as what they show."""
        step = np.rint(np.clip(cover, 0.0, 1.0) * STEPS).astype(np.uint8)
        window = self.indices[rows, columns]
        taken = (step > 0) & (step >= STEP_OF[window])
        window[taken] = ramp * STEPS + step[taken].astype(np.uint16)


def _centers(pixels: slice, place: float) -> NDArray[np.float64]:
    """Return how far the centers of pixels along an axis lie beyond a place."""
    return np.arange(pixels.start, pixels.stop) + 0.5 - place
