"""Order `nearest`: the published nearest-neighbour rule, made deterministic.

The published rule walks to a nearest unvisited pixel under ``|dx|^3 + |dy|^3``, picks at
random where several are equally near, and keeps the best of ten tours by closed length
(back to the start). Here all choices are searched for the smallest closed length. Of the
tours that have it the one is taken that goes further right where two first part, and on
equal columns further up. Where the complete search explodes (some thick skeletons full
of ties), a bounded one takes over and the result is marked as not exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.core.bitimage import check_mask, words_of
from viewer.core.jit import WIDTH, kernel
from viewer.core.ordering.nearest import beam, layers
from viewer.core.ordering.points import link_points, list_points
from viewer.core.skeleton import find_start

KEYS = np.random.PCG64(20160).random_raw(2 * WIDTH * WIDTH)
"""A word a point: the exclusive or over a set of points stands for the set."""


@dataclass(frozen=True)
class Tour:
    """An order of points and how it was found.

    Parameters
    ----------
    points : ndarray of int16, shape (P, 2)
        (row, column) in drawing order.
    closed_length : int
        Sum of ``|dx|^3 + |dy|^3`` over all steps and the way back to the start.
    exact : bool
        Whether all choices were searched, so that no tour by the rule is shorter.
    """

    points: NDArray[np.int16]
    closed_length: int
    exact: bool


def make_workspace(height: int, width: int) -> tuple[Any, ...]:
    """Allocate what `order_words` works in, for images of at most this size.

    A workspace serves one thread and any number of images.
    """
    points = height * width
    size = (points + 63) // 64
    return (
        np.zeros((height + 2, width + 2), dtype=np.int16),
        np.zeros(points, dtype=np.int16),
        np.zeros(points, dtype=np.int16),
        np.zeros((2, points, size), dtype=np.uint64),
        np.zeros(points, dtype=np.int16),
        layers.make_space(size),
        beam.make_space(points, size),
    )


@kernel
def order_words(words, height, width, start_row, start_column, keys, workspace, points):
    """Order the pixels of a bit image into `points`.

    Returns the number of points, the closed length, and whether the search was complete.
    """
    grid, rows, columns, near, tour, layer_space, beam_space = workspace
    count = list_points(words, height, width, rows, columns, grid)
    if count == 0:
        return 0, np.int64(0), True
    link_points(rows, columns, count, grid, near)
    start = np.int64(grid[start_row + 1, start_column + 1])
    length = layers.search_layers(rows, columns, near, keys, start, count, layer_space, tour)
    exact = length >= 0
    if not exact:
        length = beam.search_beams(rows, columns, near, keys, start, count, beam_space, tour)
    for place in range(count):
        points[place, 0] = rows[tour[place]]
        points[place, 1] = columns[tour[place]]
    return count, length, exact


@kernel
def order_many(words, width, starts, keys, workspace, buffer, points, counts, exact):
    """Order the pixels of many bit images into `points`; return how many there are in all."""
    height = words.shape[1]
    total = 0
    for digit in range(len(words)):
        row, column = starts[digit]
        count, _, complete = order_words(
            words[digit], height, width, row, column, keys, workspace, buffer
        )
        points[total : total + count] = buffer[:count]
        counts[digit] = count
        exact[digit] = complete
        total += count
    return total


def order_nearest(skeleton: NDArray[np.bool_], start: tuple[int, int] | None = None) -> Tour:
    """Order skeleton pixels by the published nearest-neighbour rule.

    Parameters
    ----------
    skeleton : ndarray of bool, shape (M, N)
        1 x 1 to 64 x 64 pixels.
    start : (row, column), optional
        A skeleton pixel; the published start point by default.

    Returns
    -------
    tour : Tour
        Every pixel once; no points for an empty skeleton.

    Raises
    ------
    ValueError
        If the skeleton has another shape or dtype, or the start is not on it.

    References
    ----------
    .. [1] E. D. de Jong (2016), R/extractStrokes_TSP.R.
    """
    skeleton = check_mask(skeleton)
    height, width = skeleton.shape
    words = words_of(skeleton)
    if start is None:
        start = find_start(words, height)
    elif not (0 <= start[0] < height and 0 <= start[1] < width and skeleton[start]):
        raise ValueError(f"the start {start} is not a pixel of the skeleton")
    points = np.zeros((height * width, 2), dtype=np.int16)
    workspace = make_workspace(height, width)
    count, length, exact = order_words(words, height, width, *start, KEYS, workspace, points)
    return Tour(points[:count].copy(), int(length), bool(exact))
