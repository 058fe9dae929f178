"""Numbers on a drawing, upright and of one size at every zoom: of strokes and of points."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTransform

from viewer.gui.inspector.numbers import Spot, place_numbers

SMALLEST_NUMBERED = 4.0
"""Logical pixels an image pixel, below which strokes are not numbered."""

SMALLEST_POINT_NUMBERED = 14.0
"""Logical pixels an image pixel, below which points are not numbered."""

POINT_FIGURES = (8, 12)
"""Heights in logical pixels of the font that numbers points, smallest and largest."""

POINT_SHARE = 0.9
"""Share of a pixel that the number of its point may be wide."""

Color = Callable[[int], QColor]


class StrokeNumbers:
    """The strokes' numbers, placed anew for each digit and zoom."""

    def __init__(self, font: QFont) -> None:
        self._font = font
        self._metrics = QFontMetricsF(font)
        self._points: NDArray[np.integer] = np.zeros((0, 2), dtype=np.int16)
        self._offsets: NDArray[np.int64] = np.zeros(1, dtype=np.int64)
        self._shape = (1, 1)
        self._placed: tuple[float, list[Spot | None]] = (0.0, [])

    def set_strokes(
        self, points: NDArray[np.integer], offsets: NDArray[np.int64], shape: tuple[int, int]
    ) -> None:
        """Take another digit: points (row, column), stroke offsets, image shape."""
        self._points, self._offsets, self._shape = points, offsets, shape
        self._placed = (0.0, [])

    def spots(self, scale: float) -> list[Spot | None]:
        """Return where the numbers stand with `scale` logical pixels an image pixel."""
        if self._placed[0] != scale:
            widest = self._metrics.horizontalAdvance(str(len(self._offsets) - 1))
            size = (self._metrics.capHeight() / scale, widest / scale)
            self._placed = (scale, place_numbers(self._points, self._offsets, size, self._shape))
        return self._placed[1]

    def paint(self, painter: QPainter, color: Color) -> None:
        """Draw the numbers, each in the colour of its stroke, and the lines that lead to some."""
        transform = painter.transform()
        if transform.m11() < SMALLEST_NUMBERED:
            return
        painter.save()
        painter.resetTransform()
        painter.setFont(self._font)
        for stroke, spot in enumerate(self.spots(transform.m11())):
            if spot is None:
                continue
            painter.setPen(QPen(color(stroke), 1.0))
            if spot.leader is not None:
                row, column = (self._points[self._offsets[stroke]] + 0.5).tolist()
                painter.drawLine(_map(transform, (row, column)), _map(transform, spot.leader))
            _draw_text(painter, self._metrics, _map(transform, spot.center), str(stroke + 1))
        painter.restore()


def paint_point_numbers(
    painter: QPainter, font: QFont, centers: list[QPointF], drawn: int, color: QColor
) -> None:
    """Write the number of each drawn point, from 1, on its pixel, where pixels are large.

    Figures are as large as the widest number allows; where that is too small to read, every
    fifth point is numbered.
    """
    transform = painter.transform()
    scale = transform.m11()
    if scale < SMALLEST_POINT_NUMBERED:
        return
    smallest, largest = POINT_FIGURES
    font = QFont(font)
    font.setPixelSize(largest)
    widest = QFontMetricsF(font).horizontalAdvance(str(len(centers)))
    fitting = int(largest * POINT_SHARE * scale / widest)
    font.setPixelSize(min(max(fitting, smallest), largest))
    step = 1 if fitting >= smallest else 5
    metrics = QFontMetricsF(font)
    painter.save()
    painter.resetTransform()
    painter.setFont(font)
    painter.setPen(color)
    for point in range(drawn):
        if (point + 1) % step == 0:
            _draw_text(painter, metrics, transform.map(centers[point]), str(point + 1))
    painter.restore()


def _map(transform: QTransform, place: tuple[float, float]) -> QPointF:
    """Return where a (row, column) of the image is on the screen."""
    return transform.map(QPointF(place[1], place[0]))


def _draw_text(painter: QPainter, metrics: QFontMetricsF, center: QPointF, text: str) -> None:
    """Draw figures around a place."""
    left = center.x() - metrics.horizontalAdvance(text) / 2
    painter.drawText(QPointF(left, center.y() + metrics.capHeight() / 2), text)
