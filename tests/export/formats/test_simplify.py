from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viewer.export.formats.simplify import simplify

Dot: TypeAlias = tuple[Fraction, Fraction]
FINE = 3
"""Points put on each line between two of the given ones."""
PIXEL = st.integers(0, 6)
STROKE = st.lists(st.tuples(PIXEL, PIXEL), min_size=1, max_size=9)
TOLERANCES = [0.0, 0.5, 0.75, 1.0, 2.0, 3.5]


def squared_distance(point: Dot, start: Dot, end: Dot) -> Fraction:
    """Return that of a point from a line between two others."""
    chord = (end[0] - start[0], end[1] - start[1])
    length = chord[0] ** 2 + chord[1] ** 2
    share = Fraction(0)
    if length:
        along = (point[0] - start[0]) * chord[0] + (point[1] - start[1]) * chord[1]
        share = min(max(along / length, Fraction(0)), Fraction(1))
    foot = (start[0] + share * chord[0], start[1] + share * chord[1])
    return (point[0] - foot[0]) ** 2 + (point[1] - foot[1]) ** 2


def simplify_naively(points: list[Dot], tolerance: Fraction) -> list[Dot]:
    """Split at the first farthest point, again and again."""
    if len(points) < 3:
        return points
    far = [squared_distance(point, points[0], points[-1]) for point in points]
    most = max(far)
    if most <= tolerance**2:
        return [points[0], points[-1]]
    middle = far.index(most)
    before = simplify_naively(points[: middle + 1], tolerance)
    return before[:-1] + simplify_naively(points[middle:], tolerance)


def resample(points: list[Dot]) -> list[Dot]:
    """Put points on the lines, at even distances; corners stay."""
    fine = [points[0]]
    for start, end in pairwise(points):
        for step in range(1, FINE + 2):
            share = Fraction(step, FINE + 1)
            fine.append(tuple(a + share * (b - a) for a, b in zip(start, end, strict=True)))  # type: ignore[arg-type]
    return fine


@settings(max_examples=150, deadline=None)
@given(
    strokes=st.lists(STROKE, min_size=1, max_size=3),
    tolerances=st.lists(st.sampled_from(TOLERANCES), min_size=3, max_size=3),
)
def test_as_one_by_one_on_resampled_strokes(
    strokes: list[list[tuple[int, int]]], tolerances: list[float]
) -> None:
    points = np.array([point for stroke in strokes for point in stroke], dtype=np.int16)
    bounds = np.cumsum([0, *map(len, strokes)])
    limits = np.array(tolerances[: len(strokes)])
    kept = simplify(points, bounds, limits)
    for stroke, (first, behind), limit in zip(strokes, pairwise(bounds), limits, strict=True):
        exact = [(Fraction(x), Fraction(y)) for x, y in stroke]
        found = [tuple(point) for point in points[first:behind][kept[first:behind]].tolist()]
        assert kept[first]
        assert kept[behind - 1]
        expected = simplify_naively(resample(exact), Fraction(float(limit)))
        assert _without_rests(found) == _without_rests([(int(x), int(y)) for x, y in expected])


def _without_rests(points: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Leave out points that are equal to the one before."""
    return points[:1] + [b for a, b in pairwise(points) if a != b]


def test_a_stroke_back_over_itself_keeps_its_far_end() -> None:
    points = np.array([[0, 0], [5, 0], [10, 0], [5, 0], [2, 0]])
    kept = simplify(points, np.array([0, 5]), np.array([1.0]))
    assert kept.tolist() == [True, False, True, False, True]


def test_a_stroke_ends_where_the_next_one_only_goes_on() -> None:
    points = np.array([[0, 0], [1, 1], [2, 1], [3, 1], [4, 1], [5, 1], [9, 1]])
    kept = simplify(points, np.array([0, 3, 7]), np.array([0.75, 0.75]))
    assert kept.tolist() == [True, False, True, True, False, False, True]


@pytest.mark.parametrize(("tolerance", "corners"), [(0.99, 3), (1.0, 2)])
def test_a_point_just_as_far_as_the_tolerance_goes(tolerance: float, corners: int) -> None:
    points = np.array([[0, 0], [2, 1], [4, 0]])
    assert simplify(points, np.array([0, 3]), np.array([tolerance])).sum() == corners


def test_a_long_zigzag_keeps_its_corners() -> None:
    x = np.arange(1000)
    points = np.column_stack((x * 10, x % 2 * 50))
    assert simplify(points, np.array([0, 1000]), np.array([2.0])).all()
