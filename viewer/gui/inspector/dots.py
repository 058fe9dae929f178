"""Marks on single pixels: the skeleton as dots, and the pixel under the mouse."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from viewer.gui.theme import Theme, dark

DOT = 0.36
"""Radius of a skeleton pixel's dot, in pixels; there is air between two of them."""

RING = 0.29
RING_WIDTH = 0.13

MARK = 1.5
"""Logical pixels the frame around the pixel under the mouse is wide, outside of it."""


class DotsItem(QGraphicsItem):
    """A skeleton as bright dots; removed small parts as rings."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._ink = QColor(theme.ink)
        self._dots: list[QPointF] = []
        self._rings: list[QPointF] = []
        self._bounds = QRectF(0, 0, 1, 1)

    def set_pixels(self, skeleton: NDArray[np.bool_], small: NDArray[np.bool_]) -> None:
        """Show a skeleton and the small parts taken from it, both of shape (M, N)."""
        self.prepareGeometryChange()
        rows, columns = skeleton.shape
        self._bounds = QRectF(0, 0, columns, rows)
        self._dots = _centers(skeleton)
        self._rings = _centers(small)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._ink = QColor(theme.ink)
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ink)
        for center in self._dots:
            painter.drawEllipse(center, DOT, DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._ink, RING_WIDTH))
        for center in self._rings:
            painter.drawEllipse(center, RING, RING)


class PixelMark(QGraphicsItem):
    """A frame around the pixel under the mouse; dark outside, so that it shows on ink."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._accent = QColor(dark().accent)  # paper is dark in both themes
        self._paper = QColor(theme.paper)
        self.setZValue(10)
        self.hide()

    def mark(self, row: int, column: int) -> None:
        """Frame a pixel."""
        self.setPos(column, row)
        self.show()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._paper = QColor(theme.paper)
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(-4, -4, 9, 9)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        pixel = painter.transform().mapRect(QRectF(0, 0, 1, 1))
        painter.save()
        painter.resetTransform()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, outside in ((self._accent, 0.0), (self._paper, MARK)):
            painter.setPen(
                QPen(
                    color,
                    MARK,
                    Qt.PenStyle.SolidLine,
                    Qt.PenCapStyle.SquareCap,
                    Qt.PenJoinStyle.MiterJoin,
                )
            )
            reach = outside + MARK / 2
            painter.drawRect(pixel.adjusted(-reach, -reach, reach, reach))
        painter.restore()


def _centers(mask: NDArray[np.bool_]) -> list[QPointF]:
    """Return the centers of set pixels."""
    return [QPointF(column + 0.5, row + 0.5) for row, column in np.argwhere(mask)]
