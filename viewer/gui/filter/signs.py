"""Signs on the filter's buttons, drawn sharp at every scale in the theme's colours."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from viewer.gui.theme import Theme

SIDE = 16
"""Logical pixels a sign is high and wide."""

Line = Sequence[tuple[float, float]]

_LINES: dict[str, tuple[Line, ...]] = {
    "clear": (((4.5, 4.5), (11.5, 11.5)), ((11.5, 4.5), (4.5, 11.5))),
    "find": (((10.2, 10.2), (13.5, 13.5)),),
    "ascending": (((8, 13), (8, 3)), ((4.5, 6.5), (8, 3), (11.5, 6.5))),
    "descending": (((8, 3), (8, 13)), ((4.5, 9.5), (8, 13), (11.5, 9.5))),
    "saved": (((4.5, 2.5), (11.5, 2.5), (11.5, 13.5), (8, 10.5), (4.5, 13.5), (4.5, 2.5)),),
    "shuffle": (
        ((2, 4.5), (5, 4.5), (10, 11.5), (14, 11.5)),
        ((2, 11.5), (5, 11.5), (10, 4.5), (14, 4.5)),
        ((12, 2.5), (14, 4.5), (12, 6.5)),
        ((12, 9.5), (14, 11.5), (12, 13.5)),
    ),
}


def sign(name: str, theme: Theme) -> QIcon:
    """Return a sign: clear, find, saved, ascending, descending, shuffle."""
    icon = QIcon()
    for mode, color in ((QIcon.Mode.Normal, theme.muted), (QIcon.Mode.Disabled, theme.border)):
        for ratio in (1, 2, 3):
            icon.addPixmap(_draw(name, QColor(color), ratio), mode)
    return icon


def _draw(name: str, color: QColor, ratio: int) -> QPixmap:
    pixmap = QPixmap(SIDE * ratio, SIDE * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(color, 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for line in _LINES[name]:
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in line]))
    if name == "find":
        painter.drawEllipse(QRectF(2.5, 2.5, 8.5, 8.5))
    painter.end()
    return pixmap
