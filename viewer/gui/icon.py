"""The program's icon, drawn from strokes as the program draws digits."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from viewer.gui.theme import light

SIZES = (16, 24, 32, 48, 64, 128, 256)


def program_icon() -> QIcon:
    """Return the icon in all sizes that desktops ask for."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(_draw(size))
    return icon


def _draw(size: int) -> QPixmap:
    """Draw a 5 in its two strokes on the dark paper."""
    theme = light()
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 32, size / 32)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.paper))
    painter.drawRoundedRect(QRectF(1, 1, 30, 30), 6, 6)
    body = QPainterPath(QPointF(12, 8))
    body.lineTo(11, 15)
    body.cubicTo(24, 11, 24, 26, 10, 24)
    bar = QPainterPath(QPointF(12, 8))
    bar.lineTo(21, 7.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for path, color in ((bar, theme.stroke_colors[1]), (body, theme.stroke_colors[0])):
        pen = QPen(QColor(color), 3.2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(path)
    painter.end()
    return pixmap
