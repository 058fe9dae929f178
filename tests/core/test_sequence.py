from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import naive
from viewer.core.sequence import (
    decode,
    encode,
    encode_many,
    jumps,
    lifts,
    point_of_row,
    stroke_offsets,
)

tours = st.lists(st.tuples(st.integers(0, 63), st.integers(0, 63)), unique=True, max_size=30)


def array_of(tour: list[tuple[int, int]]) -> np.ndarray:
    return np.array(tour, dtype=np.int16).reshape(-1, 2)


@given(tours)
def test_rows_are_those_of_the_original_code(tour: list[tuple[int, int]]) -> None:
    assert encode(array_of(tour)).tolist() == naive.sequence_rows(tour)


@given(tours, st.booleans())
def test_points_survive_the_way_through_rows(tour: list[tuple[int, int]], announce: bool) -> None:
    rows = encode(array_of(tour), announce_last_jump=announce)
    assert decode(rows).tolist() == [list(point) for point in tour]
    again = encode(decode(rows), announce_last_jump=announce)
    assert np.array_equal(again, rows)


@given(st.lists(tours, max_size=6), st.booleans())
def test_many_digits_are_encoded_as_one_is(
    digits: list[list[tuple[int, int]]], quirk: bool
) -> None:
    offsets = np.concatenate(([0], np.cumsum([len(tour) for tour in digits]))).astype(np.int64)
    points = array_of([point for tour in digits for point in tour])
    rows, row_offsets = encode_many(points, offsets, announce_last_jump=quirk)
    assert len(row_offsets) == len(digits) + 1
    for digit, tour in enumerate(digits):
        part = rows[row_offsets[digit] : row_offsets[digit + 1]]
        assert np.array_equal(part, encode(array_of(tour), announce_last_jump=quirk))


def test_a_jump_is_announced_but_for_the_last_one() -> None:
    tour = array_of([(0, 0), (0, 1), (5, 5), (5, 6), (9, 9)])
    assert encode(tour).tolist() == [
        [1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [4, 5, 0, 0], [1, 0, 0, 0], [3, 4, 0, 0],
        [0, 0, 1, 1],
    ]  # fmt: skip
    assert len(encode(tour, announce_last_jump=True)) == 8
    assert stroke_offsets(tour).tolist() == [0, 2, 4, 5]


@given(tours, st.booleans())
def test_the_pen_is_lifted_at_jumps(tour: list[tuple[int, int]], announce: bool) -> None:
    points = array_of(tour)
    lifted = lifts(encode(points, announce_last_jump=announce))
    assert lifted.tolist() == jumps(points).tolist()


@given(tours, st.data())
def test_strokes_that_do_not_begin_at_jumps(
    tour: list[tuple[int, int]], data: st.DataObject
) -> None:
    points = array_of(tour)
    begins = data.draw(st.sets(st.integers(1, max(1, len(tour) - 1))))
    begins = {begin for begin in begins if begin < len(tour)}
    if jumps(points)[-1:].any():
        begins.add(len(tour) - 1)  # a jump to the last point cannot be drawn
    offsets = np.array([0, *sorted(begins), *[len(tour)] * (len(tour) > 0)])
    rows = encode(points, stroke_offsets=offsets)
    assert len(rows) == len(tour) + len(begins) + 1
    assert decode(rows).tolist() == points.tolist()
    assert set(np.flatnonzero(lifts(rows)).tolist()) == begins


def test_lifts_are_announced_where_strokes_begin_and_nowhere_else() -> None:
    tour = array_of([(0, 0), (0, 1), (5, 5), (5, 6), (5, 7)])
    assert encode(tour, stroke_offsets=np.array([0, 1, 4, 5])).tolist() == [
        [1, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0], [4, 5, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0],
        [1, 0, 0, 0], [0, 0, 1, 1],
    ]  # fmt: skip


def test_no_points_and_one_point() -> None:
    assert encode(array_of([])).tolist() == [[0, 0, 1, 1]]
    assert decode([[0, 0, 1, 1]]).shape == (0, 2)
    assert encode(array_of([(3, 7)])).tolist() == [[8, 4, 0, 0], [0, 0, 1, 1]]
    assert stroke_offsets(array_of([])).tolist() == [0]
    assert lifts(encode(array_of([]))).tolist() == []
    assert lifts(encode(array_of([(3, 7)]))).tolist() == [False]


def test_the_pen_stands_still_on_marker_rows() -> None:
    rows = encode(array_of([(0, 0), (4, 4), (4, 5)]))
    assert point_of_row(rows).tolist() == [0, 0, 1, 2, 2]


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([], "rows of 4 values"),
        ([[1, 1, 0]], "rows of 4 values"),
        ([[1.5, 1, 0, 0]], "whole numbers"),
        ([[1, 1, 0, 0]], "0 0 1 1"),
        ([[1, 1, 0, 0], [0, 0, 1, 1], [0, 0, 1, 1]], "0 0 1 1"),
        ([[1, 1, 1, 0], [0, 0, 1, 1]], "must not move"),
        ([[1, 1, 2, 0], [0, 0, 1, 1]], "0 or 1"),
        ([[0, 1, 0, 0], [0, 0, 1, 1]], "outside"),
        ([[1, 1, 0, 1], [0, 0, 1, 1]], "0 0 1 1"),
    ],
)
def test_malformed_rows_are_told_apart(rows: list[list[float]], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        decode(rows)


def test_offsets_beyond_8_bits_are_refused() -> None:
    with pytest.raises(ValueError, match="8-bit"):
        encode(np.array([[0, 0], [0, 200]]))
