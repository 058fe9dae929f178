"""From an order of chains to an order of pixels.

Strategy: chains are laid one behind the other; between two that meet at a junction the pen
takes the shortest way over the junction's pixels. Then the pixels left over (beside the
core, or of junctions) are put in where the way grows least, and at last single pixels move
to where they spare a detour: one that two chains share goes to the chain that needs it.
"""

from __future__ import annotations

from viewer.core.graph.chains import CLUSTER
from viewer.core.jit import kernel

REACH = 16
"""Places along the way that a pixel moves at most, at once."""
PASSES = 4
"""How often all pixels are looked at."""


@kernel
def cross_junction(here, goal, junction, cell, node, ink, count, around, stack, before):
    """Put the junction's pixels between two cells on the stack, last first; count them."""
    for place in range(count):
        before[ink[place]] = -1
    head = 0
    tail = 0
    while head <= tail:
        at = here if head == 0 else stack[head - 1]
        head += 1
        for side in range(8):
            if head > 1 and at + around[side] == goal:
                steps = 0
                while at != here:
                    stack[steps] = at  # never past the cells that are still to be read
                    steps += 1
                    at = before[at]
                return steps
        for side in range(8):
            there = at + around[side]
            if cell[there] == CLUSTER and node[there] == junction and before[there] < 0:
                before[there] = at
                stack[tail] = there
                tail += 1
    return 0


@kernel
def lay_chain(way, pixels, chains, drawn, path, laid):
    """Append a directed chain to the path."""
    first, behind, _, _ = chains[way >> 1]
    for step in range(behind - first):
        here = pixels[behind - 1 - step] if way & 1 else pixels[first + step]
        path[laid + step] = here
        drawn[here] = 1
    return laid + behind - first


@kernel
def insert_pixel(here, stride, path, laid):
    """Insert a pixel where the way grows least."""
    row = here // stride
    column = here % stride
    best = 1 << 40
    at = laid
    before = 0
    for place in range(laid + 1):
        after = 0
        if place < laid:
            down = path[place] // stride - row
            right = path[place] % stride - column
            after = down * down + right * right
        growth = before + after
        if 0 < place < laid:
            down = path[place] // stride - path[place - 1] // stride
            right = path[place] % stride - path[place - 1] % stride
            step = down * down + right * right
            growth = growth - step if step <= 2 else min(before, after)
        if growth < best:
            best = growth
            at = place
        before = after
    for place in range(laid, at, -1):
        path[place] = path[place - 1]
    path[at] = here


@kernel
def far(here, there, stride):
    """Distance of two cells: steps of 12 to a side and of 17 across, none more direct."""
    down = abs(here // stride - there // stride)
    right = abs(here % stride - there % stride)
    return 12 * max(down, right) + 5 * min(down, right)


@kernel
def lifted(here, there, stride):
    """Whether the pen leaves the ink between two cells: 1 or 0."""
    down = abs(here // stride - there // stride)
    right = abs(here % stride - there % stride)
    return 1 if max(down, right) > 1 else 0


@kernel
def detour(before, here, after, stride):
    """What a cell adds to the way between two others: pen lifts, and length."""
    lifts = (
        lifted(before, here, stride) + lifted(here, after, stride) - lifted(before, after, stride)
    )
    return lifts, far(before, here, stride) + far(here, after, stride) - far(before, after, stride)


@kernel
def spare_detours(stride, path, laid):
    """Move single pixels, but for the first and the last, to where the way is shorter.

    No move costs a pen lift: a pixel on the way of a jump would be a dot of its own.
    """
    for _ in range(PASSES):
        moved = False
        for place in range(1, laid - 1):
            here = path[place]
            lifts, spared = detour(path[place - 1], here, path[place + 1], stride)
            at = place
            for other in range(max(1, place - REACH), min(laid - 1, place + 1 + REACH) + 1):
                if spared <= 0:
                    break  # the way never grows by less than nothing
                if other in (place, place + 1):
                    continue
                more, growth = detour(path[other - 1], here, path[other], stride)
                if growth < spared and more <= lifts:
                    spared = growth
                    at = other
            if at > place:
                for step in range(place, at - 1):
                    path[step] = path[step + 1]
                path[at - 1] = here
            elif at < place:
                for step in range(place, at, -1):
                    path[step] = path[step - 1]
                path[at] = here
            moved = moved or at != place
        if not moved:
            break


@kernel
def lay(order, number, pixels, chains, grid, count, stride, around, space, path):
    """Fill `path` with all cells in drawing order; return how many there are."""
    cell, node, ink = grid
    stack, before, drawn = space
    laid = 0
    for place in range(count):
        drawn[ink[place]] = 0
    for place in range(number):
        way = order[place]
        if place > 0:
            last = order[place - 1]
            left = chains[last >> 1, 2 if last & 1 else 3]
            met = chains[way >> 1, 3 if way & 1 else 2]
            if left == met and left >= 0:
                begin, behind, _, _ = chains[way >> 1]
                goal = pixels[behind - 1 if way & 1 else begin]
                steps = cross_junction(
                    path[laid - 1], goal, left, cell, node, ink, count, around, stack, before
                )
                for step in range(steps - 1, -1, -1):
                    if not drawn[stack[step]]:
                        drawn[stack[step]] = 1
                        path[laid] = stack[step]
                        laid += 1
        laid = lay_chain(way, pixels, chains, drawn, path, laid)
    for place in range(count):
        if not drawn[ink[place]]:
            insert_pixel(ink[place], stride, path, laid)
            laid += 1
    spare_detours(stride, path, laid)
    return laid
