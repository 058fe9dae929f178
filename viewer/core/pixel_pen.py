"""A round pen that goes from pixel to pixel: paths on whole pixels -> images, nothing moved.

Strategy: a pixel holds its 8 x 8 subpixels as the bits of one word, and the pen's ink is
OR-ed in. Nearly every step of a path goes to a neighbouring pixel; the ink of those nine steps
(one of them on the spot) is worked out once, as 5 x 5 words around the pixel it starts at.
Lengths are whole numbers of 1/80 px, so that every platform draws the same ink.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from viewer.core.jit import count_bits, kernel
from viewer.core.pen import PEN_WIDTH

FINE = 8
"""Subpixels along the side of a pixel."""
UNIT = 80
"""Whole numbers a pixel."""
_STEP = UNIT // FINE
_RADIUS = round(PEN_WIDTH / 2 * UNIT)
_NEAR = 2
"""Pixels that the ink of a step to a neighbour reaches at most."""
AT_ONCE = 1024
"""Digits drawn between two looks at progress."""


def draw_pixels(
    points: NDArray[np.integer],
    starts: NDArray[np.bool_],
    offsets: NDArray[np.int64],
    side: int,
    *,
    progress: Callable[[int], None] | None = None,
) -> NDArray[np.uint8]:
    """Draw paths whose points are pixels, each where it is.

    Parameters
    ----------
    points : ndarray of int, shape (P, 2)
        (row, column) of all digits, one after the other, 0-based.
    starts : ndarray of bool, shape (P,)
        Which points begin a stroke; the first one of a digit always does.
    offsets : ndarray of int64, shape (n + 1,)
        Digit ``i`` has ``points[offsets[i]:offsets[i + 1]]``; it may have none.
    side : int
        Rows and columns of each image.
    progress : callable, optional
        Is told how many more digits are done.

    Returns
    -------
    images : ndarray of uint8, shape (n, side, side)
        Drawn by a round pen of MNIST's width, `viewer.core.pen.PEN_WIDTH`.

    Raises
    ------
    ValueError
        If a point lies outside the image.
    """
    places = np.ascontiguousarray(points, dtype=np.int64).reshape(-1, 2)
    if len(places) and not 0 <= places.min() <= places.max() < side:
        raise ValueError(f"a point lies outside an image of {side} x {side} pixels")
    begins = np.ascontiguousarray(starts, dtype=np.bool_).copy()
    begins[offsets[:-1][offsets[:-1] < offsets[1:]]] = True
    images = np.zeros((len(offsets) - 1, side, side), dtype=np.uint8)
    ink = step_ink()
    cells = np.zeros((side, side), dtype=np.uint64)
    for first in range(0, len(images), AT_ONCE):
        some = images[first : first + AT_ONCE]
        draw_chunk(places, begins, offsets[first : first + AT_ONCE + 1], ink, cells, some)
        if progress is not None:
            progress(len(some))
    return images


def step_ink() -> NDArray[np.uint64]:
    """Return the ink of the steps to (row, column) -1 to 1 away, shape (3, 3, 5, 5)."""
    ink = np.zeros((3, 3, 2 * _NEAR + 1, 2 * _NEAR + 1), dtype=np.uint64)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            cells = ink[down + 1, right + 1]
            ink_step(_NEAR, _NEAR, _NEAR + down, _NEAR + right, cells)
    return ink


@kernel
def draw_chunk(points, starts, offsets, ink, cells, images):
    """Draw some digits into their images."""
    side = len(cells)
    for digit in range(len(images)):
        cells[:] = 0
        for point in range(offsets[digit], offsets[digit + 1]):
            last = point if starts[point] else point - 1
            row = points[last, 0]
            column = points[last, 1]
            down = points[point, 0] - row
            right = points[point, 1] - column
            if abs(down) > 1 or abs(right) > 1:
                ink_step(row, column, points[point, 0], points[point, 1], cells)
                continue
            for near in range(max(0, _NEAR - row), min(2 * _NEAR + 1, side + _NEAR - row)):
                for beside in range(
                    max(0, _NEAR - column), min(2 * _NEAR + 1, side + _NEAR - column)
                ):
                    word = ink[down + 1, right + 1, near, beside]
                    cells[row + near - _NEAR, column + beside - _NEAR] |= word
        for row in range(side):
            for column in range(side):
                count = count_bits(cells[row, column])
                images[digit, row, column] = (255 * count + FINE * FINE // 2) // (FINE * FINE)


@kernel
def ink_step(from_row, from_column, to_row, to_column, cells):
    """Ink the subpixels whose centre lies within the pen's radius of a step, in all cells."""
    top = max(0, min(from_row, to_row) - _NEAR)
    left = max(0, min(from_column, to_column) - _NEAR)
    bottom = min(len(cells) - 1, max(from_row, to_row) + _NEAR)
    right = min(len(cells) - 1, max(from_column, to_column) + _NEAR)
    along_row = UNIT * (to_row - from_row)
    along_column = UNIT * (to_column - from_column)
    length = along_row * along_row + along_column * along_column
    reach = _RADIUS * _RADIUS
    far = (_RADIUS + UNIT) * (_RADIUS + UNIT)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            down = UNIT * (row - from_row)
            across = UNIT * (column - from_column)
            beside = down * along_column - across * along_row
            if beside * beside > far * length:
                continue
            word = np.uint64(0)
            for bit in range(FINE * FINE):
                below = down + _STEP * (bit // FINE) + _STEP // 2 - UNIT // 2
                after = across + _STEP * (bit % FINE) + _STEP // 2 - UNIT // 2
                ahead = below * along_row + after * along_column
                if ahead <= 0:
                    inked = below * below + after * after <= reach
                elif ahead >= length:
                    below -= along_row
                    after -= along_column
                    inked = below * below + after * after <= reach
                else:
                    beside = below * along_column - after * along_row
                    inked = beside * beside <= reach * length
                if inked:
                    word |= np.uint64(1) << np.uint64(bit)
            cells[row, column] |= word
