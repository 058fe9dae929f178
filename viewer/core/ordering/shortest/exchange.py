"""Shortening an open path by exchanging its steps: 2-opt, or-opt and kicks.

Strategy: the path is a ring through one more node, number ``count``, that costs nothing
next to a point that may be the last one. A path of n points then has n steps, the last
one to that node, and needs no special case at its free end. In a path of a skeleton most
steps cost the least a step can; only the others are worth exchanging.
"""

from __future__ import annotations

import numpy as np

from viewer.core.jit import kernel

LONGEST = 3
"""Most points that are moved to another place at once."""
PART = 50
"""Most points of either part that a kick exchanges."""
UNIT = np.int64(1024)
"""What a step of length 1 costs: lengths are whole numbers, bounds are finer."""
WORSE = 16 * UNIT
"""How much longer than the one before a path may be that is gone on from."""
ONE_IN = 8
"""Of so many such paths one is."""


@kernel
def measure_path(cost, count, tour):
    """Cost of a path."""
    total = np.int64(0)
    for place in range(count - 1):
        total += cost[tour[place], tour[place + 1]]
    return total + cost[tour[count - 1], count]


@kernel
def reverse(tour, first, last):
    """Turn a part of a path round."""
    while first < last:
        tour[first], tour[last] = tour[last], tour[first]
        first += 1
        last -= 1


@kernel
def exchange_step(cost, count, tour, place):
    """Exchange the step after `place` and another for two shorter ones; say whether."""
    a = tour[place]
    b = tour[place + 1]
    step = cost[a, b]
    for other in range(count):
        c = tour[other]
        d = tour[other + 1]
        if cost[a, c] + cost[b, d] < step + cost[c, d] and other != place:
            reverse(tour, min(place, other) + 1, max(place, other))
            return True
    return False


@kernel
def move_part(cost, count, tour, first, size, held):
    """Put `size` points from `first` on where they cost least, either way round; say whether."""
    last = first + size - 1
    before = tour[first - 1]
    head = tour[first]
    tail = tour[last]
    after = tour[last + 1]
    saved = cost[before, head] + cost[tail, after] - cost[before, after]
    if saved <= 0:
        return False
    best = np.int64(0)
    target = -1
    turned = False
    for place in range(count):
        if first - 1 <= place <= last:
            continue
        c = tour[place]
        d = tour[place + 1]
        gain = saved + cost[c, d]
        if gain - cost[c, head] - cost[tail, d] > best:
            best = gain - cost[c, head] - cost[tail, d]
            target = place
            turned = False
        if gain - cost[c, tail] - cost[head, d] > best:
            best = gain - cost[c, tail] - cost[head, d]
            target = place
            turned = True
    if target < 0:
        return False
    held[:size] = tour[first : first + size]
    if target > last:
        for place in range(last + 1, target + 1):
            tour[place - size] = tour[place]
        target -= size
    else:
        for place in range(first - 1, target, -1):
            tour[place + size] = tour[place]
    for place in range(size):
        tour[target + 1 + place] = held[size - 1 - place] if turned else held[place]
    return True


@kernel
def improve(cost, count, tour, held):
    """Shorten a path until no exchange does; its first point stays. Return its cost."""
    tour[count] = count
    better = True
    while better:
        better = False
        for place in range(count - 1):
            if cost[tour[place], tour[place + 1]] > UNIT:
                while exchange_step(cost, count, tour, place):
                    better = True
        for size in range(1, min(LONGEST, count - 2) + 1):
            for first in range(1, count - size + 1):
                if move_part(cost, count, tour, first, size, held):
                    better = True
    return measure_path(cost, count, tour)


@kernel
def draw(state, below):
    """Next number of a fixed xorshift sequence, from 0 on and below a bound."""
    word = state[0]
    word ^= word << np.uint64(13)
    word ^= word >> np.uint64(7)
    word ^= word << np.uint64(17)
    state[0] = word
    return np.int64((word >> np.uint64(33)) % np.uint64(below))


@kernel
def kick(count, tour, trial, state):
    """Fill `trial` with the path, two neighbouring parts of it exchanged."""
    first = 1 + draw(state, count - 2)
    middle = first + 1 + draw(state, min(count - first - 1, PART))
    end = middle + 1 + draw(state, min(count - middle, PART))
    trial[: count + 1] = tour[: count + 1]
    at = first
    for place in range(middle, end):
        trial[at] = tour[place]
        at += 1
    for place in range(first, middle):
        trial[at] = tour[place]
        at += 1


@kernel
def perturb(cost, count, tour, length, kicks, trial, held, best, state):
    """Kick and improve a path of three points or more; keep the shortest. Return its cost.

    Now and then a path a little longer than the one before it is gone on from.
    """
    if count < 4:
        return length
    best[: count + 1] = tour[: count + 1]
    here = length
    for _ in range(kicks):
        kick(count, tour, trial, state)
        found = improve(cost, count, trial, held)
        if found <= here or (found <= here + WORSE and draw(state, ONE_IN) == 0):
            here = found
            tour[: count + 1] = trial[: count + 1]
            if found < length:
                length = found
                best[: count + 1] = trial[: count + 1]
    tour[: count + 1] = best[: count + 1]
    return length
