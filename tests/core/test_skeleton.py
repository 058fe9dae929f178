from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests import naive
from tests.pictures import RING, TEE, TWO_STROKES, mask_of
from viewer.core.batch import extract_batch
from viewer.core.facts import measure
from viewer.core.sequence import decode, encode_many
from viewer.core.sequences import SequenceSet
from viewer.core.skeleton import (
    find_endpoints,
    find_junctions,
    find_start_point,
    remove_small_components,
)
from viewer.datasets.sample import open_sample

masks = st.tuples(st.integers(1, 10), st.integers(1, 64)).flatmap(
    lambda shape: arrays(np.bool_, shape)
)


@given(masks, st.integers(1, 5))
def test_small_parts_go_and_others_stay(mask: np.ndarray, minimum: int) -> None:
    kept = set().union(*(p for p in naive.components(mask, naive.EIGHT) if len(p) >= minimum))
    assert naive.pixels_of(remove_small_components(mask, minimum)) == kept


@given(masks)
def test_start_agrees_with_the_rule_written_down_slowly(mask: np.ndarray) -> None:
    assert find_start_point(mask) == naive.start_of(mask)


@pytest.mark.parametrize(
    ("picture", "start"), [(RING, (2, 1)), (TEE, (1, 1)), (TWO_STROKES, (1, 1)), (".", None)]
)
def test_start_of_drawn_skeletons(picture: str, start: tuple[int, int] | None) -> None:
    assert find_start_point(mask_of(picture)) == start


def test_ends_and_junctions_of_digits_are_those_of_the_facts() -> None:
    images = np.concatenate([split.images[::9] for split in open_sample().splits.values()])
    sequences = extract_batch(images)
    found = measure(sequences)
    assert found["junctions"].max() > 1
    for digit in range(len(images)):
        skeleton = np.zeros(images.shape[1:], dtype=np.bool_)
        skeleton[tuple(decode(sequences.sequence(digit)).T)] = True
        assert np.count_nonzero(find_endpoints(skeleton)) == found["endpoints"][digit]
        assert find_junctions(skeleton).max() == found["junctions"][digit]


@given(masks)
def test_ends_and_junctions_of_any_mask_are_those_of_the_facts(mask: np.ndarray) -> None:
    rows, offsets = encode_many(np.argwhere(mask), np.array([0, np.count_nonzero(mask)]))
    alone = np.zeros(1, dtype=np.uint8)
    found = measure(SequenceSet(rows, offsets, alone, alone == 0))
    assert np.count_nonzero(find_endpoints(mask)) == found["endpoints"][0]
    junctions = find_junctions(mask)
    assert junctions.shape == mask.shape
    assert junctions.max() == found["junctions"][0]


def test_a_square_is_one_junction_and_two_crossings_are_two() -> None:
    crossings = mask_of("""
        ..#....#..
        ..#....#..
        ##########
        ..#....#..
        ..#....#..
        """)
    junctions = find_junctions(crossings)
    assert junctions[2, 2] == 1
    assert junctions[2, 7] == 2
    square = mask_of("""
        #....#
        .#..#.
        ..##..
        ..##..
        .#..#.
        #....#
        """)
    expected = np.zeros(square.shape, dtype=np.int16)
    expected[2:4, 2:4] = 1
    np.testing.assert_array_equal(find_junctions(square), expected)
    assert find_junctions(np.zeros((1, 64), dtype=np.bool_)).max() == 0
