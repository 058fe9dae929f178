"""The pixels of a skeleton as numbered points, and which of them are near each other."""

from __future__ import annotations

import numpy as np

from viewer.core.bitimage import NONE, ONE
from viewer.core.jit import kernel, lowest_bit

FAR = np.int64(1) << np.int64(60)
"""Longer than every distance in an image."""


@kernel
def list_points(words, height, width, rows, columns, grid):
    """Number the pixels by the tie rule (right to left, then downward) and index them.

    `grid`, one pixel larger on every side, gets each pixel's number, -1 elsewhere.
    """
    count = 0
    grid[: height + 2, : width + 2] = -1
    for column in range(width - 1, -1, -1):
        bit = ONE << np.uint64(column)
        for row in range(height):
            if words[row] & bit != NONE:
                rows[count] = row
                columns[count] = column
                grid[row + 1, column + 1] = count
                count += 1
    return count


@kernel
def link_points(rows, columns, count, grid, near):
    """Fill `near[0]` and `near[1]` with each point's 4- and diagonal neighbours as bits."""
    for point in range(count):
        row = rows[point] + 1
        column = columns[point] + 1
        near[0, point] = NONE
        near[1, point] = NONE
        for up in range(-1, 2):
            for right in range(-1, 2):
                other = grid[row + up, column + right]
                if other >= 0 and other != point:
                    kind = up & right & 1
                    near[kind, point, other >> 6] |= ONE << np.uint64(other & 63)


@kernel
def distance(rows, columns, a, b):
    """``|dx|^3 + |dy|^3`` between two points."""
    down = abs(np.int64(rows[a]) - np.int64(rows[b]))
    right = abs(np.int64(columns[a]) - np.int64(columns[b]))
    return down * down * down + right * right * right


@kernel
def find_nearest(rows, columns, near, size, point, left, choices):
    """Mark in `choices` the nearest points of `left`, and return their distance."""
    found = NONE
    for word in range(size):
        choices[word] = near[0, point, word] & left[word]
        found |= choices[word]
    if found != NONE:
        return np.int64(1)
    for word in range(size):
        choices[word] = near[1, point, word] & left[word]
        found |= choices[word]
    if found != NONE:
        return np.int64(2)
    best = FAR
    for word in range(size):
        choices[word] = NONE
        rest = left[word]
        while rest != NONE:
            other = 64 * word + lowest_bit(rest)
            length = distance(rows, columns, point, other)
            if length < best:
                best = length
                for earlier in range(word):
                    choices[earlier] = NONE
                choices[word] = NONE
            if length == best:
                choices[word] |= rest & (~rest + ONE)
            rest &= rest - ONE
    return best
