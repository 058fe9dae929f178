"""Quick, Draw! ndjson: a line of JSON a digit, its strokes as lists of coordinates.

Two forms, as the game's drawings are published [1]_. *simplified*: strokes ``[xs, ys]``,
moved to the top left, scaled so that the largest coordinate is 255, and simplified by
Ramer-Douglas-Peucker with an epsilon of 2. The published ones get a point every pixel
before that; here that would change nothing, see `viewer.export.formats.simplify`. *raw*:
strokes ``[xs, ys, ts]`` in pixels of the image, x the column and y the row from 0, and
milliseconds; a point takes as long as every other, for nobody knows when it was drawn.

What only the game knows is filled in: ``countrycode`` is empty, ``timestamp`` is the start
of 1970, ``recognized`` is true. ``word`` is the name of the class, "" where it is unknown.
``key_id`` has 16 digits: six for the name of the split, ten for the index. ``source`` is an
addition: split, index, label, metadata and marks. A digit without ink has no strokes.

References
----------
.. [1] The Quick, Draw! Dataset, README, "The raw moderated dataset", "Preprocessed dataset".
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from viewer.errors import UserError
from viewer.export.format import Chunk, FileWriter, Format, Option, Options, Whole
from viewer.export.formats.columns import check_columns, facts_of
from viewer.export.formats.simplify import simplify
from viewer.export.formats.strokes import Strokes, drawings, find_strokes

LARGEST = 255
WORD = b'{"word":"'
FIXED = '"countrycode":"","timestamp":"1970-01-01 00:00:00.00000 UTC","recognized":true'


def key_of(split: str, index: int) -> int:
    """Return the ``key_id`` of a digit, 16 decimal digits."""
    return (100_000 + crc32(split.encode(errors="surrogatepass")) % 900_000) * 10**10 + index


def check(whole: Whole, options: Options) -> None:
    """Make sure that names clash nowhere, so that each ``key_id`` is unique."""
    check_columns(whole)
    found: dict[int, str] = {}
    for split in whole.counts:
        other = found.setdefault(key_of(split, 0), split)
        if other != split:
            raise UserError(
                f"the splits {other!r} and {split!r} would get the same key_id",
                advice="Export them to two files.",
            )


def encode(chunk: Chunk, options: Options) -> bytes:
    """Return the lines of a chunk; words are still labels."""
    lines = []
    strokes = find_strokes(chunk.sequences)
    facts = facts_of(chunk)
    for place, drawing in enumerate(_drawings(strokes, options)):
        label = chunk.label(place)
        word = "" if label is None else label
        key = key_of(chunk.split, int(chunk.index[place]))
        lines.append(
            f'{WORD.decode()}{word}",{FIXED},"key_id":"{key}",'
            f'"drawing":{_json(drawing)},"source":{_json(facts[place])}}}\n'
        )
    return "".join(lines).encode()


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _drawings(strokes: Strokes, options: Options) -> Iterator[list[list[list[int]]]]:
    """Yield the strokes of each digit in the form asked for."""
    if options["form"] == "raw":
        count = np.diff(strokes.offsets)
        time = np.arange(len(strokes.points)) - np.repeat(strokes.offsets[:-1], count)
        times = time[:, None] * int(options["milliseconds"])
        return drawings(strokes, np.hstack((strokes.points, times)))
    return _simplified(strokes, float(options["epsilon"]))


def _simplified(strokes: Strokes, epsilon: float) -> Iterator[list[list[list[int]]]]:
    """Yield the simplified strokes of each digit."""
    corner, extent = _boxes(strokes)
    counts = np.diff(strokes.offsets)
    moved = strokes.points - np.repeat(corner, counts, axis=0)
    scaled = np.rint(moved * float(LARGEST) / np.repeat(extent, counts)[:, None])
    unit = np.repeat(extent, np.diff(strokes.of_digit)) / float(LARGEST)
    kept = simplify(strokes.points, strokes.bounds, epsilon * unit)
    before = np.concatenate(([0], np.cumsum(kept)))
    thinned = Strokes(
        strokes.moves[kept],
        strokes.points[kept],
        before[strokes.offsets],
        strokes.ends[kept],
        before[strokes.bounds],
        strokes.of_digit,
    )
    return drawings(thinned, scaled[kept].astype(np.int64))


def _boxes(strokes: Strokes) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Return the top left of each digit's points, and its larger side, at least 1."""
    corner = np.zeros((len(strokes.offsets) - 1, 2), dtype=np.int16)
    extent = np.ones(len(corner), dtype=np.int16)
    inked = np.flatnonzero(np.diff(strokes.offsets))
    if len(inked):
        starts = strokes.offsets[inked]
        corner[inked] = np.minimum.reduceat(strokes.points, starts)
        far = np.maximum.reduceat(strokes.points, starts)
        extent[inked] = np.maximum((far - corner[inked]).max(axis=1), 1)
    return corner, extent


def join(pieces: Iterable[bytes], file: BinaryIO, whole: Whole, options: Options) -> None:
    """Write the lines of all chunks, with the names of the classes where these are not digits."""
    names = [_json(name).encode()[1:-1] for name in whole.class_names]
    for piece in pieces:
        if not names:
            file.write(piece)
            continue
        for line in piece.splitlines(keepends=True):
            label, rest = line[len(WORD) :].split(b'"', 1)
            known = label and int(label) < len(names)
            file.write(WORD + (names[int(label)] if known else label) + b'"' + rest)


def snippet(path: str) -> str:
    """Return Python that loads the file."""
    return (
        "import json\n"
        f"with open({path!r}) as file:\n"
        "    drawings = [json.loads(line) for line in file]\n"
        'for xs, ys, *ts in drawings[0]["drawing"]:\n'
        "    print(xs, ys)"
    )


FORMAT = Format(
    "ndjson",
    "Quick, Draw! ndjson",
    "A text file with a line of JSON a digit, as the drawings of Quick, Draw! are published",
    ".ndjson",
    snippet,
    file=FileWriter(encode, join, check),
    options=(
        Option(
            "form",
            "Form",
            "simplified: 0 to 255, with few points; raw: pixels, with times.",
            "simplified",
            choices=("simplified", "raw"),
        ),
        Option(
            "epsilon",
            "Epsilon",
            "How far a point may lie off the simplified line, in 255ths of the drawing's larger "
            "side.",
            2.0,
            least=0,
            most=LARGEST,
        ),
        Option(
            "milliseconds",
            "Milliseconds a point",
            "How long each point takes in the raw form.",
            20,
            least=1,
            most=1000,
        ),
    ),
)
