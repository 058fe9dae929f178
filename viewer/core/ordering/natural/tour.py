"""Order `natural`: as a human hand would write, by the least cost over the skeleton's graph.

The skeleton falls into chains between ends, junctions and corners (`viewer.core.graph.chains`).
Every order and direction of the chains from every sensible start has a cost
(`viewer.core.ordering.natural.costs`), a sum of whole numbers with fitted weights, and the cheapest
is found exactly (`viewer.core.ordering.natural.programme`). No class label is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.core.bitimage import check_mask, words_of
from viewer.core.graph import chains
from viewer.core.jit import kernel
from viewer.core.ordering.natural import laying, pricing, walking
from viewer.core.ordering.natural.weights import natural_weights, walking_weights
from viewer.core.ordering.nearest.tour import Tour
from viewer.core.sequence import stroke_offsets


@dataclass(frozen=True)
class NaturalTour(Tour):
    """An order of points as a human hand would write, and how it was found.

    It is `exact` if all orders of the chains were searched.

    Parameters
    ----------
    cost : int
        Cost of the order of the chains.
    """

    cost: int


def make_workspace(height: int, width: int) -> tuple[Any, ...]:
    """Allocate what `natural_words` works in, for images of at most this size."""
    cells = (height + 2) * (width + 2)
    return (
        chains.make_space(height, width),
        pricing.make_space(cells),
        np.zeros(cells, dtype=np.int64),
        (
            np.zeros(cells, dtype=np.int16),
            np.zeros(cells, dtype=np.int16),
            np.zeros(cells, dtype=np.uint8),
        ),
        np.zeros(cells, dtype=np.int16),
    )


@kernel
def find_graph(words, height, width, space):
    """Find chains; without corners where there are too many; return what `find_chains` does."""
    found = chains.find_chains(words, height, width, True, space)
    if found[0] >= pricing.MOST:
        found = chains.find_chains(words, height, width, False, space)
    return found


@kernel
def natural_words(words, height, width, weights, workspace, points):
    """Order the pixels of a bit image into `points`.

    Returns the number of points, the closed length, whether all orders were searched, and
    the cost.
    """
    graph, space, order, laying_space, path = workspace
    number, _, junctions, count = find_graph(words, height, width, graph)
    if count == 0:
        return 0, np.int64(0), True, np.int64(0)
    cell, node, ink, pixels, _, parts, _, _, _, around = graph
    stride = width + 2
    exact = number < pricing.MOST
    if exact:
        size, cost, _ = pricing.find_order(
            pixels, parts, number, junctions, stride, ink, count, weights, space, order
        )
    else:
        size, cost, _ = pricing.walk_greedily(
            pixels, parts, number, junctions, stride, ink, count, weights, space, order
        )
    grid = (cell, node, ink)
    laying.lay(order, size, space[2], space[3], grid, count, stride, around, laying_space, path)
    for place in range(count):
        points[place, 0] = path[place] // stride - 1
        points[place, 1] = path[place] % stride - 1
    return count, close(points, count), exact, cost


@kernel
def close(points, count):
    """Sum of ``|dx|^3 + |dy|^3`` over all steps and the way back."""
    total = np.int64(0)
    for place in range(count):
        down = abs(
            np.int64(points[place, 0]) - np.int64(points[place - 1 + count * (place == 0), 0])
        )
        right = abs(
            np.int64(points[place, 1]) - np.int64(points[place - 1 + count * (place == 0), 1])
        )
        total += down * down * down + right * right * right
    return total


def order_natural(
    skeleton: NDArray[np.bool_], weights: NDArray[np.int64] | None = None
) -> NaturalTour:
    """Order skeleton pixels as a human hand would write them.

    Parameters
    ----------
    skeleton : ndarray of bool, shape (M, N)
        1 x 1 to 64 x 64 pixels.
    weights : ndarray of int64, optional
        Those of the program by default.

    Returns
    -------
    tour : NaturalTour
        Every pixel once; no points for an empty skeleton.

    Raises
    ------
    ValueError
        If the skeleton has another shape or dtype.
    """
    skeleton = check_mask(skeleton)
    height, width = skeleton.shape
    words = words_of(skeleton)
    points = np.zeros((height * width, 2), dtype=np.int16)
    chosen = natural_weights() if weights is None else weights.view()
    chosen.flags.writeable = False  # as the kernels are compiled for
    workspace = make_workspace(height, width)
    count, length, exact, cost = natural_words(words, height, width, chosen, workspace, points)
    return NaturalTour(points[:count].copy(), int(length), bool(exact), int(cost))


def walk(
    points: NDArray[np.int16], shape: tuple[int, int]
) -> tuple[NDArray[np.int16], NDArray[np.int64]]:
    """Let the pen stay down where a natural order jumps over ink.

    Parameters
    ----------
    points : ndarray of int16, shape (P, 2)
        (row, column) as `order_natural` orders them.
    shape : tuple of int
        (rows, columns) of the skeleton.

    Returns
    -------
    points : ndarray of int16, shape (Q, 2)
        (row, column) in drawing order, every pixel once or more often.
    offsets : ndarray of int64, shape (S + 1,)
        Stroke ``s`` is ``points[offsets[s]:offsets[s + 1]]``; within it each step goes to an
        adjacent pixel.
    """
    height, width = shape
    walked = np.zeros((len(points) * max(len(points), 1), 2), dtype=np.int16)
    space = walking.make_space(height, width)
    total, _ = walking.walk(points, len(points), height, width, walking_weights(), space, walked)
    return walked[:total].copy(), stroke_offsets(walked[:total])
