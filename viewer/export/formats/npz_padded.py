"""Padded npz: all sequences in one array of equal lengths."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import numpy as np

from viewer.export.format import Chunk, FileWriter, Format, Option, Options, Whole
from viewer.export.formats.arrays import pack_arrays, unpack_arrays
from viewer.export.formats.columns import check_columns, columns_of, concatenate, join_columns
from viewer.export.formats.padded import check_lengths, write_padded

PADDING = (0, 0, 0, 0)
MOST_ROWS = 1 << 16


def check(whole: Whole, options: Options) -> None:
    """Make sure that no metadata column has the name of one of the other arrays."""
    check_columns(whole, "rows", "lengths")


def encode(chunk: Chunk, options: Options) -> bytes:
    """Pack the rows of a chunk.

    Raises
    ------
    UserError
        If a sequence is longer than the option ``length``.
    """
    lengths = np.diff(chunk.sequences.offsets)
    check_lengths(chunk, lengths, int(options["length"]), "rows")
    return pack_arrays({"rows": chunk.sequences.rows, "lengths": lengths, **columns_of(chunk)})


def join(pieces: Iterable[bytes], file: BinaryIO, whole: Whole, options: Options) -> None:
    """Write the arrays of all chunks.

    Notes
    -----
    ``rows`` int8 (n, L, 4): ``dx dy eos eod``, zeros behind the row ``0 0 1 1``; ``lengths``
    int64 (n,); and those of `viewer.export.formats.columns.join_columns`. A digit without ink
    has the length 1. Nothing is cut: a sequence that is longer than the option ``length`` is
    an error.
    """
    parts = [unpack_arrays(piece) for piece in pieces]
    lengths = concatenate(parts, "lengths", np.int64)
    rows = concatenate(parts, "rows", np.int8, width=4)
    length = int(options["length"]) or int(lengths.max(initial=0))
    write_padded(file, "rows", rows, lengths, length, PADDING, join_columns(parts, whole))


def snippet(path: str) -> str:
    """Return Python that loads the file."""
    return (
        "import numpy as np\n"
        f"data = np.load({path!r})\n"
        'rows, lengths = data["rows"], data["lengths"]  # (n, L, 4): dx dy eos eod\n'
        "first = rows[0, : lengths[0]]"
    )


FORMAT = Format(
    "npz-padded",
    "padded npz",
    "One NumPy file: all sequences in one array, padded with zeros; metadata and marks",
    ".npz",
    snippet,
    file=FileWriter(encode, join, check),
    options=(
        Option(
            "length",
            "Rows a digit",
            "Rows that each digit gets; 0 for those of the longest. Nothing is cut.",
            0,
            least=0,
            most=MOST_ROWS,
        ),
    ),
)
