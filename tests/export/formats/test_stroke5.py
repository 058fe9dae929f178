from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.export.formats.samples import (
    ALL,
    DOT,
    LAST_JUMP,
    MANY,
    Part,
    Rows,
    mixed_parts,
    read_npz,
    write,
)
from tests.export.formats.sketch_rnn import big_strokes, normal_strokes
from viewer.errors import UserError
from viewer.export.format import Value
from viewer.export.formats import stroke3
from viewer.export.formats.stroke5 import FORMAT


@settings(max_examples=60, deadline=None)
@given(
    rows=MANY,
    dtype=st.sampled_from(["int16", "float32"]),
    scale=st.sampled_from([1, 10]),
    first=st.sampled_from(["absolute", "zero"]),
)
def test_as_sketch_rnn_makes_it_of_stroke_3(
    rows: list[Rows], dtype: str, scale: int, first: str
) -> None:
    parts = {"train": Part(rows)}
    given_: dict[str, Value] = {"scale": scale, "first": first}
    drawings = read_npz(write(stroke3.FORMAT, parts, given_), allow_pickle=True)["train"]
    arrays = read_npz(write(FORMAT, parts, {**given_, "dtype": dtype}))
    longest = max(map(len, drawings))
    assert arrays["strokes"].dtype == np.dtype(dtype)
    assert arrays["strokes"].shape == (len(rows), longest + 1, 5)
    assert arrays["lengths"].tolist() == [len(drawing) for drawing in drawings]
    np.testing.assert_array_equal(arrays["strokes"].sum(axis=1)[:, 2:].sum(axis=1), longest + 1)
    for drawing, big in zip(drawings, arrays["strokes"], strict=True):
        assert big.tolist() == [list(row) for row in big_strokes(drawing, longest + 1)]
        assert normal_strokes(big) == [tuple(row) for row in drawing.tolist()]


def test_known_rows() -> None:
    arrays = read_npz(write(FORMAT, {"train": Part(ALL)}, {"length": 4}))
    down, up, over = [1, 0, 0], [0, 1, 0], [0, 0, 0, 0, 1]
    assert arrays["strokes"].tolist() == [
        [[0, 0, *up], over, over, over],
        [[5, 9, *up], over, over, over],
        [[1, 1, *down], [1, 0, *up], [3, 2, *up], over],
        [[64, 64, *down], [0, -1, *up], [-1, 0, *down], [0, 1, *up]],
    ]
    assert arrays["lengths"].tolist() == [1, 1, 3, 4]


def test_columns_and_nothing_cut() -> None:
    arrays = read_npz(write(FORMAT, mixed_parts()))
    assert arrays["index"].tolist() == [3, 4, 10, 99, 100, 70_000, 0, 5]
    assert arrays["known_label"].tolist() == [True] * 6 + [False] * 2
    with pytest.raises(UserError, match="test:1 has 3 points, more than length=2"):
        write(FORMAT, {"test": Part([DOT, LAST_JUMP])}, {"length": 2})
