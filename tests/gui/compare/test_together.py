"""The schedule of several digits: positions in time, ends, starts of strokes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.core.sequence import stroke_offsets
from viewer.gui.compare.together import PACES, Pace, Together
from viewer.gui.inspector.timeline import PEN_DOWN_SPEED, PEN_UP_SPEED, Timeline

STEP = 1 / PEN_DOWN_SPEED
DIGITS = st.lists(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), unique=True, max_size=20),
    max_size=4,
)


def line(*columns: int) -> Timeline:
    """Return the timeline of points in one row."""
    points = np.array([(0, column) for column in columns], dtype=np.int16).reshape(-1, 2)
    return Timeline(points, stroke_offsets(points))


# 5 points, the fourth after a jump of 4 columns; 3 points in one stroke
LONG, SHORT = line(0, 1, 2, 6, 7), line(0, 1, 2)


def test_by_point_every_pen_is_on_its_nth_point_and_the_shorter_waits() -> None:
    both = Together([LONG, SHORT], "points")
    assert both.count == 5
    for position in (1, 1.5, 3, 3.5, 5):
        assert both.position_of(0, position) == position
        assert both.position_of(1, position) == min(position, 3)


def test_by_point_a_step_takes_the_mean_time_of_those_still_writing() -> None:
    both = Together([LONG, line(0, 1, 3)], "points")
    jump = 2 / PEN_UP_SPEED
    assert both.time(2) == pytest.approx(STEP)
    assert both.time(3) - both.time(2) == pytest.approx((STEP + jump) / 2)
    assert both.time(4) - both.time(3) == pytest.approx(4 / PEN_UP_SPEED)


def test_by_share_all_begin_and_end_together() -> None:
    both = Together([LONG, SHORT], "share")
    assert both.count == 5
    assert both.duration == LONG.duration
    assert [both.position_of(digit, 1) for digit in (0, 1)] == [1, 1]
    assert [both.position_of(digit, 5) for digit in (0, 1)] == [5, 3]
    half = both.position(both.duration / 2)
    assert both.position_of(0, half) == pytest.approx(half)
    assert both.position_of(1, half) == pytest.approx(2)


def test_strokes_of_every_digit_are_stepped() -> None:
    two = line(0, 1, 5, 6)
    assert Together([LONG, two], "points").stroke_starts() == [1, 3, 4]
    starts = Together([LONG, two], "share").stroke_starts()
    assert starts[0] == 1
    assert len(starts) == 3
    both = Together([LONG, two], "share")
    assert {both.position_of(0, start) for start in starts} >= {1, 4}
    assert any(both.position_of(1, start) == pytest.approx(3) for start in starts)


@pytest.mark.parametrize("pace", PACES)
def test_a_digit_without_strokes_waits(pace: Pace) -> None:
    both = Together([line(), SHORT, line(4)], pace)
    assert both.count == 3
    assert [both.position_of(0, position) for position in (1, 2, 3)] == [0, 0, 0]
    assert [both.position_of(2, position) for position in (1, 2, 3)] == [1, 1, 1]


@pytest.mark.parametrize("pace", PACES)
def test_without_points_there_is_nothing_to_play(pace: Pace) -> None:
    for none in (Together([], pace), Together([line(), line()], pace)):
        assert (none.count, none.first, none.duration) == (0, 0, 0)
        assert none.stroke_starts() == []
    assert Together([line(), line()], pace).position_of(1, 0) == 0


@given(DIGITS, st.sampled_from(PACES))
def test_no_pen_runs_back_or_beyond_its_end(
    digits: list[list[tuple[int, int]]], pace: Pace
) -> None:
    arrays = [np.array(digit, dtype=np.int16).reshape(-1, 2) for digit in digits]
    timelines = [Timeline(array, stroke_offsets(array)) for array in arrays]
    both = Together(timelines, pace)
    times = np.linspace(0, both.duration, 20)
    positions = [both.position(time) for time in times]
    assert positions == sorted(positions)
    for digit, timeline in enumerate(timelines):
        own = [both.position_of(digit, position) for position in positions]
        assert own == pytest.approx(sorted(own))
        assert own[0] == timeline.first
        assert both.position_of(digit, both.count) == timeline.count
