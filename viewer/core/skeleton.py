"""What a skeleton consists of: parts, endpoints, junctions, the pixel a pen starts at."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.core.bitimage import NONE, ONE, RUNS, check_mask, find_root, next_run, unpack, words_of
from viewer.core.jit import WIDTH, count_bits, kernel, lowest_bit
from viewer.core.thinning import thin

AROUND = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
"""Steps in (row, column) to the eight neighbours, clockwise from the one above."""


@kernel
def drop_small_components(words, height, minimum, runs, parent, size, run_row):
    """Clear the 8-connected parts of fewer than `minimum` pixels; count those pixels."""
    total = 0
    above = 0
    above_end = 0
    for row in range(height):
        first = total
        word = words[row]
        while word != NONE:
            run, word = next_run(word)
            runs[total] = run
            run_row[total] = row
            parent[total] = total
            size[total] = count_bits(run)
            wide = run | (run << ONE) | (run >> ONE)
            for over in range(above, above_end):
                if runs[over] & wide != NONE:
                    a = find_root(parent, over)
                    b = find_root(parent, total)
                    if a != b:
                        parent[b] = a
                        size[a] += size[b]
            total += 1
        above = first
        above_end = total
    dropped = 0
    for run in range(total):
        if size[find_root(parent, run)] < minimum:
            dropped += count_bits(runs[run])
            words[run_row[run]] &= ~runs[run]
    return dropped


@kernel
def find_start(words, height):
    """Find the published start pixel: row and column, or -1, -1 in an empty image."""
    best = 2 * WIDTH
    start_row = -1
    start_column = -1
    for row in range(height):
        here = words[row]
        if here == NONE:
            continue
        above = words[row - 1] if row > 0 else NONE
        below = words[row + 1] if row + 1 < height else NONE
        once = NONE
        twice = NONE
        for neighbour in (
            above, above << ONE, above >> ONE, below, below << ONE, below >> ONE,
            here << ONE, here >> ONE,
        ):  # fmt: skip
            twice |= once & neighbour
            once |= neighbour
        endpoints = here & ~twice
        if endpoints != NONE:
            column = lowest_bit(endpoints)
            if row + column < best:
                best = row + column
                start_row = row
                start_column = column
    if start_row >= 0:
        return start_row, start_column
    for row in range(height):
        if words[row] != NONE:
            column = lowest_bit(words[row])
            if row + column <= best:  # a later row with the same sum lies further left
                best = row + column
                start_row = row
                start_column = column
    return start_row, start_column


def remove_small_components(mask: NDArray[np.bool_], minimum: int = 3) -> NDArray[np.bool_]:
    """Remove the 8-connected parts of fewer pixels than `minimum`.

    Parameters
    ----------
    mask : ndarray of bool, shape (M, N)
        A skeleton, 1 x 1 to 64 x 64.
    minimum : int
        Pixels a part needs to stay; 3 in the published set.

    Returns
    -------
    kept : ndarray of bool, shape (M, N)
        The larger parts.

    Raises
    ------
    ValueError
        If the mask has another shape or dtype.

    References
    ----------
    .. [1] E. D. de Jong (2016), R/removeSmallComponents.R.
    """
    mask = check_mask(mask)
    words = words_of(mask)
    runs = np.zeros(RUNS, dtype=np.uint64)
    drop_small_components(words, mask.shape[0], minimum, runs, *np.zeros((3, RUNS), np.int32))
    kept = np.zeros(mask.shape, dtype=np.bool_)
    unpack(words, kept)
    return kept


def find_start_point(skeleton: NDArray[np.bool_]) -> tuple[int, int] | None:
    """Find the pixel the published rule starts at.

    Among the endpoints (pixels with at most one 8-neighbour) it is the one with the
    smallest row + column, the first in row-major order on a tie; without endpoints, among
    all pixels, the first in column-major order on a tie.

    Parameters
    ----------
    skeleton : ndarray of bool, shape (M, N)
        1 x 1 to 64 x 64 pixels.

    Returns
    -------
    start : (row, column), or None
        None for an empty skeleton.

    Raises
    ------
    ValueError
        If the skeleton has another shape or dtype.

    References
    ----------
    .. [1] E. D. de Jong (2016), R/extractStrokes_TSP.R, R/findEndpoints_rowcol.R.
    """
    skeleton = check_mask(skeleton)
    words = words_of(skeleton)
    row, column = find_start(words, skeleton.shape[0])
    return (int(row), int(column)) if row >= 0 else None


def find_endpoints(skeleton: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Find the pixels with at most one 8-neighbour.

    Parameters
    ----------
    skeleton : ndarray of bool, shape (M, N)
        1 x 1 to 64 x 64 pixels.

    Returns
    -------
    endpoints : ndarray of bool, shape (M, N)
        As many as `viewer.core.facts` counts.

    Raises
    ------
    ValueError
        If the skeleton has another shape or dtype.
    """
    skeleton = check_mask(skeleton)
    few: NDArray[np.bool_] = _neighbours(skeleton).sum(axis=0) <= 1
    return skeleton & few


def find_junctions(skeleton: NDArray[np.bool_]) -> NDArray[np.int16]:
    """Number the junctions of a skeleton.

    The rule is that of `viewer.core.facts`: the skeleton is thinned until nothing changes;
    pixels around which three or more 0-1 transitions are counted, and full squares of
    2 x 2 pixels, are junction pixels; those that touch make one junction.

    Parameters
    ----------
    skeleton : ndarray of bool, shape (M, N)
        1 x 1 to 64 x 64 pixels.

    Returns
    -------
    junctions : ndarray of int16, shape (M, N)
        The number of the junction that a pixel belongs to, from 1; 0 elsewhere.

    Raises
    ------
    ValueError
        If the skeleton has another shape or dtype.

    References
    ----------
    .. [1] D. Rutovitz (1966), Pattern recognition, Journal of the Royal Statistical
       Society A 129(4).
    """
    height, width = check_mask(skeleton).shape
    framed = np.zeros((WIDTH, WIDTH), dtype=np.bool_)  # whose edge is never thinned
    framed[:height, :width] = skeleton
    stable = thin(framed, None)[0]
    around = _neighbours(stable)
    rises = (~around & np.roll(around, -1, axis=0)).sum(axis=0)
    marked = stable & (rises >= 3)
    squares = stable[:-1, :-1] & stable[:-1, 1:] & stable[1:, :-1] & stable[1:, 1:]
    for down, right in ((0, 0), (0, 1), (1, 0), (1, 1)):
        marked[down : WIDTH - 1 + down, right : WIDTH - 1 + right] |= squares
    return _number_parts(marked[:height, :width])


def _neighbours(values: NDArray[Any]) -> NDArray[Any]:
    """Return the eight neighbours of all pixels, shape (8, M, N), in the order `AROUND`."""
    height, width = values.shape
    padded = np.pad(values, 1)
    return np.stack(
        [
            padded[1 + down : 1 + down + height, 1 + right : 1 + right + width]
            for down, right in AROUND
        ]
    )


def _number_parts(mask: NDArray[np.bool_]) -> NDArray[np.int16]:
    """Number the 8-connected parts of few pixels from 1, 0 outside."""
    numbers = np.zeros(mask.shape, dtype=np.int16)
    numbers[mask] = np.arange(1, np.count_nonzero(mask) + 1)
    while True:
        largest = np.maximum(numbers, _neighbours(numbers).max(axis=0)) * mask
        if np.array_equal(largest, numbers):
            break
        numbers = largest
    return np.searchsorted(np.unique(numbers[mask]), numbers, side="right").astype(np.int16)
