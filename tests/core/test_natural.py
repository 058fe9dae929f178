"""The natural order: exact over the graph, every pixel once, whole numbers only."""

from __future__ import annotations

import json
from itertools import pairwise, permutations, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from viewer.core.bitimage import pack
from viewer.core.graph.graph import find_graph
from viewer.core.ordering.natural import costs, laying, pricing, programme
from viewer.core.ordering.natural import tour as natural_order
from viewer.core.ordering.natural.explaining import explain
from viewer.core.ordering.natural.tour import make_workspace, order_natural, walk
from viewer.core.ordering.natural.ways import LENGTH
from viewer.core.ordering.natural.weights import natural_weights, read_weights
from viewer.errors import UserError

Mask = NDArray[np.bool_]
masks = st.tuples(st.integers(1, 16), st.integers(1, 16)).flatmap(
    lambda shape: arrays(np.bool_, shape)
)


def picture(text: str) -> Mask:
    rows = text.split()
    return np.array([[pixel == "#" for pixel in row] for row in rows])


SIX = picture("""
    ............
    ......##....
    .....#......
    ....#.......
    ...#........
    ..#.........
    ..#..###....
    ..#.#...#...
    ..##.....#..
    ..#......#..
    ..#......#..
    ...#....#...
    ....####....
    ............
""")
CROSS = picture("""
    ...............
    .......#.......
    .......#.......
    .......#.......
    .......#.......
    .......#.......
    .......#.......
    .#############.
    .......#.......
    .......#.......
    .......#.......
    .......#.......
    .......#.......
    .......#.......
    ...............
""")
TEE = picture("""
    .............
    .###########.
    ......#......
    ......#......
    ......#......
    ......#......
    ......#......
    ......#......
    .............
""")


def places(points: NDArray[np.int16]) -> list[tuple[int, int]]:
    return [(int(row), int(column)) for row, column in points]


@settings(max_examples=150, deadline=None)
@given(masks)
def test_every_pixel_is_visited_once(mask: Mask) -> None:
    points = places(order_natural(mask).points)
    assert sorted(points) == sorted(places(np.argwhere(mask).astype(np.int16)))


@settings(max_examples=150, deadline=None)
@given(masks)
def test_a_walk_visits_every_pixel_and_steps_to_neighbours(mask: Mask) -> None:
    points, offsets = walk(order_natural(mask).points, mask.shape)
    assert set(places(points)) == set(places(np.argwhere(mask).astype(np.int16)))
    for first, behind in pairwise(offsets):
        steps = np.abs(np.diff(points[first:behind].astype(int), axis=0)).max(axis=1, initial=0)
        assert (steps == 1).all()


@settings(max_examples=150, deadline=None)
@given(masks)
def test_the_graph_holds_every_pixel_once(mask: Mask) -> None:
    graph = find_graph(mask)
    held = [*places(graph.points), *places(graph.beside)]
    held += places(np.argwhere(graph.junctions >= 0).astype(np.int16))
    assert sorted(held) == sorted(places(np.argwhere(mask).astype(np.int16)))
    for number in range(len(graph.ends)):
        chain = graph.chain(number).astype(int)
        assert (np.abs(np.diff(chain, axis=0)).max(axis=1, initial=0) <= 1).all()


def test_a_cross_is_four_chains_at_one_junction() -> None:
    graph = find_graph(CROSS)
    assert graph.junction_count == 1
    assert len(graph.ends) == 4
    assert sorted(graph.ends.ravel().tolist()) == [-1] * 4 + [0] * 4


def test_a_cross_is_two_straight_strokes() -> None:
    points = order_natural(CROSS).points.astype(int)
    lifts = (np.abs(np.diff(points, axis=0)).max(axis=1) > 1).sum()
    assert lifts <= 2
    assert len(walk(order_natural(CROSS).points, CROSS.shape)[1]) - 1 <= 2


def test_a_six_starts_at_its_upper_end() -> None:
    assert places(order_natural(SIX).points)[0] == (1, 7)


def naive_cost(parts: int, order: tuple[int, ...], space: tuple[NDArray[np.int64], ...]) -> int:
    """Cost of an order of chains, added up from the left."""
    weights, table, numbers, out = space
    total = 0
    whole = sum(int(table[2 * chain, LENGTH]) for chain in range(parts))
    drawn = 0
    for place, way in enumerate(order):
        total += int(numbers[way, costs.CHAIN : costs.PASS] @ weights[costs.CHAIN : costs.PASS])
        if place == 0:
            costs.describe_start(table[way], table, 2 * parts, out)
            total += int(out[costs.START : costs.CHAIN] @ weights[costs.START : costs.CHAIN])
        else:
            costs.describe_pair(table[order[place - 1]], table[way], out)
            total += int(out[costs.PASS : costs.LAST] @ weights[costs.PASS : costs.LAST])
            costs.describe_late(table[way], out)
            late = int(out[costs.LATE : costs.COUNT] @ weights[costs.LATE : costs.COUNT])
            total += (drawn * 64 // max(whole, 1) * late) >> 6
        drawn += int(table[way, LENGTH])
    costs.describe_end(table[order[-1]], out)
    return total + int(out[costs.LAST : costs.LATE] @ weights[costs.LAST : costs.LATE])


def naive_weights(weights: NDArray[np.int64], form: NDArray[np.int64]) -> list[int]:
    """Weights of a shape: each of some numbers has one for every number of the shape."""
    used = [int(weight) for weight in weights[: costs.COUNT]]
    by_shape = weights[costs.COUNT :].reshape(len(costs.SHAPED), len(form))
    for number, row in zip(costs.SHAPED.tolist(), by_shape, strict=True):
        used[number] += int(row @ form) // 64
    return used


def test_the_shape_of_a_digit() -> None:
    """A ring is symmetric and has one loop; a bar leaning right is slanted; 8 has two loops."""

    def measure(mask: Mask) -> list[int]:
        height, width = mask.shape
        words = np.zeros(height, dtype=np.uint64)
        pack(mask, words)
        graph, space, *_ = make_workspace(height, width)
        number, _, _, count = natural_order.find_graph(words, height, width, graph)
        _, _, ink, pixels, _, chains, *_ = graph
        pricing.measure_digit(
            pixels, chains, number, width + 2, ink, count, natural_weights(), space
        )
        return [int(value) for value in space[11]]

    ring = np.zeros((17, 17), dtype=np.bool_)
    ring[[2, 14], 3:14] = ring[3:14, [2, 14]] = True
    right, _low, _wide, slanted, _tall, one, two, place = measure(ring)
    assert abs(right) <= 4
    assert abs(slanted - 6) <= 1  # none is more than usual
    assert (one, two) == (64, 0)
    assert abs(place) <= 4
    rising = np.eye(17, dtype=np.bool_)[:, ::-1]
    assert measure(rising)[3] < 0 < measure(rising[:, ::-1].copy())[3]
    eight = ring.copy()
    eight[8, 2:15] = True
    assert measure(eight)[5:] == [0, 64, 0]
    low = np.zeros((25, 17), dtype=np.bool_)
    low[8:25] = ring
    low[0:11, 8] = True
    assert measure(low)[5:7] == [64, 0]
    assert measure(low)[7] > 0 > measure(low[::-1].copy())[7]


@pytest.mark.parametrize("mask", [SIX, CROSS, TEE])
def test_the_search_is_exact(mask: Mask) -> None:
    height, width = mask.shape
    words = np.zeros(height, dtype=np.uint64)
    pack(mask, words)
    weights = natural_weights()
    graph, space, _, _, _ = make_workspace(height, width)
    number, _, junctions, count = natural_order.find_graph(words, height, width, graph)
    _, _, ink, pixels, _, chains, *_ = graph
    frame, _, _, _, table, tables, numbers, out, lengths, _, _, form, used = space
    pricing.measure_digit(pixels, chains, number, width + 2, ink, count, weights, space)
    pricing.measure(pixels, chains, number, junctions, width + 2, frame, table, numbers)
    pricing.price_all(number, used, table, numbers, out, lengths, tables)
    programme.search(number, lengths, tables)
    assert used.tolist() == naive_weights(weights, form)
    given_space = (used, table, numbers, out)
    best: dict[int, int] = {}
    for chosen in permutations(range(number)):
        for sides in product((0, 1), repeat=number):
            order = tuple(2 * chain + side for chain, side in zip(chosen, sides, strict=True))
            cost = naive_cost(number, order, given_space)
            best[order[0]] = min(best.get(order[0], cost), cost)
    assert number >= 2
    for way, cost in best.items():
        assert tables[0][way] + tables[4][1 << (way >> 1), way] == cost


@pytest.mark.parametrize("mask", [SIX, CROSS, TEE])
def test_an_explanation_ends_in_what_was_taken(mask: Mask) -> None:
    tour = order_natural(mask)
    told = explain(mask)
    assert told.starts[0].total == tour.cost
    assert told.starts[0].first == places(tour.points)[0]
    for options in told.steps:
        assert options[0].total == tour.cost
        assert all(option.total >= tour.cost for option in options)


def test_a_pixel_moves_to_where_it_spares_a_detour() -> None:
    cells = [11, 12, 14, 15, 16, 26, 13, 36]  # 13 is missed in its row, and ten cells a row
    path = np.array(cells, dtype=np.int16)
    laying.spare_detours(10, path, len(path))
    assert path.tolist() == [11, 12, 13, 14, 15, 16, 26, 36]


def test_the_ends_of_a_way_stay() -> None:
    cells = [44, 11, 12, 13, 14, 24, 12]
    path = np.array(cells, dtype=np.int16)
    laying.spare_detours(10, path, len(path))
    assert (path[0], path[-1]) == (44, 12)
    assert sorted(path.tolist()) == sorted(cells)


def test_many_chains_are_ordered_without_a_search() -> None:
    mask = np.zeros((64, 64), dtype=np.bool_)
    mask[2:60:4, 2:62] = True
    mask[2:60, 2:60:7] = True
    tour = order_natural(mask)
    assert not tour.exact
    assert sorted(places(tour.points)) == places(np.argwhere(mask).astype(np.int16))


def test_other_weights_give_another_order() -> None:
    mask = np.zeros((28, 28), dtype=np.bool_)
    mask[4:24, 14] = True
    assert places(order_natural(mask).points)[0] == (4, 14)
    assert places(order_natural(mask, -natural_weights()).points)[0] != (4, 14)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"weights": {}}',
        '{"weights": {"a": {"weight": 1.5}}}',
        '{"weights": {"a": {"weight": 1, "by shape": {}}}}',
    ],
)
def test_a_damaged_file_is_a_user_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "weights.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="cannot be read"):
        read_weights(path, "weights", 1)


def test_weights_are_whole_numbers_with_a_meaning(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({"weights": {"a": {"weight": 3, "meaning": "b"}}}), encoding="utf-8")
    assert read_weights(path, "weights", 1).tolist() == [3]
    shaped = {f"s{number}": number for number in range(8)}
    entry = {"weight": 3, "by shape": shaped, "meaning": "b"}
    path.write_text(json.dumps({"weights": {"a": entry}}), encoding="utf-8")
    assert read_weights(path, "weights", 1, [0]).tolist() == [3, *range(8)]
