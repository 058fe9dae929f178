"""Which of many digits two settings turn into something else; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from viewer.core.sequence import is_marker

if TYPE_CHECKING:
    from viewer.core.sequences import SequenceSet

SIDE_BITS = 6
"""An image has at most 64 rows and columns."""


@dataclass(frozen=True)
class Changes:
    """What two settings make different in some digits.

    Parameters
    ----------
    positions : ndarray of int64, shape (n,)
        The digits that were looked at.
    level, skeleton, sequence : ndarray of bool, shape (n,)
        Whether a digit has another level, skeleton, or sequence of rows.
    """

    positions: NDArray[np.int64]
    level: NDArray[np.bool_]
    skeleton: NDArray[np.bool_]
    sequence: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.positions)

    @property
    def changed(self) -> NDArray[np.int64]:
        """Positions of the digits in which anything is another."""
        return self.positions[self.level | self.skeleton | self.sequence]

    @property
    def words(self) -> str:
        """How many digits change, and in what, as a sentence without its full stop."""
        many, digits = len(self.changed), len(self)
        if not digits:
            return "No digit was looked at"
        if not many:
            return "The one digit does not change" if digits == 1 else f"None of {digits:,} changes"
        parts = ", ".join(
            f"{int(np.count_nonzero(flags)):,} in {name}"
            for name, flags in (
                ("level", self.level), ("skeleton", self.skeleton), ("sequence", self.sequence),
            )
        )  # fmt: skip
        verb = "digits change" if many != 1 else "digits changes"
        return f"{many:,} of {digits:,} {verb} ({_percent(many / digits)}): {parts}"


def find_changes(positions: NDArray[np.int64], a: SequenceSet, b: SequenceSet) -> Changes:
    """Compare what two settings made of the same digits.

    Parameters
    ----------
    positions : ndarray of int64, shape (n,)
        The digits.
    a, b : SequenceSet
        Their sequences under either settings, n each.

    Returns
    -------
    changes : Changes
    """
    return Changes(positions, a.levels != b.levels, _other_pixels(a, b), _other_rows(a, b))


def join(parts: Sequence[Changes]) -> Changes:
    """Put the changes of different digits together."""
    if not parts:
        none = np.zeros(0, dtype=np.bool_)
        return Changes(np.zeros(0, dtype=np.int64), none, none, none)
    return Changes(
        np.concatenate([part.positions for part in parts]),
        np.concatenate([part.level for part in parts]),
        np.concatenate([part.skeleton for part in parts]),
        np.concatenate([part.sequence for part in parts]),
    )


def _other_rows(a: SequenceSet, b: SequenceSet) -> NDArray[np.bool_]:
    """Tell which digits have other rows, or another number of them."""
    lengths = np.diff(a.offsets)
    alike = lengths == np.diff(b.offsets)
    rows_a = a.rows[np.repeat(alike, lengths)]
    rows_b = b.rows[np.repeat(alike, np.diff(b.offsets))]
    digits = np.repeat(np.arange(len(a)), np.where(alike, lengths, 0))
    other: NDArray[np.bool_] = ~alike
    other[digits[(rows_a != rows_b).any(axis=1)]] = True
    return other


def _other_pixels(a: SequenceSet, b: SequenceSet) -> NDArray[np.bool_]:
    """Tell which digits have another skeleton: an order visits each of its pixels once."""
    odd = np.setxor1d(_pixels(a), _pixels(b), assume_unique=True)
    other = np.zeros(len(a), dtype=np.bool_)
    other[odd >> (2 * SIDE_BITS)] = True
    return other


def _pixels(sequences: SequenceSet) -> NDArray[np.int64]:
    """Return a number for each pixel of each digit's skeleton."""
    digits = np.repeat(np.arange(len(sequences)), np.diff(sequences.offsets))
    drawn = ~is_marker(sequences.rows)
    digits, moves = digits[drawn], sequences.rows[drawn, :2].astype(np.int64)
    pen = np.cumsum(moves, axis=0)
    first = np.flatnonzero(np.diff(digits, prepend=-1))
    before = pen[first] - moves[first]  # where the digit before ended
    lengths = np.diff(np.append(first, len(digits)))
    column, row = (pen - np.repeat(before, lengths, axis=0) - 1).T
    numbers: NDArray[np.int64] = ((digits << SIDE_BITS | row) << SIDE_BITS) | column
    return numbers


def _percent(share: float) -> str:
    """Return a share in per cent, not as none where there is some."""
    return f"{100 * share:.1f} %" if share >= 0.0005 else "under 0.1 %"
