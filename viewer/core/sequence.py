"""Points in drawing order and the published sequence rows, both ways.

Here alone image axes (row, column) become pen axes: x to the right, y downward, both
1-based, so that the pixel (0, 0) is drawn at x = 1, y = 1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

END_ROW = (0, 0, 1, 1)
LIFT_ROW = (0, 0, 1, 0)


def jumps(points: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Tell which points the pen reaches through the air.

    Parameters
    ----------
    points : ndarray of int, shape (P, 2)
        (row, column) in drawing order.

    Returns
    -------
    lifted : ndarray of bool, shape (P,)
        True where the Chebyshev distance from the point before is over 1; the first
        point is never a jump.
    """
    lifted = np.zeros(len(points), dtype=np.bool_)
    if len(points) > 1:
        lifted[1:] = np.abs(np.diff(points.astype(np.int64), axis=0)).max(axis=1) > 1
    return lifted


def stroke_offsets(points: NDArray[np.integer]) -> NDArray[np.int64]:
    """Find the strokes of an order of points.

    Parameters
    ----------
    points : ndarray of int, shape (P, 2)
        (row, column) in drawing order.

    Returns
    -------
    offsets : ndarray of int64, shape (S + 1,)
        Stroke ``s`` is ``points[offsets[s]:offsets[s + 1]]``; ``[0]`` without points.
    """
    if len(points) == 0:
        return np.zeros(1, dtype=np.int64)
    return np.concatenate(([0], np.flatnonzero(jumps(points)), [len(points)])).astype(np.int64)


def encode(
    points: NDArray[np.integer],
    *,
    announce_last_jump: bool = False,
    stroke_offsets: NDArray[np.int64] | None = None,
) -> NDArray[np.int8]:
    """Write points in drawing order as sequence rows.

    Parameters
    ----------
    points : ndarray of int, shape (P, 2)
        (row, column) in drawing order, 0-based, in an image of at most 64 x 64.
    announce_last_jump : bool
        Whether a jump to the very last point gets a marker row, too. The published
        files leave it out.
    stroke_offsets : ndarray of int64, shape (S + 1,), optional
        Where strokes begin, if not at the jumps. Then each of them but the first gets its
        marker row, however near it begins, and a jump within a stroke gets none.

    Returns
    -------
    rows : ndarray of int8, shape (T, 4)
        ``dx dy eos eod``. The first row is (column + 1, row + 1) of the first point,
        later ones are offsets; ``0 0 1 0`` announces a jump; the last is ``0 0 1 1``.

    Raises
    ------
    ValueError
        If the points do not fit into int8 offsets.

    References
    ----------
    .. [1] E. D. de Jong (2016), R/constructInputData.R, R/extractStrokes_TSP.R.
    """
    offsets = np.array([0, len(points)])
    if stroke_offsets is None:
        return encode_many(points, offsets, announce_last_jump=announce_last_jump)[0]
    lifted = np.zeros(len(points), dtype=np.bool_)
    lifted[stroke_offsets[1:-1]] = True
    return _write_rows(_moves(points, offsets), offsets, lifted)[0]


def encode_many(
    points: NDArray[np.integer], offsets: NDArray[np.int64], *, announce_last_jump: bool = False
) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
    """Write the points of many digits as sequence rows, as `encode` does for one.

    Parameters
    ----------
    points : ndarray of int, shape (P, 2)
        (row, column) of all digits, one after the other.
    offsets : ndarray of int64, shape (n + 1,)
        Digit ``i`` has ``points[offsets[i]:offsets[i + 1]]``.
    announce_last_jump : bool
        As in `encode`.

    Returns
    -------
    rows : ndarray of int8, shape (T, 4)
        All rows.
    row_offsets : ndarray of int64, shape (n + 1,)
        Digit ``i`` has ``rows[row_offsets[i]:row_offsets[i + 1]]``.
    """
    moves = _moves(points, offsets)
    first, behind = offsets[:-1], offsets[1:]
    drawn = first < behind
    lifted = np.abs(moves).max(axis=1) > 1
    lifted[first[drawn]] = False
    if not announce_last_jump:
        lifted[behind[drawn] - 1] = False
    return _write_rows(moves, offsets, lifted)


def _moves(points: NDArray[np.integer], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return ``dx dy`` of each point, and ``x y`` of the first of each digit."""
    pen = np.asarray(points, dtype=np.int64).reshape(-1, 2)[:, ::-1] + 1
    first, behind = offsets[:-1], offsets[1:]
    drawn = first < behind
    moves = np.diff(pen, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    moves[first[drawn]] = pen[first[drawn]]
    if np.abs(moves).max(initial=0) > np.iinfo(np.int8).max:
        raise ValueError("the points are too far apart for 8-bit offsets")
    return moves


def _write_rows(
    moves: NDArray[np.int64], offsets: NDArray[np.int64], lifted: NDArray[np.bool_]
) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
    """Return the rows of moves, a marker row before each one that is `lifted`."""
    markers = np.concatenate(([0], np.cumsum(lifted)))
    digits = np.arange(len(offsets))
    row_offsets = offsets + markers[offsets] + digits
    digit_of_point = np.repeat(digits[:-1], np.diff(offsets))
    position = np.arange(len(moves)) + markers[1:] + digit_of_point
    rows = np.zeros((int(row_offsets[-1]), 4), dtype=np.int8)
    rows[position, :2] = moves
    rows[position[lifted] - 1] = LIFT_ROW
    rows[row_offsets[1:] - 1] = END_ROW
    return rows, row_offsets


def is_marker(rows: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Tell which rows announce a pen lift or the end instead of reaching a point."""
    return np.asarray(rows[:, 2] == 1)


def lifts(rows: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Tell before which points the pen was lifted.

    Parameters
    ----------
    rows : ndarray of int, shape (T, 4)
        Sequence rows.

    Returns
    -------
    lifted : ndarray of bool, shape (P,)
        True where a marker row stands before the point, and at a jump to the very last
        one, which the published files do not announce; the first point is never lifted
        to. A jump to any other point without a marker row is drawn with the pen down.
    """
    marker = is_marker(rows)
    lifted = np.concatenate(([False], marker[:-1]))[~marker]
    moves = np.abs(rows[~marker, :2].astype(np.int64))
    lifted[-1:] |= moves[-1:].max(axis=1) > 1
    lifted[:1] = False
    return np.asarray(lifted)


def decode(rows: ArrayLike) -> NDArray[np.int16]:
    """Read the points out of sequence rows.

    Parameters
    ----------
    rows : array_like of int, shape (T, 4)
        ``dx dy eos eod`` as `encode` writes them, with or without the last jump
        announced.

    Returns
    -------
    points : ndarray of int16, shape (P, 2)
        (row, column) in drawing order, 0-based.

    Raises
    ------
    ValueError
        If the shape is wrong, a flag is not 0 or 1, a marker row moves the pen, the
        end row is missing or not the last, or a position is left of or above the image.
    """
    table = np.asarray(rows)
    if table.ndim != 2 or table.shape[1] != 4 or not len(table):
        raise ValueError(f"a sequence has rows of 4 values, not the shape {table.shape}")
    if not np.issubdtype(table.dtype, np.integer):
        raise ValueError(f"a sequence holds whole numbers, not {table.dtype}")
    table = table.astype(np.int64)
    if not np.isin(table[:, 2:], (0, 1)).all():
        raise ValueError("eos and eod must be 0 or 1")
    if tuple(table[-1]) != END_ROW or table[:-1, 3].any():
        raise ValueError("the row 0 0 1 1 must be there once, as the last one")
    marker = is_marker(table)
    if table[marker, :2].any():
        raise ValueError("a row with eos = 1 must not move the pen")
    pen = np.cumsum(table[~marker, :2], axis=0)
    if pen.min(initial=1) < 1 or pen.max(initial=1) > np.iinfo(np.int16).max:
        raise ValueError("a position lies outside the image")
    return (pen[:, ::-1] - 1).astype(np.int16)


def point_of_row(rows: NDArray[np.integer]) -> NDArray[np.int64]:
    """Tell at which point the pen stands after each row.

    Parameters
    ----------
    rows : ndarray of int, shape (T, 4)
        Sequence rows.

    Returns
    -------
    point : ndarray of int64, shape (T,)
        Index into the points; marker rows keep the point before, -1 if there is none.
    """
    return np.cumsum(~is_marker(rows)).astype(np.int64) - 1
