"""Exact sequence rows out of files: what is written once, read back digit by digit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from viewer.core.sequence import is_marker
from viewer.datasets.steps import Steps
from viewer.datasets.streams import GET_AGAIN
from viewer.errors import UserError

MOST_ROWS, MOST_DIGITS = 1 << 25, 1 << 20
"""Caps; the 402,953 digits of NIST have 16 million rows."""
MOST_SPLITS = 16
_SPLIT = re.compile(r"[^\W_][\w.+-]{0,31}")
_TEST = re.compile(r"(?:^|[^a-z])(?:te?st(?:ing|img)?|t10k)(?:[^a-z]|$)")
TRAIN, TEST = "train", "test"
FARTHEST = np.iinfo(np.int16).max
"""The largest position in rows."""


@dataclass(frozen=True)
class Rows:
    """The sequences of many digits as rows, and whose they are.

    Parameters
    ----------
    rows : ndarray of int8 or int64, shape (T, 4)
        ``dx dy eos eod`` of all digits.
    offsets : ndarray of int64, shape (n + 1,)
        Digit ``i`` has ``rows[offsets[i]:offsets[i + 1]]``.
    label : ndarray of uint8, shape (n,), or None
        Classes, None where not all of them are known.
    split : ndarray of str, shape (n,)
        Name of each digit's split.
    index : ndarray of int64, shape (n,)
        Its index in the split.
    """

    rows: NDArray[np.int8] | NDArray[np.int64]
    offsets: NDArray[np.int64]
    label: NDArray[np.uint8] | None
    split: NDArray[np.str_]
    index: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.index)

    def sequence(self, digit: int) -> NDArray[np.int8] | NDArray[np.int64]:
        """Return the rows of one digit by its position."""
        return self.rows[self.offsets[digit] : self.offsets[digit + 1]]


def load_rows(path: Path) -> Rows:
    """Read sequences as rows, from any form that `read_sequences` knows.

    Parameters
    ----------
    path : path
        A file or folder of sequences.

    Returns
    -------
    rows : Rows
        Rows that were read are as they were written. Strokes in other forms become rows
        where their points are whole numbers; see `viewer.datasets.sequences.drawn.write_rows`.

    Raises
    ------
    UserError
        If the file cannot be read or holds no sequences, one of them is none, or a point lies
        between whole numbers.
    """
    from viewer.datasets.sequences.drawn import write_rows
    from viewer.datasets.sequences.reading import read_sequences

    return write_rows(read_sequences(path, Steps()), path)


def guess_split(path: Path) -> str:
    """Return the split that the name of a file tells, ``train`` if it tells none."""
    return TEST if _TEST.search(path.name.lower()) else TRAIN


def check_splits(split: NDArray[np.str_], path: Path) -> None:
    """Make sure that splits have usable names, and are few."""
    try:
        names = np.unique(split).tolist()
    except ValueError:  # code points that are none
        names = [""]
    for name in names:
        if not _SPLIT.fullmatch(name):
            raise UserError(
                f"it has a split named {name[:40]!a}, which is no name",
                path=path,
                advice="Splits are named as train and test are.",
            )
    if len(names) > MOST_SPLITS:
        raise UserError(
            f"there are {len(names):,} splits", path=path, advice=f"Use at most {MOST_SPLITS}."
        )


def narrow(rows: NDArray[np.integer]) -> NDArray[np.int8] | NDArray[np.int64]:
    """Return rows as int8 if all of them fit, else as int64."""
    low, high = int(rows.min(initial=0)), int(rows.max(initial=0))
    if low >= -128 and high <= 127:
        return rows.astype(np.int8, copy=False)
    return rows.astype(np.int64, copy=False)


def check_offsets(offsets: NDArray[np.int64], count: int, path: Path) -> None:
    """Make sure that offsets cut so many rows into sequences of one row or more."""
    problem = ""
    if not len(offsets):
        problem = "offsets is empty"
    elif len(offsets) == 1:
        problem = "it holds no sequences"
    elif len(offsets) > MOST_DIGITS + 1 or count > MOST_ROWS:
        problem = f"it holds {count:,} rows of {len(offsets) - 1:,} sequences, more than are read"
    elif offsets[0] != 0 or offsets[-1] != count:
        problem = f"offsets goes from {offsets[0]} to {offsets[-1]}, but there are {count:,} rows"
    elif not (offsets[1:] > offsets[:-1]).all():
        digit = int(np.argmin(offsets[1:] > offsets[:-1]))
        problem = f"the sequence of digit {digit} has no rows"
    if problem:
        raise UserError(problem, path=path, advice=GET_AGAIN)


def check_rows(
    rows: NDArray[np.integer],
    offsets: NDArray[np.int64],
    path: Path,
    name: Callable[[int], str] = lambda digit: f"digit {digit}",
) -> None:
    """Make sure that all sequences are some, by the rules of `viewer.core.sequence.decode`.

    Parameters
    ----------
    rows : ndarray of int, shape (T, 4)
    offsets : ndarray of int64, shape (n + 1,)
        One row or more of each digit.
    path : path
        What errors name.
    name : callable
        What errors call a digit, by its position.

    Raises
    ------
    UserError
        That names the first digit at fault.
    """

    def refuse(wrong: NDArray[np.bool_], problem: str) -> None:
        if wrong.any():
            row = int(np.argmax(wrong))
            fault(int(np.searchsorted(offsets, row, side="right")) - 1, problem)

    def fault(digit: int, problem: str) -> NoReturn:
        raise UserError(f"the sequence of {name(digit)} {problem}", path=path, advice=GET_AGAIN)

    last = np.zeros(len(rows), dtype=np.bool_)
    last[offsets[1:] - 1] = True
    flags = rows[:, 2:]
    refuse(((flags != 0) & (flags != 1)).any(axis=1), "has an eos or eod that is not 0 or 1")
    marker = is_marker(rows)
    refuse(marker & rows[:, :2].any(axis=1), "has a row with eos = 1 that moves the pen")
    refuse((rows[:, 3] == 1) != last, "does not have the row 0 0 1 1 once, as its last one")
    refuse(last & ~marker, "does not end with the row 0 0 1 1")
    far = np.abs(rows[:, :2].astype(np.int64)).max(axis=1, initial=0) > FARTHEST
    refuse(far, "moves the pen farther than any image is wide")
    low, high = extent(rows, offsets)
    outside = (low < 1) | (high > FARTHEST)
    if outside.any():
        fault(int(np.argmax(outside)), "leaves the image")


def extent(
    rows: NDArray[np.integer], offsets: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the lowest and the highest coordinate (1-based) of each digit; 1 without ink."""
    pen = pen_positions(rows, offsets)
    marker = is_marker(rows)
    first = offsets[:-1]
    low, high = pen.min(axis=1), pen.max(axis=1)
    low[marker] = np.iinfo(np.int64).max  # a marker before the first point stands at 0
    low, high = np.minimum.reduceat(low, first), np.maximum.reduceat(high, first)
    blank = np.logical_and.reduceat(marker, first)
    low[blank] = high[blank] = 1
    return low, high


def pen_positions(rows: NDArray[np.integer], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where the pen stands after each row: (x, y), shape (T, 2), 1-based."""
    pen = np.cumsum(rows[:, :2], axis=0, dtype=np.int64)
    before = np.concatenate([np.zeros((1, 2), np.int64), pen])[offsets[:-1]]
    pen -= np.repeat(before, np.diff(offsets), axis=0)
    return pen
