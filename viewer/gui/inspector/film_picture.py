"""The drawing of one picture of the filmstrip."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from viewer.gui.inspector.film import Film
from viewer.gui.theme import Theme, dark

EDGE = 6
"""Logical pixels at both sides of a picture that stand for the ends of its stroke."""

LINE = 2.0
DOT = 2.75
HEAD = 3.0
TRACK = 2.0
"""Line widths and radii in logical pixels: the pictures are too small for the board's."""

EARLIER = 0.5
"""Share of their colour that the strokes before a picture's own keep on the paper."""


class FilmPainter:
    """Draws the pictures of a film in the colours of a theme."""

    def __init__(self, film: Film, theme: Theme) -> None:
        self.film = film
        self.theme = theme
        self._accent = QColor(dark().accent)  # paper is dark in both themes
        self._muted = QColor(dark().muted)
        self._points = [QPointF(column, row) for row, column in film.centers.tolist()]

    def paint(self, painter: QPainter, stroke: int, place: QRectF, *, focused: bool) -> None:
        """Draw the picture that ends with a stroke."""
        current = stroke == self.film.current
        painter.fillRect(place, QColor(self.theme.paper))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_strokes(painter, stroke, place)
        self._paint_number(painter, stroke, place)
        if current:
            self._paint_track(painter, place)
        width = 2 if current and focused else 1
        color = QColor(self.theme.accent if current else self.theme.border)
        miter, flat = Qt.PenJoinStyle.MiterJoin, Qt.PenCapStyle.FlatCap
        painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, flat, miter))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.adjusted(width / 2, width / 2, -width / 2, -width / 2))
        if stroke == self.film.pointed:
            painter.setPen(QPen(QColor(self.theme.ink), 1, Qt.PenStyle.SolidLine, flat, miter))
            painter.drawRect(place.adjusted(2.5, 2.5, -2.5, -2.5))

    def _paint_strokes(self, painter: QPainter, last: int, place: QRectF) -> None:
        """Draw the strokes up to one, that one bright, with the pen where it is at work."""
        film = self.film
        rows, columns = film.shape
        scale = (place.width() - 2) / max(film.shape)
        painter.save()
        painter.setClipRect(place)
        painter.translate(place.center())
        painter.scale(scale, scale)
        painter.translate(-columns / 2, -rows / 2)
        for stroke in range(last + 1):
            share = 1.0 if stroke == last else EARLIER
            self._paint_stroke(painter, stroke, self._color(stroke, share), scale)
        if last == film.current:
            row, column = film.pen()
            painter.setPen(QPen(QColor(self.theme.ink), 1 / scale))
            painter.setBrush(self._accent)
            painter.drawEllipse(QPointF(column, row), HEAD / scale, HEAD / scale)
        painter.restore()

    def _color(self, stroke: int, share: float) -> QColor:
        """Return a share of a stroke's colour, mixed with paper."""
        colors = self.theme.stroke_colors
        own, paper = QColor(colors[stroke % len(colors)]), QColor(self.theme.paper)
        mixed = (
            round(share * one + (1 - share) * other)
            for one, other in (
                (own.red(), paper.red()),
                (own.green(), paper.green()),
                (own.blue(), paper.blue()),
            )
        )
        return QColor(*mixed)

    def _paint_stroke(self, painter: QPainter, stroke: int, color: QColor, scale: float) -> None:
        """Draw a stroke with its start dot."""
        start, stop = self.film.offsets[stroke : stroke + 2].tolist()
        pen = QPen(color, LINE / scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(self._points[start:stop]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(self._points[start], DOT / scale, DOT / scale)

    def _paint_number(self, painter: QPainter, stroke: int, place: QRectF) -> None:
        """Draw a picture's number in the corner that the digit leaves freest."""
        metrics = QFontMetricsF(painter.font())
        text = str(stroke + 1)
        down, right = self.film.corner
        inner = place.adjusted(5, 5, -5, -8)
        x = inner.right() - metrics.horizontalAdvance(text) if right else inner.left()
        y = inner.bottom() if down else inner.top() + metrics.capHeight()
        current = stroke == self.film.current
        painter.setPen(QColor(self.theme.ink) if current else self._muted)
        painter.drawText(QPointF(x, y), text)

    def _paint_track(self, painter: QPainter, place: QRectF) -> None:
        """Draw how much of the stroke is drawn; it ends below the mouse that scrubs it."""
        track = QRectF(place.left() + EDGE, place.bottom() - 3 - TRACK, 0, TRACK)
        track.setWidth(place.width() - 2 * EDGE)
        painter.fillRect(track, QColor(self.theme.ghost))
        track.setWidth(track.width() * self.film.share)
        painter.fillRect(track, self._accent)
