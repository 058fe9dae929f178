"""Sequences drawn at random, slow readers of them, and formats written the plain way."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from viewer.catalog.marks.columns import MarkColumns
from viewer.core.sequence import encode
from viewer.core.sequences import SequenceSet
from viewer.core.settings import PUBLISHED
from viewer.export.format import Chunk, FileWriter, Format, Value, Whole

Rows: TypeAlias = NDArray[np.int8]
Point: TypeAlias = tuple[int, int]
BLANK: Rows = np.array([[0, 0, 1, 1]], dtype=np.int8)
DOT: Rows = np.array([[5, 9, 0, 0], [0, 0, 1, 1]], dtype=np.int8)
"""One pixel: x 4, y 8."""
LAST_JUMP: Rows = np.array([[1, 1, 0, 0], [1, 0, 0, 0], [3, 2, 0, 0], [0, 0, 1, 1]], dtype=np.int8)
"""A jump to the last point that no row announces: x, y are 0 0, 1 0 and then 4 2."""
NEAR_LIFT: Rows = np.array(
    [[64, 64, 0, 0], [0, -1, 0, 0], [0, 0, 1, 0], [-1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 1]],
    dtype=np.int8,
)
"""A pen lift to a pixel next to the one before: 63 63, 63 62, then 62 62, 62 63."""
ALL = [BLANK, DOT, LAST_JUMP, NEAR_LIFT]


@st.composite
def sequences(draw: st.DrawFn) -> Rows:
    """Rows of a digit as they come from images, corrections and walks over ink."""
    side = draw(st.sampled_from([1, 3, 5, 64]))
    pixel = st.integers(0, side - 1)
    points = np.array(draw(st.lists(st.tuples(pixel, pixel), max_size=9)), dtype=np.int16).reshape(
        -1, 2
    )
    if draw(st.booleans()):
        return encode(points, announce_last_jump=draw(st.booleans()))
    starts = draw(st.sets(st.integers(1, max(len(points) - 1, 1)), max_size=3))
    inner = [start for start in sorted(starts) if start < len(points)]
    return encode(points, stroke_offsets=np.array([0, *inner, len(points)], dtype=np.int64))


MANY = st.lists(sequences(), min_size=1, max_size=5)


def strokes_of(rows: Rows) -> list[list[Point]]:
    """Read (x, y) from 0 out of rows, one row after the other."""
    strokes: list[list[Point]] = []
    x, y, lifted = -1, -1, True
    table: list[list[int]] = rows.tolist()
    for place, (dx, dy, eos, _eod) in enumerate(table):
        if eos:
            lifted = True
            continue
        last = table[place + 1] == [0, 0, 1, 1]
        if not strokes or lifted or (last and max(abs(dx), abs(dy)) > 1):
            strokes.append([])
        x, y, lifted = x + dx, y + dy, False
        strokes[-1].append((x, y))
    return strokes


@dataclass
class Part:
    """The digits of one split."""

    rows: Sequence[Rows]
    labels: Sequence[int] | None = None
    columns: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    corrected: Sequence[int] = ()
    marks: MarkColumns | None = None
    index: Sequence[int] | None = None

    @property
    def indices(self) -> list[int]:
        return list(range(len(self.rows)) if self.index is None else self.index)


Parts: TypeAlias = Mapping[str, Part]


def whole_of(parts: Parts, class_names: tuple[str, ...] = ()) -> Whole:
    names = dict.fromkeys(name for part in parts.values() for name in part.columns)
    labels = [label for part in parts.values() for label in part.labels or ()]
    return Whole(
        "drawn",
        {name: len(part.rows) for name, part in parts.items()},
        dict.fromkeys(parts, (64, 64)),
        max(labels, default=-1),
        {
            name: np.result_type(
                *(np.array(part.columns[name]) for part in parts.values() if name in part.columns)
            )
            for name in names
        },
        class_names,
    )


def set_of(rows: Sequence[Rows]) -> SequenceSet:
    offsets = np.cumsum([0, *map(len, rows)], dtype=np.int64)
    count = len(rows)
    together = np.concatenate([np.zeros((0, 4), dtype=np.int8), *rows])
    return SequenceSet(together, offsets, np.zeros(count, np.uint8), np.ones(count, np.bool_))


def chunks_of(parts: Parts, size: int) -> Iterator[Chunk]:
    done = 0
    for name, part in parts.items():
        for first in range(0, len(part.rows), size):
            cut = slice(first, first + size)
            own = np.array(part.indices[cut], dtype=np.int64)
            marks = part.marks
            yield Chunk(
                done,
                name,
                own,
                np.zeros((len(own), 64, 64), dtype=np.uint8),
                None if part.labels is None else np.array(part.labels[cut], dtype=np.uint8),
                {key: np.array(values)[cut] for key, values in part.columns.items()},
                PUBLISHED,
                set_of(part.rows[cut]),
                np.isin(np.arange(len(part.rows))[cut], part.corrected),
                None
                if marks is None
                else MarkColumns(
                    marks.favourite[cut], marks.colour[cut], marks.note[cut], marks.notes
                ),
            )
            done += len(own)


def write(
    form: Format,
    parts: Parts,
    given: Mapping[str, Value] | None = None,
    *,
    size: int = 3,
    class_names: tuple[str, ...] = (),
) -> bytes:
    """Return the file of digits, encoded so many at a time."""
    assert isinstance(form.file, FileWriter)
    options = form.complete(given or {})
    whole = whole_of(parts, class_names)
    form.file.check(whole, options)
    file = io.BytesIO()
    pieces = (form.file.encode(chunk, options) for chunk in chunks_of(parts, size))
    form.file.join(pieces, file, whole, options)
    return file.getvalue()


def read_npz(content: bytes, *, allow_pickle: bool = False) -> dict[str, NDArray[Any]]:
    with np.load(io.BytesIO(content), allow_pickle=allow_pickle) as archive:
        return {name: archive[name] for name in archive.files}


def marks_of(
    favourite: Sequence[bool],
    colour: Sequence[int],
    note: Sequence[str],
    notes: Sequence[str] = ("", "+1 <&>", "two\r\nlines", "last"),
) -> MarkColumns:
    return MarkColumns(
        np.array(favourite, dtype=np.bool_),
        np.array(colour, dtype=np.uint8),
        np.array([notes.index(text) for text in note], dtype=np.int32),
        tuple(notes),
    )


def mixed_parts() -> dict[str, Part]:
    """Two splits that know different things, with odd names, notes and numbers."""
    return {
        "train": Part(
            [LAST_JUMP, BLANK, NEAR_LIFT, DOT, LAST_JUMP, NEAR_LIFT],
            [7, 1, 0, 2, 7, 9],
            {
                "writer": [2100, -5, 7, 8, 9, 10],
                "hand": ["=left", "", 'a "b", c', "-", "x\ny", "é"],
            },
            corrected=[2],
            marks=marks_of(
                [False, True, False, False, False, False],
                [0, 0, 1, 3, 0, 0],
                ["", "", "+1 <&>", "", "two\r\nlines", "+1 <&>"],
            ),
            index=[3, 4, 10, 99, 100, 70_000],
        ),
        "@test, <2> & 'more'": Part(
            [DOT, BLANK],
            None,
            {"score": [0.5, float("nan")]},
            marks=marks_of([False, False], [0, 2], ["", "last"]),
            index=[0, 5],
        ),
    }
