"""Thumbnails: sharp, centred, drawn once, and as what was asked for as soon as it is there."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet, Split
from viewer.gui.browser import tiles as module
from viewer.gui.browser.tiles import Tiles
from viewer.gui.browser.traces import Traces
from viewer.gui.jobs import Jobs
from viewer.gui.theme import Theme, light

PAPER = 0xFF101113


@pytest.fixture
def traces(jobs: Jobs) -> Traces:
    return Traces(jobs)


@pytest.fixture
def tiles(traces: Traces, table: Table) -> Tiles:
    made = Tiles(light(), traces)
    made.set_table(table)
    return made


def grey(image: QImage, x: int, y: int) -> int:
    return image.pixelColor(x, y).red()


def test_a_digit_is_centred_at_a_whole_scale(tiles: Tiles, table: Table) -> None:
    tiles.set_size(60, 1.0)
    tiles.prepare([5])
    picture = tiles.get(5).toImage()
    assert (picture.width(), picture.height()) == (60, 60)
    image = table.image(5)
    for row in range(28):
        for column in range(28):
            bright = grey(picture, 2 + 2 * column, 2 + 2 * row) == 255
            assert bright == (image[row, column] == 255)
    assert picture.pixel(1, 30) == PAPER


def test_screen_pixels_are_used(tiles: Tiles) -> None:
    tiles.set_size(56, 2.0)
    tiles.prepare([5])
    pixmap = tiles.get(5)
    assert pixmap.width() == 112
    assert pixmap.deviceIndependentSize().width() == 56


def test_large_images_are_made_smaller_as_a_whole(traces: Traces) -> None:
    images = np.zeros((1, 100, 60), np.uint8)
    images[0, :, 58:] = 255
    tiles = Tiles(light(), traces)
    tiles.set_table(Table(DigitSet("Large", "large", {"train": Split("train", images)})))
    tiles.set_size(50, 1.0)
    tiles.prepare([0])
    picture = tiles.get(0).toImage()
    assert (picture.width(), picture.height()) == (50, 50)
    assert grey(picture, 39, 25) > 200
    assert picture.pixel(45, 25) == PAPER


def test_a_tile_is_drawn_once(tiles: Tiles) -> None:
    tiles.prepare([1, 2])
    first = tiles.get(1).cacheKey()
    tiles.prepare([1, 2, 3])
    assert tiles.get(1).cacheKey() == first
    tiles.set_size(84, 1.0)
    tiles.prepare([1])
    assert tiles.get(1).cacheKey() != first


def test_the_source_stands_in_for_strokes(qtbot: QtBot, tiles: Tiles, traces: Traces) -> None:
    tiles.prepare([3])
    source = tiles.get(3).toImage()
    tiles.set_cell("strokes")
    with qtbot.waitSignal(traces.arrived):
        tiles.prepare([3])
        assert tiles.get(3).toImage() == source
    tiles.prepare([3])
    strokes = tiles.get(3).toImage()
    assert strokes != source
    assert {light().stroke_colors[0]} <= {
        strokes.pixelColor(x, y).name() for x in range(56) for y in range(56)
    }
    tiles.set_cell("skeleton")
    tiles.prepare([3])
    assert tiles.get(3).toImage() not in (source, strokes)


def test_digits_of_several_splits_and_shapes_are_drawn_together(traces: Traces) -> None:
    small, large = np.full((2, 9, 9), 255, np.uint8), np.full((2, 14, 7), 255, np.uint8)
    splits = {"a": Split("a", small), "b": Split("b", large)}
    tiles = Tiles(light(), traces)
    tiles.set_table(Table(DigitSet("Mixed", "mixed", splits)))
    tiles.set_size(28, 1.0)
    tiles.prepare([3, 0])
    wide, tall = tiles.get(0).toImage(), tiles.get(3).toImage()
    assert [grey(wide, x, 14) for x in (0, 1, 26, 27)] == [
        255 * (x in (0, 1, 26)) or 16 for x in (0, 1, 26, 27)
    ]
    assert [grey(tall, x, 14) for x in (6, 7, 20, 21)] == [16, 255, 255, 16]


def test_what_was_seen_long_ago_is_dropped(tiles: Tiles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BYTES", 0)
    for position in range(10):
        tiles.prepare([position])
    tiles.get(9)
    with pytest.raises(KeyError):
        tiles.get(0)


def test_another_theme_and_another_set_draw_anew(tiles: Tiles, table: Table) -> None:
    tiles.prepare([0])
    before = tiles.get(0).toImage()
    theme = light()
    fields = {name: getattr(theme, name) for name in Theme.__slots__}
    tiles.set_theme(Theme(**(fields | {"paper": "#300000"})))
    tiles.prepare([0])
    assert tiles.get(0).toImage() != before
    tiles.set_table(table)
    with pytest.raises(KeyError):
        tiles.get(0)
