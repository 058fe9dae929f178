"""Slow and plain counterparts of the kernels that draw paths and judge orders."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = Sequence[tuple[float, float]]


def draw_strokes(
    strokes: Sequence[NDArray[np.float64]], side: int, radius: float
) -> NDArray[np.float64]:
    """Return the share of each pixel that a round pen covers, at 16 x 16 subpixels.

    Strokes are (row, column), pixel centres at whole numbers.
    """
    along = (np.arange(16 * side) + 0.5) / 16 - 0.5
    rows, columns = np.meshgrid(along, along, indexing="ij")
    inked = np.zeros(rows.shape, dtype=bool)
    for stroke in strokes:
        for a, b in zip(stroke, [*stroke[1:], stroke[-1]], strict=True):
            step = b - a
            length = float(step @ step)
            share = ((rows - a[0]) * step[0] + (columns - a[1]) * step[1]) / (length or 1.0)
            share = np.clip(share, 0.0, 1.0)
            down = rows - a[0] - share * step[0]
            right = columns - a[1] - share * step[1]
            inked |= np.hypot(down, right) <= radius
    shares: NDArray[np.float64] = inked.reshape(side, 16, side, 16).mean(axis=(1, 3))
    return shares


def warp(order: Points, truth: Points) -> float:
    """Return the sum along the cheapest warping over the longer length, by recursion."""
    known: dict[tuple[int, int], float] = {}
    for i, a in enumerate(order):
        for j, b in enumerate(truth):
            before = [known[p] for p in ((i - 1, j), (i, j - 1), (i - 1, j - 1)) if p in known]
            known[i, j] = math.dist(a, b) + min(before, default=0.0)
    return known[len(order) - 1, len(truth) - 1] / max(len(order), len(truth))


def times_of(order: Points, truth: Points) -> list[int]:
    """Return the place of the nearest true point for each pixel, at its first visit."""
    places = range(len(truth))
    return [min(places, key=lambda j: math.dist(point, truth[j])) for point in dict.fromkeys(order)]
