"""Slow, readable oracles for what is measured on strokes, and for their shapes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tests.naive import EIGHT, FOUR, Pixel, components, thin

SIDE = 64


def mask_of(points: Sequence[Pixel]) -> NDArray[np.bool_]:
    mask = np.zeros((SIDE, SIDE), dtype=np.bool_)
    for pixel in points:
        mask[pixel] = True
    return mask


def neighbours(ink: set[Pixel], pixel: Pixel) -> list[bool]:
    return [(pixel[0] + down, pixel[1] + right) in ink for down, right in EIGHT]


def strokes_of(points: Sequence[Pixel]) -> list[list[Pixel]]:
    strokes: list[list[Pixel]] = []
    for place, (row, column) in enumerate(points):
        if (
            place == 0
            or max(abs(row - points[place - 1][0]), abs(column - points[place - 1][1])) > 1
        ):
            strokes.append([])
        strokes[-1].append((row, column))
    return strokes


def endpoints(points: Sequence[Pixel]) -> int:
    ink = set(points)
    return sum(sum(neighbours(ink, pixel)) <= 1 for pixel in ink)


def loops(points: Sequence[Pixel]) -> int:
    """4-connected areas of background, without the one outside."""
    return len(components(~np.pad(mask_of(points), 1), FOUR)) - 1


def junctions(points: Sequence[Pixel]) -> int:
    mask = mask_of(points)
    ink = {pixel for pixel in points if not thin(mask, None)[pixel]}
    marked = np.zeros((SIDE, SIDE), dtype=np.bool_)
    for row, column in ink:
        around = neighbours(ink, (row, column))
        rises = sum(not a and b for a, b in zip(around, around[1:] + around[:1], strict=True))
        square = [(row, column), (row, column + 1), (row + 1, column), (row + 1, column + 1)]
        if rises >= 3:
            marked[row, column] = True
        if ink.issuperset(square):
            marked[row : row + 2, column : column + 2] = True
    return len(components(marked, EIGHT))


def facts(points: Sequence[Pixel]) -> dict[str, float]:
    """All facts that are measured on the points of a digit."""
    if not points:
        names = ("strokes", "points", "lifts", "endpoints", "junctions", "loops")
        return dict.fromkeys((*names, "travel", "length", "aspect", "slant"), 0.0)
    strokes = strokes_of(points)
    jumps = [math.dist(a[-1], b[0]) for a, b in pairwise(strokes)]
    steps = [math.dist(a, b) for s in strokes for a, b in pairwise(s)]
    rows = np.array([row for row, _ in points], dtype=np.float64)
    columns = np.array([column for _, column in points], dtype=np.float64)
    up, right = rows.mean() - rows, columns - columns.mean()
    spread = float((up * up).sum())
    return {
        "strokes": len(strokes),
        "points": len(points),
        "lifts": len(strokes) - 1,
        "travel": sum(jumps),
        "length": sum(steps),
        "endpoints": endpoints(points),
        "junctions": junctions(points),
        "loops": loops(points),
        "aspect": float((np.ptp(columns) + 1) / (np.ptp(rows) + 1)),
        "slant": math.degrees(math.atan((up * right).sum() / spread)) if spread > 1e-9 else 0.0,
    }


def hat(place: float, count: int) -> NDArray[np.float64]:
    """Shares of the cells of a line for a place, which lies on two of them."""
    away = np.abs(np.arange(count) - min(max(place, 0.0), count - 1.0))
    return np.asarray(np.maximum(0.0, 1.0 - away))


def describe(points: Sequence[Pixel]) -> NDArray[np.float64]:
    """The shape of strokes on 5 x 5 cells in 4 orientations, of length 450, not rounded."""
    cells = np.zeros((4, 5, 5))
    top, left = np.min(points, axis=0)
    bottom, right = np.max(points, axis=0)
    side = max(bottom - top, right - left) + 1
    for stroke in strokes_of(points):
        for place in range(len(stroke) - 1):
            (row, column), (next_row, next_column) = stroke[place : place + 2]
            ends = stroke[max(0, place - 1)], stroke[min(len(stroke) - 1, place + 2)]
            down, across = ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]
            if down == across == 0:
                down, across = next_row - row, next_column - column
            quarter = (math.degrees(math.atan2(down, across)) % 180) / 45
            turns = np.roll(hat(quarter % 1, 4), int(quarter))
            middle_row, middle_column = (row + next_row) / 2, (column + next_column) / 2
            rows = hat(((middle_row - (top + bottom) / 2) / side + 0.5) * 5 - 0.5, 5)
            columns = hat(((middle_column - (left + right) / 2) / side + 0.5) * 5 - 0.5, 5)
            length = math.dist(stroke[place], stroke[place + 1])
            cells += length * np.einsum("o,r,c->orc", turns, rows, columns)
    padded = np.pad(cells, ((0, 0), (1, 1), (1, 1)))
    blurred = sum(
        (2 - abs(down))
        * (2 - abs(across))
        * padded[:, 1 + down : 6 + down, 1 + across : 6 + across]
        for down in (-1, 0, 1)
        for across in (-1, 0, 1)
    )
    roots = np.sqrt(np.asarray(blurred)).ravel()
    norm = float(np.linalg.norm(roots))
    return np.asarray(roots * 450 / norm if norm else roots)
