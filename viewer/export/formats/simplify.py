"""Ramer-Douglas-Peucker for many strokes at once.

Strategy: all strokes are split side by side, level by level: in each pass, one vectorised
search finds the farthest point of every piece that is still open. Coordinates are whole
pixels, so squared distances are quotients of whole numbers, and nothing depends on rounding.
Points between which the pen moves on straight need no look: the farthest point of a straight
run from any chord is one of its ends. For the same reason it would change nothing to put
points every pixel on the lines first.

References
----------
.. [1] D. Douglas and T. Peucker (1973), Algorithms for the reduction of the number of points
   required to represent a digitized line or its caricature.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def simplify(
    points: NDArray[np.integer], bounds: NDArray[np.int64], tolerance: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Choose the points of strokes that are kept.

    Parameters
    ----------
    points : ndarray of int, shape (P, 2)
        Of all strokes, one after the other, in pixels.
    bounds : ndarray of int64, shape (S + 1,)
        Stroke ``s`` is ``points[bounds[s]:bounds[s + 1]]``; none is empty.
    tolerance : ndarray of float64, shape (S,)
        Distance in pixels up to which a point may lie off the line that is kept. It is that
        from the segment, not from the endless line: a stroke that goes back over itself
        keeps its far end.

    Returns
    -------
    kept : ndarray of bool, shape (P,)
        True at both ends of each stroke, and at the points that are needed between them.
    """
    kept = np.zeros(len(points), dtype=np.bool_)
    first, last = bounds[:-1], bounds[1:] - 1
    kept[first] = kept[last] = True
    turns = np.flatnonzero(_turns(points) | kept)
    corner = points[turns].astype(np.float64)
    left, right = np.searchsorted(turns, first), np.searchsorted(turns, last)
    limit = np.square(tolerance)
    while True:
        open_ = right - left > 1
        left, right, limit = left[open_], right[open_], limit[open_]
        if not len(left):
            return kept
        middle, distance = _farthest(corner, left, right)
        far = distance > limit
        left, middle, right, limit = left[far], middle[far], right[far], limit[far]
        kept[turns[middle]] = True
        left, right = np.concatenate((left, middle)), np.concatenate((middle, right))
        limit = np.concatenate((limit, limit))


def _turns(points: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Tell at which points the pen moves on otherwise than it came."""
    turns = np.ones(len(points), dtype=np.bool_)
    moves = np.diff(points.astype(np.int32), axis=0)
    turns[1:-1] = (moves[1:] != moves[:-1]).any(axis=1)
    return turns


def _farthest(
    corner: NDArray[np.float64], left: NDArray[np.int64], right: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the first farthest point of each piece from its chord, and how far, squared."""
    counts = right - left - 1
    starts = np.cumsum(counts) - counts
    place = np.arange(counts.sum()) + np.repeat(left + 1 - starts, counts)
    chord = corner[right] - corner[left]
    length = np.square(chord).sum(axis=1)
    dx, dy = (corner[place] - np.repeat(corner[left], counts, axis=0)).T
    along_x, along_y = np.repeat(chord, counts, axis=0).T
    whole = np.repeat(length, counts)
    along = dx * along_x + dy * along_y
    distance = np.square(dx * along_y - dy * along_x) / np.maximum(whole, 1.0)
    distance = np.where(along <= 0, dx * dx + dy * dy, distance)
    beyond = np.square(dx - along_x) + np.square(dy - along_y)
    distance = np.where(along >= np.maximum(whole, 1.0), beyond, distance)
    most = np.maximum.reduceat(distance, starts)
    found = np.where(distance == np.repeat(most, counts), place, len(corner))
    return np.minimum.reduceat(found, starts), most
