"""Settling single steps of a path as in or out, with all that follows, and taking it back."""

from __future__ import annotations

import numpy as np

from viewer.core.jit import kernel
from viewer.core.ordering.shortest.spanning import FREE, IN, OUT


@kernel
def open_steps(settled, count):
    """Let every step be free but the one from outside to the start."""
    near, degree, status, inside, possible, _, _ = settled
    for point in range(count + 1):
        degree[point] = 0
        inside[point] = 0
        possible[point] = count
        for other in range(count + 1):
            status[point, other] = FREE
            if other != point:
                near[point, degree[point]] = other
                degree[point] += 1
    inside[count + 1] = 0


@kernel
def forget_steps(settled, count):
    """Take the steps that are out from the lists."""
    near, degree, status, _, _, _, _ = settled
    for point in range(count + 1):
        left = 0
        for place in range(degree[point]):
            other = near[point, place]
            if status[point, other] != OUT:
                near[point, left] = other
                left += 1
        degree[point] = left


@kernel
def find_end(near, degree, status, point):
    """Other end of the steps that are in, one after the other, from one end of them on."""
    came = np.int64(-1)
    while True:
        then = np.int64(-1)
        for place in range(degree[point]):
            other = np.int64(near[point, place])
            if other != came and status[point, other] == IN:
                then = other
                break
        if then < 0:
            return point
        came = point
        point = then


@kernel
def ask_rest(near, degree, status, point, value, queue, end):
    """Ask for everything that is free at a point."""
    for place in range(degree[point]):
        other = near[point, place]
        if status[point, other] == FREE:
            queue[end, 0] = point
            queue[end, 1] = other
            queue[end, 2] = value
            end += 1
    return end


@kernel
def settle(settled, count, point, other, value, size):
    """Settle a step, and what follows from it; return how many steps are settled then.

    The number is -1 - size where there is a contradiction; what was settled stays to be undone.
    """
    near, degree, status, inside, possible, trail, queue = settled
    queue[0, 0] = point
    queue[0, 1] = other
    queue[0, 2] = value
    begin, end = 0, 1
    while begin < end:
        a = np.int64(queue[begin, 0])
        b = np.int64(queue[begin, 1])
        asked = queue[begin, 2]
        begin += 1
        if status[a, b] == asked:
            continue
        if status[a, b] != FREE:
            return -1 - size
        if asked == IN:
            if inside[a] == 2 or inside[b] == 2:
                return -1 - size
            far_a = find_end(near, degree, status, a)
            far_b = find_end(near, degree, status, b)
            whole = inside[count + 1] == count  # the path lacks its last step only
            if far_a == b and not whole:
                return -1 - size
            inside[a] += 1
            inside[b] += 1
            inside[count + 1] += 1
        else:
            possible[a] -= 1
            possible[b] -= 1
        status[a, b] = asked
        status[b, a] = asked
        trail[size, 0] = a
        trail[size, 1] = b
        size += 1
        if asked == OUT:
            if possible[a] < 2 or possible[b] < 2:
                return -1 - size
            if possible[a] == 2:
                end = ask_rest(near, degree, status, a, IN, queue, end)
            if possible[b] == 2:
                end = ask_rest(near, degree, status, b, IN, queue, end)
            continue
        if inside[count + 1] < count and status[far_a, far_b] == FREE:
            queue[end, 0] = far_a
            queue[end, 1] = far_b
            queue[end, 2] = OUT
            end += 1
        if inside[a] == 2:
            end = ask_rest(near, degree, status, a, OUT, queue, end)
        if inside[b] == 2:
            end = ask_rest(near, degree, status, b, OUT, queue, end)
    return size


@kernel
def undo(settled, count, size, kept):
    """Take back what was settled after the first `kept` steps."""
    _, _, status, inside, possible, trail, _ = settled
    while size > kept:
        size -= 1
        a = trail[size, 0]
        b = trail[size, 1]
        if status[a, b] == IN:
            inside[a] -= 1
            inside[b] -= 1
            inside[count + 1] -= 1
        else:
            possible[a] += 1
            possible[b] += 1
        status[a, b] = FREE
        status[b, a] = FREE
    return size
