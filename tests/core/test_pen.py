from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.naive_truth import draw_strokes
from viewer.core.pen import UNIT, render, render_many

Stroke = NDArray[np.float64]
numbers = st.integers(0, 500)
strokes_xy = st.lists(
    st.lists(st.tuples(numbers, numbers), min_size=1, max_size=12).map(
        lambda points: np.array(points, dtype=np.float64)
    ),
    min_size=1,
    max_size=3,
)


def mass(image: NDArray[np.uint8]) -> tuple[float, float]:
    """Return the centre of mass in rows and columns."""
    places = np.arange(28)
    total = image.sum()
    return float(image.sum(axis=1) @ places / total), float(image.sum(axis=0) @ places / total)


def test_an_upright_line_is_20_pixels_long_and_2_6_wide() -> None:
    image, path = render([np.array([(70.0, 400.0), (70.0, 100.0)])])
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    assert (len(rows), len(columns)) == (20, 4)
    assert image[14].tolist() == [0] * 13 + [80, 255, 255, 80] + [0] * 11  # 5 of 16 subpixels
    assert image.max() == 255
    (line,) = path
    assert np.ptp(line[:, 0]) == 17.4
    assert line[0, 0] < line[1, 0]  # y points up, rows point down
    assert line[0, 0] + 0.5 - 1.3 == pytest.approx(rows[0])


def test_a_point_is_a_dot() -> None:
    image, path = render([np.array([(3.0, 3.0)])])
    assert image.sum() / 255 == pytest.approx(np.pi * 1.3**2, rel=0.02)
    assert np.abs(np.array(mass(image)) - 14).max() <= 0.5
    assert path[0].tolist() == [[14.5, 14.5]]


def test_strokes_stay_apart() -> None:
    bars = [np.array([(0.0, 0.0), (0.0, 9.0)]), np.array([(9.0, 0.0), (9.0, 9.0)])]
    image, path = render(bars)
    assert not image[:, 13].any()
    assert [len(stroke) for stroke in path] == [2, 2]
    joined, _ = render([np.concatenate(bars)])
    assert joined[:, 13].any()


@settings(deadline=None, max_examples=40)
@given(strokes_xy)
def test_the_image_is_what_a_round_pen_draws_along_the_path(strokes: list[Stroke]) -> None:
    image, path = render(strokes)
    narrow, wide = (255 * draw_strokes(path, 28, 1.3 + off) for off in (-1e-9, 1e-9))
    assert (np.rint(narrow) <= image).all()
    assert (image <= np.rint(wide)).all()
    assert image.shape == (28, 28)


@settings(deadline=None, max_examples=60)
@given(strokes_xy)
def test_size_and_place(strokes: list[Stroke]) -> None:
    image, path = render(strokes)
    points = np.concatenate(path)
    extent = np.ptp(points, axis=0).max()
    assert extent == 0 or abs(extent - 17.4) < 0.01
    rows, columns = image.any(axis=1).sum(), image.any(axis=0).sum()
    assert max(rows, columns) <= 20
    assert image[tuple(np.rint(points).astype(int).T)].all()  # the pen was there
    box = (points.min(axis=0) + points.max(axis=0)) / 2 + 0.5  # its middle
    free = np.abs(box - 14) < 3.9  # it has not reached an edge before the mass its place
    assert (np.abs(np.array(mass(image)) - 14)[free] <= 0.5 + 1e-9).all()
    assert (np.abs(box - 14) <= 4 + 1 / UNIT).all()


@settings(deadline=None, max_examples=40)
@given(strokes_xy, st.integers(-3000, 3000), st.sampled_from([0.5, 2.0, 8.0]))
def test_where_and_how_large_it_was_written_does_not_matter(
    strokes: list[Stroke], moved: int, scale: float
) -> None:
    image, path = render(strokes)
    again, path_again = render([scale * (stroke + moved) for stroke in strokes])
    np.testing.assert_array_equal(image, again)
    for stroke, other in zip(path, path_again, strict=True):
        np.testing.assert_array_equal(stroke, other)
    backward, _ = render([stroke[::-1] for stroke in strokes[::-1]])
    np.testing.assert_array_equal(image, backward)


@settings(deadline=None, max_examples=20)
@given(st.lists(strokes_xy, min_size=1, max_size=4))
def test_many_are_drawn_as_each(digits: list[list[Stroke]]) -> None:
    points = np.concatenate([stroke for strokes in digits for stroke in strokes])
    numbers = [i for strokes in digits for i, stroke in enumerate(strokes) for _ in stroke]
    offsets = np.cumsum([0, *(sum(map(len, strokes)) for strokes in digits)])
    done: list[int] = []
    images, places = render_many(points, np.array(numbers), offsets, progress=done.append)
    assert sum(done) == len(digits)
    for digit, strokes in enumerate(digits):
        image, path = render(strokes)
        np.testing.assert_array_equal(images[digit], image)
        own = places[offsets[digit] : offsets[digit + 1]]
        np.testing.assert_array_equal(own, np.concatenate(path))


def test_none_are_drawn_of_none() -> None:
    images, places = render_many(np.zeros((0, 2)), np.zeros(0, int), np.zeros(1, int))
    assert (images.shape, places.shape) == ((0, 28, 28), (0, 2))


@pytest.mark.parametrize(
    "strokes",
    [
        [],
        [np.zeros((0, 2))],
        [np.zeros((2, 2)), np.zeros((0, 2))],
        [np.zeros((2, 3))],
        [np.array([(0.0, np.nan)])],
        [np.array([(0.0, np.inf)])],
        [np.array([(0.0, 1e300), (0.0, -1e300)])],
    ],
)
def test_what_is_no_path_is_refused(strokes: list[Stroke]) -> None:
    with pytest.raises(ValueError, match=r"stroke|points"):
        render(strokes)
