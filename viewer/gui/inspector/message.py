"""What stands in the inspector's place while there is no digit."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from viewer.gui.theme import Theme

SIDE = 48
GAP = 8


class Message(QWidget):
    """A sentence below four small empty boards, in the middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self._theme: Theme | None = None

    def set_text(self, text: str) -> None:
        """Say something else."""
        self.text = text
        self.setAccessibleName(text)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        middle = QPointF(self.width() // 2, self.height() // 2)
        painter.setPen(QPen(QColor(self._theme.border), 1))
        painter.setBrush(QColor(self._theme.paper))
        left = middle.x() - 2 * SIDE - 1.5 * GAP
        for index in range(4):
            corner = QPointF(left + index * (SIDE + GAP) + 0.5, middle.y() - SIDE - 0.5)
            painter.drawRect(QRectF(corner.x(), corner.y(), SIDE - 1, SIDE - 1))
        painter.setPen(QColor(self._theme.muted))
        space = QRectF(16, middle.y() + 16, self.width() - 32, self.height() / 2 - 16)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(space, flags | Qt.TextFlag.TextWordWrap, self.text)
