"""Ragged npz: all sequences in one array, with the offsets of each digit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import numpy as np

from viewer.export.format import Chunk, FileWriter, Format, Options, Whole
from viewer.export.formats.arrays import pack_arrays, unpack_arrays, write_arrays
from viewer.export.formats.columns import check_columns, columns_of, concatenate, join_columns


def check(whole: Whole, options: Options) -> None:
    """Make sure that no metadata column has the name of one of the other arrays."""
    check_columns(whole, "rows", "offsets")


def encode(chunk: Chunk, options: Options) -> bytes:
    """Pack the arrays of a chunk."""
    sequences = {"rows": chunk.sequences.rows, "lengths": np.diff(chunk.sequences.offsets)}
    return pack_arrays(sequences | columns_of(chunk))


def join(pieces: Iterable[bytes], file: BinaryIO, whole: Whole, options: Options) -> None:
    """Write the arrays of all chunks.

    ``rows`` int8 (T, 4), ``offsets`` int64 (n + 1,), and what
    `viewer.export.formats.columns.join_columns` returns.
    """
    parts = [unpack_arrays(piece) for piece in pieces]
    lengths = concatenate(parts, "lengths", np.int64)
    sequences = {
        "rows": concatenate(parts, "rows", np.int8, width=4),
        "offsets": np.concatenate(([0], np.cumsum(lengths))).astype(np.int64),
    }
    write_arrays(file, sequences | join_columns(parts, whole))


def snippet(path: str) -> str:
    """Return Python that loads the file."""
    return (
        "import numpy as np\n"
        f"data = np.load({path!r})\n"
        'sequences = np.split(data["rows"], data["offsets"][1:-1])  # dx dy eos eod\n'
        'labels = data["label"]'
    )


FORMAT = Format(
    "npz",
    "npz",
    "One NumPy file: all sequences with their offsets, metadata and marks",
    ".npz",
    snippet,
    file=FileWriter(encode, join, check),
)
