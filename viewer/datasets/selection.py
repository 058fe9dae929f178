"""Digits named in text: ranges of indices, and identities such as ``train:13``."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.digits import DigitSet
from viewer.errors import UserError

_NUMBER = re.compile("[0-9]+")
_RANGE = re.compile("([0-9]+)(?: *- *([0-9]+))?")
_LONGEST = 18
"""Characters of the longest number that is looked at; no set is that large."""


def parse_digits(text: str, count: int) -> NDArray[np.int64]:
    """Read ranges of indices such as ``0-99,205``.

    Parameters
    ----------
    text : str
        Indices and ranges with both ends included, separated by commas.
    count : int
        Number of digits there are.

    Returns
    -------
    indices : ndarray of int64
        In ascending order, each once, whatever the order and overlaps in the text.

    Raises
    ------
    UserError
        If the text is anything else, a range is reversed, or an index is `count` or more.
    """
    chosen = np.zeros(count, dtype=bool)
    for part in text.split(","):
        match = _RANGE.fullmatch(part.strip(" "))
        if match is None:
            raise UserError(
                f"{_shorten(part.strip())!r} is not an index or a range of them",
                advice="Write digits as 0-99,205.",
            )
        first = _index(match[1], count)
        last = _index(match[2] or match[1], count)
        if last < first:
            raise UserError(
                f"the range {first}-{last} is reversed", advice=f"Write {last}-{first}."
            )
        chosen[first : last + 1] = True
    return np.flatnonzero(chosen)


def parse_identity(text: str, dataset: DigitSet) -> tuple[str, int]:
    """Read the identity of a digit such as ``train:13``.

    Parameters
    ----------
    text : str
        Name of a split, a colon and an index.
    dataset : DigitSet
        The set it is one of.

    Returns
    -------
    split : str
        Name of the split.
    index : int
        Index in the split.

    Raises
    ------
    UserError
        If the text is anything else or there is no such digit.
    """
    name, colon, number = (part.strip(" ") for part in text.rpartition(":"))
    if not colon or not _NUMBER.fullmatch(number):
        raise UserError(
            f"{_shorten(text)!r} does not name a digit",
            advice=f"Write a split and an index, such as {next(iter(dataset.splits), 'train')}:13.",
        )
    return name, _index(number, len(dataset.split(name)))


def _index(number: str, count: int) -> int:
    """Read an index; a UserError if there is no such digit."""
    number = number.lstrip("0") or "0"
    if len(number) > _LONGEST or int(number) >= count:
        raise UserError(
            f"there is no digit {_shorten(number)}",
            advice=f"The indices are 0 to {count - 1}." if count else "There are no digits.",
        )
    return int(number)


def _shorten(text: str) -> str:
    """Return text as it fits into an error."""
    return text if len(text) <= 2 * _LONGEST else f"{text[:_LONGEST]}..."
