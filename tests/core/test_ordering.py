from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests import naive
from tests.pictures import BLOB, RING, TEE, TWO_STROKES, mask_of
from viewer.core.ordering.nearest import beam
from viewer.core.ordering.nearest.layers import make_space, search_layers
from viewer.core.ordering.nearest.tour import KEYS, make_workspace, order_nearest
from viewer.core.ordering.points import link_points, list_points

small = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda shape: arrays(np.bool_, shape)
)
large = st.tuples(st.integers(6, 20), st.integers(6, 64)).flatmap(
    lambda shape: arrays(np.bool_, shape, elements=st.booleans())
)


def tour_of(mask: np.ndarray) -> list[tuple[int, int]]:
    return [(int(row), int(column)) for row, column in order_nearest(mask).points]


@settings(max_examples=300, deadline=None)
@given(small)
def test_it_is_the_first_of_all_best_tours(mask: np.ndarray) -> None:
    ink = naive.pixels_of(mask)
    start = naive.start_of(mask)
    if len(ink) > 12 or start is None:
        return
    tour = order_nearest(mask)
    assert tour.exact
    assert tour_of(mask) == naive.best_tour(ink, start)
    assert tour.closed_length == naive.closed_length(tour_of(mask))


@settings(deadline=None)
@given(large)
def test_every_pixel_once_and_every_step_to_a_nearest_one(mask: np.ndarray) -> None:
    tour = tour_of(mask)
    assert len(tour) == mask.sum()
    assert set(tour) == naive.pixels_of(mask)
    assert naive.is_nearest_tour(tour)


@pytest.mark.parametrize("picture", [RING, TEE, TWO_STROKES])
def test_drawn_skeletons(picture: str) -> None:
    mask = mask_of(picture)
    start = naive.start_of(mask)
    assert start is not None
    assert tour_of(mask) == naive.best_tour(naive.pixels_of(mask), start)


def test_another_start_is_taken_and_a_wrong_one_refused() -> None:
    mask = mask_of(TEE)
    assert tuple(order_nearest(mask, (4, 3)).points[0]) == (4, 3)
    with pytest.raises(ValueError, match="not a pixel of the skeleton"):
        order_nearest(mask, (0, 0))


def test_where_the_complete_search_explodes_a_tour_by_the_rule_is_found() -> None:
    mask = np.pad(np.ones((8, 9), dtype=np.bool_), 1)
    tour = order_nearest(mask)
    points = tour_of(mask)
    assert not tour.exact
    assert naive.is_nearest_tour(points)
    assert tour.closed_length == naive.closed_length(points)
    # a plain walk that always takes the first choice is no better
    plain = [points[0]]
    left = set(points[1:])
    while left:
        step = min(left, key=lambda pixel: (naive.cost(plain[-1], pixel), -pixel[1], pixel[0]))
        plain.append(step)
        left.remove(step)
    assert tour.closed_length <= naive.closed_length(plain)


def test_the_bounded_search_finds_the_best_tour_of_a_blob_the_complete_one_manages() -> None:
    mask = mask_of(BLOB)[:5, :6]
    words = np.array(
        [int(sum(1 << int(c) for c in np.flatnonzero(row))) for row in mask], np.uint64
    )
    grid, rows, columns, near, tour, _, space = make_workspace(*mask.shape)
    count = list_points(words, *mask.shape, rows, columns, grid)
    link_points(rows, columns, count, grid, near)
    start = 0
    size = near.shape[2]
    exact = search_layers(rows, columns, near, KEYS, start, count, make_space(size), tour)
    assert exact > 0
    assert beam.search_beams(rows, columns, near, KEYS, start, count, space, tour) == exact
    assert sorted(tour[:count]) == list(range(count))


def test_the_same_image_gives_the_same_tour_again() -> None:
    mask = np.pad(np.ones((9, 9), dtype=np.bool_), 1)
    assert tour_of(mask) == tour_of(mask)
