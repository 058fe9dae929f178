"""The walking contract: the pen stays down where it can go over ink instead of lifting.

Strategy: an order of pixels falls into strokes wherever it jumps. Before each jump a
search spreads over the skeleton, breadth first, until it touches the pixel jumped to. Where
that way costs little, the pen walks it instead of lifting. It may run over pixels whose turn
is still to come: a pen that goes up a stem and down again draws it on the way up.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from viewer.core.graph.headings import cosine, heading
from viewer.core.jit import kernel

KINDS = 5
"""Weights of a jump: constant, steps of the walk, its length, turn over it, turn into it."""
BEFORE = 3
"""Pixels that tell the pen's heading before and after a jump."""


def make_space(height: int, width: int) -> tuple[Any, ...]:
    """Allocate what `walk` works in."""
    cells = (height + 2) * (width + 2)
    return (
        np.zeros(cells, dtype=np.bool_),
        np.zeros(cells, dtype=np.int16),
        np.zeros(cells, dtype=np.int16),
        np.zeros(KINDS, dtype=np.int64),
    )


@kernel
def find_walk(here, goal, stride, inked, before, queue):
    """Find the shortest way over inked cells beside the goal; -1, or its length.

    The way is read backwards from ``queue[0]``: cells before the goal, `here` left out.
    """
    before[:] = -1
    before[here] = here
    queue[0] = here
    head = 0
    tail = 1
    while head < tail:
        at = queue[head]
        head += 1
        row = abs(at // stride - goal // stride)
        column = abs(at % stride - goal % stride)
        if max(row, column) <= 1:
            steps = 0
            while at != here:
                queue[steps] = at
                steps += 1
                at = before[at]
            return steps
        for side in range(8):  # straight neighbours first
            down, right = 0, 0
            if side < 4:
                down = (side == 0) - (side == 1)
                right = (side == 2) - (side == 3)
            else:
                down = 1 if side & 1 else -1
                right = 1 if side & 2 else -1
            there = at + down * stride + right
            if inked[there] and before[there] < 0:
                before[there] = at
                queue[tail] = there
                tail += 1
    return -1


@kernel
def describe_jump(points, count, place, steps, out):
    """Describe the jump to a point that a walk of so many steps could replace."""
    down = np.int64(points[place, 0]) - np.int64(points[place - 1, 0])
    right = np.int64(points[place, 1]) - np.int64(points[place - 1, 1])
    back = max(0, place - 1 - BEFORE)
    on = min(count - 1, place + BEFORE)
    out[0] = 64
    out[1] = 64 * steps // 8
    out[2] = 64 * max(abs(down), abs(right)) // 8
    before = heading(
        np.int64(points[place - 1, 0]) - np.int64(points[back, 0]),
        np.int64(points[place - 1, 1]) - np.int64(points[back, 1]),
    )
    after = heading(
        np.int64(points[on, 0]) - np.int64(points[place, 0]),
        np.int64(points[on, 1]) - np.int64(points[place, 1]),
    )
    out[3] = 64 - cosine(after - before)
    out[4] = 64 - cosine(heading(down, right) - before)


@kernel
def walk(points, count, height, width, weights, space, walked):
    """Fill `walked` with the points and the walks between them; return how many, and lifts.

    A walk is taken where the sum of its numbers times `weights` is not above 0.
    """
    inked, before, queue, out = space
    stride = width + 2
    inked[:] = False
    for place in range(count):
        inked[(np.int64(points[place, 0]) + 1) * stride + np.int64(points[place, 1]) + 1] = True
    total = 0
    lifts = 0
    for place in range(count):
        goal = (np.int64(points[place, 0]) + 1) * stride + np.int64(points[place, 1]) + 1
        if place > 0:
            down = abs(np.int64(points[place, 0]) - np.int64(points[place - 1, 0]))
            right = abs(np.int64(points[place, 1]) - np.int64(points[place - 1, 1]))
            if max(down, right) > 1:
                here = (np.int64(points[place - 1, 0]) + 1) * stride
                here += np.int64(points[place - 1, 1]) + 1
                steps = find_walk(here, goal, stride, inked, before, queue)
                cost = np.int64(1)
                if steps >= 0:
                    describe_jump(points, count, place, steps, out)
                    cost = (weights * out).sum()
                if cost > 0:
                    lifts += 1
                else:
                    for step in range(steps - 1, -1, -1):
                        walked[total, 0] = queue[step] // stride - 1
                        walked[total, 1] = queue[step] % stride - 1
                        total += 1
        walked[total] = points[place]
        total += 1
    return total, lifts
