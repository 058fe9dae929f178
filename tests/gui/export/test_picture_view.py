"""Pictures are shown as they are, in the middle, and play."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from viewer.gui.export.contents import Drawing, Film
from viewer.gui.export.picture_view import PictureView
from viewer.gui.images import rgba_image

RED, BLUE = (255, 0, 0, 255), (0, 0, 255, 255)


def film(*colors: tuple[int, int, int, int], size: tuple[int, int] = (200, 100)) -> Film:
    shape = (size[1], size[0], 4)
    frames = tuple(np.broadcast_to(np.array(c, np.uint8), shape).copy() for c in colors)
    return Film(frames, (20,) * len(frames), size)


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    made = PictureView()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def color_at(view: PictureView, x: int, y: int) -> str:
    image = view.grab().toImage()
    ratio = image.width() / view.width()
    return image.pixelColor(round(x * ratio), round(y * ratio)).name()


def extent(view: PictureView, name: str) -> tuple[int, int]:
    """Return over how many pixels a colour reaches, across the middle and down the middle."""
    image = view.grab().toImage().scaled(view.size())
    across = [image.pixelColor(x, view.height() // 2).name() for x in range(view.width())]
    down = [image.pixelColor(view.width() // 2, y).name() for y in range(view.height())]
    return across.count(name), down.count(name)


def test_a_picture_is_as_large_as_it_is(view: PictureView) -> None:
    view.show_film(film(RED))
    assert extent(view, "#ff0000") == (200, 100)
    assert color_at(view, 101, 101) == color_at(view, 299, 199) == "#ff0000"
    assert not view.playing


def test_a_large_picture_is_fitted_in(view: PictureView) -> None:
    view.show_film(film(RED, size=(800, 200)))
    assert extent(view, "#ff0000") == (400, 100)


def test_a_small_picture_is_enlarged_by_whole_multiples(view: PictureView) -> None:
    view.show_film(film(RED, size=(28, 28)))
    assert extent(view, "#ff0000") == (280, 280)


def test_a_film_plays_for_ever_while_it_is_seen(qtbot: QtBot, view: PictureView) -> None:
    view.show_film(film(RED, BLUE))
    seen: list[str] = []

    def next_frame() -> bool:
        seen.append(color_at(view, 200, 150))
        return seen[-1:] != seen[-2:-1]

    for _ in range(4):
        qtbot.waitUntil(next_frame)
    assert {"#ff0000", "#0000ff"} <= set(seen)
    view.hide()
    assert not view.playing
    view.show()
    assert view.playing
    view.show_film(film(RED))
    assert not view.playing
    view.show_film(film(RED, BLUE))
    view.clear()
    assert not view.playing
    assert extent(view, "#ff0000") == (0, 0)


def test_what_is_transparent_shows_squares(view: PictureView) -> None:
    view.show_film(film((255, 0, 0, 0)))
    colors = {color_at(view, x, 150) for x in range(120, 280, 4)}
    assert len(colors) == 2


def test_a_drawing_is_drawn(view: PictureView) -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" '
        b'viewBox="0 0 200 100"><rect width="200" height="100" fill="#00ff00"/></svg>'
    )
    view.show_drawing(Drawing(svg, moves=False))
    assert extent(view, "#00ff00") == (200, 100)
    view.show_film(film(RED))
    assert extent(view, "#00ff00") == (0, 0)


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((3, 3), np.uint8), np.zeros((3, 3, 3), np.uint8), np.zeros((3, 3, 4), np.int8),
        np.zeros((0, 3, 4), np.uint8),
    ],
)  # fmt: skip
def test_other_arrays_are_no_picture(pixels: NDArray[Any]) -> None:
    with pytest.raises(ValueError, match="no picture with transparency"):
        rgba_image(pixels)


def test_rows_of_any_length_and_layout_are_taken() -> None:
    pixels = np.arange(5 * 7 * 4, dtype=np.uint8).reshape(5, 7, 4)
    image = rgba_image(pixels[::-1, ::2])
    red, green, blue, alpha = pixels[4, 2].tolist()
    color = image.pixelColor(1, 0)
    assert (color.red(), color.green(), color.blue(), color.alpha()) == (red, green, blue, alpha)
