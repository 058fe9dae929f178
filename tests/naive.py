"""Slow, readable oracles: the published rules written down once more, pixel by pixel."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

Pixel = tuple[int, int]
FOUR = ((-1, 0), (0, 1), (1, 0), (0, -1))
EIGHT = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))


def pixels_of(mask: NDArray[np.bool_]) -> set[Pixel]:
    return {(int(row), int(column)) for row, column in np.argwhere(mask)}


def components(mask: NDArray[np.bool_], steps: tuple[Pixel, ...]) -> list[set[Pixel]]:
    left = pixels_of(mask)
    parts = []
    while left:
        part: set[Pixel] = set()
        edge = [min(left)]
        while edge:
            row, column = edge.pop()
            if (row, column) in left:
                left.remove((row, column))
                part.add((row, column))
                edge += [(row + down, column + right) for down, right in steps]
        parts.append(part)
    return parts


def threshold_level(image: NDArray[np.uint8]) -> int:
    """The published rule: the last level before one of the three stops."""
    base = image > 0
    parts = [len(components(base, steps)) for steps in (FOUR, EIGHT)]
    level = 0
    while True:
        mask = image > level
        stop = (
            [len(components(mask, steps)) for steps in (FOUR, EIGHT)] != parts
            or mask.sum() < 0.5 * base.sum()
            or level >= 250
        )
        if stop:
            return max(level - 25, 0)
        level += 25


def thin(mask: NDArray[np.bool_], passes: int | None) -> NDArray[np.uint8]:
    """Zhang-Suen as in the paper; the number of the sub-iteration that took each pixel."""
    now = mask.copy()
    removed_by = np.zeros(mask.shape, dtype=np.uint8)
    done = 0
    while passes is None or done < passes:
        before = now.copy()
        for second in (False, True):
            going = []
            for row, column in product(range(1, now.shape[0] - 1), range(1, now.shape[1] - 1)):
                if now[row, column]:
                    around = [bool(now[row + down, column + right]) for down, right in EIGHT]
                    north, east, south, west = around[0::2]
                    rises = sum(
                        not a and b for a, b in zip(around, around[1:] + around[:1], strict=True)
                    )
                    if second:
                        open_side = not (north and east and west) and not (north and south and west)
                    else:
                        open_side = not (north and east and south) and not (east and south and west)
                    if 2 <= sum(around) <= 6 and rises == 1 and open_side:
                        going.append((row, column))
            for pixel in going:
                now[pixel] = False
                removed_by[pixel] = 2 * done + second + 1
        if (now == before).all():
            break
        done += 1
    return removed_by


def start_of(skeleton: NDArray[np.bool_]) -> Pixel | None:
    ink = pixels_of(skeleton)
    if not ink:
        return None
    ends = [
        (row, column)
        for row, column in ink
        if sum((row + down, column + right) in ink for down, right in EIGHT) <= 1
    ]
    if ends:
        return min(ends, key=lambda pixel: (sum(pixel), pixel[0], pixel[1]))
    return min(ink, key=lambda pixel: (sum(pixel), pixel[1], pixel[0]))


def cost(a: Pixel, b: Pixel) -> int:
    return abs(a[0] - b[0]) ** 3 + abs(a[1] - b[1]) ** 3


def closed_length(tour: list[Pixel]) -> int:
    return sum(cost(a, b) for a, b in zip(tour, tour[1:] + tour[:1], strict=True))


def nearest_tours(ink: set[Pixel], start: Pixel) -> list[list[Pixel]]:
    """Every tour by the rule, in the order of the tie rule (right first, then up)."""
    tours = [[start]]
    for _ in range(len(ink) - 1):
        longer = []
        for tour in tours:
            left = ink - set(tour)
            nearest = min(cost(tour[-1], pixel) for pixel in left)
            ties = [pixel for pixel in left if cost(tour[-1], pixel) == nearest]
            longer += [[*tour, p] for p in sorted(ties, key=lambda p: (-p[1], p[0]))]
        tours = longer
    return tours


def best_tour(ink: set[Pixel], start: Pixel) -> list[Pixel]:
    """The first of the tours with the smallest closed length."""
    return min(nearest_tours(ink, start), key=closed_length)


def is_nearest_tour(tour: list[Pixel]) -> bool:
    """Whether every step goes to a nearest point not visited yet."""
    for place, pixel in enumerate(tour[:-1]):
        left = tour[place + 1 :]
        if cost(pixel, left[0]) != min(cost(pixel, other) for other in left):
            return False
    return True


def sequence_rows(tour: list[Pixel]) -> list[list[int]]:
    """Rows as the original code writes them, the unannounced last jump included."""
    rows = []
    x = y = 0
    for place, (row, column) in enumerate(tour):
        if place and place < len(tour) - 1:
            before = tour[place - 1]
            if max(abs(row - before[0]), abs(column - before[1])) > 1:
                rows.append([0, 0, 1, 0])
        rows.append([column + 1 - x, row + 1 - y, 0, 0])
        x, y = column + 1, row + 1
    return [*rows, [0, 0, 1, 1]]
