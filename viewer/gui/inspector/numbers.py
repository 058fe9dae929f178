"""Where a stroke's number can stand without covering a stroke or another number; no Qt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DIRECTIONS = np.array(
    [(-1, -1), (-1, 0), (0, -1), (-1, 1), (1, -1), (0, 1), (1, 0), (1, 1)], dtype=np.float64
)
"""Sides of a start dot, (row, column), in the order they are tried."""

CLEARANCE = 0.45
"""Pixels around the center of a point that a number must not touch."""

AIR = 0.2
"""Pixels between a number and a dashed line or another number."""


def place_numbers(
    points: NDArray[np.integer],
    offsets: NDArray[np.integer],
    size: tuple[float, float],
    shape: tuple[int, int],
) -> list[tuple[float, float] | None]:
    """Find a place for each stroke's number beside the stroke's first point.

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
    centers : list of (row, column) or None
        Center of each number in image pixels (the center of pixel (0, 0) is 0.5, 0.5);
        None where it fits on no side.
    """
    ink = points.astype(np.float64) + 0.5
    lifts = _lift_places(ink, offsets)
    half = np.array(size) / 2
    taken: list[NDArray[np.float64]] = []
    centers: list[tuple[float, float] | None] = []
    for start in offsets[:-1]:
        spots = ink[start] + DIRECTIONS * (half + CLEARANCE + 0.1)
        free = ~_touches(spots, ink, half + CLEARANCE)
        free &= ~_touches(spots, lifts, half + AIR)
        free &= ((spots >= half) & (spots <= np.array(shape) - half)).all(axis=1)
        free &= ~_touches(spots, np.array(taken).reshape(-1, 2), 2 * half + AIR)
        sides = np.flatnonzero(free)
        if len(sides):
            taken.append(spots[sides[0]])
            centers.append((float(spots[sides[0], 0]), float(spots[sides[0], 1])))
        else:
            centers.append(None)
    return centers


def _touches(
    spots: NDArray[np.float64], others: NDArray[np.float64], reach: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Tell which spots have another place within reach along both axes."""
    near = np.all(np.abs(spots[:, None, :] - others[None, :, :]) < reach, axis=2)
    return np.asarray(np.any(near, axis=1))


def _lift_places(ink: NDArray[np.float64], offsets: NDArray[np.integer]) -> NDArray[np.float64]:
    """Return places along the pen's ways through the air, twice a pixel."""
    ways = [
        np.linspace(ink[stop - 1], ink[stop], 2 + 2 * int(np.abs(ink[stop] - ink[stop - 1]).max()))
        for stop in offsets[1:-1]
    ]
    return np.concatenate(ways) if ways else np.zeros((0, 2))
