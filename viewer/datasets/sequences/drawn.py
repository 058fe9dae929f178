"""Strokes of many digits as they were read, and as sequence rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.core.sequence import END_ROW, LIFT_ROW, is_marker
from viewer.datasets.mnist import LARGEST_SIDE
from viewer.datasets.sequences.rows import FARTHEST, Rows, narrow, pen_positions
from viewer.errors import UserError

Columns: TypeAlias = Mapping[str, tuple[NDArray[Any], NDArray[np.bool_]]]
"""Metadata by name, and of which digits it is known."""
NO_LABEL = -1


@dataclass(frozen=True)
class Drawn:
    """The strokes of many digits.

    Parameters
    ----------
    points : ndarray of float64, shape (P, 2)
        (x, y) of all digits, one after the other, y downward; on pixels 1-based, as rows are.
    starts : ndarray of bool, shape (P,)
        Which points begin a stroke.
    offsets : ndarray of int64, shape (n + 1,)
        Digit ``i`` has ``points[offsets[i]:offsets[i + 1]]``; it may have none.
    label : ndarray of int16, shape (n,)
        Classes, -1 where not known.
    split : ndarray of str, shape (n,)
        Name of each digit's split.
    index : ndarray of int64, shape (n,)
        Its index in the split.
    on_pixels : bool
        Whether the points are pixels of images of at most 64 x 64.
    rows : Rows or None
        The rows that were read, if that is what was read.
    columns : mapping of str to (values, known), each ndarray of shape (n,)
        Metadata.
    class_names : tuple of str
        Names of the classes by label, where they are not the digits.
    """

    points: NDArray[np.float64]
    starts: NDArray[np.bool_]
    offsets: NDArray[np.int64]
    label: NDArray[np.int16]
    split: NDArray[np.str_]
    index: NDArray[np.int64]
    on_pixels: bool
    rows: Rows | None = None
    columns: Columns = field(default_factory=dict)
    class_names: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.index)

    @property
    def strokes(self) -> NDArray[np.int64]:
        """Number of each point's stroke within its digit, from 0, shape (P,)."""
        return number_strokes(self.starts, self.offsets)


def number_strokes(starts: NDArray[np.bool_], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the number of each point's stroke within its digit, from 0."""
    before = np.concatenate([[0], np.cumsum(starts)])
    numbers: NDArray[np.int64] = before[1:] - np.repeat(before[offsets[:-1]], np.diff(offsets))
    return numbers - 1


def draw_rows(
    rows: Rows,
    label: NDArray[np.int16] | None = None,
    columns: Columns | None = None,
) -> Drawn:
    """Return the strokes of rows; the pen is lifted where `viewer.core.sequence.lifts` says."""
    marker = is_marker(rows.rows)
    points = pen_positions(rows.rows, rows.offsets)[~marker]
    offsets = np.concatenate([[0], np.cumsum(~marker)])[rows.offsets]
    starts = np.concatenate([[False], marker[:-1]])[~marker]
    drawn = offsets[:-1] < offsets[1:]
    last = offsets[1:][drawn] - 1
    # a jump to the very last pixel is not announced
    moves = rows.rows[~marker, :2][last].astype(np.int64)
    starts[last] |= np.abs(moves).max(axis=1, initial=0) > 1
    starts[offsets[:-1][drawn]] = True
    if label is None:
        label = np.full(len(rows), NO_LABEL, np.int16)
        if rows.label is not None:
            label = rows.label.astype(np.int16)
    return Drawn(
        points.astype(np.float64), starts, offsets, label, rows.split, rows.index,
        bool(points.max(initial=1) <= LARGEST_SIDE), rows, columns or {},
    )  # fmt: skip


def write_rows(drawn: Drawn, path: Path) -> Rows:
    """Return strokes as rows.

    Parameters
    ----------
    drawn : Drawn
        Its points have to be whole numbers. A digit with points above or left of (1, 1) is
        moved so that it touches both.
    path : path
        What errors name.

    Returns
    -------
    rows : Rows
        Those that were read, if they were. Else a marker row stands before every stroke but
        the first, except where the last one is a single pixel and no neighbour of the one
        before, as in the published files.

    Raises
    ------
    UserError
        If a point lies between whole numbers, or too far away for rows.
    """
    if drawn.rows is not None:
        return drawn.rows
    points = _whole_points(drawn, path)
    offsets, starts = drawn.offsets, drawn.starts.copy()
    inked = offsets[:-1] < offsets[1:]
    first, last = offsets[:-1][inked], offsets[1:][inked] - 1
    moves = np.diff(points, axis=0, prepend=np.zeros((1, 2), np.int64))
    moves[first] = points[first]
    starts[last] &= np.abs(moves[last]).max(axis=1, initial=0) <= 1
    starts[first] = False
    markers = np.concatenate([[0], np.cumsum(starts)])
    digits = np.arange(len(offsets))
    row_offsets = offsets + markers[offsets] + digits
    place = np.arange(len(points)) + markers[1:] + np.repeat(digits[:-1], np.diff(offsets))
    rows = np.zeros((int(row_offsets[-1]), 4), dtype=np.int64)
    rows[place, :2] = moves
    rows[place[starts] - 1] = LIFT_ROW
    rows[row_offsets[1:] - 1] = END_ROW
    known = bool((drawn.label != NO_LABEL).all())
    label = drawn.label.astype(np.uint8) if known else None
    return Rows(narrow(rows), row_offsets, label, drawn.split, drawn.index)


def _whole_points(drawn: Drawn, path: Path) -> NDArray[np.int64]:
    """Return the points as whole numbers from 1 on."""
    points, offsets = drawn.points, drawn.offsets
    whole = (points == np.rint(points)).all(axis=1)
    if not whole.all():
        digit = int(np.searchsorted(offsets, np.argmin(whole), side="right")) - 1
        raise UserError(
            f"the strokes of digit {digit} have points between whole numbers, which rows "
            "cannot hold",
            path=path,
            advice="Give sequences of pixels.",
        )
    inked = np.flatnonzero(offsets[:-1] < offsets[1:])
    if not len(inked):
        return np.zeros((0, 2), np.int64)
    first = offsets[inked]
    low = np.minimum.reduceat(points, first)
    shift = np.zeros((len(drawn), 2))
    # only those outside are moved: where a digit lies in its image is a part of it
    shift[inked] = np.where((low < 1).any(axis=1, keepdims=True), 1 - low, 0.0)
    moved = points + np.repeat(shift, np.diff(offsets), axis=0)
    if moved.max() > FARTHEST:
        raise UserError(
            f"there are points more than {FARTHEST:,} apart, which rows cannot hold",
            path=path,
            advice="Give sequences of pixels.",
        )
    return moved.astype(np.int64)
