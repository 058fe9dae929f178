"""Signs on the filter's buttons, in the theme's colours."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QIcon, QPainter

from viewer.gui.drawn_icons import Line, draw_lines, make_icon
from viewer.gui.theme import Theme

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
    return make_icon(_draw, name, theme.muted, theme.border)


def _draw(painter: QPainter, name: str, color: QColor) -> None:
    draw_lines(painter, color, 1.6, _LINES[name])
    if name == "find":
        painter.drawEllipse(QRectF(2.5, 2.5, 8.5, 8.5))
