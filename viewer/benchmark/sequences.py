"""Which sequences a benchmark is about: a file, some of its digits, and their classes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.digits import DigitSet
from viewer.datasets.selection import parse_digits
from viewer.datasets.sequences.rows import Rows, load_rows
from viewer.errors import UserError

_RANGES = re.compile("[0-9][0-9, -]*")
MOST_INDEX = 1 << 40
"""Indices are smaller; so `load_rows` demands, too."""


def read_choice(text: str) -> Rows:
    """Read the sequences that ``FILE[:SPLIT][:DIGITS]`` names.

    Parameters
    ----------
    text : str
        A file or folder of sequences that `load_rows` reads; behind it the name of one of its
        splits and ranges of indices such as ``0-7999``, each after a colon. A file whose own
        name is the whole text is read whole.

    Returns
    -------
    sequences : Rows
        In the order of the file.

    Raises
    ------
    UserError
        If the file cannot be read, or has no such split or digit.
    """
    path, split, ranges = _take_apart(text)
    sequences = load_rows(path)
    places = np.arange(len(sequences))
    if split:
        places = np.flatnonzero(sequences.split == split)
        if not len(places):
            held = ", ".join(np.unique(sequences.split).tolist())
            raise UserError(f"there is no split {split!r}", path=path, advice=f"It has: {held}.")
    if ranges:
        names = np.unique(sequences.split[places]).tolist()
        if len(names) > 1:
            raise UserError(
                "there is more than one split",
                path=path,
                advice=f"Name one before the digits, such as {names[0]}:{ranges}.",
            )
        index = sequences.index[places]
        wanted = parse_digits(ranges, int(index.max()) + 1)
        absent = wanted[~np.isin(wanted, index)]
        if len(absent):
            raise UserError(f"there is no sequence of digit {absent[0]}", path=path)
        places = places[np.isin(index, wanted)]
    return sequences if len(places) == len(sequences) else take(sequences, places)


def _take_apart(text: str) -> tuple[Path, str, str]:
    """Return file, split and ranges; "" where one is not named."""
    if _exists(text):
        return Path(text), "", ""
    split = ranges = ""
    head, colon, tail = text.rpartition(":")
    if colon and _RANGES.fullmatch(tail):
        text, ranges = head, tail
    head, colon, tail = text.rpartition(":")
    if colon and head and not _exists(text):
        text, split = head, tail
    return Path(text), split, ranges


def _exists(text: str) -> bool:
    try:
        return Path(text).exists()
    except OSError:
        return False


def take(sequences: Rows, places: NDArray[np.int64]) -> Rows:
    """Return some of the sequences.

    Parameters
    ----------
    sequences : Rows
    places : ndarray of int64, shape (m,)
        Their positions.

    Returns
    -------
    some : Rows
        In the order of the positions.
    """
    starts = sequences.offsets[:-1]
    rows, offsets = spans(starts[places], np.diff(sequences.offsets)[places])
    label = None if sequences.label is None else sequences.label[places]
    return Rows(
        sequences.rows[rows], offsets, label, sequences.split[places], sequences.index[places]
    )


def spans(
    starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number the rows of pieces of an array.

    Parameters
    ----------
    starts, lengths : ndarray of int64, shape (n,)
        Where each piece begins, and how many rows it has.

    Returns
    -------
    rows : ndarray of int64, shape (R,)
        The row numbers, piece after piece.
    ends : ndarray of int64, shape (n + 1,)
        Offsets of the pieces in `rows`.
    """
    ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    return np.arange(ends[-1]) + np.repeat(starts - ends[:-1], lengths), ends


def step_spans(
    offsets: NDArray[np.int64], longest: int | None = None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find the rows that are predicted: all of each sequence but the first.

    Parameters
    ----------
    offsets : ndarray of int64, shape (n + 1,)
        Offsets of the sequences.
    longest : int, optional
        Only this many rows of each sequence count, the first one included.

    Returns
    -------
    rows : ndarray of int64, shape (S,)
        Their numbers, sequence after sequence.
    ends : ndarray of int64, shape (n + 1,)
        Offsets of the sequences' steps.
    """
    lengths = np.diff(offsets)
    counted = lengths if longest is None else np.minimum(lengths, longest)
    return spans(offsets[:-1] + 1, counted - 1)


def with_labels(sequences: Rows, digits: DigitSet) -> Rows:
    """Give sequences the classes that a set of digits has for them, by split and index.

    Parameters
    ----------
    sequences : Rows
    digits : DigitSet

    Returns
    -------
    sequences : Rows
        With the classes of the set, whether it had some before or not.

    Raises
    ------
    UserError
        If the set lacks a split, a digit or the classes.
    """
    label = np.zeros(len(sequences), np.uint8)
    for name in np.unique(sequences.split).tolist():
        mine = sequences.split == name
        split = digits.split(name)
        if split.labels is None:
            raise UserError(f"the digits of {name} have no labels", path=digits.source)
        highest = int(sequences.index[mine].max())
        if highest >= len(split):
            raise UserError(
                f"there is no digit {name}:{highest}",
                path=digits.source,
                advice="Name the set that the sequences were made from.",
            )
        label[mine] = split.labels[sequences.index[mine]]
    return replace(sequences, label=label)


def identity_keys(
    pairs: Sequence[tuple[NDArray[np.str_], NDArray[np.int64]]],
) -> list[NDArray[np.int64]]:
    """Number identities (split, index), equal ones alike.

    Parameters
    ----------
    pairs : sequence of (ndarray of str, ndarray of int64)
        Splits and indices of several files.

    Returns
    -------
    keys : list of ndarray of int64
        For each file, a number for each digit.
    """
    names = np.unique(np.concatenate([split for split, _index in pairs]))
    return [
        np.searchsorted(names, split).astype(np.int64) * MOST_INDEX + index
        for split, index in pairs
    ]


def check_apart(train: Rows, test: Rows) -> None:
    """Make sure that no digit is both learned from and tested.

    Raises
    ------
    UserError
        If one is.
    """
    first, second = identity_keys([(train.split, train.index), (test.split, test.index)])
    both = np.flatnonzero(np.isin(second, first))
    if len(both):
        digit = both[0]
        raise UserError(
            f"{len(both):,} digits are in the training and in the test sequences, such as "
            f"{test.split[digit]}:{test.index[digit]}",
            advice="Name others, such as --train FILE:0-7999 --test FILE:8000-9999.",
        )
