"""What is known of digits beside their strokes, as columns: of a chunk, and of all digits."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.marks.columns import COLOURS
from viewer.errors import UserError
from viewer.export.format import Chunk, Whole

NAMES = ("index", "split", "label", "favourite", "colour", "note", "notes", "corrected")
COLUMN = "column "
"""What stands before the names of metadata columns in a piece."""
COLOUR_NAMES = tuple(colour.name for colour in COLOURS)
Arrays: TypeAlias = dict[str, NDArray[Any]]
Cell: TypeAlias = bool | int | float | str | None


def check_columns(whole: Whole, *taken: str) -> None:
    """Make sure that no metadata column has the name of something else.

    Parameters
    ----------
    whole : Whole
    *taken : str
        Names that a format has beside `NAMES`.

    Raises
    ------
    UserError
        If there is such a column.
    """
    clashes = {*NAMES, *taken} & set(whole.columns)
    if clashes:
        raise UserError(f"metadata columns may not be named {', '.join(sorted(clashes))}")


def columns_of(chunk: Chunk) -> Arrays:
    """Return what is known of the digits of a chunk, as arrays to pack.

    Parameters
    ----------
    chunk : Chunk

    Returns
    -------
    arrays : dict of str to ndarray
        ``index``, ``split``, ``corrected``; ``label`` where known; metadata columns after
        `COLUMN`; and where marks are written, ``favourite``, ``colour`` (places in `COLOURS`),
        ``note`` (places in ``notes``).
    """
    arrays: Arrays = {
        "index": chunk.index,
        "split": np.full(len(chunk), chunk.split),
        "corrected": chunk.corrected,
    }
    if chunk.labels is not None:
        arrays["label"] = chunk.labels
    if chunk.marks is not None:
        arrays |= {name: getattr(chunk.marks, name) for name in ("favourite", "colour", "note")}
        arrays["notes"] = np.array(chunk.marks.notes)
    return arrays | {COLUMN + name: column for name, column in chunk.columns.items()}


def join_columns(parts: Sequence[Mapping[str, NDArray[Any]]], whole: Whole) -> Arrays:
    """Return what is known of all digits as arrays, as the npz formats have it.

    Parameters
    ----------
    parts : sequence of mapping
        What `columns_of` returned for each chunk; there may be other arrays.
    whole : Whole

    Returns
    -------
    arrays : dict of str to ndarray
        ``index`` int64 (n,), ``split`` str (n,), ``label`` uint8 (n,) where known, and the
        metadata columns (n,). A column that only some of the splits have is 0 or "" in the
        others, and a second one, such as ``known_writer`` bool (n,), tells which. Where a
        digit is marked: ``favourite`` bool (n,) and ``colour`` str (n,); where there is a
        note: ``note`` int32 (n,), places in ``notes`` str (k,); where a sequence is
        corrected: ``corrected`` bool (n,).
    """
    arrays: Arrays = {
        "index": concatenate(parts, "index", np.int64),
        "split": concatenate(parts, "split", np.dtype("U1")),
    }
    arrays |= _joined("label", "label", parts)
    for name in whole.columns:
        arrays |= _joined(name, COLUMN + name, parts)
    arrays |= _joined_marks(parts)
    corrected = concatenate(parts, "corrected", np.bool_)
    return arrays | ({"corrected": corrected} if corrected.any() else {})


def concatenate(
    parts: Sequence[Mapping[str, NDArray[Any]]], name: str, dtype: Any, *, width: int = 0
) -> NDArray[Any]:
    """Return an array of all parts, which may be none; `width` is that of a table's rows."""
    empty = np.zeros((0, width) if width else 0, dtype=dtype)
    return np.concatenate([empty, *(part[name] for part in parts)])


def cells_of(chunk: Chunk) -> dict[str, list[Cell]]:
    """Return what is known of the digits of a chunk, as values for text.

    Parameters
    ----------
    chunk : Chunk

    Returns
    -------
    cells : dict of str to list
        The metadata columns; where marks are written, ``favourite``, ``colour`` and ``note``,
        as words; and ``corrected``. A number that is not finite is None.
    """
    cells: dict[str, list[Cell]] = {
        name: [_finite(value) for value in column.tolist()]
        for name, column in chunk.columns.items()
    }
    if chunk.marks is not None:
        cells["favourite"] = chunk.marks.favourite.tolist()
        cells["colour"] = [COLOUR_NAMES[colour] for colour in chunk.marks.colour.tolist()]
        cells["note"] = [chunk.marks.notes[note] for note in chunk.marks.note.tolist()]
    cells["corrected"] = chunk.corrected.tolist()
    return cells


def facts_of(chunk: Chunk) -> list[dict[str, Cell]]:
    """Return what is known of each digit of a chunk, without what says nothing.

    Parameters
    ----------
    chunk : Chunk

    Returns
    -------
    facts : list of dict
        For each digit ``split``, ``index``, ``label`` if known, its metadata, and those marks
        it has.
    """
    cells = cells_of(chunk)
    idle = {"favourite": False, "colour": COLOUR_NAMES[0], "note": "", "corrected": False}
    facts: list[dict[str, Cell]] = []
    for place, index in enumerate(chunk.index.tolist()):
        own: dict[str, Cell] = {"split": chunk.split, "index": index}
        if chunk.labels is not None:
            own["label"] = chunk.label(place)
        for name, values in cells.items():
            value = values[place]
            if value is not None and (name not in idle or value != idle[name]):
                own[name] = value
        facts.append(own)
    return facts


def _finite(value: Cell) -> Cell:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _joined(name: str, key: str, parts: Sequence[Mapping[str, NDArray[Any]]]) -> Arrays:
    """Return a column of all parts, and where it is known if not everywhere."""
    present = [part[key] for part in parts if key in part]
    if not present:
        return {}
    counts = [len(part["index"]) for part in parts]
    empty = np.zeros(1, np.result_type(*present))
    values = [
        part.get(key, np.repeat(empty, count)) for part, count in zip(parts, counts, strict=True)
    ]
    arrays: Arrays = {name: np.concatenate(values)}
    if len(present) < len(parts):
        arrays[f"known_{name}"] = np.repeat([key in part for part in parts], counts)
    return arrays


def _joined_marks(parts: Sequence[Mapping[str, NDArray[Any]]]) -> Arrays:
    """Return the marks of all parts, without those that would say nothing."""
    marked = [part for part in parts if "favourite" in part]
    if not marked:
        return {}
    favourite, colour = (concatenate(marked, name, np.uint8) for name in ("favourite", "colour"))
    arrays: Arrays = {}
    if favourite.any() or colour.any():
        arrays |= {
            "favourite": favourite.astype(np.bool_),
            "colour": np.array(COLOUR_NAMES)[colour],
        }
    notes = {"": 0}
    note = []
    for part in marked:
        own = part["note"].astype(np.int32)
        for place in np.flatnonzero(own).tolist():
            own[place] = notes.setdefault(str(part["notes"][own[place]]), len(notes))
        note.append(own)
    if len(notes) > 1:
        arrays |= {"note": np.concatenate(note), "notes": np.array(list(notes))}
    return arrays
