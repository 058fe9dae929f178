"""Strokes in pixels: at the points of the sequence, in their colours, with numbers apart."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

from tests.export.pictures.digits import (
    ALL,
    DOTS,
    EMPTY,
    SEVEN,
    SLIT,
    Strokes,
    drawn_strokes,
    ink_of,
    make_drawing,
)
from tests.export.pictures.naive_pen import distance
from viewer.export.pictures.canvas import Canvas
from viewer.export.pictures.drawing import LINE, START, figure_size
from viewer.export.pictures.lettering import text_cover
from viewer.export.pictures.look import Look
from viewer.export.pictures.palette import GROUNDS, mix
from viewer.export.pictures.ramps import (
    GHOST,
    IMAGE,
    INDICES,
    MOVING,
    MUTED,
    NUMBER,
    STEP_OF,
    STEPS,
    STROKE_COLORS,
    color_table,
    number_ramp,
    stroke_ramp,
)
from viewer.export.pictures.still import draw_still

SCALE = 9
PLAIN = Look(scale=SCALE, numbers=False, arrows=False, moves=False)


def ramps_of(strokes: Strokes, look: Look, shape: tuple[int, int] = (28, 28)) -> NDArray[np.int64]:
    """Return the ramp of each pixel; -1 for paper."""
    canvas = Canvas.blank(shape[0] * look.scale, shape[1] * look.scale)
    draw_still(canvas, make_drawing(strokes, shape), look)
    return (canvas.indices.astype(np.int64) + STEPS - 1) // STEPS - 1


def middles(pixels: NDArray[np.int64], scale: int = SCALE) -> NDArray[np.int64]:
    """Return the middle of each image pixel."""
    return pixels[scale // 2 :: scale, scale // 2 :: scale]


@settings(max_examples=50)
@given(strokes=drawn_strokes())
def test_pixels_under_strokes_have_their_colours(strokes: Strokes) -> None:
    found = middles(ramps_of(strokes, PLAIN, (14, 14)))
    for row, column in itertools.product(range(14), range(14)):
        near = [
            min(
                math.dist((row, column), stroke[0]) - START + LINE / 2,
                *(distance((row, column), line) for line in pairwise([*stroke, stroke[-1]])),
            )
            for stroke in strokes
        ]
        if min(near, default=math.inf) < 0.05:
            possible = [stroke_ramp(number) for number, far in enumerate(near) if far < LINE]
            assert found[row, column] in possible
        elif min(near, default=math.inf) > 0.6:
            assert found[row, column] == -1


@pytest.mark.parametrize("name", ["seven", "dot", "dots", "empty", "edges", "zigzag"])
@pytest.mark.parametrize("scale", [1, 3, 10])
def test_reduced_to_pixels_strokes_are_the_skeleton(name: str, scale: int) -> None:
    canvas = Canvas.blank(28 * scale, 28 * scale)
    draw_still(canvas, make_drawing(ALL[name]), replace(PLAIN, scale=scale))
    half = STEP_OF[middles(canvas.indices.astype(np.int64), scale)] > STEPS / 2
    np.testing.assert_array_equal(half, ink_of(ALL[name]))


def test_each_part_can_be_left_out() -> None:
    full = ramps_of(SEVEN, replace(PLAIN, numbers=True, arrows=True, moves=True))
    bare = ramps_of(SEVEN, PLAIN)
    assert {NUMBER, NUMBER + 1, MUTED} <= set(full.ravel().tolist())
    assert set(bare.ravel().tolist()) == {-1, stroke_ramp(0), stroke_ramp(1)}
    arrows = ramps_of(SEVEN, replace(PLAIN, arrows=True))
    assert (arrows == stroke_ramp(0)).sum() > (bare == stroke_ramp(0)).sum()
    small = replace(PLAIN, scale=3, numbers=True, arrows=True, moves=True)
    np.testing.assert_array_equal(ramps_of(SEVEN, small), ramps_of(SEVEN, replace(PLAIN, scale=3)))


def test_numbers_cover_neither_strokes_nor_each_other() -> None:
    strokes: Strokes = [[(12, 2 + 2 * at), (13, 2 + 2 * at)] for at in range(12)]
    ramps = ramps_of(strokes, replace(PLAIN, numbers=True))
    bare = ramps_of(strokes, PLAIN)
    np.testing.assert_array_equal(ramps[bare >= 0], bare[bare >= 0])
    figures = [(text_cover(str(number + 1), figure_size(SCALE)) > 0.05) for number in range(12)]
    for number in range(STROKE_COLORS):
        same = range(number, 12, STROKE_COLORS)
        wanted = sum(int(figures[other].sum()) for other in same)
        found = int((ramps == number_ramp(number)).sum())
        assert wanted <= found <= wanted + 120, "with lines that lead to some"


def test_numbers_beside_a_start_keep_off_its_dot() -> None:
    ramps = ramps_of(SLIT, replace(PLAIN, numbers=True))
    bare = ramps_of(SLIT, PLAIN)
    np.testing.assert_array_equal(ramps[bare >= 0], bare[bare >= 0])
    between = ramps[12 * SCALE : 15 * SCALE]
    number = np.flatnonzero((between == number_ramp(11)).any(axis=0))
    assert len(number), "there is no other room for it"
    assert number.max() < np.flatnonzero((between == stroke_ramp(11)).any(axis=0)).min()


def test_dashes_begin_and_end_at_the_strokes() -> None:
    strokes: Strokes = [[(5, 3), (5, 4)], [(5, 20), (5, 21)]]
    row = ramps_of(strokes, replace(PLAIN, moves=True))[5 * SCALE + SCALE // 2]
    line = row[int(4.5 * SCALE) : int(20.5 * SCALE)]
    pieces = [list(group) for _key, group in itertools.groupby(line == MUTED)]
    dashes = [len(piece) for piece in pieces[1:-1] if piece[0]]
    gaps = [len(piece) for piece in pieces[1:-1] if not piece[0]]
    assert len(dashes) > 10
    assert np.ptp(dashes) <= 2
    assert np.ptp(gaps[1:-1]) <= 2
    assert (ramps_of(DOTS[:1], replace(PLAIN, moves=True)) != MUTED).all()


@pytest.mark.parametrize(("image", "ramp"), [("none", -1), ("source", IMAGE), ("skeleton", GHOST)])
def test_what_is_behind(image: str, ramp: int) -> None:
    ramps = ramps_of(SEVEN, replace(PLAIN, image=image))
    corner = ramps[4 * SCALE, 10 * SCALE]
    assert corner == ramp
    assert (ramps_of(EMPTY, replace(PLAIN, image=image)) == -1).all()


@pytest.mark.parametrize("ground", GROUNDS)
def test_colours_go_evenly_from_paper_to_full(ground: str) -> None:
    table = color_table(ground, "contrast").astype(int)
    assert table.shape == (INDICES, 4)
    assert MOVING < 255
    for stroke, color in enumerate(GROUNDS[ground].palettes["contrast"]):
        ramp = table[1 + stroke * STEPS : 1 + (stroke + 1) * STEPS]
        assert ramp[-1].tolist() == [*bytes.fromhex(color[1:]), 255]
        steps = np.diff(np.concatenate((table[:1], ramp)), axis=0)
        if ground == "transparent":
            steps = steps[:, 3:]
        assert np.ptp(steps, axis=0).max() <= 1
        lit = mix(color, GROUNDS[ground].ink, GROUNDS[ground].lit)
        number = 1 + number_ramp(stroke) * STEPS + STEPS - 1
        assert table[number].tolist() == [*bytes.fromhex(lit[1:]), 255]
