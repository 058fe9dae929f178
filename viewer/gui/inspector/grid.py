"""Hair lines between the pixels of an image."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

LINE = QColor(128, 132, 140, 120)
"""Between paper and ink, so that it is seen on both and loud on none."""

SMALLEST = 6.0
"""Logical pixels an image pixel is wide from which lines do not cover more than they show."""

LEVEL = -1.0
"""Height in the stack: above the picture and what lies at `BELOW`, below drawings."""

BELOW = -2.0
PICTURE = -3.0


class GridItem(QGraphicsItem):
    """Lines around every pixel; one device pixel wide, and none while pixels are small."""

    def __init__(self) -> None:
        super().__init__()
        self._bounds = QRectF(0, 0, 1, 1)
        self.setZValue(LEVEL)
        self.hide()

    def set_shape(self, rows: int, columns: int) -> None:
        """Take the size of another image."""
        bounds = QRectF(0, 0, columns, rows)
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds

    def boundingRect(self) -> QRectF:
        return self._bounds.adjusted(-1, -1, 1, 1)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        transform = painter.transform()
        if transform.m11() < SMALLEST:
            return
        place = transform.mapRect(self._bounds)
        hair = 1 / painter.device().devicePixelRatioF()
        painter.save()
        painter.resetTransform()
        for column in range(round(self._bounds.width()) + 1):
            x = _snap(place.left() + column * transform.m11(), hair)
            painter.fillRect(QRectF(x, place.top(), hair, place.height()), LINE)
        for row in range(round(self._bounds.height()) + 1):
            y = _snap(place.top() + row * transform.m22(), hair)
            painter.fillRect(QRectF(place.left(), y, place.width(), hair), LINE)
        painter.restore()


def _snap(place: float, hair: float) -> float:
    """Return the nearest edge of a device pixel."""
    return round(place / hair) * hair
