"""Ragged npz: all sequences in one array, with the offsets of each digit.

The same input gives the same bytes: `numpy.savez` stamps the time of day into the file,
so the zip entries are written here, with a fixed date.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.atomic import writing
from viewer.catalog.marks.columns import COLOURS, MarkColumns
from viewer.datasets.digits import Split
from viewer.errors import UserError

if TYPE_CHECKING:
    from viewer.core.batch import SequenceSet

Part: TypeAlias = tuple[Split, NDArray[np.int64]]
"""A split and the ascending indices of some of its digits."""

LEVEL = 6
DATE = (1980, 1, 1, 0, 0, 0)
MODE = 0o644 << 16
UNIX = 3


def write_npz(
    path: Path,
    parts: Sequence[Part],
    sequences: SequenceSet,
    *,
    marks: MarkColumns | None = None,
    corrected: NDArray[np.bool_] | None = None,
    overwrite: bool = False,
) -> None:
    """Write sequences as one npz file without pickles.

    Parameters
    ----------
    path : path
        The file.
    parts : sequence of (Split, ndarray of int64)
        Splits, and which digits of each.
    sequences : SequenceSet
        Their sequences, in the same order.
    marks : MarkColumns, optional
        Their marks, in the same order.
    corrected : ndarray of bool, shape (n,), optional
        Whether each sequence is a correction by hand.
    overwrite : bool
        Whether an existing file may be replaced.

    Raises
    ------
    UserError
        If the file exists and may not be replaced, or cannot be written, or a metadata
        column has the name of one of the other arrays.
    """
    with (
        writing(path, overwrite=overwrite) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for key, array in npz_arrays(parts, sequences, marks, corrected).items():
            entry = zipfile.ZipInfo(f"{key}.npy", DATE)
            entry.create_system = UNIX
            entry.external_attr = MODE
            archive.writestr(entry, _npy(array), zipfile.ZIP_DEFLATED, LEVEL)


def npz_arrays(
    parts: Sequence[Part],
    sequences: SequenceSet,
    marks: MarkColumns | None = None,
    corrected: NDArray[np.bool_] | None = None,
) -> dict[str, NDArray[Any]]:
    """Collect the arrays of a ragged npz.

    Parameters
    ----------
    parts, sequences, marks, corrected
        As for `write_npz`.

    Returns
    -------
    arrays : dict of str to ndarray
        ``rows`` int8 (T, 4), ``offsets`` int64 (n + 1,), ``index`` int64 (n,), ``split``
        str (n,), ``label`` uint8 (n,) where known, and the metadata columns (n,). A column
        that only some of the splits have is 0 or "" in the others, and a second one, such
        as ``known_writer`` bool (n,), tells which. Where a digit is marked: ``favourite``
        bool (n,) and ``colour`` str (n,); where there is a note: ``note`` int32 (n,),
        places in ``notes`` str (k,); where a sequence is corrected: ``corrected`` bool (n,).

    Raises
    ------
    UserError
        If a metadata column has the name of one of the other arrays.
    """
    arrays: dict[str, NDArray[Any]] = {
        "rows": sequences.rows,
        "offsets": sequences.offsets,
        "index": np.concatenate([indices for _split, indices in parts]).astype(np.int64),
        "split": np.concatenate([np.full(len(some), split.name) for split, some in parts]),
    }
    arrays |= _joined("label", [split.labels for split, _indices in parts], parts)
    columns: dict[str, NDArray[Any]] = {}
    for name in dict.fromkeys(name for split, _indices in parts for name in split.columns):
        columns |= _joined(name, [split.columns.get(name) for split, _indices in parts], parts)
    extra = {} if marks is None else mark_arrays(marks)
    if corrected is not None and corrected.any():
        extra["corrected"] = corrected
    taken = {*arrays, *extra, "label"} & set(columns)
    if taken:
        raise UserError(f"metadata columns may not be named {', '.join(sorted(taken))}")
    return arrays | columns | extra


def mark_arrays(marks: MarkColumns) -> dict[str, NDArray[Any]]:
    """Return the arrays of marks, without those that would say nothing."""
    arrays: dict[str, NDArray[Any]] = {}
    if marks.favourite.any() or marks.colour.any():
        names = np.array([colour.name for colour in COLOURS])
        arrays |= {"favourite": marks.favourite, "colour": names[marks.colour]}
    if marks.note.any():
        arrays |= {"note": marks.note, "notes": np.array(marks.notes)}
    return arrays


def _joined(
    name: str, columns: Sequence[NDArray[Any] | None], parts: Sequence[Part]
) -> dict[str, NDArray[Any]]:
    """Return one column out of those of the splits, and where it is known if not everywhere."""
    present = [column for column in columns if column is not None]
    if not present:
        return {}
    empty = np.zeros(1, np.result_type(*present))
    values = [
        np.repeat(empty, len(indices)) if column is None else column[indices]
        for column, (_split, indices) in zip(columns, parts, strict=True)
    ]
    joined = {name: np.concatenate(values)}
    if len(present) < len(columns):
        joined[f"known_{name}"] = np.repeat(
            [column is not None for column in columns], [len(some) for _split, some in parts]
        )
    return joined


def _npy(array: NDArray[Any]) -> bytes:
    """Return an array in the npy format, little-endian on every machine."""
    file = io.BytesIO()
    portable = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
    np.lib.format.write_array(file, portable, allow_pickle=False)
    return file.getvalue()
