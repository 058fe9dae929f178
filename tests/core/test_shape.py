"""Shapes of strokes: against a slow oracle, and what they leave out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests import naive_facts
from tests.core.test_facts import sequences_of
from tests.naive import Pixel
from viewer.core import shape
from viewer.core.batch import extract_batch
from viewer.core.sequence import decode
from viewer.core.shape import FEATURES, describe_shapes, distances, nearest
from viewer.datasets.sample import open_sample

BAR = [(row, 10) for row in range(5, 20)]
HOOK = [*BAR, *((19, column) for column in range(11, 18))]


def describe(*digits: list[Pixel]) -> NDArray[np.int64]:
    return describe_shapes(sequences_of(*digits)).astype(np.int64)


def some_shapes(count: int, seed: int = 0) -> NDArray[np.uint8]:
    chance = np.random.default_rng(seed)
    return chance.integers(0, 60, (count, FEATURES), dtype=np.uint8)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 63)), unique=True, min_size=1))
@settings(max_examples=40, deadline=None)
def test_any_points_are_described_as_the_oracle_does(points: list[Pixel]) -> None:
    expected = np.minimum(naive_facts.describe(points), 255)
    assert describe(points)[0] == pytest.approx(expected, abs=0.51)


def test_digits_are_described_as_the_oracle_does() -> None:
    sequences = extract_batch(open_sample().splits["train"].images[::50])
    found = describe_shapes(sequences)
    for digit, described in enumerate(found):
        points = [(int(row), int(column)) for row, column in decode(sequences.sequence(digit))]
        assert described.astype(int) == pytest.approx(naive_facts.describe(points), abs=0.51)


def test_place_does_not_matter() -> None:
    moved = [(row + 30, column + 7) for row, column in HOOK]
    assert (describe(HOOK)[0] == describe(moved)[0]).all()


def test_the_way_of_the_pen_does_not_matter() -> None:
    forth, back = describe(HOOK, HOOK[::-1])
    assert np.abs(forth - back).max() <= 1


def test_size_hardly_matters_and_shape_does() -> None:
    large = [(row, 10) for row in range(5, 35)] + [(34, column) for column in range(11, 25)]
    mirrored = [(row, 40 - column) for row, column in HOOK]
    hook, twice, mirror = describe_shapes(sequences_of(HOOK, large, mirrored))
    assert distances(twice[None], hook)[0] < 60
    assert distances(mirror[None], hook)[0] > 200


def test_digits_without_steps_have_no_shape() -> None:
    found = describe([], [(3, 3)], BAR)
    assert not found[:2].any()
    assert np.linalg.norm(found[2]) == pytest.approx(shape.NORM, rel=0.02)


def test_distances_and_nearest_are_as_brute_force_has_them() -> None:
    shapes = np.concatenate([some_shapes(30), some_shapes(30)])  # every one twice
    apart = np.linalg.norm(shapes.astype(float) - shapes[7].astype(float), axis=1)
    assert distances(shapes, shapes[7]) == pytest.approx(apart, rel=1e-6)
    positions, found = nearest(shapes, shapes[7], 5)
    assert positions.tolist() == np.argsort(apart, kind="stable")[:5].tolist()
    assert positions[:2].tolist() == [7, 37]
    assert found == pytest.approx(apart[positions], rel=1e-6)


@pytest.mark.parametrize("count", [0, 3, 99])
def test_as_many_are_found_as_there_are(count: int) -> None:
    positions, apart = nearest(some_shapes(3), some_shapes(1)[0], count)
    assert len(positions) == len(apart) == min(count, 3)
    assert (np.diff(apart) >= 0).all()
