"""CSV: a line a point, for spreadsheets and data frames.

The columns are ``digit`` (such as train:13), ``split``, ``index``, ``label``; ``stroke``,
counted from 0 in the digit, and ``point``, counted from 0 in the stroke; ``x`` and ``y``, the
column and row of the image from 0; the metadata columns; where marks are written,
``favourite``, ``colour`` and ``note``; and ``corrected``. What is unknown is empty. A digit
without ink has no line. Text that a spreadsheet would take for a formula gets an apostrophe
before it.

References
----------
.. [1] RFC 4180, Common Format and MIME Type for Comma-Separated Values (CSV) Files; lines
   end with a line feed only.
.. [2] OWASP, CSV Injection.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import BinaryIO

import numpy as np

from viewer.export.format import Chunk, FileWriter, Format, Options, Whole
from viewer.export.formats.arrays import pack_arrays, unpack_arrays
from viewer.export.formats.columns import Cell, cells_of, check_columns
from viewer.export.formats.strokes import find_strokes, numbers_within

BEFORE = ("digit", "split", "index", "label", "stroke", "point", "x", "y")
MARKS = ("favourite", "colour", "note")
FORMULA = tuple("=+-@\t\r")
SPECIAL = frozenset(',"\r\n')


def check(whole: Whole, options: Options) -> None:
    """Make sure that no metadata column has the name of another one."""
    check_columns(whole, *BEFORE)


def encode(chunk: Chunk, options: Options) -> bytes:
    """Pack the lines of a chunk without the cells that are the same all along a digit."""
    strokes = find_strokes(chunk.sequences)
    of_stroke = np.repeat(numbers_within(strokes.of_digit), np.diff(strokes.bounds))
    table = np.column_stack((of_stroke, numbers_within(strokes.bounds), strokes.points))
    lines = ("%d,%d,%d,%d\n" * len(table) % tuple(table.ravel().tolist())).encode()
    ends = np.flatnonzero(np.frombuffer(lines, dtype=np.uint8) == ord("\n")) + 1
    labels = [chunk.label(place) for place in range(len(chunk))]
    before = [
        f"{_cell(chunk.identity(place))},{_cell(chunk.split)},{index},{_cell(labels[place])},"
        for place, index in enumerate(chunk.index.tolist())
    ]
    after = {name: [_cell(value) for value in cells] for name, cells in cells_of(chunk).items()}
    return pack_arrays(
        {
            "lines": np.frombuffer(lines, dtype=np.uint8),
            "bounds": np.concatenate(([0], ends))[strokes.offsets],
            "cells": np.frombuffer(json.dumps([before, after]).encode(), dtype=np.uint8),
        }
    )


def _cell(value: Cell) -> str:
    """Return a value as a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    text = f"'{value}" if value.startswith(FORMULA) else value
    return '"' + text.replace('"', '""') + '"' if SPECIAL.intersection(text) else text


def join(pieces: Iterable[bytes], file: BinaryIO, whole: Whole, options: Options) -> None:
    """Write the header and the lines of all chunks."""
    names: list[str] = []
    for piece in pieces:
        arrays = unpack_arrays(piece)
        before, after = json.loads(arrays["cells"].tobytes())
        if not names:
            names = _names(whole, marked=MARKS[0] in after)
            file.write(_header(names))
        missing = [""] * len(before)
        behind = zip(*(after.get(name, missing) for name in names), strict=True)
        lines, bounds = arrays["lines"].tobytes(), arrays["bounds"].tolist()
        for place, cells in enumerate(behind):
            if bounds[place] < bounds[place + 1]:
                own = lines[bounds[place] : bounds[place + 1] - 1]
                start, end = _encoded(before[place]), _encoded(f",{','.join(cells)}\n")
                file.write(start + own.replace(b"\n", end + start) + end)
    if not names:
        file.write(_header(_names(whole, marked=False)))


def _encoded(text: str) -> bytes:
    """Return UTF-8, a question mark for what is no character."""
    return text.encode(errors="replace")


def _names(whole: Whole, *, marked: bool) -> list[str]:
    """Return the columns behind those that all files have."""
    return [*whole.columns, *(MARKS if marked else ()), "corrected"]


def _header(names: list[str]) -> bytes:
    return _encoded(",".join((*BEFORE, *map(_cell, names))) + "\n")


def snippet(path: str) -> str:
    """Return Python that loads the file."""
    return (
        "import csv\n"
        f'with open({path!r}, newline="", encoding="utf-8") as file:\n'
        "    points = list(csv.DictReader(file))\n"
        'print(points[0]["x"], points[0]["y"])'
    )


FORMAT = Format(
    "csv",
    "CSV",
    "A text table with a line a point: digit, stroke, point, x, y, metadata and marks",
    ".csv",
    snippet,
    file=FileWriter(encode, join, check),
)
