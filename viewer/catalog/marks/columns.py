"""Marks side by side: as columns of the table, and as arrays to write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.columns import MARKS
from viewer.catalog.marks.state import MarkState
from viewer.catalog.table import Table

_FIELDS = {"favourite": "favourite", "colour": "colour", "noted": "note"}
"""The field behind each column of marks."""


@dataclass(frozen=True)
class MarkColour:
    """One colour a digit can be marked with.

    Parameters
    ----------
    name : str
        Its name in queries, menus and files.
    rgb : str
        As ``#rrggbb``; "" for none.
    """

    name: str
    rgb: str


COLOURS = (
    MarkColour("none", ""),
    MarkColour("red", "#d55e00"),
    MarkColour("green", "#009e73"),
    MarkColour("blue", "#0072b2"),
)
"""The colour marks by their number, 0 to 3; they differ to colour-blind readers, too.

References
----------
.. [1] M. Okabe and K. Ito (2008), Color Universal Design: vermillion, bluish green, blue.
"""


@dataclass(frozen=True)
class MarkColumns:
    """The marks of many digits.

    Parameters
    ----------
    favourite : ndarray of bool, shape (n,)
        Whether each is a favourite.
    colour : ndarray of uint8, shape (n,)
        Places in `COLOURS`.
    note : ndarray of int32, shape (n,)
        Places in `notes`.
    notes : tuple of str
        The different notes; the first one is "".
    """

    favourite: NDArray[np.bool_]
    colour: NDArray[np.uint8]
    note: NDArray[np.int32]
    notes: tuple[str, ...]


def collect(state: MarkState, parts: Sequence[tuple[str, NDArray[np.int64]]]) -> MarkColumns:
    """Return the marks of digits in the order of the parts: split names and indices in each."""
    notes = {"": 0}
    note = [np.zeros(len(indices), dtype=np.int32) for _split, indices in parts]
    for (split, indices), column in zip(parts, note, strict=True):
        for place in np.flatnonzero(np.isin(indices, state.noted(split))).tolist():
            text = state.note(split, int(indices[place]))
            column[place] = notes.setdefault(text, len(notes))
    return MarkColumns(
        np.concatenate([state.codes("favourite", *part) for part in parts]).astype(np.bool_),
        np.concatenate([state.codes("colour", *part) for part in parts]),
        np.concatenate(note),
        tuple(notes),
    )


def add_columns(table: Table, state: MarkState) -> None:
    """Add the columns of marks to a table."""
    splits = table.dataset.splits.values()
    for column in MARKS:
        parts = [_values(state, column.name, split.name, len(split)) for split in splits]
        words = [colour.name for colour in COLOURS] if column.kind == "word" else ()
        table.add(column, np.concatenate(parts), words=words)


def fill_columns(table: Table, state: MarkState, names: Iterable[str]) -> None:
    """Bring the columns of marks up to date in the splits of these names."""
    for split in table.dataset.splits.values():
        if split.name in names:
            for column in MARKS:
                values = _values(state, column.name, split.name, len(split))
                table.fill(column, table.first(split.name), values)


def _values(state: MarkState, name: str, split: str, count: int) -> NDArray[Any]:
    """Return the part of a column that is about one split."""
    codes = state.column(_FIELDS[name], split, count)
    return codes if name == "colour" else codes.astype(np.bool_)
