"""Digits with strokes drawn by hand, among them all that formats have to cope with."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from viewer.core.sequence import encode
from viewer.core.sequences import SequenceSet
from viewer.core.settings import PUBLISHED
from viewer.export.format import Chunk, FileWriter, FolderWriter, Format, Value, Whole
from viewer.export.pictures.drawing import Drawing, drawings

Strokes = Sequence[Sequence[tuple[int, int]]]
"""(row, column) of the points of each stroke."""

SEVEN: Strokes = [[(4, column) for column in range(6, 18)], [(12, 9), (12, 10), (12, 11)]]
DOT: Strokes = [[(5, 6)]]
DOTS: Strokes = [[(5, 6)], [(20, 21)], [(3, 3), (4, 4), (5, 5)]]
EMPTY: Strokes = []
EDGES: Strokes = [[(0, column) for column in range(28)], [(27, 27), (26, 27)], [(27, 0)]]
LARGE: Strokes = [[(step, step) for step in range(64)], [(63, 0), (62, 1)], [(0, 63)]]
ZIGZAG: Strokes = [[(step, step % 2) for step in range(20)], [(10, 20), (10, 19), (11, 20)]]
SLIT: Strokes = [
    *([(row, column)] for row in (2, 20, 25) for column in (4, 13, 22)),
    [(11, column) for column in range(5, 23)],
    [(15, column) for column in range(5, 23)],
    [(13, column) for column in range(14, 23)],
]
"""The twelfth begins where its number has room at its left alone."""
ALL = {
    "seven": SEVEN, "dot": DOT, "dots": DOTS, "empty": EMPTY, "edges": EDGES, "zigzag": ZIGZAG,
}  # fmt: skip

POINT = st.tuples(st.integers(0, 13), st.integers(0, 13))


@st.composite
def drawn_strokes(draw: st.DrawFn) -> Strokes:
    """Draw strokes of points that are visited once, with long moves as well as short ones."""
    points = draw(st.lists(POINT, unique=True, max_size=12))
    cuts = draw(st.lists(st.integers(1, max(len(points) - 1, 1)), unique=True, max_size=3))
    bounds = [0, *sorted(cut for cut in cuts if cut < len(points)), len(points)]
    strokes = [points[a:b] for a, b in pairwise(bounds) if b > a]
    if len(points) > 1 and len(strokes[-1]) > 1:
        (row, column), (last_row, last_column) = strokes[-1][-2:]
        if max(abs(row - last_row), abs(column - last_column)) > 1:  # a lift that is not marked
            strokes = [*strokes[:-1], strokes[-1][:-1], strokes[-1][-1:]]
    return strokes


def make_chunk(
    digits: Sequence[Strokes],
    shape: tuple[int, int] = (28, 28),
    split: str = "train",
    labels: Sequence[int] | None = None,
) -> Chunk:
    """Return a chunk of digits whose images have ink at the points of their strokes."""
    images = np.zeros((len(digits), *shape), dtype=np.uint8)
    rows = []
    for image, strokes in zip(images, digits, strict=True):
        points = np.array([point for stroke in strokes for point in stroke], np.int16)
        image[tuple(points.reshape(-1, 2).T)] = 200
        offsets = np.cumsum([0, *map(len, strokes)])
        rows.append(encode(points.reshape(-1, 2), stroke_offsets=offsets))
    lengths = np.cumsum([0, *map(len, rows)])
    return Chunk(
        0, split, np.arange(len(digits)), images,
        None if labels is None else np.array(labels, np.uint8), {}, PUBLISHED,
        SequenceSet(
            np.concatenate(rows), lengths, np.zeros(len(digits), np.uint8),
            np.ones(len(digits), np.bool_),
        ),
        np.zeros(len(digits), np.bool_),
    )  # fmt: skip


def make_drawing(strokes: Strokes, shape: tuple[int, int] = (28, 28)) -> Drawing:
    """Return one digit."""
    return next(drawings(make_chunk([strokes], shape)))


def write_chunks(
    form: Format, chunks: Sequence[Chunk], name: str = "drawn", **given: Value
) -> bytes:
    """Return the file of some chunks, each of a split of its own."""
    options = form.complete(given)
    assert isinstance(form.file, FileWriter)
    whole = Whole(
        name,
        {chunk.split: len(chunk) for chunk in chunks},
        {chunk.split: chunk.images.shape[1:] for chunk in chunks},
    )
    form.file.check(whole, options)
    file = io.BytesIO()
    form.file.join((form.file.encode(chunk, options) for chunk in chunks), file, whole, options)
    return file.getvalue()


def write_digit(
    form: Format, strokes: Strokes, shape: tuple[int, int] = (28, 28), **given: Value
) -> bytes:
    """Return the file of one digit of a folder."""
    assert isinstance(form.folder, FolderWriter)
    (content,) = form.folder.encode(make_chunk([strokes], shape), form.complete(given)).values()
    return content


def ink_of(strokes: Strokes, shape: tuple[int, int] = (28, 28)) -> NDArray[np.bool_]:
    """Return the pixels that strokes reach."""
    mask = np.zeros(shape, dtype=np.bool_)
    for stroke in strokes:
        for row, column in stroke:
            mask[row, column] = True
    return mask
