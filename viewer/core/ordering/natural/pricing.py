"""The cheapest order of the chains of one graph, cut anywhere a pen may start."""

from __future__ import annotations

from typing import Any

import numpy as np

from viewer.core.graph.chains import RING
from viewer.core.jit import kernel
from viewer.core.ordering.natural import costs, programme, shape, ways
from viewer.core.ordering.natural.ways import LENGTH

MOST = programme.LIMIT


def make_space(cells: int) -> tuple[Any, ...]:
    """Allocate what `find_order` works in, for a grid of so many cells."""
    return (
        *ways.make_space(cells),
        programme.make_space(),
        np.zeros((2 * cells, costs.COUNT), dtype=np.int64),
        np.zeros(costs.COUNT, dtype=np.int64),
        np.zeros(cells, dtype=np.int64),
        np.zeros(cells, dtype=np.int64),
        np.zeros(programme.DIRECTED, dtype=np.int64),
        np.zeros(shape.SHAPES, dtype=np.int64),
        np.zeros(costs.COUNT, dtype=np.int64),
    )


@kernel
def measure(pixels, chains, number, junctions, stride, frame, table, numbers):
    """Fill the numbers of all directed chains."""
    for chain in range(number):
        one = 2 * chain
        for reverse in range(2):
            ways.measure_way(
                pixels, chains[chain], reverse == 1, junctions, stride, frame, table[one + reverse]
            )
        costs.describe_chain(
            pixels, chains[chain], table[one], stride, frame, numbers[one], numbers[one + 1]
        )


@kernel
def price_all(number, weights, table, numbers, out, lengths, tables):
    """Fill the costs that the exact search adds up."""
    start, follow, end, late, _, _, _ = tables
    for way in range(2 * number):
        lengths[way] = table[way, LENGTH]
        own = costs.price(weights, numbers[way], costs.CHAIN, costs.PASS)
        costs.describe_start(table[way], table, 2 * number, out)
        start[way] = own + costs.price(weights, out, costs.START, costs.CHAIN)
        costs.describe_end(table[way], out)
        end[way] = costs.price(weights, out, costs.LAST, costs.LATE)
        costs.describe_late(table[way], out)
        late[way] = costs.price(weights, out, costs.LATE, costs.COUNT)
        for last in range(2 * number):
            if last >> 1 != way >> 1:
                costs.describe_pair(table[last], table[way], out)
                follow[last, way] = own + costs.price(weights, out, costs.PASS, costs.LAST)


@kernel
def measure_digit(pixels, chains, number, stride, ink, count, weights, space):
    """Measure the whole digit and fill the weights it is ordered by."""
    frame, _, cut_pixels, _, _, _, _, _, _, _, _, form, used = space
    ways.measure_frame(ink, count, stride, frame)
    ways.count_loops(pixels, chains, number, stride, frame, cut_pixels)
    shape.measure_shape(ink, count, stride, frame, form)
    costs.weigh(weights, form, used)


@kernel
def may_start(way, chain, number, chains):
    """Whether a directed chain is a start of its cut; of the graph as it is, all are."""
    if chain < 0:
        return True
    if chains[chain, 2] == RING:
        return way >> 1 == chain
    return way == 2 * chain + 1 or way == 2 * number


@kernel
def find_order(pixels, chains, number, junctions, stride, ink, count, weights, space, order):
    """Fill the cheapest order; return how many directed chains, its cost, and the cut.

    Of equally cheap orders the first is taken: the graph as it is before its cuts.
    """
    measure_digit(pixels, chains, number, stride, ink, count, weights, space)
    frame, cuts, cut_pixels, cut_chains, table, tables, numbers, out, lengths, _, trial, _, used = (
        space
    )
    found = ways.find_cuts(pixels, chains, number, junctions, stride, frame, cuts)
    best = programme.COSTLY
    best_cut = -1
    size = number
    for place in range(-1, found):
        chain = cuts[place, 0] if place >= 0 else -1
        at = cuts[place, 1] if place >= 0 else -1
        parts = ways.cut(chain, at, pixels, chains, number, stride, cut_pixels, cut_chains)
        measure(cut_pixels, cut_chains, parts, junctions, stride, frame, table, numbers)
        price_all(parts, used, table, numbers, out, lengths, tables)
        programme.search(parts, lengths, tables)
        for way in range(2 * parts):
            if may_start(way, chain, number, chains):
                cost = tables[0][way] + tables[4][1 << (way >> 1), way]
                if cost < best:
                    best = cost
                    best_cut = place
                    size = parts
                    programme.read_order(parts, way, tables, trial)
    for place in range(size):
        order[place] = trial[place]
    chain = cuts[best_cut, 0] if best_cut >= 0 else -1
    at = cuts[best_cut, 1] if best_cut >= 0 else -1
    ways.cut(chain, at, pixels, chains, number, stride, cut_pixels, cut_chains)
    return size, best, best_cut


@kernel
def walk_greedily(pixels, chains, number, junctions, stride, ink, count, weights, space, order):
    """Fill an order that takes the cheapest next chain each time, from the cheapest start."""
    measure_digit(pixels, chains, number, stride, ink, count, weights, space)
    frame, _, cut_pixels, cut_chains, table, _, numbers, out, drawn, _, _, _, used = space
    ways.cut(-1, -1, pixels, chains, number, stride, cut_pixels, cut_chains)
    measure(cut_pixels, cut_chains, number, junctions, stride, frame, table, numbers)
    drawn[:number] = 0
    total = np.int64(0)
    last = -1
    for place in range(number):
        best = programme.COSTLY
        choice = 0
        for way in range(2 * number):
            if drawn[way >> 1]:
                continue
            cost = costs.price(used, numbers[way], costs.CHAIN, costs.PASS)
            if last < 0:
                costs.describe_start(table[way], table, 2 * number, out)
                cost += costs.price(used, out, costs.START, costs.CHAIN)
            else:
                costs.describe_pair(table[last], table[way], out)
                cost += costs.price(used, out, costs.PASS, costs.LAST)
            if cost < best:
                best = cost
                choice = way
        order[place] = choice
        drawn[choice >> 1] = 1
        total += best
        last = choice
    return number, total, -1
