"""How short a path can be at best: spanning trees under prices, after Held and Karp.

Strategy: a path from the start is a spanning tree in which every point has two steps,
counting one at either end to a node outside. Prices on the points change the cost of
all such paths by the same amount, so the cheapest tree under any prices, less the prices
of all points twice, is a lower bound. Points with too many steps get dearer and those
with too few cheaper, in strides as long as the distance to the best path known allows.
All numbers are whole, so every platform finds the same.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from viewer.core.jit import kernel
from viewer.core.ordering.points import FAR
from viewer.core.ordering.shortest.exchange import UNIT

FREE, IN, OUT = 0, 1, 2
"""What is settled about a step."""
BITS = np.int64(8)
"""Bits for the number of a point below its key; so there are at most 255 points."""
SETTLED = np.int64(1) << np.int64(40)
"""What a step that is settled is cheaper by, so that every tree has it."""
STRIDE = 24
"""First stride in sixteenths of Polyak's; it halves where the bound stays for a while."""
PATIENCE = 4
"""Rounds without a better bound after which the stride halves."""
NO_PATH = np.int64(-1)
"""Instead of a bound: what is settled leaves no tree at all."""


@kernel
def span(cost, near, degree, status, prices, count, start, tree, work):
    """Find the cheapest tree; return the bound, and in `work[1]` the point it ends at.

    `tree` gets each point's parent, the points in the order they joined, and their steps.
    """
    key, parent, order, steps, _, _, _ = tree
    for point in range(count):
        key[point] = FAR
        steps[point] = 0
    key[count] = 2 * FAR
    parent[0] = -1
    mask = (np.int64(1) << BITS) - 1
    total = np.int64(0)
    newest: Any = 0
    for joined in range(count):
        if joined > 0:
            least = FAR
            for other in range(count):
                least = min(least, key[other])
            if least == FAR:
                return NO_PATH
            newest = least & mask
            before = parent[newest]
            total += cost[newest, before] + prices[newest] + prices[before]
            steps[newest] += 1
            steps[before] += 1
        order[joined] = newest
        key[newest] = 2 * FAR
        price = prices[newest]
        for place in range(degree[newest]):
            target = np.int64(near[newest, place])
            state = status[newest, target]
            if state != OUT and key[target] != 2 * FAR:
                dear = cost[newest, target] + price + prices[target]
                if state == IN:
                    dear -= SETTLED
                code = (dear << BITS) | target
                if code < key[target]:
                    key[target] = code
                    parent[target] = newest
    last = -1
    cheapest = FAR
    for point in range(count):
        if point != start and status[count, point] != OUT:
            dear = cost[count, point] + prices[point]
            if status[count, point] == IN:
                dear -= SETTLED
            if dear < cheapest:
                cheapest = dear
                last = point
        total -= 2 * prices[point]
    work[0] += count * count
    if last < 0:
        return NO_PATH
    work[1] = last
    steps[last] += 1
    steps[start] += 1
    return total + cost[count, last] + prices[last] + prices[start]


@kernel
def ascend(cost, near, degree, status, prices, best, count, start, shorter, rounds, tree, work):
    """Raise the bound by changing `prices`; `best` gets those of the highest bound.

    Stops above `shorter`, the largest cost that would be an improvement. Returns the bound
    (`FAR` where there is no tree) and whether the tree is a path, whose cost it then is.
    """
    steps = tree[3]
    past = tree[4]
    highest = -FAR
    stride = np.int64(STRIDE)
    waited = 0
    for point in range(count):
        past[point] = 0
    for _ in range(rounds):
        bound = span(cost, near, degree, status, prices, count, start, tree, work)
        if bound == NO_PATH:
            return FAR, False
        wrong = np.int64(0)
        for point in range(count):
            wrong += (steps[point] - 2) * (steps[point] - 2)
        if wrong == 0:
            return bound, True
        if bound > highest:
            highest = bound
            waited = 0
            best[:count] = prices[:count]
            if bound > shorter:
                return bound, False
        else:
            waited += 1
            if waited == PATIENCE:
                waited = 0
                stride //= 2
                if stride == 0:
                    break
        length = max(np.int64(1), stride * (shorter + UNIT - bound) // (16 * wrong))
        for point in range(count):
            excess = steps[point] - 2
            prices[point] += length * (7 * excess + 3 * past[point]) // 10
            past[point] = excess
    return highest, False


@kernel
def read_path(parent, count, start, links, tour):
    """Follow a tree that is a path from the start on."""
    links[:count] = -1
    for point in range(1, count):
        before = parent[point]
        links[point, 0 if links[point, 0] < 0 else 1] = before
        links[before, 0 if links[before, 0] < 0 else 1] = point
    came = -1
    point = start
    for place in range(count):
        tour[place] = point
        then = links[point, 1] if links[point, 0] == came else links[point, 0]
        came = point
        point = then
