"""Why the natural order is what it is: the options at each start and turn, with their costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.core.bitimage import check_mask, words_of
from viewer.core.ordering.natural import pricing, programme, ways
from viewer.core.ordering.natural.tour import find_graph, make_workspace
from viewer.core.ordering.natural.weights import natural_weights


@dataclass(frozen=True)
class Option:
    """A chain the pen could draw next, in one direction.

    Parameters
    ----------
    first, last : tuple of int
        (row, column) of the chain's first and last pixel.
    total : int
        Cost of the cheapest whole order that takes this option, with all that came before.
    lifted : bool
        Whether the pen is lifted on the way to it.
    """

    first: tuple[int, int]
    last: tuple[int, int]
    total: int
    lifted: bool


@dataclass(frozen=True)
class Explanation:
    """The choices behind a natural order.

    Parameters
    ----------
    starts : tuple of Option
        All starts, cheapest first.
    steps : tuple of tuple of Option
        For each chain after the first the options there were, cheapest first; the first of
        them is the one taken.
    exact : bool
        False if there are too many chains to compare whole orders; then there is nothing to
        explain.
    """

    starts: tuple[Option, ...]
    steps: tuple[tuple[Option, ...], ...]
    exact: bool


def explain(skeleton: NDArray[np.bool_], weights: NDArray[np.int64] | None = None) -> Explanation:
    """Compare the options at each choice of the natural order.

    Parameters
    ----------
    skeleton : ndarray of bool, shape (M, N)
        1 x 1 to 64 x 64 pixels.
    weights : ndarray of int64, optional
        Those of the program by default.

    Returns
    -------
    explanation : Explanation

    Raises
    ------
    ValueError
        If the skeleton has another shape or dtype.
    """
    skeleton = check_mask(skeleton)
    height, width = skeleton.shape
    stride = width + 2
    words = words_of(skeleton)
    weights = natural_weights() if weights is None else weights
    graph, space, order, _, _ = make_workspace(height, width)
    number, _, junctions, count = find_graph(words, height, width, graph)
    if count == 0 or number >= pricing.MOST:
        return Explanation((), (), count == 0)
    _, _, ink, pixels, _, chains, *_ = graph
    frame, cuts, cut_pixels, cut_chains, table, tables, numbers, out, lengths, *_, used = space
    size, _, best = pricing.find_order(
        pixels, chains, number, junctions, stride, ink, count, weights, space, order
    )
    found = ways.find_cuts(pixels, chains, number, junctions, stride, frame, cuts)
    starts = []
    for place in [*(other for other in range(-1, found) if other != best), best]:
        chain, at = (int(value) for value in cuts[place]) if place >= 0 else (-1, -1)
        parts = ways.cut(chain, at, pixels, chains, number, stride, cut_pixels, cut_chains)
        pricing.measure(cut_pixels, cut_chains, parts, junctions, stride, frame, table, numbers)
        pricing.price_all(parts, used, table, numbers, out, lengths, tables)
        programme.search(parts, lengths, tables)
        for way in range(2 * parts):
            if pricing.may_start(way, chain, number, chains):
                total = tables[0][way] + tables[4][1 << (way >> 1), way]
                option = _option(table[way], int(total), lifted=False)
                starts.append((option.total, place != best or way != order[0], option))
    steps = _explain_steps(size, order, table, tables)
    return Explanation(tuple(option for *_, option in sorted(starts, key=_rank)), steps, True)


def _rank(start: tuple[int, bool, Option]) -> tuple[int, bool]:
    return start[:2]


def _option(way: NDArray[np.int64], total: int, *, lifted: bool) -> Option:
    first = int(way[ways.ROW]) - 1, int(way[ways.COLUMN]) - 1
    return Option(
        first, (int(way[ways.LAST_ROW]) - 1, int(way[ways.LAST_COLUMN]) - 1), total, lifted
    )


def _explain_steps(size, order, table, tables) -> tuple[tuple[Option, ...], ...]:
    """Options after each chain but the last of an order, from the filled tables."""
    start, follow, _, late, rest, _, drawn = tables
    whole = max(int(drawn[(1 << size) - 1]), 1)
    spent = int(start[order[0]])
    state = 1 << (int(order[0]) >> 1)
    steps = []
    for place in range(1, size):
        last, taken = int(order[place - 1]), int(order[place])
        share = programme.share_drawn(int(drawn[state]), whole)
        options = []
        for way in range(2 * size):
            if not state >> (way >> 1) & 1:
                own = int(follow[last, way]) + (share * int(late[way]) >> 6)
                total = spent + own + int(rest[state | 1 << (way >> 1), way])
                node = table[last, ways.TO]
                lifted = bool(node < 0 or node != table[way, ways.FROM])
                options.append((total, way != taken, _option(table[way], total, lifted=lifted)))
                if way == taken:
                    cost = own
        spent += cost
        state |= 1 << (taken >> 1)
        steps.append(tuple(option for *_, option in sorted(options, key=_rank)))
    return tuple(steps)
