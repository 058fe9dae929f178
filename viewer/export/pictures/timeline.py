"""When the pen reaches each point of a digit; plain Python, no Qt."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

PEN_DOWN_SPEED = 16.0
"""Pixels a second at speed 1 while the pen writes."""

PEN_UP_SPEED = 32.0
"""Pixels a second at speed 1 while the pen moves through the air."""


class Schedule:
    """Times at which whole positions are reached.

    A *position* is the number of points drawn: 1 with the pen on the first point, 3.25
    a quarter of the way from the third to the fourth. It is 0 only without points.

    Parameters
    ----------
    times : ndarray of float64, shape (P,)
        Seconds at speed 1 at which positions 1 to P are reached, ascending.
    starts : sequence of float
        Positions at which a stroke begins, ascending.
    """

    def __init__(self, times: NDArray[np.float64], starts: Sequence[float]) -> None:
        self.count = len(times)
        self.times = times
        self._starts = starts
        self._positions = np.arange(1, self.count + 1, dtype=np.float64)

    @property
    def duration(self) -> float:
        """Seconds from the first point to the last one."""
        return float(self.times[-1]) if self.count else 0.0

    @property
    def first(self) -> float:
        """The position at time 0: 1, or 0 without points."""
        return float(min(self.count, 1))

    def position(self, time: float) -> float:
        """Return the position at a time in seconds; the ends hold beyond them."""
        if not self.count:
            return 0.0
        return float(np.interp(time, self.times, self._positions))

    def time(self, position: float) -> float:
        """Return the time in seconds at which a position is reached."""
        if not self.count:
            return 0.0
        return float(np.interp(position, self._positions, self.times))

    def stroke_starts(self) -> list[float]:
        """Return the positions at which the pen stands on the first point of a stroke."""
        return list(self._starts)


class Timeline(Schedule):
    """The schedule of one digit.

    Parameters
    ----------
    points : ndarray of int, shape (P, 2)
        (row, column) in drawing order.
    offsets : ndarray of int, shape (S + 1,)
        Stroke ``s`` is ``points[offsets[s]:offsets[s + 1]]``.
    """

    def __init__(self, points: NDArray[np.integer], offsets: NDArray[np.integer]) -> None:
        steps = np.hypot(*np.diff(points.astype(np.float64), axis=0).T)
        speed = np.full(len(steps), PEN_DOWN_SPEED)
        speed[np.asarray(offsets[1:-1], dtype=np.int64) - 1] = PEN_UP_SPEED
        times = np.concatenate((np.zeros(min(len(points), 1)), np.cumsum(steps / speed)))
        super().__init__(times, [int(offset) + 1 for offset in offsets[:-1]])
