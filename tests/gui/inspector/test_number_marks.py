"""Numbers are painted upright, where there is room, and for drawn points only."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from viewer.gui.inspector.labels import figures_font
from viewer.gui.inspector.number_marks import (
    SMALLEST_NUMBERED,
    SMALLEST_POINT_NUMBERED,
    StrokeNumbers,
    paint_point_numbers,
)

SIDE = 12
INK = QColor("#ffffff")


def canvas(scale: float) -> tuple[QImage, QPainter]:
    """Return a black image of a board at a scale, and a painter in image pixels."""
    edge = round(SIDE * scale)
    image = QImage(edge, edge, QImage.Format.Format_RGB32)
    image.fill(QColor("#000000"))
    painter = QPainter(image)
    painter.scale(scale, scale)
    return image, painter


def lit(image: QImage) -> NDArray[np.bool_]:
    """Tell which pixels of an image are not black."""
    values = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width())
    return np.asarray(values & 0xFFFFFF != 0)


def point_numbers(
    app: QApplication, scale: float, *, drawn: int = 8, count: int = 8
) -> NDArray[np.bool_]:
    image, painter = canvas(scale)
    centers = [QPointF(1.5 + place % 8, 1.5 + 2 * (place // 8)) for place in range(count)]
    paint_point_numbers(painter, figures_font(app.font(), -1), centers, drawn, INK)
    painter.end()
    return lit(image)


def columns(picture: NDArray[np.bool_], scale: int) -> list[int]:
    """Return which columns of the first row of points hold figures."""
    row = picture[scale : 2 * scale]
    return [c for c in range(SIDE) if row[:, c * scale + 3 : (c + 1) * scale - 3].any()]


def test_points_are_numbered_once_pixels_are_large(qapp: QApplication) -> None:
    assert not point_numbers(qapp, SMALLEST_POINT_NUMBERED - 1).any()
    assert columns(point_numbers(qapp, SMALLEST_POINT_NUMBERED), 14) == list(range(1, 9))


def test_points_to_come_are_not_numbered(qapp: QApplication) -> None:
    assert columns(point_numbers(qapp, 20, drawn=3), 20) == [1, 2, 3]


def test_wide_numbers_are_written_on_every_fifth_point(qapp: QApplication) -> None:
    assert columns(point_numbers(qapp, 14, drawn=8, count=1000), 14) == [5]
    assert columns(point_numbers(qapp, 40, drawn=8, count=1000), 40) == list(range(1, 9))


@pytest.mark.parametrize("scale", [SMALLEST_POINT_NUMBERED, 17, 24, 40])
def test_neighbouring_numbers_do_not_touch(qapp: QApplication, scale: int) -> None:
    picture = point_numbers(qapp, scale, drawn=30, count=64)
    for place in range(2, 9):
        assert not picture[:, round(place * scale)].any()


def stroke_numbers(app: QApplication, scale: float) -> NDArray[np.bool_]:
    numbers = StrokeNumbers(figures_font(app.font(), -1))
    points = np.array([(6, 3), (7, 3), (8, 3), (6, 8), (7, 8)])
    numbers.set_strokes(points, np.array([0, 3, 5]), (SIDE, SIDE))
    image, painter = canvas(scale)
    numbers.paint(painter, lambda stroke: QColor("#ff0000" if stroke else "#00ff00"))
    painter.end()
    values = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    return np.stack((values & 0x00FF00 != 0, values & 0xFF0000 != 0))


def test_strokes_are_numbered_in_their_colours_beside_their_starts(qapp: QApplication) -> None:
    scale = 16
    for picture, column in zip(stroke_numbers(qapp, scale), (3.5, 8.5), strict=True):
        rows, places = np.nonzero(picture)
        assert np.hypot(rows.mean() / scale - 6.5, places.mean() / scale - column) < 2


def test_strokes_are_not_numbered_on_a_tiny_board(qapp: QApplication) -> None:
    assert stroke_numbers(qapp, SMALLEST_NUMBERED).any()
    assert not stroke_numbers(qapp, SMALLEST_NUMBERED - 0.5).any()


def test_places_follow_the_digit_and_the_zoom(qapp: QApplication) -> None:
    numbers = StrokeNumbers(figures_font(qapp.font(), -1))
    numbers.set_strokes(np.array([(6, 3), (7, 3)]), np.array([0, 2]), (SIDE, SIDE))
    before = numbers.spots(8)
    assert numbers.spots(8) is before
    assert numbers.spots(16) != before
    numbers.set_strokes(np.array([(2, 3), (3, 3)]), np.array([0, 2]), (SIDE, SIDE))
    assert numbers.spots(16)[0] != before[0]
