"""The diamond around the point at which an order parts from another one."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from viewer.gui.theme import Theme

REACH = 1.4
"""From its middle to its corners, in pixels: around a start dot and its air."""
LINE = 0.16
"""Width of its line, in pixels."""
LEVEL = -0.5
"""Height in the stack: below the strokes, so that it hides no number."""


class PartingMark(QGraphicsItem):
    """A diamond around a point."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._ink = QColor(theme.ink)
        self.setZValue(LEVEL)
        self.hide()

    def mark(self, place: tuple[float, float] | None) -> None:
        """Stand around the pixel at a (row, column), or nowhere."""
        self.setVisible(place is not None)
        if place is not None:
            self.setPos(place[1] + 0.5, place[0] + 0.5)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._ink = QColor(theme.ink)
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(-REACH - 1, -REACH - 1, 2 * REACH + 2, 2 * REACH + 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        corners = ((0.0, -REACH), (REACH, 0.0), (0.0, REACH), (-REACH, 0.0))
        diamond = QPolygonF([QPointF(x, y) for x, y in corners])
        pen = QPen(self._ink, LINE)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawPolygon(diamond)
