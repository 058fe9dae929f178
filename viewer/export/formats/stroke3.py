"""Stroke-3: what sketch-rnn learns from, an array of ``dx dy lift`` rows a digit.

The marker row ``0 0 1 0`` of a sequence becomes the flag of the row before it, and so does
the last row ``0 0 1 1``: a digit has as many rows fewer as it has strokes. Nothing else is
lost but whether a jump to the very last point was announced.

References
----------
.. [1] D. Ha and D. Eck (2017), A Neural Representation of Sketch Drawings, section 3.1.
.. [2] Magenta, models/sketch_rnn: utils.py and load_dataset in sketch_rnn_train.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.typing import NDArray

from viewer.export.format import Chunk, FileWriter, Format, Option, Options, Whole
from viewer.export.formats.arrays import (
    add_arrays,
    adding_npy,
    creating_npz,
    pack_arrays,
    unpack_arrays,
)
from viewer.export.formats.columns import (
    Arrays,
    check_columns,
    columns_of,
    concatenate,
    join_columns,
)
from viewer.export.formats.object_npy import pickle_items, write_items
from viewer.export.formats.strokes import find_strokes

if TYPE_CHECKING:
    from viewer.core.sequences import SequenceSet

PARTS = ("train", "valid", "test")
TRAIN, VALID, TEST = range(3)
BY_NAME = "by-name"
MOST_SCALE = 255
"""Times the largest offset, 127, that still fits into int16."""
OPTIONS = (
    Option("scale", "Scale", "Units of the offsets a pixel.", 1, least=1, most=MOST_SCALE),
    Option(
        "first",
        "First row",
        "absolute: the first row leads from 0, 0 to the first point, x and y from 1; "
        "zero: each digit begins at 0, 0.",
        "absolute",
        choices=("absolute", "zero"),
    ),
)
"""What stroke-3 and stroke-5 share."""


def stroke3_rows(
    sequences: SequenceSet, options: Options
) -> tuple[NDArray[np.int16], NDArray[np.int64]]:
    """Return the stroke-3 rows of sequences.

    Parameters
    ----------
    sequences : SequenceSet
    options : mapping of str to value
        The values of `OPTIONS`.

    Returns
    -------
    rows : ndarray of int16, shape (T, 3)
        ``dx dy lift``; lift is 1 at the last point of a stroke. A digit without ink has the
        row ``0 0 1``, for sketch-rnn fails where there is no row at all.
    lengths : ndarray of int64, shape (n,)
        Rows of each digit.
    """
    strokes = find_strokes(sequences)
    counts = np.diff(strokes.offsets)
    lengths = np.maximum(counts, 1)
    own = np.ones(int(lengths.sum()), dtype=np.bool_)
    first = np.cumsum(lengths) - lengths
    own[first[counts == 0]] = False
    rows = np.zeros((len(own), 3), dtype=np.int16)
    rows[:, 2] = 1
    rows[own, :2] = strokes.moves * np.int16(options["scale"])
    rows[own, 2] = strokes.ends
    if options["first"] == "zero":
        rows[first, :2] = 0
    return rows, lengths


def check(whole: Whole, options: Options) -> None:
    """Make sure that no metadata column has the name of one of the other arrays."""
    check_columns(whole)


def encode(chunk: Chunk, options: Options) -> bytes:
    """Pickle the arrays of a chunk one by one, and tell which part each belongs to."""
    rows, lengths = stroke3_rows(chunk.sequences, options)
    items, ends = pickle_items(rows, lengths)
    part = np.full(len(chunk), _part(chunk.split, options), dtype=np.uint8)
    if options["parts"] == BY_NAME:
        part[(part == TRAIN) & (chunk.index % 100 < int(options["valid"]))] = VALID
    return pack_arrays({"items": items, "ends": ends, "part": part, **columns_of(chunk)})


def _part(split: str, options: Options) -> int:
    """Return the part that the digits of a split go to."""
    if options["parts"] != BY_NAME:
        return PARTS.index(str(options["parts"]))
    name = split.lower()
    if name.startswith("test"):
        return TEST
    return VALID if name.startswith("valid") or name in ("val", "dev") else TRAIN


def join(pieces: Iterable[bytes], file: BinaryIO, whole: Whole, options: Options) -> None:
    """Write the three parts, and what is known of their digits.

    Notes
    -----
    ``train``, ``valid`` and ``test``: object arrays of int16 (k, 3). Beside each, such as
    ``train_index``, the arrays of `viewer.export.formats.columns.join_columns`; ``notes`` is
    common to all. sketch-rnn's loader looks at the three only.
    """
    parts = [unpack_arrays(piece) for piece in pieces]
    part = concatenate(parts, "part", np.uint8)
    columns = join_columns(parts, whole)
    notes = columns.pop("notes", None)
    with creating_npz(file) as archive:
        for number, name in enumerate(PARTS):
            items = [
                item
                for piece in parts
                for item in _chosen(piece["items"], piece["ends"], piece["part"] == number)
            ]
            with adding_npy(archive, name, sum(map(len, items))) as entry:
                write_items(entry, items)
        for number, name in enumerate(PARTS):
            own = _of_part(columns, part == number)
            add_arrays(archive, {f"{name}_{key}": array for key, array in own.items()})
        if notes is not None:
            add_arrays(archive, {"notes": notes})


def _chosen(
    items: NDArray[np.uint8], ends: NDArray[np.int64], chosen: NDArray[np.bool_]
) -> list[bytes]:
    """Return some of the pickled arrays of a piece."""
    content = items.tobytes()
    bounds = [0, *ends.tolist()]
    return [content[bounds[i] : bounds[i + 1]] for i in np.flatnonzero(chosen).tolist()]


def _of_part(columns: Arrays, own: NDArray[np.bool_]) -> Arrays:
    """Return the columns of one part, without those that nothing is known of there."""
    arrays = {name: column[own] for name, column in columns.items()}
    for name in [name for name in columns if f"known_{name}" in columns]:
        if arrays[f"known_{name}"].all():
            del arrays[f"known_{name}"]
        elif not arrays[f"known_{name}"].any():
            del arrays[f"known_{name}"], arrays[name]
    return arrays


def snippet(path: str) -> str:
    """Return Python that loads the file."""
    return (
        "import numpy as np\n"
        f"data = np.load({path!r}, encoding='latin1', allow_pickle=True)\n"
        "parts = {name: data[name] for name in ('train', 'valid', 'test')}  # dx dy lift\n"
        "print({name: len(drawings) for name, drawings in parts.items()})"
    )


FORMAT = Format(
    "stroke-3",
    "stroke-3",
    "One NumPy file as sketch-rnn reads it: rows dx dy lift, in the parts train, valid, test",
    ".npz",
    snippet,
    file=FileWriter(encode, join, check),
    options=(
        *OPTIONS,
        Option(
            "parts",
            "Parts",
            "by-name: splits named test... and valid... are those parts, all others are train; "
            "or the one part that all digits go to.",
            BY_NAME,
            choices=(BY_NAME, *PARTS),
        ),
        Option(
            "valid",
            "Train for valid",
            "Of each 100 indices of train, so many go to valid, by-name only; sketch-rnn's "
            "training needs at least 100 digits there.",
            0,
            least=0,
            most=50,
        ),
    ),
)
