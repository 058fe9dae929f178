"""Icons that the program draws itself, sharp at every scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeAlias

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

SIDE = 16
"""Logical pixels an icon is high and wide."""
RATIOS = (1, 2, 3)

Line: TypeAlias = Sequence[tuple[float, float]]
"""Places (x, y) in logical pixels."""
Draw: TypeAlias = Callable[[QPainter, str, QColor], None]
"""Draws an icon by its name in a colour."""


def make_icon(
    draw: Draw, name: str, color: str, disabled: str, checked: str | None = None
) -> QIcon:
    """Return an icon for all states of a button.

    Parameters
    ----------
    draw : callable
        Called once for each colour and scale; later icons have the same pictures.
    name : str
        What it is to draw.
    color, disabled : str
        Colours where the button can be pressed, and where it cannot.
    checked : str, optional
        Colour where it is on, if that is another one.
    """
    icon = QIcon()

    def add(shown: str, mode: QIcon.Mode, state: QIcon.State) -> None:
        for ratio in RATIOS:
            icon.addPixmap(_picture(draw, name, shown, ratio), mode, state)

    add(color, QIcon.Mode.Normal, QIcon.State.Off)
    add(disabled, QIcon.Mode.Disabled, QIcon.State.Off)
    if checked is not None:
        add(checked, QIcon.Mode.Normal, QIcon.State.On)
        add(disabled, QIcon.Mode.Disabled, QIcon.State.On)
    return icon


@lru_cache(maxsize=512)
def _picture(draw: Draw, name: str, color: str, ratio: int) -> QPixmap:
    return paint(SIDE, ratio, lambda painter: draw(painter, name, QColor(color)))


def paint(side: int, ratio: float, draw: Callable[[QPainter], None]) -> QPixmap:
    """Return a picture on a clear ground.

    Parameters
    ----------
    side : int
        Logical pixels it is high and wide.
    ratio : float
        The screen's pixels for a logical one.
    draw : callable
        Draws in logical pixels.
    """
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter)
    painter.end()
    return pixmap


def draw_lines(painter: QPainter, color: QColor, width: float, lines: Sequence[Line]) -> None:
    """Draw lines through points, with round ends and corners."""
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for line in lines:
        painter.drawPolyline(polygon(line))


def fill_with(painter: QPainter, color: QColor) -> None:
    """Fill what is drawn from now on, without a line around it."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)


def polygon(line: Line) -> QPolygonF:
    """Return points as Qt has them."""
    return QPolygonF([QPointF(x, y) for x, y in line])
