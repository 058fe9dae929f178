"""Chevrons stand on their strokes and point where the pen goes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.core.sequence import stroke_offsets
from viewer.gui.inspector.arrows import FEWEST, SHIFT, SPACING, place_arrows

STEPS = st.sampled_from([(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)])


def test_a_stroke_points_along_itself() -> None:
    points = np.array([(3, column) for column in range(8)])
    (arrow,) = place_arrows(points, np.array([0, 8]))
    assert arrow.way == (0.0, 1.0)
    assert arrow.place == (3.5, 4.0)
    assert arrow.point == 3
    (back,) = place_arrows(points[::-1], np.array([0, 8]))
    assert back.way == (0.0, -1.0)


def test_a_chevron_keeps_off_a_corner() -> None:
    points = np.array([(5, 1), (5, 2), (5, 3), (5, 4), (4, 4), (3, 4), (2, 4), (1, 4)])
    (arrow,) = place_arrows(points, np.array([0, 8]))
    assert arrow.way == pytest.approx((-1.0, 0.0), abs=0.3)
    assert arrow.point > 3


@pytest.mark.parametrize(
    ("points", "count"), [(1, 0), (FEWEST - 1, 0), (FEWEST, 1), (SPACING, 1), (3 * SPACING, 3)]
)
def test_long_strokes_have_more(points: int, count: int) -> None:
    line = np.stack((np.arange(points), np.zeros(points, np.int64)), axis=1)
    found = place_arrows(line, np.array([0, points]))
    assert len(found) == count
    gaps = np.diff([arrow.point for arrow in found])
    assert (np.abs(gaps - SPACING) <= 2 * SHIFT).all()


def test_none_where_the_pen_turns_back() -> None:
    points = np.array([(1, 1), (1, 2), (2, 2), (2, 1), (1, 1), (1, 2), (2, 2), (2, 1)])
    assert all(arrow.way != (0.0, 0.0) for arrow in place_arrows(points, np.array([0, 8])))


def test_no_points_no_chevrons() -> None:
    assert place_arrows(np.zeros((0, 2), np.int16), np.zeros(1, np.int64)) == []


@given(st.lists(st.lists(STEPS, max_size=40), min_size=1, max_size=4))
def test_each_stands_between_two_points_of_its_stroke(strokes: list[list[tuple[int, int]]]) -> None:
    lines = [
        np.cumsum([(40 * place, 0), *steps], axis=0).reshape(-1, 2)
        for place, steps in enumerate(strokes)
    ]
    points = np.concatenate(lines)
    offsets = np.cumsum([0, *map(len, lines)])
    for arrow in place_arrows(points, offsets):
        assert offsets[arrow.stroke] <= arrow.point < offsets[arrow.stroke + 1] - 1
        middle = points[arrow.point : arrow.point + 2].mean(axis=0) + 0.5
        assert np.allclose(middle, arrow.place)
        assert np.hypot(*arrow.way) == pytest.approx(1.0)


def test_strokes_do_not_mix() -> None:
    points = np.array([(2, c) for c in range(6)] + [(9, c) for c in range(6, 0, -1)])
    first, second = place_arrows(points, stroke_offsets(points))
    assert (first.stroke, first.way) == (0, (0.0, 1.0))
    assert (second.stroke, second.way) == (1, (0.0, -1.0))
