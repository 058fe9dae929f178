"""The marks as painted: full squares, open squares, a diamond."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from tests.pictures import mask_of
from viewer.gui.lab.parting_marks import PARTS, PartingMarks, PartingPlace

OWN, OTHER = "#ff0000", "#00ff00"
SCALE = 20


def paint(item: QGraphicsItem) -> QImage:
    """Return an item on black, an image pixel 20 pixels wide, 4 of them across."""
    scene = QGraphicsScene(0, 0, 4, 4)
    scene.addItem(item)
    image = QImage(4 * SCALE, 4 * SCALE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    scene.render(painter)
    painter.end()
    scene.removeItem(item)
    return image


def color(image: QImage, row: float, column: float) -> str:
    return image.pixelColor(round(column * SCALE), round(row * SCALE)).name()


def test_own_pixels_are_full_and_missing_ones_open() -> None:
    marks = PartingMarks(OWN, OTHER)
    own = """
        ....
        .#..
        ....
        ....
    """
    missing = """
        ....
        ...#
        ....
        ....
    """
    marks.set_pixels(mask_of(own), mask_of(missing))
    image = paint(marks)
    assert color(image, 1.5, 1.5) == OWN
    assert color(image, 1.5, 3.5) == "#000000"
    assert color(image, 1.5, 3.1) == OTHER
    assert color(image, 2.5, 2.5) == "#000000"
    assert (marks.own, marks.missing) == ([(1, 1)], [(1, 3)])


def test_the_diamond_stands_around_a_point_or_nowhere() -> None:
    place = PartingPlace()
    place.show_at((1, 2))
    image = paint(place)
    assert color(image, 0.5, 2.5) == PARTS
    assert color(image, 1.5, 2.5) == "#000000"
    place.show_at(None)
    assert color(paint(place), 0.5, 2.5) == "#000000"
