"""The shape of a digit's strokes as a vector, and which digits are near each other by it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.core.jit import WIDTH, kernel
from viewer.core.sequences import SequenceSet

GRID = 5
"""Cells along a side of the square that holds the digit."""
ORIENTATIONS = 4
"""Orientations that are told apart: 0, 45, 90 and 135 degrees."""
FEATURES = ORIENTATIONS * GRID * GRID
NORM = 450.0
"""Length of a descriptor before rounding; 255 of it in one place is beyond all strokes."""


@kernel
def read_points(rows, first, behind, xs, ys, begins):
    """Fill the points of a digit and where their strokes begin; return how many there are."""
    count = 0
    begin = 0
    x = 0
    y = 0
    for place in range(first, behind):
        if rows[place, 2] == 0:
            if max(abs(rows[place, 0]), abs(rows[place, 1])) > 1:
                begin = count
            x += rows[place, 0]
            y += rows[place, 1]
            xs[count] = x
            ys[count] = y
            begins[count] = begin
            count += 1
    return count


@kernel
def add_steps(xs, ys, begins, count, cells):
    """Add the length of every step to the cells near its middle, by its orientation."""
    left, right, top, bottom = xs[0], xs[0], ys[0], ys[0]
    for point in range(1, count):
        left = min(left, xs[point])
        right = max(right, xs[point])
        top = min(top, ys[point])
        bottom = max(bottom, ys[point])
    side = max(right - left, bottom - top) + 1
    for a in range(count - 1):
        b = a + 1
        if begins[a] != begins[b]:
            continue
        # a step has one of four orientations; with its neighbours it has some more
        back = a - 1 if a > begins[a] else a
        on = b + 1 if b + 1 < count and begins[b + 1] == begins[b] else b
        dx, dy = xs[on] - xs[back], ys[on] - ys[back]
        if dx == 0 and dy == 0:
            dx, dy = xs[b] - xs[a], ys[b] - ys[a]
        turn = np.arctan2(dy, dx) / np.pi * ORIENTATIONS % ORIENTATIONS
        steep = int(turn)
        part = turn - steep
        length = np.hypot(xs[b] - xs[a], ys[b] - ys[a])
        u = ((xs[a] + xs[b] - left - right) / (2.0 * side) + 0.5) * GRID - 0.5
        v = ((ys[a] + ys[b] - top - bottom) / (2.0 * side) + 0.5) * GRID - 0.5
        column = min(max(int(np.floor(u)), 0), GRID - 2)
        row = min(max(int(np.floor(v)), 0), GRID - 2)
        right_share = min(max(u - column, 0.0), 1.0)
        lower_share = min(max(v - row, 0.0), 1.0)
        for corner in range(4):
            down, across = corner // 2, corner % 2
            share = length * (lower_share if down else 1 - lower_share)
            share *= right_share if across else 1 - right_share
            cells[steep % ORIENTATIONS, row + down, column + across] += share * (1 - part)
            cells[(steep + 1) % ORIENTATIONS, row + down, column + across] += share * part


@kernel
def blur(cells, spare):
    """Blur the grid of each orientation by 1 2 1 along both sides; what leaves it is lost."""
    for orientation in range(ORIENTATIONS):
        for row in range(GRID):
            for column in range(GRID):
                total = 2 * cells[orientation, row, column]
                if column > 0:
                    total += cells[orientation, row, column - 1]
                if column < GRID - 1:
                    total += cells[orientation, row, column + 1]
                spare[row, column] = total
        for row in range(GRID):
            for column in range(GRID):
                total = 2 * spare[row, column]
                if row > 0:
                    total += spare[row - 1, column]
                if row < GRID - 1:
                    total += spare[row + 1, column]
                cells[orientation, row, column] = total


@kernel
def describe_many(rows, offsets, space, shapes):
    """Fill the descriptors of all digits."""
    xs, ys, begins, cells, spare = space
    flat = cells.reshape(-1)
    for digit in range(len(offsets) - 1):
        count = read_points(rows, offsets[digit], offsets[digit + 1], xs, ys, begins)
        flat[:] = 0.0
        if count > 0:
            add_steps(xs, ys, begins, count, cells)
        blur(cells, spare)
        total = 0.0
        for amount in flat:
            total += amount
        # a root evens out counts, and makes the sum of squares what the sum was
        scale = NORM / np.sqrt(total) if total > 0 else 0.0
        for feature in range(FEATURES):
            shapes[digit, feature] = min(255.0, np.sqrt(flat[feature]) * scale + 0.5)


def describe_shapes(sequences: SequenceSet) -> NDArray[np.uint8]:
    """Describe the shapes of the strokes of many digits.

    The square around the points' bounding box is divided into 5 x 5 cells. Every step
    within a stroke adds its length to the four cells nearest to its middle and to the two
    nearest of four orientations, whichever way the pen went; the grid is blurred, roots
    are taken, and the whole is brought to one length. So neither place nor size matter,
    nor the order and direction of strokes.

    Parameters
    ----------
    sequences : SequenceSet
        Of n digits.

    Returns
    -------
    shapes : ndarray of uint8, shape (n, 100)
        All 0 for a digit without a step. Distances between the others lie between 0 and
        about 636 (= 450 times the root of 2).

    References
    ----------
    .. [1] C.-L. Liu, K. Nakashima, H. Sako, H. Fujisawa (2003), Handwritten digit
       recognition: benchmarking of state-of-the-art techniques, Pattern Recognition
       36(10): direction features on a blurred grid, and the root.
    .. [2] Z.-L. Bai, Q. Huo (2005), A study on the use of 8-directional features for
       online handwritten Chinese character recognition, ICDAR: steps of the pen, shared
       out between directions.
    """
    shapes = np.zeros((len(sequences), FEATURES), dtype=np.uint8)
    space = (
        *np.zeros((3, WIDTH * WIDTH), dtype=np.int64),
        np.zeros((ORIENTATIONS, GRID, GRID)),
        np.zeros((GRID, GRID)),
    )
    describe_many(sequences.rows, sequences.offsets, space, shapes)
    return shapes


@kernel
def measure_distances(shapes, one, distances):
    """Fill Euclidean distances."""
    for digit in range(len(shapes)):
        total = np.int32(0)
        for feature in range(shapes.shape[1]):
            apart = np.int32(shapes[digit, feature]) - np.int32(one[feature])
            total += apart * apart
        distances[digit] = np.sqrt(np.float32(total))


def distances(shapes: NDArray[np.uint8], one: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Measure how far digits are from one by the shape of their strokes.

    Parameters
    ----------
    shapes : ndarray of uint8, shape (n, D)
        Descriptors.
    one : ndarray of uint8, shape (D,)
        A descriptor.

    Returns
    -------
    distances : ndarray of float32, shape (n,)
        Euclidean distances between the descriptors.
    """
    apart = np.zeros(len(shapes), dtype=np.float32)
    measure_distances(shapes, np.ascontiguousarray(one), apart)
    return apart


def nearest(
    shapes: NDArray[np.uint8], one: NDArray[np.uint8], count: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Find the digits nearest to one by the shape of their strokes.

    Parameters
    ----------
    shapes : ndarray of uint8, shape (n, D)
        Descriptors.
    one : ndarray of uint8, shape (D,)
        A descriptor; where it is among `shapes`, it is found, too.
    count : int
        Digits to find; fewer where there are fewer.

    Returns
    -------
    positions : ndarray of int64, shape (k,)
        Indices into `shapes`, nearest first, lower index first at equal distance.
    apart : ndarray of float32, shape (k,)
        Their distances.
    """
    apart = distances(shapes, one)
    count = min(count, len(apart))
    if count <= 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    limit = np.partition(apart, count - 1)[count - 1]
    near = np.flatnonzero(apart <= limit)
    positions = near[np.argsort(apart[near], kind="stable")][:count]
    return positions, apart[positions]
