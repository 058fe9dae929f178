"""The proof that no path is shorter: branch and bound over single steps.

Strategy: where the bound leaves room for a shorter path, a point with more than two steps
in the cheapest tree has one too many of them: the first is out, or the first is in and
the second out, or both are in and all others out (Volgenant and Jonker). Each step that
is settled settles others: a point has two, and no ring closes before all are in it. A
step whose use would lift the bound too far is out, one whose absence would is in.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from viewer.core.jit import kernel
from viewer.core.ordering.shortest.exchange import UNIT
from viewer.core.ordering.shortest.narrowing import choose, tighten
from viewer.core.ordering.shortest.settling import forget_steps, open_steps, settle, undo
from viewer.core.ordering.shortest.spanning import IN, OUT, ascend, read_path, span

LEVELS = 256
"""Decisions one after the other at most."""
ROUNDS_FIRST = 80
"""Changes of prices before the first decision."""
ROUNDS = 20
"""Changes of prices after each decision."""
NEW = -1
"""A level nothing has been decided at."""


def make_space(largest: int) -> tuple[Any, ...]:
    """Allocate what `prove` works in, for at most so many points."""
    nodes = largest + 1
    tree = (
        np.zeros(nodes, dtype=np.int64),  # key of each point
        np.zeros(nodes, dtype=np.int64),  # the point it hangs on
        np.zeros(nodes, dtype=np.int64),  # points in the order they joined
        np.zeros(nodes, dtype=np.int64),  # steps of each point
        np.zeros(nodes, dtype=np.int64),  # steps too many, one tree ago
        np.zeros(nodes, dtype=np.int64),  # rise of the bound without the step to the parent
        np.zeros(nodes, dtype=np.int64),  # when each point joined
    )
    settled = (
        np.zeros((nodes, nodes), dtype=np.int16),  # what each point may step to
        np.zeros(nodes, dtype=np.int64),  # how many those are
        np.zeros((nodes, nodes), dtype=np.int8),  # what is settled of each step
        np.zeros(nodes + 1, dtype=np.int64),  # steps in, at each point; in all
        np.zeros(nodes, dtype=np.int64),  # steps not out, at each point
        np.zeros((nodes * nodes, 2), dtype=np.int16),  # what was settled, one after the other
        np.zeros((nodes * (nodes + 4), 3), dtype=np.int16),  # what is to be settled
    )
    levels = (
        np.zeros((LEVELS, nodes), dtype=np.int64),  # prices
        np.zeros(LEVELS, dtype=np.int64),  # branches tried
        np.zeros(LEVELS, dtype=np.int64),  # settled steps before them
        np.zeros((LEVELS, 3), dtype=np.int64),  # a point and two of its steps
    )
    return (
        tree,
        settled,
        levels,
        np.zeros(nodes, dtype=np.int64),
        np.zeros((nodes, 2), dtype=np.int64),
        np.zeros(2, dtype=np.int64),
    )


@kernel
def take_branch(settled, count, branch, number, size):
    """Settle what the branch says; -1 - size where that leaves no path or was tried already."""
    point, one, two = branch[0], branch[1], branch[2]
    if number == 0:
        return settle(settled, count, point, one, OUT, size)
    size = settle(settled, count, point, one, IN, size)
    full = size >= 0 and (settled[3][point] == 2 or two < 0)
    if number == 1:
        if size < 0 or full:
            return size
        return settle(settled, count, point, two, OUT, size)
    if size < 0:
        return size
    if full:
        return -1 - size
    return settle(settled, count, point, two, IN, size)


@kernel
def prove(cost, count, start, tour, length, steps, space):
    """Shorten a path, three points or more, to the shortest one, within so many steps of work.

    Returns the cost and whether it is proven that none is smaller.
    """
    tree, settled, levels, best, links, work = space
    prices, tried, marks, branches = levels
    near, degree, status, _, _, _, _ = settled
    open_steps(settled, count)
    size = settle(settled, count, np.int64(start), np.int64(count), IN, 0)
    prices[0, :count] = 0
    work[0] = 0
    tried[0] = NEW
    level = 0
    while level >= 0:
        if tried[level] == NEW:
            if work[0] > steps:
                return length, False
            rounds = ROUNDS if level > 0 else ROUNDS_FIRST
            bound, is_path = ascend(
                cost, near, degree, status, prices[level], best, count, start,
                length - UNIT, rounds, tree, work,
            )  # fmt: skip
            if is_path and bound < length:
                length = bound
                read_path(tree[1], count, start, links, tour)
            if is_path or bound >= length - UNIT + 1:
                level -= 1
                continue
            prices[level, :count] = best[:count]
            bound = span(cost, near, degree, status, best, count, start, tree, work)
            slack = length - UNIT - bound
            size = tighten(cost, settled, best, count, slack, work[1], tree, size)
            if size < 0:
                size = -1 - size
                level -= 1
                continue
            if level == 0:
                forget_steps(settled, count)
            marks[level] = size
            choose(settled, count, slack, work[1], tree, branches[level])
            if branches[level, 0] < 0:  # every such point was settled: look at the next tree
                continue
            tried[level] = 0
        size = undo(settled, count, size, marks[level])
        number = tried[level]
        tried[level] += 1
        if number == 3:
            level -= 1
            continue
        size = take_branch(settled, count, branches[level], number, size)
        if size < 0:
            size = -1 - size
        elif level + 1 == LEVELS:
            return length, False
        else:
            level += 1
            prices[level, :count] = prices[level - 1, :count]
            tried[level] = NEW
    return length, True
