"""The path of the pen as a fixed number of points, whatever the size of the digit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.core.sequence import is_marker
from viewer.datasets.sequences.rows import Rows, pen_positions

LIFT_LENGTH = 1.0
"""A jump counts as a step of one pixel, so that few of the points lie in the air."""


def resample(sequences: Rows, count: int) -> NDArray[np.float64]:
    """Resample each path of the pen at equal distances, and scale it to a unit square.

    Parameters
    ----------
    sequences : Rows
    count : int
        Points of each path.

    Returns
    -------
    paths : ndarray of float64, shape (n, count, 2)
        (x, y); the middle of the points' bounding box is 0, and its larger side goes from
        -1 to 1. All zero for a single point, or none.
    """
    digit, points, lifted = pen_points(sequences)
    n = len(sequences)
    paths = np.zeros((n, count, 2))
    if not len(points):
        return paths
    steps = np.zeros(len(points))
    steps[1:] = np.hypot(*np.diff(points, axis=0).T)
    steps[lifted] = LIFT_LENGTH
    first = np.flatnonzero(np.diff(digit, prepend=-1))
    steps[first] = 0
    way = np.cumsum(steps)
    way -= np.repeat(way[first], np.diff(first, append=len(way)))
    total = np.zeros(n)
    total[digit] = way  # the last point of each digit stays
    # all paths on one axis: that of digit i goes from 2 i to 2 i + 1, whatever its length
    axis = way / np.where(total > 0, total, 1)[digit] + 2 * digit
    wanted = np.linspace(0, 1, count) * (total > 0)[:, None] + 2 * np.arange(n)[:, None]
    for column in range(2):
        paths[..., column] = np.interp(wanted, axis, points[:, column])
    low, high = paths.min(axis=1, keepdims=True), paths.max(axis=1, keepdims=True)
    half = (high - low).max(axis=2, keepdims=True) / 2
    paths -= (low + high) / 2
    paths /= np.where(half > 0, half, 1)
    paths[total == 0] = 0
    return paths


def pen_points(
    sequences: Rows,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return the points of all sequences.

    Parameters
    ----------
    sequences : Rows

    Returns
    -------
    digit : ndarray of int64, shape (P,)
        Position of the sequence of each point.
    points : ndarray of int64, shape (P, 2)
        (x, y), 1-based.
    lifted : ndarray of bool, shape (P,)
        Whether the pen was lifted before it, as `viewer.core.sequence.lifts` tells.
    """
    rows, offsets = sequences.rows, sequences.offsets
    drawn = ~is_marker(rows)
    behind = np.zeros(len(rows), np.bool_)
    behind[1:] = ~drawn[:-1]
    # behind the last point comes the end row only; a jump to it needs no marker row
    last = np.maximum(offsets[1:] - 2, offsets[:-1])
    behind[last] |= (np.abs(rows[last, :2].astype(np.int64)) > 1).any(axis=1)
    behind[offsets[:-1]] = False
    digit = np.repeat(np.arange(len(sequences)), np.diff(offsets))
    return digit[drawn], pen_positions(rows, offsets)[drawn], behind[drawn]
