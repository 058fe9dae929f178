"""A directed chain in whole numbers: where it begins and ends, and which way it heads there.

Places are measured in 64ths of the larger side of the skeleton: down from its top, and to
the right from its middle.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from viewer.core.graph.chains import FREE, RING, find_root
from viewer.core.graph.headings import heading
from viewer.core.jit import kernel

(TOP, LEFT, BOTTOM, RIGHT) = range(4)
"""Where a directed chain begins (down, right) and ends (down, right)."""
(OUT, IN, FAR_OUT, FAR_IN) = range(4, 8)
"""Its headings at the beginning and at the end, over 3 px and over 6; -1 for a single pixel."""
(FROM, TO, FROM_KIND, TO_KIND) = range(8, 12)
"""Nodes it runs from and to, and their kinds."""
(LENGTH, DOWN, ACROSS) = range(12, 15)
"""Its length, and the place of its middle."""
(ROW, COLUMN, LAST_ROW, LAST_COLUMN) = range(15, 19)
"""Its first and last pixel in the frame."""
COLUMNS = 19
END, JUNCTION, CORNER, INNER = range(4)
"""Kinds of nodes; an inner one is where a chain or ring is cut for a start."""
NEAR, FAR = 3, 6
"""Pixels that tell a heading."""
MARGIN, EVERY = 2, 3
"""Pixels between a cut and the ends of its chain, and from cut to cut."""
LOWEST = 40
"""How far down a pen may start within a ring or a chain between nodes, in 64ths."""
LOWEST_OPEN = 24
"""The same within a chain that has a free end."""
CUT = FREE - 2


@kernel
def measure_frame(ink, count, stride, frame):
    """Fill the frame: first row, sum of the outer columns, larger side (loops come later)."""
    top = left = 1 << 20
    bottom = right = 0
    for place in range(count):
        row = ink[place] // stride
        column = ink[place] % stride
        top = min(top, row)
        bottom = max(bottom, row)
        left = min(left, column)
        right = max(right, column)
    frame[0] = top
    frame[1] = left + right
    frame[2] = max(bottom - top, right - left, 1)


@kernel
def count_loops(pixels, chains, number, stride, frame, trees):
    """Fill how many loops there are, and how far down what closes them lies.

    Chains join nodes to trees; each chain between two nodes of one tree closes a loop.
    """
    for chain in range(number):
        for end in range(2, 4):
            if chains[chain, end] >= 0:
                trees[chains[chain, end]] = chains[chain, end]
    loops = 0
    down = 0
    long = 0
    for chain in range(number):
        first, behind, one, other = chains[chain]
        if one == FREE or other == FREE:
            continue
        for place in range(first, behind):
            down += down_of(pixels[place], stride, frame)
        long += behind - first
        if one == RING:
            loops += 1
            continue
        a = find_root(trees, one)
        b = find_root(trees, other)
        loops += a == b
        trees[a] = b
    frame[3] = loops
    frame[4] = down // long - 32 if loops > 0 else 0


@kernel
def down_of(cell, stride, frame):
    """Place of a cell below the top, 0 to 64."""
    return (cell // stride - frame[0]) * 64 // frame[2]


@kernel
def across_of(cell, stride, frame):
    """Place of a cell right of the middle, -32 to 32."""
    return (2 * (cell % stride) - frame[1]) * 32 // frame[2]


@kernel
def heading_between(here, there, stride):
    """Heading from one cell to another, -1 if they are the same."""
    if here == there:
        return np.int64(-1)
    return heading(there // stride - here // stride, there % stride - here % stride)


@kernel
def kind_of(node, junctions):
    """Kind of a node."""
    if node == FREE:
        return END
    if node < FREE:
        return INNER
    return JUNCTION if node < junctions else CORNER


@kernel
def measure_way(pixels, chain, reverse, junctions, stride, frame, way):
    """Fill the numbers of one directed chain."""
    first = chain[1] - 1 if reverse else chain[0]
    last = chain[0] if reverse else chain[1] - 1
    step = -1 if reverse else 1
    near = step * min(NEAR, chain[1] - chain[0] - 1)
    far = step * min(FAR, chain[1] - chain[0] - 1)
    begin = pixels[first]
    end = pixels[last]
    way[TOP] = down_of(begin, stride, frame)
    way[LEFT] = across_of(begin, stride, frame)
    way[BOTTOM] = down_of(end, stride, frame)
    way[RIGHT] = across_of(end, stride, frame)
    way[OUT] = heading_between(begin, pixels[first + near], stride)
    way[IN] = heading_between(pixels[last - near], end, stride)
    way[FAR_OUT] = heading_between(begin, pixels[first + far], stride)
    way[FAR_IN] = heading_between(pixels[last - far], end, stride)
    way[FROM] = chain[3] if reverse else chain[2]
    way[TO] = chain[2] if reverse else chain[3]
    way[FROM_KIND] = kind_of(way[FROM], junctions)
    way[TO_KIND] = kind_of(way[TO], junctions)
    way[LENGTH] = (chain[1] - chain[0]) * 64 // frame[2]
    way[ROW] = begin // stride
    way[COLUMN] = begin % stride
    way[LAST_ROW] = end // stride
    way[LAST_COLUMN] = end % stride
    down = 0
    across = 0
    for place in range(chain[0], chain[1]):
        down += down_of(pixels[place], stride, frame)
        across += across_of(pixels[place], stride, frame)
    way[DOWN] = down // (chain[1] - chain[0])
    way[ACROSS] = across // (chain[1] - chain[0])


@kernel
def find_cuts(pixels, chains, number, junctions, stride, frame, cuts):
    """List starts within rings and chains: (chain, place); return how many.

    The place is the last one before the cut; in a ring it is the first one after it.
    """
    found = 0
    for chain in range(number):
        first, behind, one, other = chains[chain]
        if one == RING:
            for place in range(first, behind):
                if down_of(pixels[place], stride, frame) <= LOWEST:
                    cuts[found, 0] = chain
                    cuts[found, 1] = place
                    found += 1
        else:
            lowest = LOWEST if one >= 0 and other >= 0 else LOWEST_OPEN
            for place in range(first + MARGIN, behind - 1 - MARGIN, EVERY):
                if down_of(pixels[place], stride, frame) <= lowest:
                    cuts[found, 0] = chain
                    cuts[found, 1] = place
                    found += 1
    return found


@kernel
def cut(chain, place, pixels, chains, number, stride, cut_pixels, cut_chains):
    """Copy the chains with one of them cut (-1 for none); return how many there are then.

    Rings are cut at their highest pixel where it is not said otherwise.
    """
    for other in range(number):
        first, behind, one, _ = chains[other]
        cut_chains[other] = chains[other]
        at = first
        if one == RING:
            if other == chain:
                at = place
            else:
                for pixel in range(first, behind):
                    if pixels[pixel] // stride < pixels[at] // stride:
                        at = pixel
        for step in range(behind - first):
            cut_pixels[first + step] = pixels[first + (at - first + step) % (behind - first)]
    if chain < 0 or chains[chain, 2] == RING:
        return number
    cut_chains[number] = chains[chain]
    cut_chains[chain, 1] = place + 1
    cut_chains[chain, 3] = CUT
    cut_chains[number, 0] = place + 1
    cut_chains[number, 2] = CUT
    return number + 1


def make_space(cells: int) -> tuple[Any, ...]:
    """Allocate what cutting and measuring work in, for a grid of so many cells."""
    return (
        np.zeros(5, dtype=np.int64),
        np.zeros((5 * cells, 2), dtype=np.int64),
        np.zeros(cells, dtype=np.int16),
        np.zeros((cells, 4), dtype=np.int16),
        np.zeros((2 * cells, COLUMNS), dtype=np.int64),
    )
