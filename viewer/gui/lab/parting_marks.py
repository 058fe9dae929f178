"""Marks on the lab's boards: skeleton pixels that one side has alone, where orders part."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

ONLY_A, ONLY_B = "#e69f00", "#cc79a7"
"""Colours of the pixels that only A has, and only B, on paper."""
PARTS = "#5fd6a6"
"""Colour of the diamond around the point at which the orders part."""
AIR = 0.04
LINE = 0.12
REACH = 1.0
"""Air around a mark, width of its lines, and reach of the diamond, in image pixels."""


class PartingMarks(QGraphicsItem):
    """Squares below a side's strokes: full where only it has a pixel, else open."""

    def __init__(self, own: str, other: str) -> None:
        super().__init__()
        self.own: list[tuple[int, int]] = []
        self.missing: list[tuple[int, int]] = []
        self._own_color, self._other_color = QColor(own), QColor(other)
        self._bounds = QRectF(0, 0, 1, 1)

    def set_pixels(self, own: NDArray[np.bool_], missing: NDArray[np.bool_]) -> None:
        """Mark the pixels, bool (M, N), that this side has alone, and those it has not."""
        self.prepareGeometryChange()
        self._bounds = QRectF(0, 0, own.shape[1], own.shape[0])
        self.own, self.missing = _pixels(own), _pixels(missing)
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._own_color)
        for row, column in self.own:
            painter.drawRect(_square(row, column, AIR))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._other_color, LINE))
        for row, column in self.missing:
            painter.drawRect(_square(row, column, AIR + LINE / 2))


class PartingPlace(QGraphicsItem):
    """A diamond above the strokes, around the point at which the orders part."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(5)
        self.hide()

    def show_at(self, point: tuple[int, int] | None) -> None:
        """Stand around a point, (row, column), or nowhere."""
        self.setVisible(point is not None)
        if point is not None:
            self.setPos(point[1] + 0.5, point[0] + 0.5)

    def boundingRect(self) -> QRectF:
        reach = REACH + LINE
        return QRectF(-reach, -reach, 2 * reach, 2 * reach)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(PARTS), 2 * LINE))
        corners = ((0.0, -REACH), (REACH, 0.0), (0.0, REACH), (-REACH, 0.0))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))


def _pixels(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    return [(int(row), int(column)) for row, column in np.argwhere(mask)]


def _square(row: int, column: int, air: float) -> QRectF:
    return QRectF(column + air, row + air, 1 - 2 * air, 1 - 2 * air)
