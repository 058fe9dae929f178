"""The drawing of strokes: palette, chevrons and point numbers follow their switches."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionGraphicsItem

from tests.gui.inspector.digits import TWO_STROKES, draw
from viewer.core.sequence import stroke_offsets
from viewer.gui.inspector.labels import figures_font
from viewer.gui.inspector.palette import PALETTES
from viewer.gui.inspector.strokes import StrokesItem
from viewer.gui.theme import dark, light

SCALE = 20
SIDE = 12
LINE = np.array([(6, column) for column in range(1, 10)])


@pytest.fixture
def item(qapp: QApplication) -> StrokesItem:
    """Return a line to the right, drawn whole, without chevrons."""
    made = StrokesItem(light(), figures_font(qapp.font(), -1))
    made.set_strokes(LINE, np.array([0, len(LINE)]), (SIDE, SIDE))
    made.set_position(len(LINE))
    made.set_arrows(False)
    return made


def picture(item: StrokesItem, scale: float = SCALE) -> QImage:
    image = QImage(round(SIDE * scale), round(SIDE * scale), QImage.Format.Format_RGB32)
    image.fill(QColor(light().paper))
    painter = QPainter(image)
    painter.scale(scale, scale)
    item.paint(painter, QStyleOptionGraphicsItem())
    painter.end()
    return image


def color(image: QImage, row: float, column: float) -> str:
    return image.pixelColor(round(column * SCALE), round(row * SCALE)).name()


def test_a_palette_colours_every_stroke_and_outlives_a_theme(item: StrokesItem) -> None:
    points = draw(TWO_STROKES).points
    item.set_strokes(points, stroke_offsets(points), (10, 10))
    item.set_position(len(points))
    assert color(picture(item), 1.5, 2.5) == PALETTES["contrast"][0]
    item.set_palette("rainbow")
    item.set_theme(dark())
    image = picture(item)
    assert color(image, 1.5, 2.5) == PALETTES["rainbow"][0]
    assert color(image, 5.5, 1.5) == PALETTES["rainbow"][1]


def test_a_chevron_points_along_the_stroke(item: StrokesItem) -> None:
    bare = picture(item)
    item.set_arrows(True)
    arrowed = picture(item)
    assert arrowed != bare
    middle = 6.0  # halfway between the fifth and the sixth point
    tail, tip = middle - 0.25, middle + 0.25
    for side in (-0.45, 0.45):
        assert color(bare, 6.5 + side, tail) == light().paper
        assert color(arrowed, 6.5 + side, tail) != light().paper
        assert color(arrowed, 6.5 + side, tip) == light().paper


def test_chevrons_appear_once_the_pen_has_passed(item: StrokesItem) -> None:
    item.set_position(4)
    before = picture(item)
    item.set_arrows(True)
    assert picture(item) == before
    item.set_position(6)
    passed = picture(item)
    item.set_arrows(False)
    assert picture(item) != passed


def test_points_are_numbered_on_dimmed_strokes_instead_of_chevrons(item: StrokesItem) -> None:
    plain = picture(item)
    item.set_point_numbers(True)
    numbered = picture(item)
    between = (6.5, 3.0)
    assert color(plain, *between) == PALETTES["contrast"][0]
    assert (
        QColor(color(numbered, *between)).lightness() < QColor(color(plain, *between)).lightness()
    )
    item.set_arrows(True)
    assert picture(item) == numbered


def test_small_pixels_keep_chevrons_and_full_colours(item: StrokesItem) -> None:
    item.set_arrows(True)
    small = picture(item, 13)
    item.set_point_numbers(True)
    assert picture(item, 13) == small
