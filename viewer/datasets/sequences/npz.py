"""Sequences in npz files: rows one after the other or padded, stroke-3 and stroke-5."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.sequences.arrays import Arrays, opening
from viewer.datasets.sequences.drawn import NO_LABEL, Columns, Drawn, draw_rows
from viewer.datasets.sequences.offsets import MOST_POINTS, draw_moves
from viewer.datasets.sequences.rows import (
    MOST_DIGITS,
    MOST_ROWS,
    Rows,
    check_offsets,
    check_rows,
    check_splits,
    guess_split,
    narrow,
)
from viewer.datasets.steps import Steps
from viewer.datasets.streams import GET_AGAIN
from viewer.errors import UserError

PARTS = {"train": "train", "valid": "validation", "test": "test"}
"""Names of sketch-rnn's arrays, and of the splits they are."""
IMAGES = frozenset(
    form.format(split) for form in ("x_{}", "{}_images") for split in ("train", "val", "test")
)
"""Names of arrays of images; see `viewer.datasets.keras`."""
LABELS = ("label", "labels")
OWN = frozenset(
    {"rows", "offsets", "lengths", "strokes", "index", "split", "first_index", *LABELS}
    | {"favourite", "colour", "note", "notes", "corrected"}
)
"""Names of arrays that are no metadata."""
FARTHEST_INDEX = 1 << 40
MOST_NAMES = 256
"""Arrays whose shapes are looked at."""
_COLUMN = re.compile(r"[A-Za-z]\w{0,63}")
_KNOWN = "known_"


def find_form(arrays: Arrays) -> Callable[[Arrays], Drawn] | None:
    """Return what reads the sequences of an npz file; None if it holds none.

    A file of images is none of sequences, whatever else is in it.
    """
    names = set(arrays.names)
    if names & IMAGES:
        return None
    if {"rows", "offsets"} <= names:
        return read_ragged
    if {"rows", "lengths"} <= names:
        return read_padded
    if _find_stroke5(arrays):
        return read_stroke5
    if any(name in names for name in PARTS):
        return read_stroke3
    return None


def holds_sequences(path: Path) -> bool:
    """Return whether an npz file holds sequences."""
    with opening(path) as arrays:
        return find_form(arrays) is not None


def read_npz(path: Path, steps: Steps) -> Drawn:
    """Read the sequences of an npz file.

    Parameters
    ----------
    path : path
        With one of: ``rows`` (T, 4) and ``offsets`` (n + 1,); ``rows`` (n, L, 4) and
        ``lengths`` (n,); an array (n, L, 5); ``train``, ``valid``, ``test``, arrays of arrays
        (k, 3). Where they are there, ``split``, ``index``, ``label`` and metadata are read;
        for stroke-3 they are called ``train_split`` and so on. Nothing is unpickled by Python.
    steps : Steps
        Counts the file.

    Returns
    -------
    drawn : Drawn
        Without ``split``, all digits are of the split that the file's name tells, else of
        ``train``; without ``index`` they are counted from ``first_index``, else from 0.

    Raises
    ------
    UserError
        If the file is damaged or holds no sequences, or one of them is none.
    """
    steps.begin(1)
    with opening(path) as arrays:
        read = find_form(arrays)
        if read is None:
            raise UserError(
                "there are no sequences in this npz file",
                path=path,
                advice="They are looked for under rows and offsets, rows and lengths, strokes, "
                "or train, valid and test.",
            )
        drawn = read(arrays)
    steps.advance()
    return drawn


@dataclass(frozen=True)
class _Facts:
    """What is known of some digits beside their strokes."""

    split: NDArray[np.str_]
    index: NDArray[np.int64]
    label: NDArray[np.int16]
    columns: Columns


def read_ragged(arrays: Arrays) -> Drawn:
    """Read rows that stand one digit behind the other."""
    offsets = arrays.read("offsets", "iu", "where each sequence begins", (-1,)).astype(np.int64)
    rows = arrays.read("rows", "iu", "sequences (whole numbers, rows x 4)", (-1, 4))
    check_offsets(offsets, len(rows), arrays.path)
    return _draw(arrays, rows, offsets)


def read_padded(arrays: Arrays) -> Drawn:
    """Read rows of which each digit has the same number."""
    lengths = arrays.read("lengths", "iu", "the length of each sequence", (-1,))
    rows = arrays.read(
        "rows", "iu", "sequences (whole numbers, digits x rows x 4)", (len(lengths), -1, 4)
    )
    lengths = _check_lengths(arrays, lengths, 1, rows.shape[1])
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    check_offsets(offsets, int(offsets[-1]), arrays.path)
    return _draw(arrays, rows[np.arange(rows.shape[1]) < lengths[:, None]], offsets)


def read_stroke5(arrays: Arrays) -> Drawn:
    """Read rows ``dx dy p1 p2 p3`` of which each digit has the same number."""
    name = _find_stroke5(arrays)
    rows = arrays.read(name, "biuf", "stroke-5 (digits x rows x 5)", (-1, -1, 5))
    _check_count(arrays, name, len(rows))
    pen = rows[:, :, 2:]
    over = pen[:, :, 2] == 1
    if "lengths" in arrays.names:
        lengths = arrays.read("lengths", "iu", "the length of each sequence", (len(rows),))
        lengths = _check_lengths(arrays, lengths, 0, rows.shape[1])
    else:
        ended = np.concatenate([over, np.ones((len(rows), 1), np.bool_)], axis=1)
        lengths = ended.argmax(axis=1).astype(np.int64)
    own = np.arange(rows.shape[1]) < lengths[:, None]
    wrong = own & (~np.isin(pen, (0, 1)).all(axis=2) | (pen.sum(axis=2) != 1) | over)
    if wrong.any():
        digit, row = np.argwhere(wrong)[0].tolist()
        raise arrays.fault(
            name, f"has a row that is neither pen down nor up: row {row} of digit {digit}"
        )
    facts = _read_facts(arrays, len(rows), "", guess_split(arrays.path))
    moves = rows[own]
    return draw_moves(
        moves[:, :2], moves[:, 3] == 1, lengths, arrays.path, facts.split, facts.index,
        facts.label, facts.columns,
    )  # fmt: skip


def read_stroke3(arrays: Arrays) -> Drawn:
    """Read arrays of rows ``dx dy lift``."""
    found: list[NDArray[Any]] = []
    facts = []
    for name, split in PARTS.items():
        if name in arrays.names:
            part = _read_part(arrays, name)
            found += part
            facts.append(_read_facts(arrays, len(part), f"{name}_", split))
    _check_count(arrays, " and ".join(name for name in PARTS if name in arrays.names), len(found))
    lengths = np.array([len(rows) for rows in found], dtype=np.int64)
    if lengths.sum() > MOST_POINTS:
        raise UserError(
            f"it holds {lengths.sum():,} points, more than are read",
            path=arrays.path,
            advice="Open a part of it.",
        )
    rows = np.concatenate(found).astype(np.float64)
    lifts = rows[:, 2]
    wrong = (lifts != 0) & (lifts != 1)
    if wrong.any():
        row = int(np.argmax(wrong))
        digit = int(np.searchsorted(np.cumsum(lengths), row, side="right"))
        raise UserError(
            f"digit {digit} has a pen state that is neither 0 nor 1",
            path=arrays.path,
            advice=GET_AGAIN,
        )
    names = dict.fromkeys(name for part in facts for name in part.columns)
    return draw_moves(
        rows[:, :2], lifts == 1, lengths, arrays.path,
        np.concatenate([part.split for part in facts]),
        np.concatenate([part.index for part in facts]),
        np.concatenate([part.label for part in facts]),
        {name: _join([part.columns.get(name) for part in facts], facts) for name in names},
    )  # fmt: skip


def _draw(arrays: Arrays, rows: NDArray[np.integer], offsets: NDArray[np.int64]) -> Drawn:
    """Check rows, and return the strokes of all digits."""
    rows = narrow(rows)
    check_rows(rows, offsets, arrays.path)
    facts = _read_facts(arrays, len(offsets) - 1, "", guess_split(arrays.path))
    known = bool((facts.label != NO_LABEL).all())
    label = facts.label.astype(np.uint8) if known else None
    found = Rows(rows, offsets, label, facts.split, facts.index)
    return draw_rows(found, facts.label, facts.columns)


def _read_part(arrays: Arrays, name: str) -> list[NDArray[Any]]:
    """Read one of the arrays of stroke-3; where all are of one length it is a plain one."""
    if arrays.header(name).dtype.hasobject:
        found = arrays.read_objects(name)
    else:
        found = list(arrays.read(name, "biuf", "stroke-3 (digits x rows x 3)", (-1, -1, 3)))
    for digit, rows in enumerate(found):
        if rows.ndim != 2 or rows.shape[1] != 3:
            shape = " x ".join(map(str, rows.shape))
            raise arrays.fault(name, f"holds {shape} numbers of digit {digit}, not rows of 3")
    return found


def _read_facts(arrays: Arrays, count: int, before: str, split: str) -> _Facts:
    """Read what is known of so many digits; names of arrays begin with `before`."""
    here = {name.removeprefix(before) for name in arrays.names if name.startswith(before)}
    splits = np.full(count, split)
    if "split" in here:
        splits = arrays.read(f"{before}split", "U", "the name of each digit's split", (count,))
        check_splits(splits, arrays.path)
    first = 0
    if "first_index" in here:
        first = int(arrays.read(f"{before}first_index", "iu", "the index of the first digit", ()))
        _check_range(arrays, f"{before}first_index", np.array([first]), FARTHEST_INDEX)
    index = first + np.arange(count, dtype=np.int64)
    if "index" in here:
        index = arrays.read(f"{before}index", "iu", "the index of each digit", (count,))
        _check_range(arrays, f"{before}index", index, FARTHEST_INDEX)
    label = np.full(count, NO_LABEL, dtype=np.int16)
    columns = {}
    for name in sorted(here - OWN):
        if not name.startswith(_KNOWN) and _COLUMN.fullmatch(name):
            header = arrays.header(before + name)
            if header.shape == (count,) and header.dtype.kind in "iu":
                columns[name] = _read_column(arrays, before, name, count)
    for name in LABELS:
        if name in here:
            values, known = _read_column(arrays, before, name, count)
            _check_range(arrays, before + name, values, 256)
            label = np.where(known, values.astype(np.int16), np.int16(NO_LABEL))
    return _Facts(splits, index.astype(np.int64), label, columns)


def _read_column(
    arrays: Arrays, before: str, name: str, count: int
) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Read a column, and of which digits it is known."""
    values = arrays.read(before + name, "iu", f"a whole number for {count:,} digits", (count,))
    known = np.ones(count, dtype=np.bool_)
    if f"{before}{_KNOWN}{name}" in arrays.names:
        known = arrays.read(
            f"{before}{_KNOWN}{name}", "b", f"truth values for {count:,} digits", (count,)
        )
    return values, known


def _join(
    parts: Sequence[tuple[NDArray[Any], NDArray[np.bool_]] | None], facts: Sequence[_Facts]
) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Put a column together; it is not known of parts that do not have it."""
    some = [
        (np.zeros(len(own.index), np.int64), np.zeros(len(own.index), np.bool_))
        if part is None
        else part
        for part, own in zip(parts, facts, strict=True)
    ]
    return np.concatenate([part[0] for part in some]), np.concatenate([part[1] for part in some])


def _find_stroke5(arrays: Arrays) -> str:
    """Return the name of an array of stroke-5, "" if there is none."""
    names = sorted(arrays.names[:MOST_NAMES], key=lambda name: (name != "strokes", name))
    for name in names:
        header = arrays.header(name)
        if len(header.shape) == 3 and header.shape[2] == 5 and header.dtype.kind in "biuf":
            return name
    return ""


def _check_lengths(
    arrays: Arrays, lengths: NDArray[np.integer], least: int, most: int
) -> NDArray[np.int64]:
    """Make sure that lengths fit into padded rows."""
    _check_count(arrays, "lengths", len(lengths))
    _check_range(arrays, "lengths", lengths, most + 1, least)
    found = lengths.astype(np.int64)
    if found.sum() > MOST_ROWS:
        raise arrays.fault("lengths", f"asks for {found.sum():,} rows, more than are read")
    return found


def _check_count(arrays: Arrays, name: str, count: int) -> None:
    """Make sure that there are sequences, and not too many."""
    if not 1 <= count <= MOST_DIGITS:
        raise arrays.fault(name, "holds no sequences" if not count else "holds too many sequences")


def _check_range(
    arrays: Arrays, name: str, values: NDArray[np.integer], behind: int, least: int = 0
) -> None:
    """Make sure that whole numbers are from `least` to below `behind`."""
    wrong = (values < least) | (values >= behind)
    if wrong.any():
        first = int(np.argmax(wrong))
        raise arrays.fault(
            name, f"is {values[first]} for digit {first}, not within {least} to {behind - 1}"
        )
