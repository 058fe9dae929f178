"""Moves of a pen, and points anywhere, as strokes on pixels or off them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.mnist import LARGEST_SIDE
from viewer.datasets.sequences.drawn import Columns, Drawn
from viewer.datasets.streams import GET_AGAIN
from viewer.errors import UserError

MOST_POINTS = 1 << 23
"""Points that are read; 200,000 digits have as many."""
FARTHEST = 1 << 31
"""The largest coordinate there can be."""


def draw_moves(
    moves: NDArray[np.generic],
    lifts: NDArray[np.bool_],
    lengths: NDArray[np.int64],
    path: Path,
    split: NDArray[np.str_],
    index: NDArray[np.int64],
    label: NDArray[np.int16],
    columns: Columns,
) -> Drawn:
    """Return the strokes of the moves of stroke-3 and stroke-5.

    Parameters
    ----------
    moves : ndarray, shape (T, 2)
        ``dx dy`` of all digits, y downward; the first ones lead from (0, 0) to the first
        points.
    lifts : ndarray of bool, shape (T,)
        Where the pen is lifted after the point.
    lengths : ndarray of int64, shape (n,)
        Rows of each digit.
    path : path
        What errors name.
    split, index, label, columns
        As for `Drawn`.

    Returns
    -------
    drawn : Drawn
        On pixels if each point of every digit is one. Then a single row ``0 0 1``, which lies
        outside, stands for a digit without ink.

    Raises
    ------
    UserError
        If a move is not a number of usable size.
    """
    steps = moves.astype(np.float64)
    usable = (np.abs(steps) <= FARTHEST).all(axis=1)  # which no nan is
    ends = np.cumsum(lengths)
    if not usable.all():
        raise _fault(ends, int(np.argmin(usable)), "moves the pen by no usable number", path)
    offsets = np.concatenate([np.zeros(1, np.int64), ends])
    pen = np.cumsum(steps, axis=0)
    before = np.concatenate([np.zeros((1, 2)), pen])[offsets[:-1]]
    pen -= np.repeat(before, lengths, axis=0)
    if len(pen) and (pen == np.rint(pen)).all():  # sums of whole numbers are exact up to 2^53
        nothing = (lengths == 1) & ~steps[np.minimum(offsets[:-1], len(steps) - 1)].any(axis=1)
        inked = np.repeat(~nothing, lengths)
        if _are_pixels(pen[inked]):
            steps, pen, lifts = steps[inked], pen[inked], lifts[inked]
            lengths = np.where(nothing, 0, lengths)
            offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    return draw_points(pen, _begin(lifts, offsets), offsets, path, split, index, label, columns)


def draw_points(
    points: NDArray[np.float64],
    starts: NDArray[np.bool_],
    offsets: NDArray[np.int64],
    path: Path,
    split: NDArray[np.str_],
    index: NDArray[np.int64],
    label: NDArray[np.int16],
    columns: Columns,
    class_names: tuple[str, ...] = (),
) -> Drawn:
    """Return strokes by their points; parameters and result are those of `Drawn`.

    They are on pixels if each point of every digit is one. A UserError is raised if a
    coordinate is not a number of usable size.
    """
    usable = (np.abs(points) <= FARTHEST).all(axis=1)
    if not usable.all():
        place = int(np.argmin(usable))
        raise _fault(offsets[1:], place, "has a point that is no usable number", path)
    return Drawn(
        points, starts, offsets, label, split, index, _are_pixels(points), None, columns,
        class_names,
    )  # fmt: skip


def _begin(lifts: NDArray[np.bool_], offsets: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which points begin a stroke."""
    starts = np.concatenate([[True], lifts[:-1]])[: len(lifts)]
    starts[offsets[:-1][offsets[:-1] < offsets[1:]]] = True
    return starts


def _are_pixels(points: NDArray[np.float64]) -> bool:
    """Return whether all points are pixels, 1-based, of an image of at most 64 x 64."""
    whole = bool((points == np.rint(points)).all())
    return whole and 1 <= points.min(initial=1) <= points.max(initial=1) <= LARGEST_SIDE


def _fault(ends: NDArray[np.int64], row: int, problem: str, path: Path) -> UserError:
    digit = int(np.searchsorted(ends, row, side="right"))
    return UserError(f"digit {digit} {problem}", path=path, advice=GET_AGAIN)
