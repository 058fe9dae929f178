"""Signs for the operations on strokes, for where their words do not fit."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QIcon, QPainter

from viewer.gui.drawn_icons import Line, draw_lines, fill_with, make_icon
from viewer.gui.theme import Theme

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
    return make_icon(_draw, name, theme.text, theme.border)


def _draw(painter: QPainter, name: str, color: QColor) -> None:
    draw_lines(painter, color, _WIDTH, _LINES[name])
    fill_with(painter, color)
    for x, y in _DOTS.get(name, ()):
        painter.drawEllipse(QPointF(x, y), _DOT, _DOT)
