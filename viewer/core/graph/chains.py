"""A skeleton falls into chains of pixels between ends, junctions and corners.

Strategy: pixels lie in a flat grid with a frame around it, so that neighbours are eight
fixed offsets. Thinning looks its answers up in a table of the 256 neighbourhoods: a border
marked side by side, then taken pixel by pixel as long as nothing falls apart, leaves a core
in which every pixel is an end, has two neighbours or belongs to a junction. Walking from
end to end gives the chains. Short spurs go and the rest is walked again.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from viewer.core.bitimage import NONE, ONE
from viewer.core.graph.headings import heading, turn
from viewer.core.jit import kernel, lowest_bit
from viewer.core.skeleton import AROUND

OUTSIDE, CORE, ASIDE, CLUSTER, WALKED = 0, 1, 2, 3, 4
"""What a grid cell is: no ink, a core pixel, one beside the core, junction, chain."""
SPUR = 0
"""A dead end of at most so many pixels is no chain of its own."""
LINK = 2
"""Junctions with at most so many pixels between them are one."""
ARM = 3
"""Pixels on both sides of a corner that tell how sharp it is."""
SHARP = 11
"""The least turn of a corner, in 64ths of a full one (62 degrees)."""
APART = 4
"""Pixels that corners lie from each other and from the ends at least."""
FREE = -1
"""The node of a chain's end that touches nothing."""
RING = FREE - 1
"""Both ends of a chain that meets only itself."""


def _is_removable(neighbours: int) -> bool:
    """Whether the core stays as connected as it is without a pixel, and no end goes."""
    around = [neighbours >> place & 1 for place in range(8)]
    parts = sum(
        (1 - around[side])
        - (1 - around[side]) * (1 - around[side + 1]) * (1 - around[(side + 2) % 8])
        for side in (0, 2, 4, 6)
    )
    return parts == 1 and sum(around) >= 2


REMOVABLE = np.array([_is_removable(neighbours) for neighbours in range(256)])


def make_space(height: int, width: int) -> tuple[Any, ...]:
    """Allocate what `find_chains` works in, for images of at most this size."""
    cells = (height + 2) * (width + 2)
    return (
        np.zeros(cells, dtype=np.uint8),  # what a cell is
        np.zeros(cells, dtype=np.int16),  # node of the cells of a junction
        np.zeros(cells, dtype=np.int16),  # all ink, in row-major order
        np.zeros(cells, dtype=np.int16),  # pixels of all chains
        np.zeros(cells, dtype=np.int16),  # a stack
        np.zeros((cells, 4), dtype=np.int16),  # chains: first, behind, node at each end
        np.zeros((cells, 4), dtype=np.int16),  # the same before corners
        np.zeros(cells, dtype=np.int16),  # chains that end at a node
        np.zeros(cells, dtype=np.int16),  # trees of nodes that became one
        np.zeros(8, dtype=np.int64),  # offsets of the neighbours
    )


@kernel
def list_ink(words, height, width, cell, ink, around):
    """Fill the grid from row words; return the count of pixels."""
    stride = width + 2
    for place in range(8):
        around[place] = AROUND[place][0] * stride + AROUND[place][1]
    cell[: (height + 2) * stride] = OUTSIDE
    count = 0
    for row in range(height):
        word = words[row]
        while word != NONE:
            here = (row + 1) * stride + lowest_bit(word) + 1
            word &= word - ONE
            cell[here] = CORE
            ink[count] = here
            count += 1
    return count


@kernel
def thin_to_core(cell, ink, count, around, stack):
    """Set pixels aside until none can go without a change of shape."""
    going = True
    while going:
        going = False
        for side in (0, 4, 2, 6):
            marked = 0
            for place in range(count):
                here = ink[place]
                if cell[here] == CORE and cell[here + around[side]] != CORE:
                    stack[marked] = here
                    marked += 1
            for place in range(marked):
                here = stack[place]
                neighbours = 0
                for other in range(8):
                    if cell[here + around[other]] == CORE:
                        neighbours |= 1 << other
                if REMOVABLE[neighbours]:
                    cell[here] = ASIDE
                    going = True


@kernel
def label_junctions(cell, node, ink, count, around, stack):
    """Make cells with three core neighbours or more junctions; return how many there are."""
    marked = 0
    for place in range(count):
        here = ink[place]
        node[here] = FREE
        if cell[here] == CORE:
            neighbours = 0
            for other in range(8):
                neighbours += cell[here + around[other]] == CORE
            if neighbours >= 3:
                stack[marked] = here
                marked += 1
    for place in range(marked):
        cell[stack[place]] = CLUSTER
    nodes = 0
    for place in range(count):
        if cell[ink[place]] == CLUSTER and node[ink[place]] == FREE:
            node[ink[place]] = nodes
            stack[0] = ink[place]
            depth = 1
            while depth > 0:
                depth -= 1
                here = stack[depth]
                for other in range(8):
                    there = here + around[other]
                    if cell[there] == CLUSTER and node[there] == FREE:
                        node[there] = nodes
                        stack[depth] = there
                        depth += 1
            nodes += 1
    return nodes


@kernel
def walk_chain(cell, node, around, here, pixels, first, chain):
    """Walk from a pixel as far as it goes, fill `chain` and return where it ends in `pixels`."""
    behind = first
    chain[2] = FREE
    for other in range(8):
        there = here + around[other]
        if cell[there] == CLUSTER:
            chain[2] = node[there]
            break
    last = here
    while here != 0:
        pixels[behind] = here
        behind += 1
        cell[here] = WALKED
        last = here
        here = 0
        for other in range(8):
            if cell[last + around[other]] == CORE:
                here = last + around[other]
                break
    chain[0] = first
    chain[1] = behind
    chain[3] = FREE
    seen = behind - first > 1 or chain[2] == FREE  # a lone pixel can touch two junctions
    for other in range(8):
        there = last + around[other]
        if cell[there] == CLUSTER:
            if seen:
                chain[3] = node[there]
            seen = True
    return behind


@kernel
def trace(cell, node, ink, count, around, pixels, chains):
    """Walk all chains, open ones first; return their count and that of the open ones."""
    total = 0
    behind = 0
    opened = 0
    for closed in range(2):
        for place in range(count):
            here = ink[place]
            if cell[here] != CORE:
                continue
            neighbours = 0
            for other in range(8):
                neighbours += cell[here + around[other]] == CORE
            if closed or neighbours <= 1:
                behind = walk_chain(cell, node, around, here, pixels, behind, chains[total])
                total += 1
        if closed == 0:
            opened = total
    return total, opened


@kernel
def drop_spurs(cell, pixels, chains, total, degree):
    """Set short dead ends at junctions aside; return whether there were any."""
    dropped = False
    for size in range(1, SPUR + 1):
        for chain in range(total):
            first, behind, one, other = chains[chain]
            if behind - first == size and (one == FREE) != (other == FREE):
                at = max(one, other)
                if degree[at] >= 3:
                    degree[at] -= 1
                    dropped = True
                    for place in range(first, behind):
                        cell[pixels[place]] = ASIDE
    return dropped


@kernel
def find_root(trees, node):
    """Node that stands for all that became one with it."""
    while trees[node] != node:
        node = trees[node]
    return node


@kernel
def find_chains(words, height, width, corners, space):
    """Fill the chains of a bit image; return how many they are, nodes, junctions, pixels.

    Nodes below the count of junctions are junctions, the others corners, whose pixel is the
    last of one chain. A chain whose `node` is -2 at both ends is a ring.
    """
    cell, node, ink, pixels, stack, chains, whole, degree, trees, around = space
    count = list_ink(words, height, width, cell, ink, around)
    while True:
        thin_to_core(cell, ink, count, around, stack)
        nodes = label_junctions(cell, node, ink, count, around, stack)
        total, opened = trace(cell, node, ink, count, around, pixels, whole)
        degree[:nodes] = 0
        for chain in range(total):
            for end in range(2, 4):
                if whole[chain, end] >= 0:
                    degree[whole[chain, end]] += 1
        again = drop_spurs(cell, pixels, whole, total, degree)
        if not again:
            break
        for place in range(count):
            if cell[ink[place]] != ASIDE:
                cell[ink[place]] = CORE
    for at in range(nodes):
        trees[at] = at
    for chain in range(total):
        first, behind, one, other = whole[chain]
        if one >= 0 and other >= 0 and behind - first <= LINK:
            a = find_root(trees, one)
            b = find_root(trees, other)
            trees[max(a, b)] = min(a, b)
            for place in range(first, behind):
                cell[pixels[place]] = CLUSTER
                node[pixels[place]] = one
            whole[chain, 0] = behind  # no longer a chain
    junctions = 0
    for at in range(nodes):
        degree[at] = 0
        if trees[at] == at:
            stack[at] = junctions
            junctions += 1
        else:
            stack[at] = stack[find_root(trees, at)]
    for place in range(count):
        if cell[ink[place]] == CLUSTER:
            node[ink[place]] = stack[node[ink[place]]]
    kept = 0
    nodes = junctions
    for chain in range(total):
        first, behind, one, other = whole[chain]
        if first == behind:
            continue
        one = stack[one] if one >= 0 else FREE
        other = stack[other] if other >= 0 else FREE
        if chain >= opened:
            one = other = FREE - 1
        if one >= 0:
            degree[one] += 1
        if other >= 0:
            degree[other] += 1
        while corners and chain < opened:
            place = find_corner(pixels, first, behind, width + 2)
            if place < 0:
                break
            chains[kept, 0] = first
            chains[kept, 1] = place + 1
            chains[kept, 2] = one
            chains[kept, 3] = nodes
            kept += 1
            first = place + 1
            one = nodes
            nodes += 1
        chains[kept, 0] = first
        chains[kept, 1] = behind
        chains[kept, 2] = one
        chains[kept, 3] = other
        kept += 1
    behind = chains[kept - 1, 1] if kept > 0 else 0
    for place in range(count):  # a junction nothing leads to: one pixel stands for it
        here = ink[place]
        if cell[here] == CLUSTER and degree[node[here]] <= 0:
            if degree[node[here]] == 0:
                degree[node[here]] = -1
                pixels[behind] = here
                chains[kept, 0] = behind
                chains[kept, 1] = behind + 1
                chains[kept, 2] = FREE
                chains[kept, 3] = FREE
                kept += 1
                behind += 1
                cell[here] = WALKED
            else:
                cell[here] = ASIDE
    return kept, nodes, junctions, count


@kernel
def find_corner(pixels, first, behind, stride):
    """Place of the first sharp turn far enough from both ends, or -1."""
    best = -1
    sharpest = SHARP - 1
    for place in range(first + APART, behind - APART):
        if best >= 0 and place > best + ARM:
            break
        before = pixels[place - ARM]
        here = pixels[place]
        after = pixels[place + ARM]
        bend = turn(
            heading(here // stride - before // stride, here % stride - before % stride),
            heading(after // stride - here // stride, after % stride - here % stride),
        )
        if abs(bend) > sharpest:
            sharpest = abs(bend)
            best = place
    return best
