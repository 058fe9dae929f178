"""Signs on the transport's buttons, in the theme's colours."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath

from viewer.gui.drawn_icons import Line, fill_with, make_icon, polygon
from viewer.gui.theme import Theme


def _bar(left: float, width: float = 2) -> Line:
    return ((left, 3), (left + width, 3), (left + width, 13), (left, 13))


_SHAPES: dict[str, tuple[Line, ...]] = {
    "play": (((4, 2), (14, 8), (4, 14)),),
    "pause": (_bar(3, 4), _bar(9, 4)),
    "first": (_bar(2), ((13, 3), (5, 8), (13, 13))),
    "last": (((3, 3), (11, 8), (3, 13)), _bar(12)),
    "back": (((10, 3), (3, 8), (10, 13)), _bar(11.5, 1.5)),
    "forward": (_bar(3, 1.5), ((6, 3), (13, 8), (6, 13))),
    "remove": (
        ((3.5, 4.5), (4.5, 3.5), (12.5, 11.5), (11.5, 12.5)),
        ((11.5, 3.5), (12.5, 4.5), (4.5, 12.5), (3.5, 11.5)),
    ),
}


def glyph(name: str, theme: Theme) -> QIcon:
    """Return a sign: play, pause, first, last, back, forward, remove, loop.

    The loop's sign takes the accent where its button is on; "loop 2" has a figure inside.
    """
    return make_icon(_draw, name, theme.text, theme.border, checked=theme.accent)


def _draw(painter: QPainter, name: str, color: QColor) -> None:
    if name.startswith("loop"):
        _draw_loop(painter, color)
        _draw_figure(painter, color, name.removeprefix("loop").strip())
        return
    fill_with(painter, color)
    for shape in _SHAPES[name]:
        painter.drawPolygon(polygon(shape))


def _draw_loop(painter: QPainter, color: QColor) -> None:
    """Draw a circle that closes with an arrow head."""
    circle = QPainterPath()
    box = QRectF(2.5, 2.5, 11, 11)
    circle.arcMoveTo(box, 50)
    circle.arcTo(box, 50, 290)
    pen = painter.pen()
    pen.setColor(color)
    pen.setWidthF(1.8)
    painter.setPen(pen)
    painter.drawPath(circle)
    fill_with(painter, color)
    painter.drawPolygon(polygon(((9.5, 5.8), (15, 6.3), (14.2, 0.8))))


def _draw_figure(painter: QPainter, color: QColor, figure: str) -> None:
    """Write a figure into the circle of the loop."""
    font = painter.font()
    font.setPixelSize(7)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(QRectF(2.5, 2.5, 11, 11), Qt.AlignmentFlag.AlignCenter, figure)
