"""What an order of chains costs: a start, the chains' directions, transitions, an end.

Strategy: each part of an order is described by a few whole numbers, 64 for 1, and each
number has a weight (`resources/natural-order.json`, fitted by `tests/fit_natural.py`). The
cost is the sum of the products: the same kernels serve the search and the fit. Some weights
depend on the shape of the whole digit, which `viewer.core.ordering.natural.shape` measures.
"""

from __future__ import annotations

import numpy as np

from viewer.core.graph.headings import cosine, heading, sine, turn
from viewer.core.jit import kernel
from viewer.core.ordering.natural.shape import SHAPES
from viewer.core.ordering.natural.ways import (
    ACROSS,
    BOTTOM,
    COLUMN,
    CORNER,
    DOWN,
    END,
    FAR_IN,
    FAR_OUT,
    FROM,
    FROM_KIND,
    IN,
    INNER,
    JUNCTION,
    LAST_COLUMN,
    LAST_ROW,
    LEFT,
    LENGTH,
    NEAR,
    OUT,
    RIGHT,
    ROW,
    TO,
    TO_KIND,
    TOP,
    across_of,
    down_of,
    heading_between,
)

START, CHAIN, PASS, BEND, LIFT, LAST, LATE, COUNT = 0, 47, 64, 81, 98, 142, 156, 161
"""Where the numbers of each part begin, and how many there are in all."""
SHAPED = np.array(
    [0, 2, 4, 6, 13, 14, 24, 25, 26, 27, 30]
    + [CHAIN + number for number in (0, 1, 2, 3, 4, 9)]
    + [LAST, LAST + 1]
)
"""The numbers whose weights depend on the shape of the digit."""
WEIGHTS = COUNT + len(SHAPED) * SHAPES
"""Weights in all: one a number, then those by shape of each number that has some."""


@kernel
def describe_start(way, ways, number, out):
    """Describe starting with a directed chain."""
    out[START:CHAIN] = 0
    kind, down, right = way[FROM_KIND], way[TOP], way[LEFT]
    cos = sin = 0
    if way[OUT] >= 0:
        cos, sin = cosine(way[OUT]), sine(way[OUT])
    around = (right * sin - (down - 32) * cos) >> 5
    higher = free = high = 0
    for other in range(number):
        if ways[other, FROM_KIND] == END:
            free += 1
            higher += ways[other, TOP] < down - 6
            high += ways[other, TOP] < 24
    out[0] = down
    out[1] = down * down >> 6
    out[2] = right
    out[3] = right * right >> 5
    out[23] = right * down >> 5
    out[31] = way[LENGTH]
    if way[FAR_OUT] >= 0:
        out[35] = cosine(way[FAR_OUT])
    if kind == END:
        out[13] = cos
        out[14] = sin
        if way[OUT] >= 0:
            out[15] = cosine(2 * way[OUT])
            out[16] = sine(2 * way[OUT])
        out[24] = around
        out[28] = 64 * min(higher, 3)
        if free <= 1:
            out[32] = 64
            out[33] = down
    else:
        out[3 + kind] = 64
        out[6 + kind] = right
        out[9 + kind] = down
        out[15 + 2 * kind] = cos
        out[16 + 2 * kind] = sin
        out[24 + kind] = around
        out[29] = 64 * min(high, 3)
        out[30] = 64 * min(free, 4)
        out[34] = 64 * min(higher, 3)
    if kind != END:
        smooth = -64
        for other in range(number):
            if ways[other, FROM] == way[FROM]:
                same = ways[other, ROW] == way[ROW] and ways[other, COLUMN] == way[COLUMN]
                if same:
                    continue
                if ways[other, OUT] >= 0 and way[OUT] >= 0:
                    smooth = max(smooth, -cosine(way[OUT] - ways[other, OUT]))
                if ways[other, TO_KIND] == END:
                    out[37] = 64
                    if ways[other, OUT] >= 0:
                        out[38] = cosine(ways[other, OUT])
                        out[39] = sine(ways[other, OUT])
                    out[40] = ways[other, LENGTH]
        out[36] = 64 + smooth
    if kind == END:
        out[41] = 64 if way[TO_KIND] == CORNER else 0
        out[42] = way[LENGTH]
        out[43] = cos * down >> 6
        out[44] = 64 if way[TO_KIND] == JUNCTION else 0
        if way[IN] >= 0:
            out[45] = sine(way[IN])
            out[46] = cosine(way[IN])


@kernel
def describe_chain(pixels, chain, way, stride, frame, forward, backward):
    """Describe drawing a chain in its direction and, with the other sign, against it."""
    forward[CHAIN:PASS] = 0
    first, behind, one, other = chain
    out = forward[CHAIN:PASS]
    out[0] = way[BOTTOM] - way[TOP]
    out[1] = way[RIGHT] - way[LEFT]
    down = way[TOP]
    right = way[LEFT]
    last = -1
    for place in range(first + 1, behind):
        then_down = down_of(pixels[place], stride, frame)
        then_right = across_of(pixels[place], stride, frame)
        sink = then_down - down
        move = then_right - right
        out[2] += (down + then_down - 64) * move
        out[3] += (right + then_right) * sink
        out[9] += (down - 32) * (down - 32) * move
        out[10] += right * right * sink
        down = then_down
        right = then_right
        if place - first >= NEAR:
            now = heading_between(pixels[place - NEAR], pixels[place], stride)
            out[7] += cosine(3 * now)
            out[8] += sine(3 * now)
            if last >= 0:
                out[4] += 2 * turn(last, now)
            last = now
    out[2] >>= 7
    out[3] >>= 7
    out[5] = (way[RIGHT] * way[RIGHT] - way[LEFT] * way[LEFT]) >> 5
    out[6] = (way[BOTTOM] * way[BOTTOM] - way[TOP] * way[TOP]) >> 6
    out[7] >>= 3
    out[8] >>= 3
    out[9] >>= 11
    out[10] >>= 10
    if one == other and one != -1:
        sense = 1 if out[3] > out[2] else -1
        out[11] = 64 * sense
        out[12] = sense * (way[DOWN] - 32) * 2
        out[13] = sense * way[LENGTH]
    begin, end = way[FROM_KIND], way[TO_KIND]
    if begin == JUNCTION and end == END:
        out[14] = 64
        out[15] = way[LENGTH]
    elif begin == END and end == JUNCTION:
        out[14] = -64
        out[15] = -way[LENGTH]
    if end == END:
        out[16] += way[BOTTOM]
    if begin == END:
        out[16] -= way[TOP]
    for place in range(CHAIN, PASS):
        backward[place] = -forward[place]


@kernel
def describe_pair(last, way, out):
    """Describe going on with a directed chain after another one."""
    out[PASS:LAST] = 0
    known = last[IN] >= 0 and way[OUT] >= 0
    bend = 64 - cosine(way[OUT] - last[IN]) if known else 64
    far = 64 - cosine(way[FAR_OUT] - last[FAR_IN])
    gap = heading(way[ROW] - last[LAST_ROW], way[COLUMN] - last[LAST_COLUMN])
    if last[TO] >= 0 and last[TO] == way[FROM]:
        if last[TO_KIND] == JUNCTION:
            describe_pass(last, way, known, bend, far, gap, out[PASS:BEND])
        else:
            describe_bend(last, way, known, bend, far, out[BEND:LIFT])
    else:
        describe_lift(last, way, bend, gap, out[LIFT:LAST])


@kernel
def describe_pass(last, way, known, bend, far, gap, out):
    """Describe going on through a junction."""
    out[0] = 64
    out[1] = bend
    out[2] = bend * bend >> 6
    out[3] = far
    if known:
        out[4] = sine(way[OUT] - last[IN])
        out[5] = 128 - cosine(gap - last[IN]) - cosine(way[OUT] - gap)
    out[6] = way[BOTTOM] - way[TOP]
    out[7] = far * far >> 6
    if way[TO_KIND] == END:
        out[8] = 64
    if way[TO] == way[FROM]:
        out[9] = 64
    if last[IN] >= 0:
        out[12] = cosine(last[IN])
        out[16] = sine(last[IN])
    if last[FROM_KIND] == END:
        out[10] = 64
        out[11] = out[12]
    if way[OUT] >= 0:
        out[13] = sine(way[OUT])
        out[15] = cosine(way[OUT])
    out[14] = way[TOP]


@kernel
def describe_bend(last, way, known, bend, far, out):
    """Describe going on around a corner."""
    out[0] = 64
    out[1] = bend
    if known:
        out[2] = sine(way[OUT] - last[IN])
        out[3] = cosine(last[IN])
        out[4] = sine(last[IN])
        out[5] = cosine(way[OUT])
        out[6] = sine(way[OUT])
    out[7] = way[TOP]
    out[8] = way[LEFT]
    out[9] = far
    out[10] = out[3] * (way[TOP] - 32) >> 5
    out[11] = out[5] * (way[TOP] - 32) >> 5
    if last[FROM_KIND] == END:
        out[12] = 64
        out[13] = out[3]
        out[15] = last[LENGTH]
    if way[TO_KIND] == END:
        out[14] = 64
    out[16] = way[LENGTH]


@kernel
def describe_lift(last, way, bend, gap, out):
    """Describe lifting the pen."""
    down = way[TOP] - last[BOTTOM]
    right = way[LEFT] - last[RIGHT]
    length = max(abs(down), abs(right)) + min(abs(down), abs(right)) // 2
    begin, end = way[FROM_KIND], last[TO_KIND]
    out[0] = 64
    out[1] = length
    out[2] = length * length >> 6
    out[3] = down
    out[4] = right
    out[5] = way[TOP]
    out[6] = way[LEFT]
    if way[OUT] >= 0:
        out[7] = cosine(way[OUT])
        out[8] = sine(way[OUT])
        out[9] = cosine(2 * way[OUT])
        out[22] = 64 - cosine(way[OUT] - gap)
    if begin == JUNCTION:
        out[10] = 64
        out[24] = out[8]
        out[25] = out[7]
    elif begin >= CORNER:
        out[11] = 64
    if end == JUNCTION:
        out[12] = 64
    elif end == CORNER:
        out[13] = 64
    if last[IN] >= 0:
        out[14] = 64 - cosine(gap - last[IN])
        out[20] = sine(last[IN])
        out[21] = cosine(last[IN])
    out[15] = bend
    if end == END and way[FROM] >= 0 and last[FROM] == way[FROM]:
        out[16] = 64
        out[17] = last[LENGTH]
    out[18] = abs(down)
    out[19] = last[BOTTOM]
    out[23] = way[LENGTH]
    out[26] = 64 - min(64, 4 * length)
    if end == END and begin == END:
        out[27] = 64
    if begin == JUNCTION and way[TO_KIND] == END:
        out[28] = 64
    if begin == END:
        out[29] = abs(right)
        out[37] = way[TOP]
        out[38] = out[7]
        out[39] = out[8]
    elif begin == JUNCTION:
        out[35] = way[TOP]
        out[36] = way[LENGTH]
    else:
        out[30] = out[7]
        out[31] = out[8]
        out[32] = way[TOP]
        out[33] = way[LENGTH]
        if way[TO_KIND] == END:
            out[34] = 64
    out[40] = min(down, 0) * min(down, 0) >> 6
    out[41] = out[7] * way[TOP] >> 6
    out[42] = out[7] * way[LEFT] >> 5
    out[43] = min(length, 16)


@kernel
def describe_end(way, out):
    """Describe ending with a directed chain."""
    out[LAST:LATE] = 0
    out = out[LAST:LATE]
    kind, down, right = way[TO_KIND], way[BOTTOM], way[RIGHT]
    out[0] = down
    out[1] = right
    out[2] = down * down >> 6
    out[7] = right * right >> 5
    if way[IN] >= 0:
        out[5] = sine(way[IN])
        out[6] = cosine(way[IN])
        if kind == END:
            out[12] = out[5]
            out[13] = out[6]
    if kind in (JUNCTION, INNER):
        out[3] = 64
        out[8] = down
        out[10] = right
    elif kind == CORNER:
        out[4] = 64
        out[9] = down
        out[11] = right


@kernel
def describe_late(way, out):
    """Describe drawing a chain late rather than early; counts by the share drawn before."""
    out[LATE] = way[DOWN]
    out[LATE + 1] = way[ACROSS]
    out[LATE + 2] = way[LENGTH]
    out[LATE + 3] = way[LENGTH] * way[LENGTH] >> 6
    out[LATE + 4] = 64 if way[FROM_KIND] == END or way[TO_KIND] == END else 0


@kernel
def price(weights, out, first, behind):
    """Sum of the products of weights and numbers."""
    total = 0
    for place in range(first, behind):
        total += weights[place] * out[place]
    return total


@kernel
def weigh(weights, shape, used):
    """Fill the weights that a digit of this shape is ordered by."""
    used[:] = weights[:COUNT]
    place = COUNT
    for number in SHAPED:
        change = np.int64(0)
        for part in range(SHAPES):
            change += weights[place] * shape[part]
            place += 1
        used[number] += change >> 6
