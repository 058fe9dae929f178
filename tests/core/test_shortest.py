from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests import naive, strong_solver
from tests.pictures import BLOB, RING, TEE, TWO_STROKES, mask_of
from viewer.core.batch import extract_batch
from viewer.core.bitimage import pack
from viewer.core.extract import extract
from viewer.core.ordering.nearest.tour import order_nearest
from viewer.core.ordering.shortest import branching
from viewer.core.ordering.shortest.branching import prove
from viewer.core.ordering.shortest.exchange import UNIT, improve, measure_path
from viewer.core.ordering.shortest.path import (
    LARGEST,
    ShortestTour,
    make_workspace,
    order_shortest,
    shortest_words,
)
from viewer.core.sequence import decode
from viewer.datasets.source import open_source

small = st.tuples(st.integers(1, 4), st.integers(1, 7)).flatmap(
    lambda shape: arrays(np.bool_, shape)
)
middle = st.tuples(st.integers(3, 9), st.integers(3, 9)).flatmap(
    lambda shape: arrays(np.bool_, shape)
)
huge = st.tuples(st.integers(12, 20), st.integers(20, 64)).flatmap(
    lambda shape: arrays(np.bool_, shape, elements=st.booleans())
)
LENGTH, DIGEST = 5433, 1768167264
"""Of the first 100 digits of the sample."""
SNAKE = """
.#.
###
#.#
###
###
###
"""
GAP = """
#.........#
.#.......#.
..#.....#..
...#...#...
"""


def check_tour(mask: np.ndarray, tour: ShortestTour) -> None:
    points = [(int(row), int(column)) for row, column in tour.points]
    assert len(points) == mask.sum()
    assert set(points) == naive.pixels_of(mask)
    assert points[:1] == [start for start in [naive.start_of(mask)] if start]
    assert tour.open_length == strong_solver.open_length(tour.points)
    assert tour.closed_length == naive.closed_length(points)


@settings(max_examples=150, deadline=None)
@given(small)
def test_small_ones_are_as_short_as_the_exact_programme_says(mask: np.ndarray) -> None:
    if not 0 < mask.sum() <= 10:
        return
    tour = order_shortest(mask)
    check_tour(mask, tour)
    assert tour.exact
    assert tour.open_length == strong_solver.solve_exactly(tour.points)


@settings(max_examples=60, deadline=None)
@given(middle)
def test_scattered_pixels_are_hardly_longer_than_what_a_strong_solver_finds(
    mask: np.ndarray,
) -> None:
    """What is proven is never longer; blobs of ink for which work ran out may be, a little."""
    tour = order_shortest(mask)
    check_tour(mask, tour)
    if len(tour.points) >= 3:
        found = strong_solver.solve(tour.points, 2, 40)
        assert tour.open_length <= (found if tour.exact else 1.1 * found)


@settings(max_examples=20, deadline=None)
@given(huge)
def test_skeletons_too_large_for_a_proof_are_shortened_part_by_part(mask: np.ndarray) -> None:
    tour = order_shortest(mask)
    check_tour(mask, tour)
    if len(tour.points) > LARGEST:
        assert not tour.exact


def test_a_large_one_is_shorter_than_the_nearest_tour() -> None:
    mask = np.random.default_rng(1).random((64, 64)) < 0.3
    tour = order_shortest(mask)
    check_tour(mask, tour)
    assert tour.open_length < strong_solver.open_length(order_nearest(mask).points)


@pytest.mark.parametrize("picture", [RING, TEE, TWO_STROKES, BLOB, GAP, SNAKE])
def test_drawn_skeletons(picture: str) -> None:
    mask = mask_of(picture)
    tour = order_shortest(mask)
    check_tour(mask, tour)
    assert tour.exact
    assert tour.open_length <= strong_solver.solve(tour.points, 4, 60)
    assert tour.open_length <= strong_solver.open_length(order_nearest(mask).points)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_few_pixels(count: int) -> None:
    mask = np.zeros((3, 9), dtype=np.bool_)
    mask[1, : 3 * count : 3] = True
    tour = order_shortest(mask)
    check_tour(mask, tour)
    assert tour.exact
    assert tour.open_length == 27 * max(count - 1, 0)


def test_another_start_is_taken_and_a_wrong_one_refused() -> None:
    mask = mask_of(TEE)
    tour = order_shortest(mask, (4, 3))
    assert tuple(tour.points[0]) == (4, 3)
    assert tour.open_length == strong_solver.solve_exactly(tour.points)
    with pytest.raises(ValueError, match="not a pixel of the skeleton"):
        order_shortest(mask, (0, 0))


def prove_within(steps: int) -> tuple[int, bool, int]:
    """Length found and whether it is proven, on the TEE from a bad path on; its true length."""
    points = np.argwhere(mask_of(TEE))
    count = len(points)
    cost = np.zeros((count + 1, count + 1), dtype=np.int64)
    cost[:count, :count] = strong_solver.cost_matrix(points) * UNIT
    tour = np.arange(count + 1)
    tour[1:count] = tour[1:count][::-1].copy()
    before = measure_path(cost, count, tour)
    length, exact = prove(cost, count, 0, tour, before, steps, branching.make_space(count))
    assert length == measure_path(cost, count, tour)
    assert length % UNIT == 0
    return length // UNIT, exact, before // UNIT


def test_the_proof_finds_the_shortest_path_by_itself() -> None:
    length, exact, before = prove_within(10_000_000)
    assert exact
    assert length == strong_solver.solve_exactly(np.argwhere(mask_of(TEE))) < before


def test_without_any_work_nothing_is_proven_and_the_path_stays() -> None:
    length, exact, before = prove_within(-1)
    assert not exact
    assert length == before


def test_exchanges_shorten_and_keep_the_start_and_all_points() -> None:
    random = np.random.default_rng(3)
    points = random.integers(0, 12, (40, 2))
    cost = np.zeros((41, 41), dtype=np.int64)
    cost[:40, :40] = strong_solver.cost_matrix(points) * UNIT
    tour = np.arange(41)
    before = measure_path(cost, 40, tour)
    after = improve(cost, 40, tour, np.zeros(41, dtype=np.int64))
    assert after == measure_path(cost, 40, tour) < before / 3
    assert tour[0] == 0
    assert sorted(tour) == list(range(41))


def test_what_came_before_in_a_workspace_does_not_matter() -> None:
    masks = np.random.default_rng(2).random((30, 9, 9)) < 0.4
    workspace = make_workspace(9, 9)
    for mask in masks:
        words = np.zeros(9, dtype=np.uint64)
        pack(mask, words)
        points = np.zeros((81, 2), dtype=np.int16)
        start = naive.start_of(mask)
        assert start is not None
        count, closed, exact = shortest_words(words, 9, 9, *start, workspace, points)
        alone = order_shortest(mask)
        assert np.array_equal(points[:count], alone.points)
        assert (closed, exact) == (alone.closed_length, alone.exact)


def test_every_platform_finds_the_same_paths() -> None:
    images = next(iter(open_source("sample").splits.values())).images[:100]
    tours = [order_shortest(extract(image).skeleton) for image in images]
    digest = zlib.crc32(np.concatenate([tour.points for tour in tours]).astype("<i2").tobytes())
    assert sum(tour.open_length for tour in tours) == LENGTH
    assert digest == DIGEST


@pytest.fixture(scope="module")
def thousand(shared_data: Path) -> list[ShortestTour]:
    images = open_source(shared_data / "mnist").splits["train"].images[:1000]
    sequences = extract_batch(images, jobs=2)
    tours = []
    for digit in range(len(sequences)):
        points = decode(sequences.sequence(digit))
        mask = np.zeros(images.shape[1:], dtype=np.bool_)
        mask[tuple(points.T)] = True
        tours.append(order_shortest(mask))
        check_tour(mask, tours[-1])
    return tours


@pytest.mark.data
@pytest.mark.parametrize("first", [0, pytest.param(50, marks=pytest.mark.slow)])
def test_no_path_is_longer_than_what_a_strong_solver_finds_in_ten_times_the_time(
    thousand: list[ShortestTour], first: int
) -> None:
    """Of 50 or 200 digits; of all of them, and more, in `tests.benchmarks.shortest`."""
    for digit, tour in enumerate(thousand[first : 5 * first or 50], first):
        assert tour.open_length <= strong_solver.solve(tour.points, 1, 300), digit


@pytest.mark.data
def test_almost_all_are_proven_to_be_the_shortest(thousand: list[ShortestTour]) -> None:
    assert np.mean([tour.exact for tour in thousand]) >= 0.98


@pytest.mark.data
def test_no_published_tour_is_shorter(shared_data: Path, thousand: list[ShortestTour]) -> None:
    with np.load(shared_data / "published-sequences" / "train-00000-09999.npz") as file:
        published = np.split(file["rows"], file["offsets"][1:-1])
    shorter = 0
    for digit, tour in enumerate(thousand):
        theirs = decode(published[digit])
        assert tuple(theirs[0]) == tuple(tour.points[0]), digit
        assert tour.open_length <= strong_solver.open_length(theirs), digit
        shorter += tour.open_length < strong_solver.open_length(theirs)
    assert shorter > 400
