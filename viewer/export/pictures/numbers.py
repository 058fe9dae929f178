"""Where a stroke's number can stand without covering a stroke or another number; no Qt.

Strategy: each number has the same candidates, on rings of growing distance around its start
dot. What would cover ink, a number or a leader, or leave the image, is struck out; of the
rest the cheapest is taken, where distance, a dashed line below the figures and the
neighbourhood of another start cost.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DIRECTIONS = np.array(
    [
        *((-1, -1), (-1, 0), (0, -1), (-1, 1), (1, -1), (0, 1), (1, 0), (1, 1)),
        *((-1, -0.5), (-0.5, -1), (-1, 0.5), (-0.5, 1), (0.5, -1), (1, -0.5), (0.5, 1), (1, 0.5)),
    ],
    dtype=np.float64,
)
"""Sides of a start dot, (row, column), in the order they are tried."""

GAPS = np.array([0.1, 0.5, 1.0, 1.75, 2.5, 3.5, 5.0])
"""Pixels of the rings between a start dot's room and a number."""

LEADER = 1.0
"""Gap in pixels from which on a line leads from the dot to its number."""

CLEARANCE = 0.5
"""Pixels around the center of a point that a number must not touch."""

AIR = 0.2
"""Pixels between a number and a dashed line, a leader or another number."""

CROSSED = 1.75
MISTAKEN = 1.5
"""Pixels of distance that a dashed line below a number, or another start nearby, is worth."""

LEADER_PLACES = np.linspace(0.0, 1.0, 12)[:, None]


@dataclass(frozen=True)
class Spot:
    """Where a number stands.

    Parameters
    ----------
    center : tuple of float
        (row, column) in image pixels; the center of pixel (0, 0) is 0.5, 0.5.
    leader : tuple of float, or None
        (row, column) at which a line from the start dot ends; None beside the dot.
    """

    center: tuple[float, float]
    leader: tuple[float, float] | None


Offer = tuple[float, Spot, NDArray[np.float64]]
"""What a spot costs, the spot, and the places along its leader."""


def place_numbers(
    points: NDArray[np.integer],
    offsets: NDArray[np.integer],
    size: tuple[float, float],
    shape: tuple[int, int],
) -> list[Spot | None]:
    """Find a place for each stroke's number near the stroke's first point.

    Parameters
    ----------
    points : ndarray of int, shape (P, 2)
        (row, column) in drawing order.
    offsets : ndarray of int, shape (S + 1,)
        Stroke ``s`` is ``points[offsets[s]:offsets[s + 1]]``.
    size : tuple of float
        Height and width of a number, in image pixels.
    shape : tuple of int
        Rows and columns of the image; numbers stay inside.

    Returns
    -------
    spots : list of Spot or None
        One for each stroke; None where there is no room as far as the last of `GAPS`.
    """
    room = _Room(points.astype(np.float64) + 0.5, offsets, np.array(size) / 2, shape)
    return [room.take(start) for start in room.starts]


class _Room:
    """What is free on an image while its numbers find their places."""

    def __init__(
        self,
        ink: NDArray[np.float64],
        offsets: NDArray[np.integer],
        half: NDArray[np.float64],
        shape: tuple[int, int],
    ) -> None:
        self.starts = ink[offsets[:-1]]
        self._ink, self._half = ink, half
        self._last = np.array(shape) - half
        self._lifts = _lift_places(ink, offsets)
        self._numbers = np.zeros((0, 2))
        self._leaders = np.zeros((0, 2))

    def take(self, start: NDArray[np.float64]) -> Spot | None:
        """Give the cheapest spot to a start dot's number; the far rings come second."""
        best = self._beside(start)
        if best is None or best[0] >= LEADER:
            far = self._afar(start)
            if best is None or (far is not None and far[0] < best[0]):
                best = far
        if best is None:
            return None
        _cost, spot, way = best
        self._numbers = np.concatenate((self._numbers, [spot.center]))
        self._leaders = np.concatenate((self._leaders, way))
        return spot

    def _beside(self, start: NDArray[np.float64]) -> Offer | None:
        """Return the cheapest spot close to a start dot."""
        spots, costs = self._free(start, GAPS[GAPS < LEADER])
        costs += MISTAKEN * _near_another(spots, start, self.starts)
        if not len(spots):
            return None
        best = int(np.argmin(costs))
        row, column = spots[best].tolist()
        return float(costs[best]), Spot((row, column), None), np.zeros((0, 2))

    def _afar(self, start: NDArray[np.float64]) -> Offer | None:
        """Return the cheapest spot that a line from the start dot can lead to."""
        spots, costs = self._free(start, GAPS[GAPS >= LEADER])
        ways = _leader_places(start, spots, self._half)
        others = self._ink[np.abs(self._ink - start).max(axis=1) > 1.5]
        for best in np.argsort(costs, kind="stable"):
            way = ways[best]
            crossed = _touches(way, others, np.full(2, CLEARANCE + 0.1))
            if not (crossed | _touches(way, self._numbers, self._half + AIR / 2)).any():
                row, column = spots[best].tolist()
                end_row, end_column = way[-1].tolist()
                return float(costs[best]), Spot((row, column), (end_row, end_column)), way
        return None

    def _free(
        self, start: NDArray[np.float64], gaps: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the free spots on some rings around a start dot, and their costs."""
        reach = self._half + CLEARANCE
        spots = np.concatenate([start + DIRECTIONS * (reach + gap) for gap in gaps])
        free = ((spots >= self._half) & (spots <= self._last)).all(axis=1)
        free &= ~_touches(spots, self._ink, reach)
        free &= ~_touches(spots, self._numbers, 2 * self._half + AIR)
        free &= ~_touches(spots, self._leaders, self._half + AIR)
        spots = spots[free]
        costs = np.repeat(gaps, len(DIRECTIONS))[free]
        return spots, costs + CROSSED * _touches(spots, self._lifts, self._half + AIR)


def _touches(
    spots: NDArray[np.float64], others: NDArray[np.float64], reach: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Tell which spots have another place within reach along both axes."""
    near = np.all(np.abs(spots[:, None, :] - others[None, :, :]) < reach, axis=2)
    return np.asarray(np.any(near, axis=1))


def _near_another(
    spots: NDArray[np.float64], start: NDArray[np.float64], starts: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Tell which spots are nearer to another start than to theirs."""
    distances = np.hypot(*(spots[:, None, :] - starts[None, :, :]).transpose(2, 0, 1))
    own = np.hypot(*(spots - start).T)
    return np.asarray(distances.min(axis=1) < own - 1e-9)


def _leader_places(
    start: NDArray[np.float64], spots: NDArray[np.float64], half: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return places, shape (K, 12, 2), from a start to just before the numbers at spots."""
    reach = half + AIR / 2
    ends = np.clip(start, spots - reach, spots + reach)
    return np.asarray(start + (ends - start)[:, None, :] * LEADER_PLACES)


def _lift_places(ink: NDArray[np.float64], offsets: NDArray[np.integer]) -> NDArray[np.float64]:
    """Return places along the pen's ways through the air, twice a pixel."""
    ways = [
        np.linspace(ink[stop - 1], ink[stop], 2 + 2 * int(np.abs(ink[stop] - ink[stop - 1]).max()))
        for stop in offsets[1:-1]
    ]
    return np.concatenate(ways) if ways else np.zeros((0, 2))
