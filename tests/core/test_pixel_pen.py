"""Paths on pixels, drawn as a slow and readable pen would draw them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.pictures import mask_of
from viewer.core.pen import PEN_WIDTH
from viewer.core.pixel_pen import FINE, draw_pixels

Stroke = list[tuple[int, int]]


def draw_slowly(strokes: list[Stroke], side: int) -> NDArray[np.uint8]:
    """Ink every subpixel whose centre is within the pen's radius of a stroke."""
    places = (np.arange(side * FINE) + 0.5) / FINE - 0.5
    row, column = np.meshgrid(places, places, indexing="ij")
    ink = np.zeros(row.shape, dtype=bool)
    for stroke in strokes:
        for a, b in zip(stroke[:1] + stroke, stroke, strict=False):
            along = np.subtract(b, a).astype(float)
            length = along @ along
            ahead = (row - a[0]) * along[0] + (column - a[1]) * along[1]
            part = np.clip(ahead / length, 0, 1) if length else np.zeros(row.shape)
            far = (row - a[0] - part * along[0]) ** 2 + (column - a[1] - part * along[1]) ** 2
            ink |= far <= (PEN_WIDTH / 2) ** 2 + 1e-9
    cells = ink.reshape(side, FINE, side, FINE).sum(axis=(1, 3))
    return np.asarray((255 * cells + FINE * FINE // 2) // (FINE * FINE), dtype=np.uint8)


def draw_many(digits: list[list[Stroke]], side: int) -> NDArray[np.uint8]:
    points = [point for strokes in digits for stroke in strokes for point in stroke]
    starts = [not n for strokes in digits for stroke in strokes for n in range(len(stroke))]
    counts = [sum(map(len, strokes)) for strokes in digits]
    return draw_pixels(
        np.array(points, np.int64).reshape(-1, 2),
        np.array(starts, bool),
        np.cumsum([0, *counts]),
        side,
    )


place = st.tuples(st.integers(0, 8), st.integers(0, 8))
digits = st.lists(st.lists(st.lists(place, min_size=1, max_size=4), max_size=3), max_size=3)


@settings(max_examples=40, deadline=None)  # the first call compiles
@given(digits)
def test_ink_is_where_the_pen_was(digits: list[list[Stroke]]) -> None:
    images = draw_many(digits, 9)
    assert images.shape == (len(digits), 9, 9)
    for image, strokes in zip(images, digits, strict=True):
        np.testing.assert_array_equal(image, draw_slowly(strokes, 9))


def test_steps_to_all_sides_and_at_the_edges() -> None:
    sides = [-1, 0, 1]
    strokes = [[(4, 4), (4 + down, 4 + right)] for down in sides for right in sides]
    corners = [[(a, b), (abs(a - 1), b)] for a in (0, 8) for b in (0, 8)]
    for stroke in [*strokes, *([(min(r, 8), c) for r, c in stroke] for stroke in corners)]:
        np.testing.assert_array_equal(draw_many([[stroke]], 9)[0], draw_slowly([stroke], 9))


def test_a_dot_is_round() -> None:
    dot = draw_many([[[(2, 2)]]], 5)[0]
    np.testing.assert_array_equal(dot > 100, mask_of(".....\n..#..\n.###.\n..#..\n....."))
    np.testing.assert_array_equal(dot, dot.T)
    np.testing.assert_array_equal(dot, dot[::-1])


def test_nothing_is_drawn_between_strokes_and_digits() -> None:
    images = draw_many([[[(0, 0)], [(8, 8)]], [], [[(8, 0)]]], 9)
    assert not images[0, 4].any()
    assert not images[1].any()
    assert not images[2, :6].any()
    assert not images[2, :, 3:].any()


def test_many_digits_are_drawn_some_at_a_time() -> None:
    told: list[int] = []
    count = 2500
    points = np.column_stack([np.arange(count) % 28, np.arange(count) % 17])
    images = draw_pixels(
        points, np.zeros(count, bool), np.arange(count + 1), 28, progress=told.append
    )
    assert sum(told) == count
    assert len(told) > 1
    assert (images.argmax(axis=2).max(axis=1) <= 17).all()
    for digit in (0, 1024, 2499):
        np.testing.assert_array_equal(images[digit], draw_slowly([[tuple(points[digit])]], 28))


@pytest.mark.parametrize("point", [(-1, 0), (0, 9)])
def test_points_outside_are_refused(point: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="outside an image of 9 x 9"):
        draw_many([[[point]]], 9)
