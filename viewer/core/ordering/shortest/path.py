"""Order `shortest`: the open path with the smallest sum of ``|dx|^3 + |dy|^3``.

It begins at the published start, ends anywhere and visits every pixel once. A walk to
the nearest pixel is shortened by exchanges; prices on the pixels then prove how short a
path can be at best (see `spanning`), kicks look for shorter ones, and branch and bound
closes what gap is left or gives up after a fixed amount of work, counted in steps, so
that every computer finds the same. What is left unproven gets more kicks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.core.bitimage import check_mask, words_of
from viewer.core.jit import kernel
from viewer.core.ordering.nearest.tour import Tour
from viewer.core.ordering.points import FAR, distance, list_points
from viewer.core.ordering.shortest import branching
from viewer.core.ordering.shortest.branching import prove
from viewer.core.ordering.shortest.exchange import UNIT, improve, perturb
from viewer.core.skeleton import find_start

LARGEST = 160
"""Most points that are looked at together; of larger skeletons so many at a time."""
FIRST_WORK = 500_000
"""Steps of the first attempt at a proof, before any kicks."""
WORK = 11_000_000
"""Steps of the second one; one tree of 40 points counts 1,600."""
KICKS = 10
"""Kicks before the second attempt."""
LAST_KICKS = 600
"""Kicks after it, where nothing is proven."""
SEED = np.uint64(0x9E3779B97F4A7C15)
"""Every skeleton is kicked by the same sequence of numbers."""
BANNED = np.int64(1) << np.int64(35)
"""What ending on a point costs that may not be the last one."""


@dataclass(frozen=True)
class ShortestTour(Tour):
    """A shortest path and how it was found; `exact` where it is proven.

    Parameters
    ----------
    open_length : int
        Sum of ``|dx|^3 + |dy|^3`` over all steps, without the way back to the start.
    """

    open_length: int


def make_workspace(height: int, width: int) -> tuple[Any, ...]:
    """Allocate what `shortest_words` works in, for images of at most this size.

    A workspace serves one thread and any number of images.
    """
    points = height * width
    largest = min(points, LARGEST)
    return (
        np.zeros((height + 2, width + 2), dtype=np.int16),
        np.zeros(points, dtype=np.int16),
        np.zeros(points, dtype=np.int16),
        np.zeros(points, dtype=np.int16),  # the path through all points
        np.zeros((largest + 1, largest + 1), dtype=np.int64),
        np.zeros((4, largest + 1), dtype=np.int64),  # a path, a trial, points on the move, the best
        np.zeros(largest, dtype=np.int16),  # points that are looked at together
        np.zeros(1, dtype=np.uint64),
        branching.make_space(largest),
    )


@kernel
def walk_nearest(rows, columns, count, start, path):
    """Fill `path` with a walk from the start to a nearest point not visited yet."""
    for place in range(count):
        path[place] = place
    path[0], path[start] = path[start], path[0]
    for place in range(1, count):
        best = FAR
        at = place
        for other in range(place, count):
            length = distance(rows, columns, path[place - 1], path[other])
            if length < best:
                best = length
                at = other
        path[place], path[at] = path[at], path[place]


@kernel
def fill_costs(rows, columns, chosen, count, last, cost):
    """Fill the costs between chosen points; the path ends at `last` unless that is -1."""
    for a in range(count):
        for b in range(count):
            cost[a, b] = distance(rows, columns, chosen[a], chosen[b]) * UNIT
        cost[a, count] = BANNED if 0 <= last != a else 0
        cost[count, a] = cost[a, count]
    cost[count, count] = 0


@kernel
def shorten_all(rows, columns, count, path, workspace):
    """Make a path of at most `LARGEST` points as short as can be; say whether it is proven."""
    _, _, _, _, cost, tours, chosen, state, space = workspace
    tour, trial, held, best = tours
    chosen[:count] = path[:count]
    fill_costs(rows, columns, chosen, count, -1, cost)
    for place in range(count + 1):
        tour[place] = place
    length = improve(cost, count, tour, held)
    exact = count < 3
    if not exact:
        length, exact = prove(cost, count, 0, tour, length, FIRST_WORK, space)
    if not exact:
        length = perturb(cost, count, tour, length, KICKS, trial, held, best, state)
        length, exact = prove(cost, count, 0, tour, length, WORK, space)
    if not exact:
        perturb(cost, count, tour, length, LAST_KICKS, trial, held, best, state)
    for place in range(count):
        path[place] = chosen[tour[place]]
    return exact


@kernel
def shorten_parts(rows, columns, count, path, workspace):
    """Shorten a longer path part by part, each half of a part being looked at twice."""
    _, _, _, _, cost, tours, chosen, _, _ = workspace
    tour, _, held, _ = tours
    size = len(chosen)
    first = 0
    while True:
        size = min(size, count - first)
        chosen[:size] = path[first : first + size]
        is_last = first + size == count
        fill_costs(rows, columns, chosen, size, -1 if is_last else size - 1, cost)
        for place in range(size):
            tour[place] = place
        improve(cost, size, tour, held)
        for place in range(size):
            path[first + place] = chosen[tour[place]]
        if is_last:
            return
        first += size // 2


@kernel
def shortest_words(words, height, width, start_row, start_column, workspace, points):
    """Order the pixels of a bit image into `points`.

    Returns the number of points, the closed length, and whether the path is proven to be
    the shortest.
    """
    grid, rows, columns, path, _, _, chosen, state, _ = workspace
    count = list_points(words, height, width, rows, columns, grid)
    if count == 0:
        return 0, np.int64(0), True
    state[0] = SEED
    walk_nearest(rows, columns, count, grid[start_row + 1, start_column + 1], path)
    if count <= len(chosen):
        exact = shorten_all(rows, columns, count, path, workspace)
    else:
        shorten_parts(rows, columns, count, path, workspace)
        exact = False
    closed = np.int64(0)
    for place in range(count):
        points[place, 0] = rows[path[place]]
        points[place, 1] = columns[path[place]]
        closed += distance(rows, columns, path[place], path[place + 1 if place + 1 < count else 0])
    return count, closed, exact


@kernel
def order_many(words, width, starts, workspace, buffer, points, counts, exact):
    """Order the pixels of many bit images into `points`; return how many there are in all."""
    height = words.shape[1]
    total = 0
    for digit in range(len(words)):
        row, column = starts[digit]
        count, _, proven = shortest_words(
            words[digit], height, width, row, column, workspace, buffer
        )
        points[total : total + count] = buffer[:count]
        counts[digit] = count
        exact[digit] = proven
        total += count
    return total


def order_shortest(
    skeleton: NDArray[np.bool_], start: tuple[int, int] | None = None
) -> ShortestTour:
    """Order skeleton pixels by the shortest open path through all of them.

    Parameters
    ----------
    skeleton : ndarray of bool, shape (M, N)
        1 x 1 to 64 x 64 pixels.
    start : (row, column), optional
        A skeleton pixel; the published start point by default.

    Returns
    -------
    tour : ShortestTour
        Every pixel once; no points for an empty skeleton. Of several shortest paths the
        search takes one, on every platform the same.

    Raises
    ------
    ValueError
        If the skeleton has another shape or dtype, or the start is not on it.

    References
    ----------
    .. [1] M. Held and R. M. Karp (1971), The traveling-salesman problem and minimum
       spanning trees: part II.
    .. [2] T. Volgenant and R. Jonker (1982), A branch and bound algorithm for the symmetric
       traveling salesman problem based on the 1-tree relaxation.
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
    count, closed, exact = shortest_words(words, height, width, *start, workspace, points)
    ordered = points[:count].copy()
    way_back = np.abs(ordered[-1:].astype(np.int64) - ordered[:1]) ** 3
    return ShortestTour(ordered, int(closed), bool(exact), int(closed - way_back.sum()))
