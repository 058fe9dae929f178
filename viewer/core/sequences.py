"""The sequences of many digits in one ragged array; no kernel is needed for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class SequenceSet:
    """The sequences of many digits, one after the other.

    Parameters
    ----------
    rows : ndarray of int8, shape (T, 4)
        ``dx dy eos eod`` of all digits.
    offsets : ndarray of int64, shape (n + 1,)
        Digit ``i`` has ``rows[offsets[i]:offsets[i + 1]]``.
    levels : ndarray of uint8, shape (n,)
        Chosen threshold levels.
    exact : ndarray of bool, shape (n,)
        Whether the search for the order was complete.
    """

    rows: NDArray[np.int8]
    offsets: NDArray[np.int64]
    levels: NDArray[np.uint8]
    exact: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.levels)

    def sequence(self, digit: int) -> NDArray[np.int8]:
        """Return the rows of one digit by its position in the set."""
        return self.rows[self.offsets[digit] : self.offsets[digit + 1]]


def join(parts: list[SequenceSet]) -> SequenceSet:
    """Put sets of sequences one behind the other."""
    if not parts:
        none = np.zeros(0, dtype=np.uint8)
        return SequenceSet(
            np.zeros((0, 4), dtype=np.int8),
            np.zeros(1, dtype=np.int64),
            none,
            none.astype(np.bool_),
        )
    lengths = np.concatenate([np.diff(part.offsets) for part in parts])
    return SequenceSet(
        np.concatenate([part.rows for part in parts]),
        np.concatenate(([0], np.cumsum(lengths))),
        np.concatenate([part.levels for part in parts]),
        np.concatenate([part.exact for part in parts]),
    )


def replace_sequences(sequences: SequenceSet, rows: Mapping[int, NDArray[np.int8]]) -> SequenceSet:
    """Put other rows in the place of some digits' sequences.

    Parameters
    ----------
    sequences : SequenceSet
        It stays as it is.
    rows : mapping of int to ndarray of int8, shape (T, 4)
        The new sequences by the position of their digit.

    Returns
    -------
    sequences : SequenceSet
        Levels, and whether the search for the order was complete, are as before.
    """
    lengths = np.diff(sequences.offsets)
    pieces = []
    behind = 0
    for digit in sorted(rows):
        pieces += [sequences.rows[behind : sequences.offsets[digit]], rows[digit]]
        behind = int(sequences.offsets[digit + 1])
        lengths[digit] = len(rows[digit])
    return SequenceSet(
        np.concatenate([*pieces, sequences.rows[behind:]]),
        np.concatenate(([0], np.cumsum(lengths))),
        sequences.levels,
        sequences.exact,
    )
