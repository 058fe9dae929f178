"""Facts about strokes, against a slow oracle and on pictures that speak for themselves."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests import naive_facts
from tests.naive import Pixel
from tests.pictures import mask_of
from viewer.catalog.columns import FACTS
from viewer.core.batch import extract_batch
from viewer.core.facts import measure
from viewer.core.sequence import decode, encode, encode_many
from viewer.core.sequences import SequenceSet
from viewer.datasets.sample import open_sample

REAL = ("travel", "length", "aspect", "slant")
BAR = """
    ..#
    ..#
    .#.
    .#.
    #..
    """
RING = """
    .###.
    #...#
    #...#
    .###.
    """
CROSS = """
    ..#..
    ..#..
    #####
    ..#..
    ..#..
    """
SQUARE = """
    #....#
    .#..#.
    ..##..
    ..##..
    .#..#.
    #....#
    """
EIGHT = """
    .##.
    #..#
    .##.
    #..#
    .##.
    """


def sequences_of(*digits: list[Pixel]) -> SequenceSet:
    """Return digits drawn in the given order of pixels."""
    counts = [len(points) for points in digits]
    points = np.array([pixel for points in digits for pixel in points]).reshape(-1, 2)
    rows, offsets = encode_many(points, np.cumsum([0, *counts]))
    levels = np.arange(len(digits), dtype=np.uint8)
    return SequenceSet(rows, offsets, levels, levels % 2 == 0)


def drawn(text: str) -> SequenceSet:
    """Return a picture's pixels as one digit, row by row."""
    return sequences_of(pixels(mask_of(text)))


def pixels(mask: NDArray[np.bool_]) -> list[Pixel]:
    return [(int(row), int(column)) for row, column in np.argwhere(mask)]


def expect_oracle(points: list[Pixel], found: dict[str, NDArray[Any]], digit: int) -> None:
    for name, value in naive_facts.facts(points).items():
        assert found[name][digit] == pytest.approx(value, rel=1e-5, abs=1e-4), name


@given(st.integers(0, 2**64 - 1), st.integers(0, 56), st.integers(0, 56), st.randoms())
@settings(max_examples=40, deadline=None)
def test_facts_of_any_points(bits: int, row: int, column: int, chance: random.Random) -> None:
    points = [(row + bit // 8, column + bit % 8) for bit in range(64) if bits >> bit & 1]
    chance.shuffle(points)
    expect_oracle(points, measure(sequences_of(points)), 0)


def test_facts_of_digits() -> None:
    images = open_sample().splits["train"].images[::50]
    sequences = extract_batch(images)
    found = measure(sequences)
    for digit in range(len(images)):
        points = decode(sequences.sequence(digit))
        expect_oracle([(int(y), int(x)) for y, x in points], found, digit)
    assert len({*found["loops"].tolist()}) > 1


def test_the_edges_of_the_largest_image_count() -> None:
    frame = np.ones((64, 64), dtype=np.bool_)
    frame[1:-1, 1:-1] = False
    frame[:, 32] = True
    found = measure(sequences_of(pixels(frame)))
    assert found["loops"][0] == naive_facts.loops(pixels(frame)) == 2
    assert found["endpoints"][0] == 0
    assert found["junctions"][0] == naive_facts.junctions(pixels(frame)) == 2


@pytest.mark.parametrize(
    ("text", "ends", "junctions", "loops"),
    [(BAR, 2, 0, 0), (RING, 0, 0, 1), (CROSS, 4, 1, 0), (SQUARE, 4, 1, 0), (EIGHT, 0, 1, 2)],
    ids=["bar", "ring", "cross", "square", "eight"],
)
def test_topology_of_pictures(text: str, ends: int, junctions: int, loops: int) -> None:
    found = measure(drawn(text))
    topology = [int(found[name][0]) for name in ("endpoints", "junctions", "loops")]
    assert topology == [ends, junctions, loops]


def test_the_slant_is_positive_to_the_right() -> None:
    leaning = measure(drawn(BAR))["slant"][0]
    mirrored = measure(sequences_of(pixels(mask_of(BAR)[:, ::-1])))["slant"][0]
    assert 20 < leaning < 35
    assert mirrored == pytest.approx(-leaning)
    assert measure(sequences_of([(3, 1), (3, 2), (3, 3)]))["slant"][0] == 0


def test_ways_of_the_pen() -> None:
    # two strokes: right two and down-right one; back through the air; down one
    found = measure(sequences_of([(5, 5), (5, 6), (5, 7), (6, 8), (9, 4), (10, 4)]))
    assert found["strokes"][0] == 2
    assert found["lifts"][0] == 1
    assert found["length"][0] == pytest.approx(2 + np.sqrt(2) + 1)
    assert found["travel"][0] == pytest.approx(5)
    assert found["aspect"][0] == pytest.approx(5 / 6)


def test_a_jump_to_the_last_point_counts_though_no_row_announces_it() -> None:
    found = measure(sequences_of([(1, 1), (1, 2), (1, 6)]))
    assert (found["strokes"][0], found["travel"][0]) == (2, 4)


def test_strokes_of_a_correction_end_where_the_pen_is_lifted() -> None:
    points = [(1, 1), (1, 2), (1, 5), (1, 6), (1, 7), (1, 8)]
    rows = encode(np.array(points), stroke_offsets=np.array([0, 4, 5, 6]))
    one = np.zeros(1, np.uint8)
    found = measure(SequenceSet(rows, np.array([0, len(rows)]), one, one.astype(np.bool_)))
    assert (found["strokes"][0], found["lifts"][0]) == (3, 2)
    assert (found["length"][0], found["travel"][0]) == (5, 2)


def test_digits_do_not_mix() -> None:
    ring, bar = pixels(mask_of(RING)), pixels(mask_of(BAR))
    found = measure(sequences_of(ring, [], bar))
    assert found["loops"].tolist() == [1, 0, 0]
    assert found["points"].tolist() == [10, 0, 5]
    assert found["level"].tolist() == [0, 1, 2]
    assert found["exact"].tolist() == [True, False, True]


def test_blank_digits_have_zeros() -> None:
    found = measure(extract_batch(np.zeros((2, 28, 28), dtype=np.uint8)))
    assert all(not values.any() for name, values in found.items() if name not in ("level", "exact"))
    assert all(np.isfinite(values).all() for values in found.values())


def test_every_fact_but_one_is_measured() -> None:
    found = measure(drawn(BAR))
    assert set(found) == {column.name for column in FACTS} - {"unusual", "order_gap"}
    assert all(found[name].dtype == np.float32 for name in REAL)
    assert all(values.shape == (1,) for values in found.values())
    assert len(measure(extract_batch(np.zeros((0, 28, 28), np.uint8)))["loops"]) == 0


def test_a_sequence_that_leaves_the_image_is_refused() -> None:
    sequences = drawn(BAR)
    sequences.rows[1, 0] = 100
    with pytest.raises(ValueError, match="sequence 0 leaves"):
        measure(sequences)
