"""What a bound says about single steps: which are settled, and which to decide on."""

from __future__ import annotations

from typing import Any

import numpy as np

from viewer.core.jit import kernel
from viewer.core.ordering.points import FAR
from viewer.core.ordering.shortest.settling import settle
from viewer.core.ordering.shortest.spanning import FREE, IN, OUT


@kernel
def tighten(cost, settled, prices, count, slack, last, tree, size):
    """Settle what the slack of the bound leaves no choice in; return how much is settled.

    The number is -1 - size where that leaves no path. A step that comes in on the way,
    because others went out, still may stand in for one of the tree: it has to be weighed.
    """
    near, degree, status, _, _, _, _ = settled
    _, parent, order, _, _, rises, joined = tree
    for place in range(count):
        joined[order[place]] = place
    rises[: count + 1] = FAR
    for point in range(count):
        for place in range(degree[point]):
            other = np.int64(near[point, place])
            if other <= point or other == count or status[point, other] == OUT:
                continue
            if parent[point] == other or parent[other] == point:
                continue
            dear = cost[point, other] + prices[point] + prices[other]
            a, b = np.int64(point), other
            least = FAR
            while a != b:
                if joined[a] < joined[b]:
                    a, b = b, a
                above = parent[a]
                if status[a, above] != IN:
                    rise = dear - cost[a, above] - prices[a] - prices[above]
                    least = min(least, rise)
                    rises[a] = min(rises[a], rise)
                a = above
            if least > slack and status[point, other] == FREE:
                size = settle(settled, count, point, other, OUT, size)
                if size < 0:
                    return size
    if status[count, last] == FREE:
        dear = cost[count, last] + prices[last]
        for place in range(degree[count]):
            end = np.int64(near[count, place])
            if end != last and status[count, end] != OUT:
                rise = cost[count, end] + prices[end] - dear
                rises[count] = min(rises[count], rise)
                if rise > slack and status[count, end] == FREE:
                    size = settle(settled, count, end, count, OUT, size)
                    if size < 0:
                        return size
        if rises[count] > slack:
            size = settle(settled, count, last, count, IN, size)
            if size < 0:
                return size
    for point in range(1, count):
        if rises[point] > slack and status[point, parent[point]] != IN:
            size = settle(settled, count, point, parent[point], IN, size)
            if size < 0:
                return size
    return size


@kernel
def choose(settled, count, slack, last, tree, branch):
    """Choose a point with too many steps, and the two whose absence costs most."""
    near, degree, status, inside, _, _, _ = settled
    _, parent, _, steps, _, rises, _ = tree
    best = np.int64(-1)
    branch[0] = -1
    for point in range(count):
        if steps[point] <= 2:
            continue
        one: Any = -1
        two: Any = -1
        first, second, third = np.int64(-1), np.int64(-1), np.int64(0)
        for place in range(degree[point]):
            other = np.int64(near[point, place])
            if status[point, other] != FREE:
                continue
            if other == count:
                if last != point:
                    continue
                rise = rises[count]
            elif parent[point] == other:
                rise = rises[point]
            elif parent[other] == point:
                rise = rises[other]
            else:
                continue
            rise = min(rise, slack)
            if rise > first:
                first, second, third = rise, first, max(second, np.int64(0))
                one, two = other, one
            elif rise > second:
                second, third = rise, max(second, np.int64(0))
                two = other
            elif rise > third:
                third = rise
        if one >= 0 and (two >= 0 or inside[point] == 1):
            score = first + second + third
            if score > best:
                best = score
                branch[0], branch[1], branch[2] = point, one, two
