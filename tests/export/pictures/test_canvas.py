"""Lines and letters in pixels, compared with counting tiny squares."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from viewer.export.pictures.canvas import Canvas
from viewer.export.pictures.ramps import IMAGE, INK, STEP_OF, STEPS, stroke_ramp

SIDE = 24
FINE = 10
PLACE = st.tuples(st.floats(-4, SIDE + 4), st.floats(-4, SIDE + 4))
A, B = stroke_ramp(0), stroke_ramp(1)


def cover_of(canvas: Canvas) -> NDArray[np.float64]:
    """Return how much of each pixel is covered, whatever by."""
    return np.asarray(STEP_OF[canvas.indices] / STEPS)


def slow_cover(
    start: tuple[float, float], end: tuple[float, float], width: float
) -> NDArray[np.float64]:
    """Count the tiny squares of each pixel that lie within half a width of a line."""
    axis = (np.arange(SIDE * FINE) + 0.5) / FINE
    first, way = np.array(start), np.array(end) - start
    places = np.stack(np.meshgrid(axis, axis, indexing="ij"), axis=-1) - first
    along = np.clip(places @ way / max(float(way @ way), 1e-300), 0, 1)
    inside = np.linalg.norm(places - along[..., None] * way, axis=-1) <= width / 2
    return np.asarray(inside.reshape(SIDE, FINE, SIDE, FINE).mean(axis=(1, 3)))


@given(PLACE, PLACE, st.floats(2, 8))
def test_lines_cover_what_tiny_squares_say(
    start: tuple[float, float], end: tuple[float, float], width: float
) -> None:
    canvas = Canvas.blank(SIDE, SIDE)
    canvas.line(A, start, end, width)
    expected = slow_cover(start, end, width)
    assert np.abs(cover_of(canvas) - expected).max() < 0.25
    edges = 2 * math.dist(start, end) + 10
    assert abs(cover_of(canvas).sum() - expected.sum()) < edges / FINE


@given(PLACE, PLACE, st.lists(st.floats(0, 1), max_size=4))
def test_a_line_drawn_bit_by_bit_is_the_line(
    start: tuple[float, float], end: tuple[float, float], stops: list[float]
) -> None:
    whole, parts = Canvas.blank(SIDE, SIDE), Canvas.blank(SIDE, SIDE)
    whole.line(A, start, end, 3.0)
    shares = [0.0, *sorted(stops), 1.0]
    places = [
        (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
        for share in shares
    ]
    for first, last in itertools.pairwise(places):
        parts.line(A, first, last, 3.0)
    steps = STEPS * np.abs(cover_of(parts) - cover_of(whole))
    assert steps.max() <= 1.001, "more than what rounding can do"
    assert (steps > 0).sum() <= 3


def test_a_disc_is_round_and_full() -> None:
    canvas = Canvas.blank(SIDE, SIDE)
    canvas.disc(A, (12.0, 12.0), 5.0)
    cover = cover_of(canvas)
    np.testing.assert_array_equal(cover, cover.T)
    np.testing.assert_array_equal(cover, cover[::-1])
    assert cover.sum() == pytest.approx(np.pi * 25, rel=0.02)


def test_a_pixel_goes_to_what_covers_more_of_it() -> None:
    canvas = Canvas.blank(1, 3)
    canvas.stamp(A, (0, 0), np.array([[1.0, 0.6, 0.2]]))
    canvas.stamp(B, (0, 0), np.array([[0.9, 0.6, 0.0]]))
    ramps = (canvas.indices[0] - 1) // STEPS
    assert ramps.tolist() == [A, B, A]


def test_strokes_cover_an_image_behind_with_their_faintest_edge() -> None:
    canvas = Canvas.blank(1, 2)
    canvas.stamp(IMAGE, (0, 0), np.ones((1, 2)))
    canvas.stamp(A, (0, 0), np.array([[0.0, 1 / STEPS]]))
    assert ((canvas.indices[0] - 1) // STEPS).tolist() == [IMAGE, A]


@pytest.mark.parametrize("corner", [(-2, -2), (3, 3), (-9, 0), (0, 9), (9, 9)])
def test_what_does_not_fit_is_cut_off(corner: tuple[int, int]) -> None:
    canvas = Canvas.blank(5, 5)
    stamp = np.ones((4, 4))
    canvas.stamp(INK, corner, stamp)
    expected = np.zeros((30, 30))
    expected[corner[0] + 10 : corner[0] + 14, corner[1] + 10 : corner[1] + 14] = 1
    np.testing.assert_array_equal(cover_of(canvas), expected[10:15, 10:15])
