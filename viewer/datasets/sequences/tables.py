"""Small texts of whole numbers, many at a time.

Strategy: texts are joined and looked at as one array of bytes. Where all is as the published
files have it (a space between numbers, a line break behind each line), numbers are put
together digit by digit for all texts at once. What is not goes line by line, which accepts
other white space and finds the line at fault.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

LONGEST_NUMBER = 4
"""Characters of a number on the fast way, with its sign."""
_WHOLE = re.compile(rb"-?[0-9]{1,9}")
_DIGIT, _MINUS, _SPACE, _BREAK, _OTHER = range(5)
_KINDS = np.full(256, _OTHER, dtype=np.uint8)
_KINDS[ord("0") : ord("9") + 1] = _DIGIT
_KINDS[[ord("-"), ord(" "), ord("\n")]] = _MINUS, _SPACE, _BREAK


class LineError(Exception):
    """A line does not hold the numbers it should.

    Parameters
    ----------
    text : int
        Which of the texts.
    line : int
        Which of its lines, from 1.
    """

    def __init__(self, text: int, line: int) -> None:
        super().__init__(text, line)
        self.text, self.line = text, line


def read_tables(
    texts: Sequence[bytes], columns: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Read tables of whole numbers.

    Parameters
    ----------
    texts : sequence of bytes
        Lines of numbers with white space between them.
    columns : int
        Numbers a line.

    Returns
    -------
    values : ndarray of int64, shape (R, columns)
        The rows of all texts, one behind the other.
    counts : ndarray of int64, shape (n,)
        Rows of each text; a text may have none.

    Raises
    ------
    LineError
        If a line holds anything else.
    """
    texts = [text if text.endswith(b"\n") or not text else text + b"\n" for text in texts]
    counts = np.array([text.count(b"\n") for text in texts], dtype=np.int64)
    values = _read_plain(b"".join(texts), columns)
    if values is None:
        lines = [_read_line(text, columns, place) for place, text in enumerate(texts)]
        values = np.array([row for rows in lines for row in rows], np.int64).reshape(-1, columns)
    return values, counts


def _read_plain(joined: bytes, columns: int) -> NDArray[np.int64] | None:
    """Read lines in the plain form; None if something is not in that form."""
    data = np.frombuffer(joined, dtype=np.uint8)
    kinds = _KINDS[data]
    if (kinds == _OTHER).any():
        return None
    ink = kinds <= _MINUS
    edges = np.flatnonzero(np.diff(ink, prepend=False, append=False))
    first, behind = edges[::2], edges[1::2]
    breaks = np.flatnonzero(kinds == _BREAK)
    numbers = np.diff(np.searchsorted(first, breaks), prepend=0)
    if (numbers != columns).any() or (behind - first > LONGEST_NUMBER).any():
        return None
    minus = kinds[first] == _MINUS
    if int(minus.sum()) != int((kinds == _MINUS).sum()) or (minus & (behind - first == 1)).any():
        return None
    values = np.zeros(len(first), dtype=np.int64)
    unsigned = first + minus
    for place in range(LONGEST_NUMBER):
        at = behind - 1 - place
        there = at >= unsigned
        values[there] += (data[at[there]].astype(np.int64) - ord("0")) * 10**place
    values[minus] *= -1
    return values.reshape(-1, columns)


def _read_line(text: bytes, columns: int, place: int) -> list[list[int]]:
    """Read one text line by line."""
    rows = []
    for number, line in enumerate(text.split(b"\n")[:-1], start=1):
        words = line.split()
        if len(words) != columns or not all(map(_WHOLE.fullmatch, words)):
            raise LineError(place, number)
        rows.append([int(word) for word in words])
    return rows
