from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.benchmark.making import draw_walks, make_rows
from viewer.benchmark.resampling import LIFT_LENGTH, pen_points, resample
from viewer.core.sequence import decode, encode, lifts

ROWS = make_rows(draw_walks(31, 30))
COUNT = 9


def naive(rows: NDArray[np.integer]) -> list[list[float]]:
    """Walk along one digit's path, point by point."""
    points = [(float(column) + 1, float(row) + 1) for row, column in decode(rows).tolist()]
    lifted = lifts(rows)
    ways = [0.0]
    for place in range(1, len(points)):
        step = LIFT_LENGTH if lifted[place] else math.dist(points[place - 1], points[place])
        ways.append(ways[-1] + step)
    if len(points) < 2:
        return [[0.0, 0.0]] * COUNT
    found = []
    for number in range(COUNT):
        wanted = ways[-1] * number / (COUNT - 1)
        place = max(i for i, way in enumerate(ways) if way <= wanted + 1e-9)
        if place == len(points) - 1:
            found.append(list(points[-1]))
            continue
        share = max(wanted - ways[place], 0) / (ways[place + 1] - ways[place])
        found.append(
            [a + share * (b - a) for a, b in zip(points[place], points[place + 1], strict=True)]
        )
    sides = [(min(axis), max(axis)) for axis in zip(*found, strict=True)]
    half = max(high - low for low, high in sides) / 2 or 1
    return [
        [(value - (low + high) / 2) / half for value, (low, high) in zip(point, sides, strict=True)]
        for point in found
    ]


def test_paths_are_those_of_a_walk() -> None:
    found = resample(ROWS, COUNT)
    for digit in range(len(ROWS)):
        assert np.allclose(found[digit], naive(ROWS.sequence(digit)), atol=1e-6), digit


def test_pen_points_are_those_of_the_core() -> None:
    digit, points, lifted = pen_points(ROWS)
    for place in range(len(ROWS)):
        rows = ROWS.sequence(place)
        mine = digit == place
        assert np.array_equal(points[mine, ::-1] - 1, decode(rows))
        assert np.array_equal(lifted[mine], lifts(rows))


@pytest.mark.parametrize("scale", [2, 3])
def test_size_and_place_do_not_matter(scale: int) -> None:
    line = np.array([[3, 4], [4, 5], [5, 5], [6, 4]])
    fine = np.concatenate([line[:1], np.repeat(np.diff(line, axis=0), scale, axis=0)]).cumsum(
        axis=0
    )
    one, other = make_rows([encode(line)]), make_rows([encode(fine + 7)])
    assert np.allclose(resample(one, COUNT), resample(other, COUNT))


def test_without_a_path_there_are_zeros() -> None:
    blank = np.array([[0, 0, 1, 1]], np.int8)
    rows = make_rows([blank, encode(np.array([[3, 4]])), encode(np.array([[3, 4], [3, 5]])), blank])
    found = resample(rows, 3)
    assert not found[[0, 1, 3]].any()
    assert found[2].tolist() == [[-1, 0], [0, 0], [1, 0]]
    assert not resample(make_rows([blank]), 3).any()
