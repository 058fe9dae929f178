"""Small drawings: every pixel where it belongs, in its colour."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from viewer.gui.browser.raster import (
    DOT,
    LINE,
    START,
    Traced,
    color_table,
    draw_dots,
    draw_source,
    draw_strokes,
)
from viewer.gui.theme import OKABE_ITO, light

TABLE = color_table(light())
PAPER, INK = 0xFF101113, 0xFFFFFFFF
STROKE_COLORS = [0xFF000000 | int(color[1:], 16) for color in OKABE_ITO]
POINTS = np.array([(1, 1), (1, 2), (2, 3), (3, 2), (4, 2), (0, 4), (1, 4)])
STROKE = np.array([0, 0, 0, 0, 0, 1, 1])
SHAPE = (5, 6)


def traced(points: NDArray[np.int64], stroke: NDArray[np.int64]) -> Traced:
    """Return one digit, behind one without points."""
    return Traced(points, stroke, np.ones(len(points), np.int64))


def brightness(picture: NDArray[np.uint32]) -> NDArray[np.float64]:
    """Return how far pixels are from paper, 0 to 1 for white."""
    parts = np.stack([picture >> shift & 255 for shift in (16, 8, 0)], axis=-1).astype(float)
    paper = np.array([0x10, 0x11, 0x13])
    return np.asarray(((parts - paper) / (255 - paper)).mean(axis=-1))


def distance(y: float, x: float, first: NDArray[np.int64], second: NDArray[np.int64]) -> float:
    """Return how far a place is from the line between two pixels' middles."""
    start, way = first + 0.5, (second - first).astype(float)
    along = float(np.clip(((y, x) - start) @ way / max(way @ way, 1), 0, 1))
    return float(np.hypot(*((y, x) - start - along * way)))


@pytest.mark.parametrize("scale", [1, 2, 5])
def test_a_source_is_its_pixels_between_paper_and_ink(scale: int) -> None:
    image = np.array([[0, 255, 128], [7, 0, 255]], np.uint8)
    picture = draw_source(image[None], scale, TABLE)[0]
    assert picture.shape == (2 * scale, 3 * scale)
    assert (picture[:scale, :scale] == PAPER).all()
    assert (picture[scale:, 2 * scale :] == INK).all()
    assert np.allclose(brightness(picture[::scale, ::scale]), image / 255, atol=0.01)


@pytest.mark.parametrize("scale", [1, 3, 4, 6])
def test_dots_cover_their_pixels_and_leave_air(scale: int) -> None:
    blank, picture = draw_dots(traced(POINTS, STROKE), 2, SHAPE, scale, TABLE)
    assert (blank == PAPER).all()
    radius = max(DOT, min(1 / scale, 0.5))
    for row, column in np.ndindex(*picture.shape):
        y, x = (row + 0.5) / scale, (column + 0.5) / scale
        pixel = np.array((int(y), int(x)))
        there = (pixel == POINTS).all(axis=1).any()
        away = distance(y, x, pixel, pixel)
        wanted = np.clip(0.5 + (radius - away) * scale, 0, 1) if there else 0
        assert brightness(picture)[row, column] == pytest.approx(wanted, abs=0.01)


def test_dots_of_two_pixels_leave_air() -> None:
    picture = draw_dots(traced(POINTS, STROKE), 2, SHAPE, 2, TABLE)[1]
    assert (picture[::2, ::2] == INK).sum() == len(POINTS)
    assert (picture != PAPER).sum() == len(POINTS)


@pytest.mark.parametrize("scale", [1, 2, 3, 6])
def test_strokes_are_lines_of_even_width_with_a_start(scale: int) -> None:
    blank, picture = draw_strokes(traced(POINTS, STROKE), 2, SHAPE, scale, TABLE)
    assert (blank == PAPER).all()
    half = max(LINE / 2, min(1 / scale, 0.5))
    dot = max(START, min(1 / scale, 0.5))
    steps = [pair for pair in itertools.pairwise(range(len(POINTS))) if pair != (4, 5)]
    for row, column in np.ndindex(*picture.shape):
        y, x = (row + 0.5) / scale, (column + 0.5) / scale
        reach = max(half - distance(y, x, POINTS[a], POINTS[b]) for a, b in steps)
        begun = max(dot - distance(y, x, POINTS[a], POINTS[a]) for a in (0, 5))
        covered = np.clip(0.5 + max(reach, begun) * scale, 0, 1)
        drawn = picture[row, column] != PAPER
        assert drawn == (covered > 0.01) or covered < 0.03
        if covered == 1:
            assert picture[row, column] in STROKE_COLORS[:2]


def test_strokes_take_the_colours_in_turn() -> None:
    count = len(OKABE_ITO) + 1
    points = np.array([(0, 2 * stroke) for stroke in range(count)])
    picture = draw_strokes(traced(points, np.arange(count)), 2, (1, 2 * count), 3, TABLE)[1]
    middles = picture[1, 1::6].tolist()
    assert middles == [*STROKE_COLORS, STROKE_COLORS[0]]
