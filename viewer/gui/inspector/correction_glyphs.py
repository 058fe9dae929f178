"""Signs for the operations on strokes, for where their words do not fit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from viewer.gui.inspector.glyphs import SIDE
from viewer.gui.theme import Theme

Line = Sequence[tuple[float, float]]

_LINES: dict[str, tuple[Line, ...]] = {
    "reverse": (
        ((2, 5), (13.5, 5)), ((10.5, 2), (13.5, 5), (10.5, 8)),
        ((14, 11), (2.5, 11)), ((5.5, 8), (2.5, 11), (5.5, 14)),
    ),
    "earlier": (((8, 14), (8, 2.5)), ((3.5, 7), (8, 2.5), (12.5, 7))),
    "later": (((8, 2), (8, 13.5)), ((3.5, 9), (8, 13.5), (12.5, 9))),
    "split": (((1, 8), (4.5, 8)), ((11.5, 8), (15, 8)), ((8, 2), (8, 14))),
    "join": (((3, 11), (3, 5), (13, 5), (13, 11)),),
    "start": (((4, 8), (14, 8)), ((10, 4), (14, 8), (10, 12))),
    "take-back": (((3, 6), (11, 6), (13.5, 8.5), (11, 11), (6, 11)), ((6, 3), (3, 6), (6, 9))),
}  # fmt: skip
_DOTS: dict[str, Line] = {"join": ((3, 12), (13, 12)), "start": ((3.5, 8),)}
_WIDTH = 1.8
_DOT = 2.4


def correction_glyph(name: str, theme: Theme) -> QIcon:
    """Return the sign of an operation by its name, in the theme's colours."""
    icon = QIcon()
    for mode, color in ((QIcon.Mode.Normal, theme.text), (QIcon.Mode.Disabled, theme.border)):
        for ratio in (1, 2, 3):
            icon.addPixmap(_draw(name, QColor(color), ratio), mode)
    return icon


def _draw(name: str, color: QColor, ratio: int) -> QPixmap:
    pixmap = QPixmap(SIDE * ratio, SIDE * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(color, _WIDTH)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for line in _LINES[name]:
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in line]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for x, y in _DOTS.get(name, ()):
        painter.drawEllipse(QPointF(x, y), _DOT, _DOT)
    painter.end()
    return pixmap
