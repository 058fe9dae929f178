"""Which positions a picture of the filmstrip holds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.gui.inspector.digits import TWO_STROKES, draw
from viewer.core.extract import extract
from viewer.datasets.source import open_source
from viewer.gui.inspector.film import Film


def film_of(picture: str) -> Film:
    digit = draw(picture)
    rows, columns = digit.image.shape
    return Film(digit.points, digit.stroke_offsets, (rows, columns))


def at(film: Film, position: float) -> Film:
    film.position = position
    return film


def test_a_film_without_strokes_has_no_picture() -> None:
    film = Film.empty()
    assert (film.count, film.current) == (0, -1)
    assert film.end_beyond(1) is None


def test_the_stroke_last_drawn_on_is_current() -> None:
    film = film_of(TWO_STROKES)  # strokes a to f, g to j
    positions = (0, 1, 5.5, 6, 6.9, 7, 10)
    assert [at(film, position).current for position in positions] == [-1, 0, 0, 0, 0, 1, 1]


def test_share_and_pen_follow_the_position() -> None:
    film = film_of(TWO_STROKES)
    assert at(film, 1).share == 0
    assert at(film, 3.5).share == 0.5
    assert film.pen() == (1.5, 5.0)  # between c and d
    assert at(film, 6.5).share == 1  # in the air, after f
    assert film.pen() == (3.5, 5.5)
    assert at(film, 10).pen() == (6.5, 3.5)


def test_a_single_point_is_drawn_at_once() -> None:
    film = at(film_of("a...\n....\n...b"), 2)
    assert (film.count, film.current, film.share) == (2, 1, 1)
    assert film.position_at(1, 0.3) == 2
    assert film.pen() == (2.5, 3.5)


@given(st.integers(0, 1), st.floats(0, 1))
def test_a_share_of_a_stroke_comes_back(stroke: int, share: float) -> None:
    film = film_of(TWO_STROKES)
    film.position = film.position_at(stroke, share)
    assert film.current == stroke
    assert film.share == pytest.approx(share)


def test_ends_beyond_the_position() -> None:
    film = film_of(TWO_STROKES)
    ends = [(at(film, p).end_beyond(-1), film.end_beyond(1)) for p in (1, 6, 8, 10)]
    assert ends == [(None, 6), (None, 10), (6, 10), (6, None)]


def test_the_number_stands_in_the_freest_corner() -> None:
    assert film_of("abc.\n....\n....\n....").corner == (0, 1)
    assert film_of("a..b\nd..c\n....\ng...").corner == (1, 1)


def test_real_digits_are_cut_into_their_strokes(shared_data: Path) -> None:
    images = open_source(shared_data / "mnist").splits["test"].images[:200]
    for image in images:
        digit = extract(image)
        film = Film(digit.points, digit.stroke_offsets, (28, 28))
        assert film.ends(0)[0] == 1
        assert film.ends(film.count - 1)[1] == len(digit.points)
        for stroke in range(film.count):
            for share, point in zip((0.0, 1.0), film.ends(stroke), strict=True):
                film.position = film.position_at(stroke, share)
                assert film.current == stroke
                np.testing.assert_array_equal(film.pen(), digit.points[point - 1] + 0.5)
