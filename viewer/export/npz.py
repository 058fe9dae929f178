"""Ragged npz: all sequences in one array, with the offsets of each digit.

The same input gives the same bytes: `numpy.savez` stamps the time of day into the file,
so the zip entries are written here, with a fixed date.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.digits import Split
from viewer.export.atomic import writing

if TYPE_CHECKING:
    from viewer.core.batch import SequenceSet

LEVEL = 6
DATE = (1980, 1, 1, 0, 0, 0)
MODE = 0o644 << 16
UNIX = 3


def write_npz(
    path: Path,
    split: Split,
    indices: NDArray[np.int64],
    sequences: SequenceSet,
    *,
    overwrite: bool = False,
) -> None:
    """Write sequences as one npz file without pickles.

    Parameters
    ----------
    path : path
        The file.
    split : Split
        Where the digits come from.
    indices : ndarray of int64, shape (n,)
        Which digits of the split they are.
    sequences : SequenceSet
        Their sequences, in the same order.
    overwrite : bool
        Whether an existing file may be replaced.

    Raises
    ------
    UserError
        If the file exists and may not be replaced, or cannot be written.
    """
    with (
        writing(path, overwrite=overwrite) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for key, array in npz_arrays(split, indices, sequences).items():
            entry = zipfile.ZipInfo(f"{key}.npy", DATE)
            entry.create_system = UNIX
            entry.external_attr = MODE
            archive.writestr(entry, _npy(array), zipfile.ZIP_DEFLATED, LEVEL)


def npz_arrays(
    split: Split, indices: NDArray[np.int64], sequences: SequenceSet
) -> dict[str, NDArray[Any]]:
    """Collect the arrays of a ragged npz.

    Parameters
    ----------
    split, indices, sequences
        As for `write_npz`.

    Returns
    -------
    arrays : dict of str to ndarray
        ``rows`` int8 (T, 4), ``offsets`` int64 (n + 1,), ``index`` int64 (n,), ``split``
        str (n,), ``label`` uint8 (n,) where known, and the metadata columns (n,).

    Raises
    ------
    ValueError
        If a metadata column has the name of one of the other arrays.
    """
    arrays: dict[str, NDArray[Any]] = {
        "rows": sequences.rows,
        "offsets": sequences.offsets,
        "index": np.asarray(indices, dtype=np.int64),
        "split": np.full(len(indices), split.name),
    }
    if split.labels is not None:
        arrays["label"] = split.labels[indices]
    taken = {*arrays, "label"} & set(split.columns)
    if taken:
        raise ValueError(f"metadata columns may not be named {', '.join(sorted(taken))}")
    return arrays | {name: column[indices] for name, column in split.columns.items()}


def _npy(array: NDArray[Any]) -> bytes:
    """Return an array in the npy format, little-endian on every machine."""
    file = io.BytesIO()
    portable = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
    np.lib.format.write_array(file, portable, allow_pickle=False)
    return file.getvalue()
