"""The published text files of one digit: written and read.

The forms are those of the publication's programs: a sequence is four or fourteen columns
with one space between them; points are CSV, 1-based, with ``-1,-1`` at a pen lift and
``-2,-2`` at the end; in a picture a tab follows every value.

References
----------
.. [1] E. D. de Jong (2016), R/processImages.R, R/extractStrokes_TSP.R and
   createInputData/createInputData.cpp.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.core.sequence import decode, is_marker
from viewer.errors import UserError

CLASSES = 10
HEADER = "col,row"
LIFT, END = (-1, -1), (-2, -2)
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")
LARGEST_FILE = 1 << 20
"""Bytes read at most: a 64 x 64 image has a fiftieth of that."""


def sequence_text(rows: NDArray[np.int8]) -> str:
    """Return ``-inputdata.txt`` of a sequence: ``dx dy eos eod``, a row a line."""
    return "".join(sequence_lines(rows))


def target_text(rows: NDArray[np.int8], label: int) -> str:
    """Return ``-targetdata.txt``: ten columns, 1 in that of the class, before the same four."""
    classes = " ".join("1" if label == name else "0" for name in range(CLASSES)) + " "
    return classes + classes.join(sequence_lines(rows))


def points_text(rows: NDArray[np.int8]) -> str:
    """Return ``-points.txt`` of a sequence, with pen lifts where the sequence has them."""
    table = np.cumsum(rows[:, :2], axis=0, dtype=np.int16)
    marker = is_marker(rows)
    table[marker] = LIFT
    table[marker & (rows[:, 3] == 1)] = END
    pairs = table.view(np.uint32).ravel().tolist()
    return f"{HEADER}\n" + "".join(map(_POINTS.__getitem__, pairs))


def sequence_lines(rows: NDArray[np.int8]) -> list[str]:
    """Return the lines of a sequence; few different ones are all there are."""
    keys = np.ascontiguousarray(rows, dtype=np.int8).view(np.uint32).ravel().tolist()
    return list(map(_ROWS.__getitem__, keys))


def image_text(image: NDArray[np.uint8]) -> str:
    """Return the text of a picture: a line a row, a tab after every value."""
    return _table(image, "\t", "\t\n")


def read_sequence(path: Path) -> NDArray[np.int8]:
    """Read an ``-inputdata.txt`` file.

    Parameters
    ----------
    path : path
        The file.

    Returns
    -------
    rows : ndarray of int8, shape (T, 4)
        ``dx dy eos eod``.

    Raises
    ------
    UserError
        If the file cannot be read or is no sequence; the text says where and why.
    """
    rows = _numbers(path, _lines(path), first=1, separator=None, columns=4)
    if np.abs(rows).max(initial=0) > np.iinfo(np.int8).max:
        raise UserError("a value does not fit into 8 bits", path=path)
    try:
        decode(rows)
    except ValueError as error:
        raise UserError(str(error), path=path) from error
    return rows.astype(np.int8)


def read_points(path: Path) -> NDArray[np.int16]:
    """Read a ``-points.txt`` file.

    Parameters
    ----------
    path : path
        The file.

    Returns
    -------
    points : ndarray of int16, shape (P, 2)
        (row, column) in drawing order, 0-based.

    Raises
    ------
    UserError
        If the file cannot be read or holds no points in this form.
    """
    lines = _lines(path)
    if not lines or lines[0] != HEADER:
        raise UserError(f"the first line is not {HEADER}", path=path)
    table = _numbers(path, lines[1:], first=2, separator=",", columns=2)
    if not len(table) or tuple(table[-1]) != END:
        raise UserError("the last line is not -2,-2", path=path)
    pen = table[:-1][(table[:-1] != LIFT).any(axis=1)]
    if pen.min(initial=1) < 1 or pen.max(initial=1) > np.iinfo(np.int16).max:
        raise UserError("a point lies outside the image", path=path)
    points: NDArray[np.int16] = (pen[:, ::-1] - 1).astype(np.int16)
    return points


class _Lines(dict[int, str]):
    """Lines of a table by the four bytes of their values, each made when first asked for."""

    def __init__(self, dtype: type[np.integer], separator: str) -> None:
        super().__init__()
        self._dtype = dtype
        self._separator = separator

    def __missing__(self, key: int) -> str:
        values = np.array([key], dtype=np.uint32).view(self._dtype).tolist()
        line = self[key] = self._separator.join(map(str, values)) + "\n"
        return line


_ROWS = _Lines(np.int8, " ")
_POINTS = _Lines(np.int16, ",")


def _table(values: NDArray[np.integer], separator: str, ending: str = "\n") -> str:
    """Return whole numbers as lines of text."""
    return "".join(separator.join(map(str, row)) + ending for row in values.tolist())


def _lines(path: Path) -> list[str]:
    """Return the lines of a small text file."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UserError(f"it cannot be read: {error.strerror}", path=path) from error
    if len(content) > LARGEST_FILE:
        raise UserError(f"it is longer than {LARGEST_FILE:,} bytes", path=path)
    try:
        return content.decode("ascii").splitlines()
    except UnicodeDecodeError as error:
        raise UserError("it is not plain text", path=path) from error


def _numbers(
    path: Path, lines: list[str], *, first: int, separator: str | None, columns: int
) -> NDArray[np.int64]:
    """Read lines of whole numbers; `first` is the number of the first line in the file."""
    table = np.zeros((len(lines), columns), dtype=np.int64)
    for place, line in enumerate(lines):
        words = line.split(separator)
        if len(words) != columns or not all(map(WHOLE_NUMBER.fullmatch, words)):
            raise UserError(
                f"line {first + place} does not hold {columns} whole numbers", path=path
            )
        table[place] = [int(word) for word in words]
    return table
