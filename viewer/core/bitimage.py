"""Binary images as one 64-bit word a row, and the connected parts of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.core.jit import WIDTH, count_bits, kernel

ONE = np.uint64(1)
NONE = np.uint64(0)
ALL = np.uint64(0xFFFF_FFFF_FFFF_FFFF)

RUNS = WIDTH * WIDTH // 2
"""The most runs of pixels an image of 64 x 64 can have."""


def check_image(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a grey image as a C-ordered array, or say why it is none.

    Parameters
    ----------
    image : ndarray of uint8, shape (M, N)
        1 x 1 to 64 x 64 pixels.

    Raises
    ------
    ValueError
        If the shape or the dtype is another one.
    """
    array = np.asarray(image)
    if array.dtype != np.uint8:
        raise ValueError(f"an image must be of uint8 (0 to 255), not {array.dtype}")
    if array.ndim != 2 or not all(1 <= side <= WIDTH for side in array.shape):
        raise ValueError(
            f"an image must have the shape (rows, columns), 1 x 1 to {WIDTH} x {WIDTH},"
            f" not {array.shape}"
        )
    return np.ascontiguousarray(array)


def check_mask(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return a binary image as a C-ordered array, or raise ValueError as `check_image`."""
    array = np.asarray(mask)
    if array.dtype != np.bool_:
        raise ValueError(f"a binary image must be of bool, not {array.dtype}")
    check_image(array.view(np.uint8))
    return np.ascontiguousarray(array)


@kernel
def pack(mask, words):
    """Fill row words from a 2-D array, a bit for each value that is not 0."""
    for row in range(mask.shape[0]):
        word = NONE
        for column in range(mask.shape[1]):
            if mask[row, column]:
                word |= ONE << np.uint64(column)
        words[row] = word


def words_of(mask: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Return the row words of a binary image that `check_mask` let through."""
    words = np.zeros(mask.shape[0], dtype=np.uint64)
    pack(mask, words)
    return words


@kernel
def unpack(words, mask):
    """Fill a 2-D boolean array from row words."""
    for row in range(mask.shape[0]):
        word = words[row]
        for column in range(mask.shape[1]):
            mask[row, column] = (word >> np.uint64(column)) & ONE != NONE


@kernel
def count_pixels(words, height):
    """Count the pixels set."""
    total = 0
    for row in range(height):
        total += count_bits(words[row])
    return total


@kernel
def find_root(parent, run):
    """Root of a run's tree, halving the path on the way."""
    while parent[run] != run:
        parent[run] = parent[parent[run]]
        run = parent[run]
    return run


@kernel
def next_run(word):
    """First run of ones in a word that is not 0: its mask, and what is left of the word."""
    first = word & (~word + ONE)
    carried = word + first
    left = word & carried
    return word ^ left, left


@kernel
def count_components(words, height, runs, parent4, parent8):
    """Count the 4- and the 8-connected parts.

    Strategy: each row falls into runs of ones; every pair of runs that touch in two
    neighbouring rows joins two trees, and each join that is not already made leaves one
    part fewer.
    """
    total = 0
    parts4 = 0
    parts8 = 0
    above = 0
    above_end = 0
    for row in range(height):
        first = total
        word = words[row]
        candidate = above
        while word != NONE:
            run, word = next_run(word)
            runs[total] = run
            parent4[total] = total
            parent8[total] = total
            parts4 += 1
            parts8 += 1
            wide = run | (run << ONE) | (run >> ONE)
            while candidate < above_end:
                over = runs[candidate]
                if over & wide != NONE:
                    a = find_root(parent8, candidate)
                    b = find_root(parent8, total)
                    if a != b:
                        parent8[b] = a
                        parts8 -= 1
                    if over & run != NONE:
                        a = find_root(parent4, candidate)
                        b = find_root(parent4, total)
                        if a != b:
                            parent4[b] = a
                            parts4 -= 1
                # a run above that reaches past this one may touch the next one, too
                if over >= wide & ~(wide >> ONE):
                    break
                candidate += 1
            total += 1
        above = first
        above_end = total
    return parts4, parts8
