"""Which part of a digit each picture of the filmstrip stands for; no Qt."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

CORNER = 0.3
"""Share of a digit's side that a corner reaches."""


class Film:
    """A digit's strokes and how far they are drawn; positions are those of `Schedule`.

    Parameters
    ----------
    points : ndarray of int, shape (P, 2)
        (row, column) in drawing order.
    offsets : ndarray of int, shape (S + 1,)
        Stroke ``s`` is ``points[offsets[s]:offsets[s + 1]]``.
    shape : tuple of int
        Rows and columns of the image.

    Attributes
    ----------
    centers : ndarray of float64, shape (P, 2)
        (row, column) of the points' centers.
    position : float
        Points drawn.
    pointed : int
        The stroke that is pointed at, counted from 0; -1 for none.
    corner : tuple of int
        The corner where the fewest points are: (0, 0) is the top left, (1, 1) the bottom
        right one.
    """

    def __init__(
        self, points: NDArray[np.integer], offsets: NDArray[np.int64], shape: tuple[int, int]
    ) -> None:
        self.centers = points.astype(np.float64) + 0.5
        self.offsets = offsets
        self.shape = shape
        self.position = 0.0
        self.pointed = -1
        self.corner = self._find_corner()

    @classmethod
    def empty(cls) -> Film:
        """Return a film without pictures."""
        return cls(np.zeros((0, 2), np.int16), np.zeros(1, np.int64), (1, 1))

    def _find_corner(self) -> tuple[int, int]:
        places = self.centers / self.shape
        corners = [(0, 0), (0, 1), (1, 0), (1, 1)]
        crowds = [int((np.abs(places - corner) < CORNER).all(axis=1).sum()) for corner in corners]
        return corners[crowds.index(min(crowds))]

    @property
    def count(self) -> int:
        """Strokes."""
        return len(self.offsets) - 1

    @property
    def current(self) -> int:
        """The stroke last drawn on, counted from 0; -1 before the first point."""
        drawn = math.floor(self.position)
        return int(np.searchsorted(self.offsets[:-1], drawn - 1, side="right")) - 1

    @property
    def share(self) -> float:
        """How much of the current stroke is drawn, 0 to 1."""
        first, last = self.ends(self.current)
        return (min(self.position, last) - first) / (last - first) if last > first else 1.0

    def ends(self, stroke: int) -> tuple[int, int]:
        """Return the positions with the pen on the first and on the last point of a stroke."""
        return int(self.offsets[stroke]) + 1, int(self.offsets[stroke + 1])

    def position_at(self, stroke: int, share: float) -> float:
        """Return the position at which a share of a stroke, held to 0 to 1, is drawn."""
        first, last = self.ends(stroke)
        return first + min(max(share, 0.0), 1.0) * (last - first)

    def end_beyond(self, direction: int) -> float | None:
        """Return the end of a stroke after (+1) or before (-1) the position, None without one."""
        ends = self.offsets[1:]
        beyond = ends[ends > self.position] if direction > 0 else ends[ends < self.position]
        return float(beyond[0] if direction > 0 else beyond[-1]) if len(beyond) else None

    def pen(self) -> tuple[float, float]:
        """Return the pen's (row, column) on the current stroke; in the air it is the end."""
        position = min(self.position, self.ends(self.current)[1])
        before = math.floor(position) - 1
        after = min(before + 1, len(self.centers) - 1)
        move = (self.centers[after] - self.centers[before]) * (position - math.floor(position))
        row, column = (self.centers[before] + move).tolist()
        return row, column
