"""Solvers for the shortest open path that share nothing with the one they judge.

Small point sets are solved by the exact dynamic programme over sets of visited points;
larger ones by Lin-Kernighan chains, restarted after random double bridges and from random
greedy walks.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.core.jit import kernel

FORCED = -(10**9)
"""Cost of the step from the outside to the start, which no chain gives up."""
DEPTH = 12


def cost_matrix(points: NDArray[np.integer]) -> NDArray[np.int64]:
    """Costs between (row, column) points."""
    gaps = np.abs(points[:, None].astype(np.int64) - points[None])
    costs: NDArray[np.int64] = (gaps**3).sum(axis=2)
    return costs


def open_length(points: NDArray[np.integer]) -> int:
    return int((np.abs(np.diff(points.astype(np.int64), axis=0)) ** 3).sum())


def solve_exactly(points: NDArray[np.integer]) -> int:
    """Length of the shortest path from the first point on, for up to 14 points or so."""
    costs = cost_matrix(points)
    count = len(points)
    best = {(1, 0): 0}  # (set of visited points, last one): length
    for _ in range(count - 1):
        longer: dict[tuple[int, int], int] = {}
        for (visited, last), length in best.items():
            for point in range(count):
                if not visited >> point & 1:
                    state = (visited | 1 << point, point)
                    total = length + int(costs[last, point])
                    if total < longer.get(state, total + 1):
                        longer[state] = total
        best = longer
    return min(best.values())


@kernel
def _greedy(costs, count, loose, ring, random):  # type: ignore[no-untyped-def]
    """Fill a ring outside - start - ... with a nearest walk that errs with some probability."""
    used = np.zeros(count, dtype=np.bool_)
    used[0] = True
    ring[0] = count
    ring[1] = 0
    for place in range(2, count + 1):
        best = -1
        for point in range(count):
            if used[point] or (best >= 0 and random.random() < loose):
                continue
            if best < 0 or costs[ring[place - 1], point] < costs[ring[place - 1], best]:
                best = point
        used[best] = True
        ring[place] = best


@kernel
def _chain(costs, ring, spare, first, backward):  # type: ignore[no-untyped-def]
    """Open the ring behind one node, turn ends round while that gains, close it at the best."""
    size = len(ring)
    for place in range(size):
        spare[place] = ring[(first - place if backward else first + place) % size]
    fixed = spare[0]
    gain = costs[spare[size - 1], fixed]
    best_gain = 0
    for _ in range(DEPTH):
        end = spare[size - 1]
        best = -(10**12)
        at = -1
        for place in range(size - 2):
            added = costs[end, spare[place]]
            if gain - added > 0:
                promise = costs[spare[place], spare[place + 1]] - added
                if promise > best:
                    best = promise
                    at = place
        if at < 0 or gain + best <= 0:
            break
        gain += best
        low, high = at + 1, size - 1
        while low < high:
            spare[low], spare[high] = spare[high], spare[low]
            low += 1
            high -= 1
        if gain - costs[spare[size - 1], fixed] > best_gain:
            best_gain = gain - costs[spare[size - 1], fixed]
            ring[:] = spare
    return best_gain


@kernel
def _solve(costs, restarts, bridges, random):  # type: ignore[no-untyped-def]
    size = len(costs)
    count = size - 1
    ring = np.zeros(size, dtype=np.int64)
    spare = np.zeros(size, dtype=np.int64)
    kept = np.zeros(size, dtype=np.int64)
    answer = np.int64(1) << 60
    for restart in range(restarts):
        _greedy(costs, count, 0.1 if restart else 0.0, ring, random)
        here = np.int64(1) << 60
        for _ in range(bridges):
            gained = True
            while gained:
                gained = False
                for first in range(size):
                    for backward in (False, True):
                        if _chain(costs, ring, spare, first, backward) > 0:
                            gained = True
            length = np.int64(-FORCED)
            for place in range(size):
                length += costs[ring[place], ring[(place + 1) % size]]
            if length <= here:
                here = length
                kept[:] = ring
            answer = min(answer, here)
            a = random.integers(1, size - 1)
            b = random.integers(a + 1, min(size, a + 25))
            c = random.integers(b, min(size, b + 25)) + 1
            ring[:] = kept
            ring[a : a + c - b] = kept[b:c]
            ring[a + c - b : c] = kept[a:b]
    return answer


def solve(points: NDArray[np.integer], restarts: int, bridges: int, seed: int = 1) -> int:
    """Length of a short path from the first of three points or more."""
    count = len(points)
    costs = np.zeros((count + 1, count + 1), dtype=np.int64)
    costs[:count, :count] = cost_matrix(points)
    costs[0, count] = costs[count, 0] = FORCED
    return int(_solve(costs, restarts, bridges, np.random.default_rng(seed)))
