"""The strokes of a digit in another order, direction or division than the computed one.

Each operation returns new strokes and leaves the pixels as they are. Where it cannot be
done it raises a ValueError that says why in a clause.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Strokes: TypeAlias = tuple[NDArray[np.int16], ...]
"""(row, column) of the points of each stroke, (n_s, 2) with n_s >= 1, in drawing order."""


def strokes_of(points: NDArray[np.int16], stroke_offsets: NDArray[np.int64]) -> Strokes:
    """Divide points into their strokes.

    Parameters
    ----------
    points : ndarray of int16, shape (P, 2)
        (row, column) in drawing order.
    stroke_offsets : ndarray of int64, shape (S + 1,)
        Stroke ``s`` is ``points[stroke_offsets[s]:stroke_offsets[s + 1]]``.

    Returns
    -------
    strokes : tuple of ndarray of int16
        One of shape (n_s, 2) for each stroke.
    """
    return tuple(np.split(points, stroke_offsets[1:-1])) if len(points) else ()


def points_of(strokes: Strokes) -> tuple[NDArray[np.int16], NDArray[np.int64]]:
    """Put strokes one behind the other: the points and stroke offsets that `strokes_of` takes."""
    offsets = np.cumsum([0, *map(len, strokes)], dtype=np.int64)
    return np.concatenate([np.zeros((0, 2), np.int16), *strokes]).astype(np.int16), offsets


def reverse(strokes: Strokes, stroke: int) -> Strokes:
    """Draw a stroke from its other end."""
    if len(strokes[stroke]) < 2:
        raise ValueError("a stroke of one point has no direction")
    return _checked((*strokes[:stroke], strokes[stroke][::-1].copy(), *strokes[stroke + 1 :]))


def move(strokes: Strokes, stroke: int, to: int) -> Strokes:
    """Draw a stroke as number `to` from 0; the others keep their order."""
    if not 0 <= to < len(strokes):
        raise ValueError(f"there are {len(strokes)} strokes")
    others = [*strokes[:stroke], *strokes[stroke + 1 :]]
    return _checked((*others[:to], strokes[stroke], *others[to:]))


def split(strokes: Strokes, stroke: int, point: int) -> Strokes:
    """Lift the pen before a point of a stroke, which begins a stroke of its own."""
    if point == 0:
        raise ValueError("a stroke begins with this point already")
    if not 0 < point < len(strokes[stroke]):
        raise ValueError("the stroke has no such point")
    first, second = strokes[stroke][:point], strokes[stroke][point:]
    return _checked((*strokes[:stroke], first, second, *strokes[stroke + 1 :]))


def merge(strokes: Strokes, stroke: int) -> Strokes:
    """Keep the pen down from a stroke to the one after it, over a gap where there is one."""
    if stroke + 1 >= len(strokes):
        raise ValueError("this is the last stroke")
    both = np.concatenate(strokes[stroke : stroke + 2])
    return _checked((*strokes[:stroke], both, *strokes[stroke + 2 :]))


def begin_at(strokes: Strokes, stroke: int, point: int) -> Strokes:
    """Begin the digit with a point.

    The stroke of the point is drawn first. A closed one, whose ends touch, is rotated; one
    that ends with the point is reversed; any other is split before the point, and the
    part from the point on is drawn first.
    """
    if stroke == point == 0:
        raise ValueError("the digit begins with this point already")
    points = strokes[stroke]
    others = (*strokes[:stroke], *strokes[stroke + 1 :])
    if point == 0:
        return _checked((points, *others))
    if is_closed(points):
        return _checked((np.concatenate((points[point:], points[:point])), *others))
    if point == len(points) - 1:
        return _checked((points[::-1].copy(), *others))
    return _checked((points[point:], *strokes[:stroke], points[:point], *strokes[stroke + 1 :]))


def is_closed(points: NDArray[np.int16]) -> bool:
    """Tell whether the ends of a stroke of three or more points touch."""
    return len(points) > 2 and not _is_gap(points[0], points[-1])


def check_strokes(strokes: Strokes) -> None:
    """Make sure that strokes can be written as a sequence.

    Parameters
    ----------
    strokes : tuple of ndarray of int16

    Raises
    ------
    ValueError
        If a stroke has no points, a point is drawn twice or lies left of or above the
        image, or the pen stays down over a gap to the very last point: sequences leave
        out the marker row of such a lift, so it would be read as one.
    """
    if not all(stroke.ndim == 2 and stroke.shape[1] == 2 and len(stroke) for stroke in strokes):
        raise ValueError("each stroke must have points of a row and a column")
    points = points_of(strokes)[0]
    if points.min(initial=0) < 0:
        raise ValueError("a point lies outside the image")
    if len(np.unique(points, axis=0)) < len(points):
        raise ValueError("a point is drawn twice")
    _checked(strokes)


def fits(strokes: Strokes, skeleton: NDArray[np.bool_]) -> bool:
    """Tell whether strokes draw each pixel of a skeleton once, and no other.

    Parameters
    ----------
    strokes : tuple of ndarray of int16
    skeleton : ndarray of bool, shape (M, N)

    Returns
    -------
    fits : bool
    """
    points = points_of(strokes)[0]
    pixels = np.argwhere(skeleton)
    if len(points) != len(pixels):
        return False
    return bool(np.array_equal(points[np.lexsort(points.T[::-1])], pixels))


def _checked(strokes: Strokes) -> Strokes:
    """Return strokes whose last point can be told from one behind a pen lift."""
    if strokes and len(strokes[-1]) > 1 and _is_gap(strokes[-1][-2], strokes[-1][-1]):
        raise ValueError(
            "the pen would stay down over a gap to the very last point, which no sequence can say"
        )
    return strokes


def _is_gap(one: NDArray[np.int16], other: NDArray[np.int16]) -> bool:
    """Tell whether two points are no neighbours."""
    return bool(np.abs(one.astype(np.int64) - other).max() > 1)
