"""Signs on the transport's buttons, drawn sharp at every scale in the theme's colours."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPixmap, QPolygonF

from viewer.gui.theme import Theme

SIDE = 16
"""Logical pixels a sign is high and wide."""

Shape = Sequence[tuple[float, float]]


def _bar(left: float, width: float = 2) -> Shape:
    return ((left, 3), (left + width, 3), (left + width, 13), (left, 13))


_SHAPES: dict[str, tuple[Shape, ...]] = {
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
    icon = QIcon()
    states = (
        (QIcon.Mode.Normal, QIcon.State.Off, theme.text),
        (QIcon.Mode.Normal, QIcon.State.On, theme.accent),
        (QIcon.Mode.Disabled, QIcon.State.Off, theme.border),
        (QIcon.Mode.Disabled, QIcon.State.On, theme.border),
    )
    for mode, state, color in states:
        for ratio in (1, 2, 3):
            icon.addPixmap(_draw(name, QColor(color), ratio), mode, state)
    return icon


def _draw(name: str, color: QColor, ratio: int) -> QPixmap:
    pixmap = QPixmap(SIDE * ratio, SIDE * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if name.startswith("loop"):
        _draw_loop(painter, color)
        _draw_figure(painter, color, name.removeprefix("loop").strip())
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        for shape in _SHAPES[name]:
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in shape]))
    painter.end()
    return pixmap


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
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([QPointF(9.5, 5.8), QPointF(15, 6.3), QPointF(14.2, 0.8)]))


def _draw_figure(painter: QPainter, color: QColor, figure: str) -> None:
    """Write a figure into the circle of the loop."""
    font = painter.font()
    font.setPixelSize(7)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(QRectF(2.5, 2.5, 11, 11), Qt.AlignmentFlag.AlignCenter, figure)
