"""Frames of replays against a pen that is followed step by step."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.export.pictures.digits import (
    ALL,
    DOT,
    EMPTY,
    LARGE,
    SEVEN,
    Strokes,
    drawn_strokes,
    make_drawing,
)
from tests.export.pictures.naive_pen import distance, pen_at, pen_time
from viewer.export.pictures.canvas import Canvas
from viewer.export.pictures.look import Look
from viewer.export.pictures.painter import Page
from viewer.export.pictures.ramps import GHOST, IMAGE, INK, MUTED, STEP_OF, STEPS, STROKE_COLORS
from viewer.export.pictures.replay import Replay
from viewer.export.pictures.sheet import plan_sheet
from viewer.export.pictures.still import draw_still

SCALE = 6
PLAIN = Look(scale=SCALE, ghost="none", speed=40.0, numbers=False, arrows=False, moves=False)


def replay_of(
    digits: list[Strokes], look: Look = PLAIN, shape: tuple[int, int] = (28, 28)
) -> tuple[list[NDArray[np.uint8]], list[int]]:
    """Return the frames and their milliseconds."""
    sheet = plan_sheet(
        [shape], len(digits), scale=look.scale, columns=look.columns, lines=int(look.captions)
    )
    drawings = [make_drawing(strokes, shape) for strokes in digits]
    replay = Replay(drawings, Page(sheet, look, "drawn"), [""] * len(digits))
    return list(replay.frames()), replay.durations


def ramp_of(frame: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return the ramp of each pixel; -1 for paper."""
    return (frame.astype(np.int64) + STEPS - 1) // STEPS - 1


def is_ink(frame: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Tell which pixels have a stroke's colour."""
    ramp = ramp_of(frame)
    return (ramp >= 0) & (ramp < STROKE_COLORS)


def is_pen(frame: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.isin(ramp_of(frame), (INK, MUTED))


@settings(max_examples=50)
@given(strokes=drawn_strokes(), speed=st.sampled_from([13.0, 40.0]))
def test_ink_and_pen_are_where_the_pen_was_and_is(strokes: Strokes, speed: float) -> None:
    look = replace(PLAIN, speed=speed)
    frames, durations = replay_of([strokes], look, (14, 14))
    step = 0.04
    assert durations[:-1] == [40] * math.ceil(pen_time(strokes, speed) / step - 1e-6)
    for number in {0, len(frames) // 3, len(frames) // 2, max(len(frames) - 2, 0)}:
        time = number * step if number < len(frames) - 1 else math.inf
        moment = pen_at(strokes, time, speed)
        seen = is_ink(frames[number]) | is_pen(frames[number])
        for row in range(14):
            for column in range(14):
                center = (SCALE * row + SCALE // 2, SCALE * column + SCALE // 2)
                reached = [distance((row, column), line) for line in moment.lines]
                if moment.pen is not None:
                    reached.append(math.dist((row, column), moment.pen))
                nearest = min(reached, default=math.inf)
                if nearest < 1e-9:
                    assert seen[center]
                if nearest > 0.7:
                    assert not seen[center]


@settings(max_examples=50)
@given(strokes=drawn_strokes())
def test_the_pen_is_a_disc_at_the_tip(strokes: Strokes) -> None:
    frames, _durations = replay_of([strokes], PLAIN, (14, 14))
    for number in range(0, len(frames) - 1, 5):
        moment = pen_at(strokes, number * 0.04, PLAIN.speed)
        pen = is_pen(frames[number])
        if moment.pen is None:
            continue
        rows, columns = np.nonzero(pen)
        middle = (
            (rows.max() + rows.min() + 1) / 2 / SCALE - 0.5,
            (columns.max() + columns.min() + 1) / 2 / SCALE - 0.5,
        )
        assert math.dist(middle, moment.pen) < 0.25
        ramps = set(ramp_of(frames[number])[pen].tolist())
        if min(math.dist(moment.pen, stroke[end]) for stroke in strokes for end in (0, -1)) > 1e-6:
            assert ramps == {MUTED if moment.lifted else INK}


@settings(max_examples=50)
@given(strokes=drawn_strokes())
def test_what_is_written_stays_and_the_end_shows_it_all(strokes: Strokes) -> None:
    frames, _durations = replay_of([strokes], PLAIN, (14, 14))
    for before, after in itertools.pairwise(frames):
        assert not (is_ink(before) & ~is_ink(after) & ~is_pen(after)).any()
    still = Canvas.blank(14 * SCALE, 14 * SCALE)
    draw_still(still, make_drawing(strokes, (14, 14)), PLAIN)
    ends, wanted = STEP_OF[frames[-1]].astype(int), STEP_OF[still.indices].astype(int)
    assert np.abs(ends - wanted).max() <= 1
    assert not is_pen(frames[-1]).any()
    same = ends == wanted
    np.testing.assert_array_equal(frames[-1][same], still.indices[same])


def test_the_first_frame_has_a_pen_on_a_dot() -> None:
    frames, _durations = replay_of([SEVEN])
    assert is_ink(frames[0]).sum() < 0.05 * is_ink(frames[-1]).sum()
    assert is_pen(frames[0]).any()


@pytest.mark.parametrize("strokes", [EMPTY, DOT])
def test_what_takes_no_time_is_one_frame(strokes: Strokes) -> None:
    frames, durations = replay_of([strokes])
    assert durations == [1500]
    assert is_ink(frames[0]).any() == bool(strokes)


@pytest.mark.parametrize(
    ("ghost", "ramp", "where"),
    [("strokes", GHOST, (4, 10)), ("source", IMAGE, (4, 10)), ("none", -1, (4, 10))],
)
def test_ghosts_are_there_before_the_pen(ghost: str, ramp: int, where: tuple[int, int]) -> None:
    frames, _durations = replay_of([SEVEN], replace(PLAIN, ghost=ghost))
    row, column = (SCALE * side + SCALE // 2 for side in where)
    assert ramp_of(frames[0])[row, column] == ramp
    assert is_ink(frames[-1])[row, column]


def test_all_digits_of_a_sheet_begin_at_once_and_wait_for_the_longest() -> None:
    digits = list(ALL.values())
    look = replace(PLAIN, columns=len(digits))
    together, durations = replay_of(digits, look)
    assert len(durations) == max(len(replay_of([strokes])[1]) for strokes in digits)
    for place, strokes in enumerate(digits):
        alone, _durations = replay_of([strokes])
        left = place * (28 * SCALE + SCALE)
        for number, frame in enumerate(together):
            part = frame[:, left : left + 28 * SCALE]
            np.testing.assert_array_equal(part, alone[min(number, len(alone) - 1)])


@pytest.mark.parametrize(("fps", "step"), [(50, 20), (30, 30), (25, 40), (24, 40), (2, 500)])
def test_frames_last_whole_hundredths_and_the_pen_keeps_its_speed(fps: int, step: int) -> None:
    _frames, durations = replay_of([SEVEN], replace(PLAIN, fps=fps, pause=0.0))
    assert set(durations) == {step}
    moving = step * (len(durations) - 1) / 1000
    assert pen_time(SEVEN, PLAIN.speed) <= moving < pen_time(SEVEN, PLAIN.speed) + step / 1000


def test_small_images_lie_in_the_middle_of_their_cell() -> None:
    sheet = plan_sheet([(28, 28)], 1, scale=SCALE)
    drawing = make_drawing([[(0, 0), (9, 9)]], (10, 10))
    *_moving, last = Replay([drawing], Page(sheet, PLAIN, ""), [""]).frames()
    rows, columns = np.nonzero(is_ink(last))
    for places in (rows, columns):
        assert abs((places.min() + places.max() + 1) / 2 - 14 * SCALE) <= 1


def test_large_images_fit() -> None:
    frames, _durations = replay_of([LARGE], replace(PLAIN, scale=2), (64, 64))
    assert frames[-1].shape == (128, 128)
    assert is_ink(frames[-1])[127, 1]


def test_captions_stand_below() -> None:
    frames, _durations = replay_of([SEVEN], replace(PLAIN, captions=True))
    below = frames[0][28 * SCALE :]
    assert (ramp_of(below) == MUTED).any()
    assert frames[0][: 28 * SCALE].shape == (168, 168)
