"""Marks on single pixels: the skeleton and its thinning, the pixel under the mouse."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from viewer.gui.inspector.grid import BELOW
from viewer.gui.theme import Theme, dark

DOT = 0.36
"""Radius of a skeleton pixel's dot, in pixels; there is air between two of them."""

RING = 0.29
RING_WIDTH = 0.13

GOING = 0.16
"""Air around a pixel that is about to go, in pixels, so that it differs without colour."""

SUB_ITERATIONS = ("#4a90c8", "#d0913a")
"""Colours of pixels that go in the first and in the second sub-iteration of a pass."""

MARKED = "#5fd6a6"
"""Colour of the marks of endpoints and junctions."""

END_REACH = 0.55
JUNCTION_REACH = 0.74
MARKED_WIDTH = 0.15

MARK = 1.5
"""Logical pixels the frame around the pixel under the mouse is wide, outside of it."""


class DotsItem(QGraphicsItem):
    """A skeleton as bright dots, or what thinning had left of the image at some moment.

    Removed small parts are rings. Endpoints have a ring around them, junctions a diamond.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setZValue(BELOW)
        self._ink = QColor(theme.ink)
        self._skeleton = self._small = np.zeros((1, 1), dtype=np.bool_)
        self._removed_by = np.zeros((1, 1), dtype=np.uint8)
        self._step: int | None = None
        self._marks = True
        self._graph = False
        self._bounds = QRectF(0, 0, 1, 1)
        self._dots: list[QPointF] = []
        self._rings: list[QPointF] = []
        self._ends: list[QPointF] = []
        self._junctions: list[QPolygonF] = []
        self._going: list[QPointF] = []
        self._left = QImage()

    def set_pixels(
        self,
        skeleton: NDArray[np.bool_],
        small: NDArray[np.bool_],
        removed_by: NDArray[np.uint8] | None = None,
    ) -> None:
        """Show another digit at the same step.

        Parameters
        ----------
        skeleton, small : ndarray of bool, shape (M, N)
            What is left, and the small parts taken from it.
        removed_by : ndarray of uint8, shape (M, N), optional
            Sub-iteration that removed a pixel, or 0. Without it nothing was removed.
        """
        self.prepareGeometryChange()
        rows, columns = skeleton.shape
        self._bounds = QRectF(0, 0, columns, rows)
        self._skeleton, self._small = skeleton, small
        self._removed_by = np.zeros_like(skeleton, np.uint8) if removed_by is None else removed_by
        self._dots, self._rings = _centers(skeleton), _centers(small)
        self._find_marks()
        self._find_left()

    def set_step(self, step: int | None) -> None:
        """Show what is left after some sub-iterations and what the next one takes.

        Parameters
        ----------
        step : int or None
            Sub-iterations done; None shows the skeleton.
        """
        if step != self._step:
            self._step = step
            self._find_left()

    def set_marks(self, on: bool) -> None:
        """Mark endpoints and junctions of the skeleton, or do not."""
        if on != self._marks:
            self._marks = on
            self._find_marks()

    def set_graph(self, on: bool) -> None:
        """Leave the diamonds out where the graph below shows the junctions, or do not."""
        if on != self._graph:
            self._graph = on
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._ink = QColor(theme.ink)
        self._find_left()

    def _find_marks(self) -> None:
        self._ends, self._junctions = [], []
        if self._marks and self._dots:
            from viewer.core.skeleton import find_endpoints, find_junctions

            self._ends = _centers(find_endpoints(self._skeleton))
            numbers = find_junctions(self._skeleton)
            self._junctions = [
                _diamond(np.argwhere(numbers == number))
                for number in range(1, int(numbers.max()) + 1)
            ]
        self.update()

    def _find_left(self) -> None:
        """Draw the pixels that stay at the step as an image; list those that go."""
        self._going, self._left = [], QImage()
        if (step := self._step) is not None:
            rows, columns = self._skeleton.shape
            self._left = QImage(columns, rows, QImage.Format.Format_ARGB32_Premultiplied)
            self._left.fill(Qt.GlobalColor.transparent)
            staying = self._skeleton | self._small | (self._removed_by > step + 1)
            for row, column in np.argwhere(staying):
                self._left.setPixelColor(int(column), int(row), self._ink)
            self._going = _centers(self._removed_by == step + 1)
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._step is None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_skeleton(painter)
        else:
            painter.drawImage(self._bounds, self._left)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(SUB_ITERATIONS[self._step % 2]))
            side = 1 - 2 * GOING
            for center in self._going:
                painter.drawRect(QRectF(center.x() - side / 2, center.y() - side / 2, side, side))

    def _paint_skeleton(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ink)
        for center in self._dots:
            painter.drawEllipse(center, DOT, DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._ink, RING_WIDTH))
        for center in self._rings:
            painter.drawEllipse(center, RING, RING)
        painter.setPen(QPen(QColor(MARKED), MARKED_WIDTH))
        for center in self._ends:
            painter.drawEllipse(center, END_REACH, END_REACH)
        for diamond in () if self._graph else self._junctions:
            painter.drawPolygon(diamond)


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


def _diamond(pixels: NDArray[np.int64]) -> QPolygonF:
    """Return a diamond around the centers of some pixels, (row, column) each."""
    row, column = pixels.mean(axis=0)
    reach = JUNCTION_REACH + float(np.abs(pixels - (row, column)).sum(axis=1).max())
    corners = ((0.0, -reach), (reach, 0.0), (0.0, reach), (-reach, 0.0))
    return QPolygonF([QPointF(column + 0.5 + x, row + 0.5 + y) for x, y in corners])
