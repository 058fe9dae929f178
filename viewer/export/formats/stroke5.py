"""Stroke-5: padded rows ``dx dy p1 p2 p3``, what sketch-rnn's network is fed with.

p1, p2 and p3 are one-hot: the pen goes on, is lifted after the point, or the drawing is over.
The row ``0 0 0 0 1`` follows the points up to the end of the array. As in stroke-3, a digit
has as many rows fewer than its sequence as it has strokes.

References
----------
.. [1] D. Ha and D. Eck (2017), A Neural Representation of Sketch Drawings, section 3.1.
.. [2] Magenta, models/sketch_rnn/utils.py, to_big_strokes: without the start token, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import numpy as np

from viewer.export.format import Chunk, FileWriter, Format, Option, Options, Whole
from viewer.export.formats.arrays import pack_arrays, unpack_arrays
from viewer.export.formats.columns import check_columns, columns_of, concatenate, join_columns
from viewer.export.formats.npz_padded import MOST_ROWS
from viewer.export.formats.padded import check_lengths, write_padded
from viewer.export.formats.stroke3 import OPTIONS, stroke3_rows

END = (0, 0, 0, 0, 1)


def check(whole: Whole, options: Options) -> None:
    """Make sure that no metadata column has the name of one of the other arrays."""
    check_columns(whole, "strokes", "lengths")


def encode(chunk: Chunk, options: Options) -> bytes:
    """Pack the rows of a chunk.

    Raises
    ------
    UserError
        If a digit has more points than the option ``length``.
    """
    rows, lengths = stroke3_rows(chunk.sequences, options)
    check_lengths(chunk, lengths, int(options["length"]), "points")
    return pack_arrays({"rows": rows, "lengths": lengths, **columns_of(chunk)})


def join(pieces: Iterable[bytes], file: BinaryIO, whole: Whole, options: Options) -> None:
    """Write the arrays of all chunks.

    Notes
    -----
    ``strokes`` (n, L, 5) int16 or float32; ``lengths`` int64 (n,): rows before the end; and
    the arrays of `viewer.export.formats.columns.join_columns`. Unless the option ``length``
    says otherwise, L is one more than the longest digit needs: each has an end.
    """
    parts = [unpack_arrays(piece) for piece in pieces]
    lengths = concatenate(parts, "lengths", np.int64)
    rows = concatenate(parts, "rows", np.int16, width=3)
    lifted = rows[:, 2]
    steps = np.column_stack((rows[:, :2], 1 - lifted, lifted, np.zeros_like(lifted)))
    typed = steps.astype(np.float32 if options["dtype"] == "float32" else np.int16)
    length = int(options["length"]) or int(lengths.max(initial=0)) + 1
    write_padded(file, "strokes", typed, lengths, length, END, join_columns(parts, whole))


def snippet(path: str) -> str:
    """Return Python that loads the file."""
    return (
        "import numpy as np\n"
        f"data = np.load({path!r})\n"
        'strokes, lengths = data["strokes"], data["lengths"]  # (n, L, 5): dx dy p1 p2 p3\n'
        "first = strokes[0, : lengths[0]]"
    )


FORMAT = Format(
    "stroke-5",
    "stroke-5",
    "One NumPy file: padded rows dx dy and the pen's state one-hot, as sketch-rnn's network "
    "takes them; metadata and marks",
    ".npz",
    snippet,
    file=FileWriter(encode, join, check),
    options=(
        *OPTIONS,
        Option(
            "length",
            "Rows a digit",
            "Rows that each digit gets; 0 for one more than the longest needs. Nothing is cut.",
            0,
            least=0,
            most=MOST_ROWS,
        ),
        Option("dtype", "Numbers", "Type of the numbers.", "int16", choices=("int16", "float32")),
    ),
)
