"""The Strokes panel's drawing: strokes up to the pen, what is to come, and the pen."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from viewer.gui.inspector.arrows import Arrow, place_arrows
from viewer.gui.inspector.number_marks import (
    SMALLEST_POINT_NUMBERED,
    StrokeNumbers,
    paint_point_numbers,
)
from viewer.gui.inspector.palette import PALETTES
from viewer.gui.theme import Theme, dark

LINE = 0.35
GHOST = 0.22
START = 0.45
HEAD = 0.45
CHEVRON = 0.5
CHEVRON_LINE = 0.22
"""Line widths, radii and how far a chevron's arms reach, in image pixels."""

LIT = 0.65
"""Share of its stroke's colour in a number; the rest is ink."""

DIMMED = 0.5
"""Share of its colour that a stroke keeps while its points are numbered."""


class StrokesItem(QGraphicsItem):
    """A digit's strokes, drawn up to a position (see `Schedule`)."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        super().__init__()
        self._theme = theme
        self._accent = QColor(dark().accent)  # paper is dark in both themes
        self._font = font
        self._colors = [QColor(color) for color in theme.stroke_colors]
        self._arrows_on = True
        self._point_numbers_on = False
        self._position = 0.0
        self._offsets: NDArray[np.int64] = np.zeros(1, dtype=np.int64)
        self._centers: list[QPointF] = []
        self._arrows: list[Arrow] = []
        self._numbers = StrokeNumbers(font)
        self._bounds = QRectF(0, 0, 1, 1)

    def set_strokes(
        self, points: NDArray[np.integer], offsets: NDArray[np.int64], shape: tuple[int, int]
    ) -> None:
        """Take another digit: points (row, column), stroke offsets, image shape."""
        self.prepareGeometryChange()
        self._offsets = offsets
        self._centers = [QPointF(column + 0.5, row + 0.5) for row, column in points.tolist()]
        self._arrows = place_arrows(points, offsets)
        self._numbers.set_strokes(points, offsets, shape)
        self._position = 0.0
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

    def set_palette(self, name: str) -> None:
        """Colour the strokes from another of `PALETTES`."""
        self._colors = [QColor(color) for color in PALETTES[name]]
        self.update()

    def set_arrows(self, on: bool) -> None:
        """Show which way the pen goes by chevrons along the strokes, or not.

        Where points are numbered, their numbers show it instead.
        """
        self._arrows_on = on
        self.update()

    def set_point_numbers(self, on: bool) -> None:
        """Write on each point which one it is where pixels are large enough, or not."""
        self._point_numbers_on = on
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def color(self, stroke: int) -> QColor:
        """Return the colour of a stroke, counted from 0."""
        return self._colors[stroke % len(self._colors)]

    def _number_color(self, stroke: int) -> QColor:
        """Return a begun stroke's colour, mixed with ink: thin figures need more light."""
        if self._offsets[stroke] >= math.floor(self._position):
            return QColor(self._theme.removed)
        return _mix(self.color(stroke), QColor(self._theme.ink), LIT)

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
        numbered = self._point_numbers_on and painter.transform().m11() >= SMALLEST_POINT_NUMBERED
        for stroke in strokes:
            if self._offsets[stroke] < drawn:
                color = self.color(stroke)
                if numbered:
                    color = _mix(color, QColor(self._theme.paper), DIMMED)
                self._paint_stroke(painter, stroke, color)
        if self._arrows_on and not numbered:
            self._paint_arrows(painter)
        self._paint_head(painter)
        if numbered:
            ink = QColor(self._theme.ink)
            paint_point_numbers(painter, self._font, self._centers, drawn, ink)
        self._numbers.paint(painter, self._number_color)

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

    def _paint_stroke(self, painter: QPainter, stroke: int, color: QColor) -> None:
        """Draw a stroke as far as the pen went."""
        start, stop = self._offsets[stroke : stroke + 2].tolist()
        reached = min(stop, math.floor(self._position))
        line = self._centers[start:reached]
        if reached < stop and self._position > reached:
            line = [*line, self._tip(reached)]
        painter.setPen(_round_pen(color, LINE))
        _draw_line(painter, line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(self._centers[start], START, START)

    def _paint_arrows(self, painter: QPainter) -> None:
        """Draw the chevrons that the pen has passed."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for arrow in self._arrows:
            if arrow.point + 2 > self._position:
                return
            middle = QPointF(arrow.place[1], arrow.place[0])
            way = QPointF(arrow.way[1], arrow.way[0]) * CHEVRON
            side = QPointF(-way.y(), way.x())
            painter.setPen(_round_pen(self.color(arrow.stroke), CHEVRON_LINE))
            tail = middle - way * 0.5
            painter.drawPolyline(QPolygonF([tail + side, middle + way * 0.5, tail - side]))

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


def _mix(color: QColor, other: QColor, share: float) -> QColor:
    """Return a share of a colour, mixed with another one."""
    rest = 1.0 - share
    return QColor(
        round(share * color.red() + rest * other.red()),
        round(share * color.green() + rest * other.green()),
        round(share * color.blue() + rest * other.blue()),
    )


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
