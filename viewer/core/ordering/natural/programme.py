"""The exact search: the cheapest order and direction of all chains.

Strategy: what is still to come costs the same whatever the way here, as long as the same
chains are drawn and the same one, in the same direction, was the last. So a table of
(set of drawn chains, last directed chain) is filled from the full set backwards; one table
holds the best continuation of every start.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from viewer.core.jit import kernel

LIMIT = 12
"""The most chains that are searched exactly, those of a cut one counted apart."""
STATES = 1 << LIMIT
DIRECTED = 2 * LIMIT
COSTLY = np.int64(1) << np.int64(60)


def make_space() -> tuple[Any, ...]:
    """Allocate what `search` works in."""
    return (
        np.zeros(DIRECTED, dtype=np.int64),  # cost of starting with a directed chain
        np.zeros((DIRECTED, DIRECTED), dtype=np.int64),  # of one after another
        np.zeros(DIRECTED, dtype=np.int64),  # of ending with one
        np.zeros(DIRECTED, dtype=np.int64),  # of drawing one last instead of first
        np.zeros((STATES, DIRECTED), dtype=np.int64),  # of all that follows
        np.zeros((STATES, DIRECTED), dtype=np.int8),  # and the next, -1 at the end
        np.zeros(STATES, dtype=np.int64),  # length of the chains of a set
    )


@kernel
def share_drawn(length, whole):
    """Share of the ink that is drawn, 64 for all."""
    return length * 64 // whole


@kernel
def search(chains, lengths, space):
    """Fill the table for so many chains, of these lengths by directed chain."""
    _, follow, end, late, rest, following, drawn = space
    full = (1 << chains) - 1
    drawn[0] = 0
    for state in range(1, full + 1):
        low = 0
        while not state >> low & 1:
            low += 1
        drawn[state] = drawn[state & (state - 1)] + lengths[2 * low]
    for last in range(2 * chains):
        rest[full, last] = end[last]
        following[full, last] = -1
    whole = max(drawn[full], 1)
    for state in range(full - 1, 0, -1):
        share = share_drawn(drawn[state], whole)
        for chain in range(chains):
            if not state >> chain & 1:
                continue
            for last in range(2 * chain, 2 * chain + 2):
                best = COSTLY
                choice = -1
                for other in range(chains):
                    if state >> other & 1:
                        continue
                    then = state | 1 << other
                    for way in range(2 * other, 2 * other + 2):
                        cost = follow[last, way] + (share * late[way] >> 6) + rest[then, way]
                        if cost < best:
                            best = cost
                            choice = way
                rest[state, last] = best
                following[state, last] = choice


@kernel
def read_order(chains, first, space, order):
    """Read the best order that starts with a directed chain."""
    following = space[5]
    state = 0
    order[0] = first
    for place in range(1, chains):
        last = order[place - 1]
        state |= 1 << (last >> 1)
        order[place] = following[state, last]
