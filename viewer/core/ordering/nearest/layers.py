"""The complete search for the best nearest-neighbour tour, layer by layer.

Strategy: two walks that have visited the same pixels and stand on the same one have the
same future. So the search goes layer by layer (one pixel more a layer) and keeps one walk
a state, the shortest. The states of a layer stand in the order of their walks: points are
numbered by the tie rule, states branch in order, their choices in the order of the
numbers, and a state that is reached again by a shorter walk is entered anew at the end.
Of several tours with the smallest closed length the first one is then the answer.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from viewer.core.bitimage import NONE, ONE
from viewer.core.jit import kernel, lowest_bit
from viewer.core.ordering.points import FAR, distance, find_nearest

LAYER = 8192
"""The most states a layer may have."""
STATES = 40_000
"""The most states a search may visit before it gives up."""
TABLE = 4 * LAYER


def make_space(size: int) -> tuple[Any, ...]:
    """Allocate what `search_layers` works in, for point sets of `size` words."""
    return (
        np.zeros(STATES + 1, dtype=np.int16),  # the point each state stands on
        np.zeros(STATES + 1, dtype=np.int32),  # the state it came from
        np.zeros(2 * LAYER, dtype=np.int64),  # length of its walk, -1 once there is a shorter one
        np.zeros((2 * LAYER, size), dtype=np.uint64),  # points it has left
        np.zeros(2 * LAYER, dtype=np.uint64),  # code of the points it has visited
        np.zeros(TABLE, dtype=np.int32),  # states of a layer, hashed
        np.zeros(TABLE, dtype=np.int64),  # the layer an entry of the table was made in
        np.zeros(1, dtype=np.int64),  # layers so far
        np.zeros(size, dtype=np.uint64),
    )


@kernel
def search_layers(rows, columns, near, keys, start, count, space, tour):
    """Fill `tour` with the best tour and return its closed length.

    The length is -1, and `tour` untouched, if there are too many states.
    """
    (pixel, parent, length, left, code, slot, stamp, clock, choices) = space
    size = (count + 63) >> 6
    pixel[0] = start
    parent[0] = -1
    length[0] = 0
    code[0] = NONE
    for word in range(size):
        points_here = min(64, count - 64 * word)
        left[0, word] = ~NONE >> np.uint64(64 - points_here)
    left[0, start >> 6] &= ~(ONE << np.uint64(start & 63))
    low, high = 0, 1
    base = 0  # where the rows of `left`, `length` and `code` of the layer begin
    for _ in range(1, count):
        clock[0] += 1
        now = clock[0]
        end = high
        other_base = LAYER - base
        alone = high - low == 1
        for state in range(low, high):
            here = base + state - low
            if length[here] < 0:
                continue
            point = pixel[state]
            step = find_nearest(rows, columns, near, size, point, left[here], choices)
            total = length[here] + step
            for word in range(size):
                rest = choices[word]
                while rest != NONE:
                    bit = rest & (~rest + ONE)
                    rest ^= bit
                    target = 64 * word + lowest_bit(bit)
                    sign = code[here] ^ keys[target]
                    if not alone:
                        place = np.int64(
                            ((sign ^ (sign >> np.uint64(29))) + np.uint64(target * 97))
                            & np.uint64(TABLE - 1)
                        )
                        known = -1
                        while stamp[place] == now:
                            known = slot[place]
                            at = other_base + known - high
                            if code[at] == sign and pixel[known] == target and length[at] >= 0:
                                same = True
                                for part in range(size):
                                    lefts = left[here, part]
                                    if part == word:
                                        lefts ^= bit
                                    same = same and left[at, part] == lefts
                                if same:
                                    break
                            known = -1
                            place = (place + 1) & (TABLE - 1)
                        if known >= 0:
                            if length[other_base + known - high] <= total:
                                continue
                            length[other_base + known - high] = -1
                        slot[place] = end
                        stamp[place] = now
                    if end - high >= LAYER or end >= STATES:
                        return np.int64(-1)
                    at = other_base + end - high
                    pixel[end] = target
                    parent[end] = state
                    length[at] = total
                    code[at] = sign
                    for part in range(size):
                        left[at, part] = left[here, part]
                    left[at, word] ^= bit
                    end += 1
        low, high, base = high, end, other_base
    best: Any = FAR
    last: Any = -1
    for state in range(low, high):
        at = base + state - low
        if length[at] >= 0:
            closed = length[at] + distance(rows, columns, pixel[state], start)
            if closed < best:
                best = closed
                last = state
    for position in range(count - 1, -1, -1):
        tour[position] = pixel[last]
        last = parent[last]
    return best
