"""The points and strokes of many sequences at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from viewer.core.sequence import is_marker

if TYPE_CHECKING:
    from viewer.core.sequences import SequenceSet


@dataclass(frozen=True)
class Strokes:
    """The points of many digits, one after the other, in drawing order.

    Parameters
    ----------
    moves : ndarray of int16, shape (P, 2)
        ``dx dy`` of each point; of the first of a digit (column + 1, row + 1).
    points : ndarray of int16, shape (P, 2)
        x (column) and y (row) in pixels, 0-based.
    offsets : ndarray of int64, shape (n + 1,)
        Digit ``i`` has ``points[offsets[i]:offsets[i + 1]]``.
    ends : ndarray of bool, shape (P,)
        Whether a point is the last one of its stroke.
    bounds : ndarray of int64, shape (S + 1,)
        Stroke ``s`` has ``points[bounds[s]:bounds[s + 1]]``.
    of_digit : ndarray of int64, shape (n + 1,)
        Digit ``i`` has the strokes ``of_digit[i]`` to ``of_digit[i + 1] - 1``.
    """

    moves: NDArray[np.int16]
    points: NDArray[np.int16]
    offsets: NDArray[np.int64]
    ends: NDArray[np.bool_]
    bounds: NDArray[np.int64]
    of_digit: NDArray[np.int64]


def find_strokes(sequences: SequenceSet) -> Strokes:
    """Read the strokes out of sequences, as `viewer.core.sequence.lifts` does for one.

    Parameters
    ----------
    sequences : SequenceSet
        A digit without ink has no strokes.

    Returns
    -------
    strokes : Strokes
        The pen is lifted at marker rows, at a jump to the very last point, which the
        published files do not announce, and nowhere else.
    """
    rows = sequences.rows
    marker = is_marker(rows)
    drawn = np.concatenate(([0], np.cumsum(~marker)))
    offsets = drawn[sequences.offsets].astype(np.int64)
    moves = rows[~marker, :2].astype(np.int16)
    inked = np.flatnonzero(offsets[:-1] < offsets[1:])
    first, last = offsets[:-1][inked], offsets[1:][inked] - 1
    begins = np.concatenate(([False], marker[:-1]))[~marker]
    begins[last] |= np.abs(moves[last]).max(axis=1, initial=0) > 1
    begins[first] = True
    bounds = np.append(np.flatnonzero(begins), len(moves)).astype(np.int64)
    ends = np.zeros(len(moves), dtype=np.bool_)
    ends[bounds[1:] - 1] = True
    return Strokes(
        moves, _places(moves, offsets), offsets, ends, bounds, np.searchsorted(bounds, offsets)
    )


def _places(moves: NDArray[np.int16], offsets: NDArray[np.int64]) -> NDArray[np.int16]:
    """Return where the pen stands after each move."""
    pen = np.concatenate((np.zeros((1, 2), np.int64), np.cumsum(moves, axis=0, dtype=np.int64)))
    start = np.repeat(pen[offsets[:-1]] + 1, np.diff(offsets), axis=0)
    return (pen[1:] - start).astype(np.int16)


def numbers_within(bounds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number things from 0 in each group; group ``g`` begins at ``bounds[g]``."""
    return np.arange(bounds[-1]) - np.repeat(bounds[:-1], np.diff(bounds))


def drawings(strokes: Strokes, values: NDArray[np.integer]) -> Iterator[list[list[list[int]]]]:
    """Yield the strokes of each digit as lists of values, one list a column.

    Parameters
    ----------
    strokes : Strokes
    values : ndarray of int, shape (P, k)
        Of each point.

    Yields
    ------
    drawing : list
        For each stroke ``k`` lists; empty without ink.
    """
    columns = [column.tolist() for column in values.T]
    bounds = strokes.bounds.tolist()
    pairs = list(pairwise(bounds))
    places = strokes.of_digit.tolist()
    for first, behind in pairwise(places):
        yield [[column[a:b] for column in columns] for a, b in pairs[first:behind]]
