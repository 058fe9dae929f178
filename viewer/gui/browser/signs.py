"""The small signs on digits: a star, a numbered colour, the dot of a note, a pencil."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap, QPolygonF

from viewer.catalog.marks.columns import COLOURS
from viewer.gui.drawn_icons import paint
from viewer.gui.theme import OKABE_ITO

PAPER = "#101113"
STAR = OKABE_ITO[3]
NOTE = OKABE_ITO[1]
CORRECTED = OKABE_ITO[4]


def sign_size(edge: int) -> int:
    """Return the edge of a sign in logical pixels on a thumbnail of an edge."""
    return min(max(edge // 4, 10), 20)


@lru_cache(maxsize=64)
def sign(name: str, size: int, ratio: float) -> QPixmap:
    """Return a sign, sharp on the screen.

    Parameters
    ----------
    name : str
        ``favourite``, ``noted``, ``corrected``, or ``1`` to ``3`` for a colour mark, which
        shows its number: colour alone would not tell them apart for everyone.
    size : int
        Edge in logical pixels.
    ratio : float
        The screen's pixels for a logical one.
    """
    return paint(size, ratio, lambda painter: _draw(painter, name, size))


def _draw(painter: QPainter, name: str, size: int) -> None:
    painter.setPen(QPen(QColor(PAPER), 1.5))
    box = QRectF(0.75, 0.75, size - 1.5, size - 1.5)
    if name == "favourite":
        painter.setBrush(QColor(STAR))
        painter.drawPolygon(_star(box))
    elif name == "noted":
        painter.setBrush(QColor(NOTE))
        painter.drawEllipse(box.center(), size * 0.28, size * 0.28)
    elif name == "corrected":
        painter.setBrush(QColor(CORRECTED))
        painter.drawPolygon(_pencil(box))
    else:
        _draw_number(painter, box, int(name))


def _draw_number(painter: QPainter, box: QRectF, number: int) -> None:
    """Draw a colour mark with its number, dark or bright as reads better."""
    color = QColor(COLOURS[number].rgb)
    painter.setBrush(color)
    painter.drawRoundedRect(box, 2, 2)
    font = QFont(painter.font())
    font.setPixelSize(round(box.height() * 0.8))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor("#ffffff") if _luminance(color) < 0.18 else QColor(PAPER))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))


def _luminance(color: QColor) -> float:
    """Return the relative luminance of a colour, 0 to 1, as WCAG 2 has it."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _star(box: QRectF) -> QPolygonF:
    """Return a star of five points in a square."""
    middle, outer = box.center(), box.height() / 2
    corners = []
    for place in range(10):
        reach = outer if place % 2 == 0 else outer * 0.45
        turn = math.pi * place / 5
        corners.append(
            QPointF(middle.x() + reach * math.sin(turn), middle.y() - reach * math.cos(turn))
        )
    return QPolygonF(corners)


def _pencil(box: QRectF) -> QPolygonF:
    """Return a pencil that writes toward the lower left corner of a square."""
    corners = ((0, 1), (0.08, 0.64), (0.72, 0), (1, 0.28), (0.36, 0.92))
    return QPolygonF(
        [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in corners]
    )
