"""The Strokes panel's drawing: strokes up to the pen, what is to come, and the pen."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from viewer.gui.inspector.numbers import place_numbers
from viewer.gui.theme import Theme, dark

LINE = 0.35
GHOST = 0.22
START = 0.45
HEAD = 0.45
"""Line widths and radii in image pixels."""

SMALLEST_NUMBERED = 4.0
"""Logical pixels an image pixel, below which strokes are not numbered."""


class StrokesItem(QGraphicsItem):
    """A digit's strokes, drawn up to a position (see `Schedule`)."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        super().__init__()
        self._theme = theme
        self._accent = QColor(dark().accent)  # paper is dark in both themes
        self._font = font
        self._position = 0.0
        self._points: NDArray[np.integer] = np.zeros((0, 2), dtype=np.int16)
        self._offsets: NDArray[np.int64] = np.zeros(1, dtype=np.int64)
        self._centers: list[QPointF] = []
        self._numbers: tuple[float, list[tuple[float, float] | None]] = (0.0, [])
        self._shape = (1, 1)
        self._bounds = QRectF(0, 0, 1, 1)

    def set_strokes(
        self, points: NDArray[np.integer], offsets: NDArray[np.int64], shape: tuple[int, int]
    ) -> None:
        """Take another digit: points (row, column), stroke offsets, image shape."""
        self.prepareGeometryChange()
        self._points, self._offsets = points, offsets
        self._centers = [QPointF(column + 0.5, row + 0.5) for row, column in points.tolist()]
        self._numbers = (0.0, [])
        self._position = 0.0
        self._shape = shape
        self._bounds = QRectF(0, 0, shape[1], shape[0])
        self.update()

    def set_position(self, position: float) -> None:
        """Draw up to another position."""
        if position != self._position:
            self._position = position
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def color(self, stroke: int) -> QColor:
        """Return the colour of a stroke, counted from 0."""
        colors = self._theme.stroke_colors
        return QColor(colors[stroke % len(colors)])

    def _number_color(self, stroke: int) -> QColor:
        """Return a stroke's colour, mixed with ink: thin figures need more light."""
        color, ink = self.color(stroke), QColor(self._theme.ink)
        mixed = (
            round(0.65 * own + 0.35 * white)
            for own, white in zip(color.getRgb()[:3], ink.getRgb()[:3], strict=True)  # type: ignore[index]
        )
        return QColor(*mixed)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if not self._centers:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strokes = range(len(self._offsets) - 1)
        drawn = math.floor(self._position)
        for stroke in strokes:
            if self._offsets[stroke + 1] > drawn:
                self._paint_ghost(painter, stroke)
        for stroke in strokes:
            if self._offsets[stroke] < drawn:
                self._paint_lift(painter, stroke)
        for stroke in strokes:
            if self._offsets[stroke] < drawn:
                self._paint_stroke(painter, stroke)
        self._paint_head(painter)
        self._paint_numbers(painter)

    def _paint_ghost(self, painter: QPainter, stroke: int) -> None:
        """Draw a stroke as one still to come."""
        start, stop = self._offsets[stroke : stroke + 2].tolist()
        painter.setPen(_round_pen(QColor(self._theme.ghost), GHOST))
        _draw_line(painter, self._centers[start:stop])
        painter.setPen(QPen(QColor(self._theme.ghost), GHOST / 2))
        painter.setBrush(QColor(self._theme.paper))
        painter.drawEllipse(self._centers[start], START - GHOST / 4, START - GHOST / 4)

    def _paint_lift(self, painter: QPainter, stroke: int) -> None:
        """Draw the way through the air after a stroke, as far as the pen went."""
        stop = int(self._offsets[stroke + 1])
        if stop >= len(self._centers) or self._position <= stop:
            return
        pen = QPen(QColor(self._theme.ink), 1.0)
        pen.setCosmetic(True)
        pen.setDashPattern([3.0, 3.0])
        painter.setOpacity(0.6)
        painter.setPen(pen)
        painter.drawLine(self._centers[stop - 1], self._tip(stop))
        painter.setOpacity(1.0)

    def _paint_stroke(self, painter: QPainter, stroke: int) -> None:
        """Draw a stroke as far as the pen went."""
        start, stop = self._offsets[stroke : stroke + 2].tolist()
        reached = min(stop, math.floor(self._position))
        line = self._centers[start:reached]
        if reached < stop and self._position > reached:
            line = [*line, self._tip(reached)]
        color = self.color(stroke)
        painter.setPen(_round_pen(color, LINE))
        _draw_line(painter, line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(self._centers[start], START, START)

    def _tip(self, index: int) -> QPointF:
        """Return where the pen is on its way to a point, or the point once reached."""
        share = min(self._position - index, 1.0)
        before = self._centers[index - 1]
        return before + (self._centers[index] - before) * share

    def _paint_head(self, painter: QPainter) -> None:
        """Draw the pen: a full disc while it writes, a ring while it is in the air."""
        index = math.floor(self._position)
        if index < 1:
            return
        moving = self._position > index
        place = self._tip(index) if moving else self._centers[index - 1]
        lifted = moving and index in self._offsets
        edge = QPen(QColor(self._theme.ink), 0.14)
        painter.setPen(edge)
        painter.setBrush(QColor(self._theme.paper) if lifted else self._accent)
        painter.drawEllipse(place, HEAD, HEAD)

    def _paint_numbers(self, painter: QPainter) -> None:
        """Draw the strokes' numbers, upright and of one size at every zoom."""
        transform = painter.transform()
        scale = transform.m11()
        if scale < SMALLEST_NUMBERED:
            return
        metrics = QFontMetricsF(self._font)
        if self._numbers[0] != scale:
            widest = metrics.horizontalAdvance(str(len(self._offsets) - 1))
            size = (metrics.capHeight() / scale, widest / scale)
            self._numbers = (scale, place_numbers(self._points, self._offsets, size, self._shape))
        painter.save()
        painter.resetTransform()
        painter.setFont(self._font)
        drawn = math.floor(self._position)
        for stroke, center in enumerate(self._numbers[1]):
            if center is None:
                continue
            begun = self._offsets[stroke] < drawn
            painter.setPen(self._number_color(stroke) if begun else QColor(self._theme.removed))
            spot = transform.map(QPointF(center[1], center[0]))
            text = str(stroke + 1)
            painter.drawText(
                QPointF(
                    spot.x() - metrics.horizontalAdvance(text) / 2,
                    spot.y() + metrics.capHeight() / 2,
                ),
                text,
            )
        painter.restore()


def _round_pen(color: QColor, width: float) -> QPen:
    return QPen(
        color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    )


def _draw_line(painter: QPainter, centers: list[QPointF]) -> None:
    """Draw a line through points; a single one is a dot."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if len(centers) == 1:
        painter.drawPoint(centers[0])
    else:
        painter.drawPolyline(QPolygonF(centers))
