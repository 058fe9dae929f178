"""The graph of a skeleton, drawn below its dots on the Thinned board."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from viewer.gui.inspector.grid import BELOW, PICTURE
from viewer.gui.inspector.reasons_graph import GraphPicture

CHAINS = ("#2f6f9f", "#9a6a1c", "#3d7a54", "#85528a")
"""Colours of chains, quiet beside the dots on them."""
JUNCTION = "#b9bcc2"
HATCH = "#6d7178"
"""Colour of the hatching within loops."""
WIDTH = 0.92
"""Width of a chain, in pixels; dots leave a seam of it on either side."""
JOINT = 0.64
"""Half the side of a junction's squares, in pixels."""
CORNER = 0.62
EDGE = 0.12


class GraphItem(QGraphicsItem):
    """Chains as bands, junctions as grey squares, corners as tilted ones, loops hatched."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue((BELOW + PICTURE) / 2)
        self._bounds = QRectF(0, 0, 1, 1)
        self._picture: GraphPicture | None = None
        self._lines: list[QPolygonF] = []

    def set_graph(self, picture: GraphPicture | None, shape: tuple[int, int]) -> None:
        """Show the graph of a digit of some shape, or none."""
        self.prepareGeometryChange()
        self._bounds = QRectF(0, 0, shape[1], shape[0])
        self._picture = picture
        self._lines = [] if picture is None else [_polygon(line) for line in picture.lines]
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        picture = self._picture
        if picture is None:
            return
        self._paint_holes(painter, picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for line, tint in zip(self._lines, picture.tints, strict=True):
            painter.setPen(
                QPen(
                    QColor(CHAINS[tint]),
                    WIDTH,
                    Qt.PenStyle.SolidLine,
                    Qt.PenCapStyle.RoundCap,
                    Qt.PenJoinStyle.RoundJoin,
                )
            )
            if line.size() == 1:
                painter.drawPoint(line.first())
            else:
                painter.drawPolyline(line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(JUNCTION))
        for row, column in picture.junctions.tolist():
            painter.drawRect(QRectF(column + 0.5 - JOINT, row + 0.5 - JOINT, 2 * JOINT, 2 * JOINT))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(JUNCTION), EDGE))
        for row, column in picture.corners.tolist():
            middle = QPointF(column + 0.5, row + 0.5)
            sides = ((0.0, -CORNER), (CORNER, 0.0), (0.0, CORNER), (-CORNER, 0.0))
            painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in sides]))

    def _paint_holes(self, painter: QPainter, picture: GraphPicture) -> None:
        """Hatch what loops enclose: a diagonal line in every pixel."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(HATCH), EDGE / 2))
        for row, column in picture.holes.tolist():
            painter.drawLine(QPointF(column, row + 1), QPointF(column + 1, row))


def _polygon(line: NDArray[np.int16]) -> QPolygonF:
    """Return the line through the centres of pixels."""
    return QPolygonF([QPointF(column + 0.5, row + 0.5) for row, column in line.tolist()])
