"""The skeleton's dots, the moments of its thinning and the marks on it, as painted."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionGraphicsItem

from tests.pictures import mask_of
from viewer.gui.inspector.dots import MARKED, SUB_ITERATIONS, DotsItem
from viewer.gui.theme import light

SCALE = 40
PAPER = "#101113"
INK = "#ffffff"
TEE = mask_of("""
    .......
    .#####.
    ...#...
    ...#...
    ...#...
    .......
    .....#.
    """)
SMALL = np.zeros(TEE.shape, dtype=np.bool_)
SMALL[6, 5] = True
SKELETON = TEE & ~SMALL
REMOVED = np.zeros(TEE.shape, dtype=np.uint8)
REMOVED[2, 1:3] = 1
REMOVED[2, 4] = 2
REMOVED[3, 4] = 3


@pytest.fixture
def item(qapp: QApplication) -> DotsItem:
    made = DotsItem(light())
    made.set_pixels(SKELETON, SMALL, REMOVED)
    return made


def painted(item: DotsItem) -> QImage:
    bounds = item.boundingRect()
    image = QImage(
        round(bounds.width()) * SCALE, round(bounds.height()) * SCALE, QImage.Format.Format_RGB32
    )
    image.fill(QColor(PAPER))
    painter = QPainter(image)
    painter.scale(SCALE, SCALE)
    item.paint(painter, QStyleOptionGraphicsItem())
    painter.end()
    return image


def color(image: QImage, row: float, column: float) -> str:
    """Return the colour at a place in pixels of the digit."""
    return image.pixelColor(round(column * SCALE), round(row * SCALE)).name()


def filled(image: QImage, expected: str) -> NDArray[np.bool_]:
    """Tell which pixels of the digit have a colour in their middle."""
    return np.array(
        [[color(image, r + 0.5, c + 0.5) == expected for c in range(7)] for r in range(7)]
    )


def test_the_skeleton_is_dots_and_a_small_part_a_ring(item: DotsItem) -> None:
    image = painted(item)
    np.testing.assert_array_equal(filled(image, INK), SKELETON)
    assert color(image, 1.05, 2.05) == PAPER  # air between dots
    assert color(image, 6.5, 5.5) == PAPER
    assert color(image, 6.5, 5.5 + 0.29) == INK


@pytest.mark.parametrize("step", range(4))
def test_a_step_shows_what_stays_and_what_goes(item: DotsItem, step: int) -> None:
    item.set_step(step)
    image = painted(item)
    going = np.equal(REMOVED, step + 1)
    np.testing.assert_array_equal(filled(image, INK), TEE | np.greater(REMOVED, step + 1))
    np.testing.assert_array_equal(filled(image, SUB_ITERATIONS[step % 2]), going)
    assert color(image, 1.02, 2.02) == INK  # whole pixels, no dots
    for row, column in np.argwhere(going):
        assert color(image, row + 0.05, column + 0.05) == PAPER


def test_the_last_step_is_the_skeleton_again(item: DotsItem) -> None:
    before = painted(item)
    item.set_step(1)
    assert painted(item) != before
    item.set_step(None)
    assert painted(item) == before


def test_a_step_stays_as_digits_change(item: DotsItem) -> None:
    item.set_step(0)
    item.set_pixels(SKELETON[:, ::-1].copy(), SMALL, REMOVED[:, ::-1].copy())
    going = filled(painted(item), SUB_ITERATIONS[0])
    np.testing.assert_array_equal(going, np.equal(REMOVED, 1)[:, ::-1])


def test_ends_have_rings_and_the_junction_a_diamond(item: DotsItem) -> None:
    image = painted(item)
    for row, column in ((1, 1), (1, 5), (4, 3)):
        assert color(image, row + 0.5 - 0.55, column + 0.5) == MARKED
        assert color(image, row + 0.5, column + 0.5) == INK
    assert color(image, 3.5 - 0.55, 3.5) != MARKED  # neither an end nor a junction
    middle = 0.74 / 2
    assert color(image, 1.5 - middle, 3.5 - middle) == MARKED
    item.set_marks(False)
    plain = painted(item)
    assert MARKED not in {color(plain, r / 20, c / 20) for r in range(140) for c in range(140)}
    np.testing.assert_array_equal(filled(plain, INK), SKELETON)
    item.set_marks(True)
    assert painted(item) == image


def test_the_graph_stands_for_the_diamonds(item: DotsItem) -> None:
    before = painted(item)
    item.set_graph(True)
    image = painted(item)
    middle = 0.74 / 2
    assert color(image, 1.5 - middle, 3.5 - middle) != MARKED
    assert color(image, 1.5 - 0.55, 1.5) == MARKED  # endpoints keep their rings
    item.set_graph(False)
    assert painted(item) == before


def test_a_digit_without_pixels_paints_nothing(item: DotsItem) -> None:
    none = np.zeros((3, 4), dtype=np.bool_)
    item.set_pixels(none, none)
    for step in (None, 0, 5):
        item.set_step(step)
        image = painted(item)
        assert image.size().toTuple() == (4 * SCALE, 3 * SCALE)
        colors = {
            image.pixelColor(x, y).name()
            for x in range(0, image.width(), 8)
            for y in range(0, image.height(), 8)
        }
        assert colors == {PAPER}
