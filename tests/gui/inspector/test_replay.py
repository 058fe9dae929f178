"""The stroke clock: positions in time, steps, ends and loops."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.core.sequence import stroke_offsets
from viewer.gui.inspector.replay import END_PAUSES, LONGEST_TICK, SPEEDS, StrokeClock
from viewer.gui.inspector.timeline import PEN_DOWN_SPEED, PEN_UP_SPEED, Timeline

# three points to the right, a jump of 4 columns, two points downward
POINTS = np.array([(0, 0), (0, 1), (0, 2), (0, 6), (1, 6)], dtype=np.int16)
OFFSETS = np.array([0, 3, 5])
STEP = 1 / PEN_DOWN_SPEED
JUMP = 4 / PEN_UP_SPEED


@pytest.fixture
def clock() -> StrokeClock:
    made = StrokeClock()
    made.load(POINTS, OFFSETS)
    return made


def run(clock: StrokeClock, seconds: float, tick: float = 0.01) -> None:
    for _ in range(round(seconds / tick)):
        clock.advance(tick)


def test_writing_and_the_way_through_the_air_take_their_time() -> None:
    timeline = Timeline(POINTS, OFFSETS)
    assert timeline.duration == pytest.approx(3 * STEP + JUMP)
    assert timeline.position(0) == 1
    assert timeline.position(1.5 * STEP) == pytest.approx(2.5)
    assert timeline.position(2 * STEP + JUMP / 2) == pytest.approx(3.5)
    assert timeline.position(99) == 5
    assert timeline.stroke_starts() == [1, 4]


@given(st.lists(st.tuples(st.integers(0, 63), st.integers(0, 63)), unique=True, max_size=40))
def test_time_and_position_are_inverse_and_never_run_back(points: list[tuple[int, int]]) -> None:
    array = np.array(points, dtype=np.int16).reshape(-1, 2)
    timeline = Timeline(array, stroke_offsets(array))
    times = np.linspace(0, timeline.duration, 50)
    positions = [timeline.position(time) for time in times]
    assert positions == sorted(positions)
    assert positions[-1] == len(points)
    assert [timeline.time(p) for p in positions] == pytest.approx(times.tolist())


def test_it_plays_to_the_end_and_stops_there(clock: StrokeClock) -> None:
    clock.play()
    run(clock, 1.0)
    assert clock.position == 5
    assert not clock.playing
    assert not clock.advance(0.1)


def test_speed_scales_the_time(clock: StrokeClock) -> None:
    clock.set_speed(2)
    clock.play()
    clock.advance(STEP)
    assert clock.position == pytest.approx(3)


def test_play_at_the_end_starts_again(clock: StrokeClock) -> None:
    clock.seek(5)
    clock.play()
    assert clock.position == 1
    assert clock.playing


@pytest.mark.parametrize("pause", END_PAUSES)
def test_a_loop_holds_the_digit_then_starts_again(clock: StrokeClock, pause: float) -> None:
    clock.set_end_pause(pause)
    clock.loop = True
    clock.set_speed(10)
    clock.play()
    run(clock, 0.1)
    assert clock.position == 5
    run(clock, pause - 0.2)
    assert clock.position == 5
    assert clock.playing
    run(clock, 0.2)
    assert 1 <= clock.position < 5 or clock.playing
    positions = set()
    for _ in range(200):
        clock.advance(0.01)
        positions.add(clock.position)
    assert min(positions) < 2


def test_steps_go_to_whole_points_and_pause(clock: StrokeClock) -> None:
    clock.seek(2.4)
    clock.playing = True
    clock.step(1)
    assert (clock.position, clock.playing) == (3, False)
    clock.seek(2.4)
    clock.step(-1)
    assert clock.position == 2
    for _ in range(9):
        clock.step(-1)
    assert clock.position == 1
    for _ in range(9):
        clock.step(1)
    assert clock.position == 5


@pytest.mark.parametrize(
    ("start", "direction", "position"),
    [
        (1, 1, 4),
        (3.5, 1, 4),
        (4, 1, 5),
        (5, 1, 5),
        (5, -1, 4),
        (4, -1, 1),
        (3.5, -1, 1),
        (1, -1, 1),
    ],
)
def test_strokes_are_stepped(
    clock: StrokeClock, start: float, direction: int, position: float
) -> None:
    clock.seek(start)
    clock.step_stroke(direction)
    assert clock.position == position


def test_a_frozen_program_does_not_skip_the_writing(clock: StrokeClock) -> None:
    clock.set_speed(0.1)
    clock.play()
    clock.advance(60)
    assert clock.position == pytest.approx(1 + LONGEST_TICK * 0.1 / STEP)


def test_speeds_are_those_on_offer(clock: StrokeClock) -> None:
    clock.set_speed(0.2)
    assert clock.speed == 0.25
    for _ in range(20):
        clock.change_speed(1)
    assert clock.speed == SPEEDS[-1]
    for _ in range(20):
        clock.change_speed(-1)
    assert clock.speed == SPEEDS[0]
    for wrong in (0, -1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="speed"):
            clock.set_speed(wrong)


def test_pauses_are_those_on_offer(clock: StrokeClock) -> None:
    assert clock.end_pause == 1.0
    for asked, taken in ((0, 0.5), (0.7, 0.5), (1.2, 1.0), (99, 2.0)):
        clock.set_end_pause(asked)
        assert clock.end_pause == taken


def test_without_points_nothing_moves() -> None:
    clock = StrokeClock()
    clock.play()
    clock.step(1)
    clock.step_stroke(-1)
    clock.step_stroke(1)
    clock.seek(7)
    assert not clock.advance(1)
    assert (clock.position, clock.playing, clock.count, clock.drawn) == (0, False, 0, 0)


def test_one_point_is_the_start_and_the_end() -> None:
    clock = StrokeClock()
    clock.load(POINTS[:1], np.array([0, 1]))
    clock.play()
    clock.advance(0.1)
    assert (clock.position, clock.playing) == (1, False)
