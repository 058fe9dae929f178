"""What the signs on the Thinned board mean, on one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.gui.inspector.labels import figures_font
from viewer.gui.theme import Theme

SIGN = 12
"""Logical pixels a sign is wide; the paper it lies on."""
GAP = 4
BETWEEN = 12


class Entry(NamedTuple):
    """A sign as it is on paper, and its meaning."""

    sign: Literal["square", "dot", "ring", "diamond", "line", "hatch"]
    color: str
    text: str


class Legend(QWidget):
    """Signs with words; those that do not fit are in the tool tip, as all are."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Legend")
        self.setFont(figures_font(self.font(), -1))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._entries: tuple[Entry, ...] = ()
        self._usual: tuple[Entry, ...] = ()
        self._instead: tuple[str, tuple[Entry, ...]] = ("", ())
        self._theme = theme

    @property
    def shown(self) -> list[str]:
        """The words that fit."""
        return [entry.text for entry, _ in self._places()]

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Explain other signs."""
        self._usual = tuple(entries)
        self._put_together()

    def show_instead(self, sign: str, entries: Sequence[Entry]) -> None:
        """Explain some signs first, and in their place those of a kind no longer.

        Parameters
        ----------
        sign : str
            The kind that gives way.
        entries : sequence of Entry
            What is explained; nothing gives way where there is nothing.
        """
        self._instead = (sign if entries else "", tuple(entries))
        self._put_together()

    def _put_together(self) -> None:
        sign, first = self._instead
        entries = (*first, *(entry for entry in self._usual if entry.sign != sign))
        if entries != self._entries:
            self._entries = entries
            words = ", ".join(f"{entry.sign}: {entry.text}" for entry in entries)
            self.setAccessibleDescription(words)
            self.setToolTip(words.capitalize())
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, max(self.fontMetrics().lineSpacing(), SIGN) + 2)

    def _places(self) -> list[tuple[Entry, int]]:
        """Return the entries that fit, each with its left edge."""
        places: list[tuple[Entry, int]] = []
        x = 0
        for entry in self._entries:
            end = x + SIGN + GAP + self.fontMetrics().horizontalAdvance(entry.text)
            if end > self.width():
                break
            places.append((entry, x))
            x = end + BETWEEN
        return places

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        for entry, x in self._places():
            box = QRectF(x, (self.height() - SIGN) / 2, SIGN, SIGN)
            _paint_sign(painter, entry, box, self._theme)
            painter.setPen(QColor(self._theme.muted))
            left = x + SIGN + GAP
            painter.drawText(QRectF(left, 0, self.width() - left, self.height()), words, entry.text)


def _paint_sign(painter: QPainter, entry: Entry, box: QRectF, theme: Theme) -> None:
    """Paint a sign on a piece of paper."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.paper))
    painter.drawRoundedRect(box, 2, 2)
    middle = box.center()
    if entry.sign in ("square", "dot"):
        painter.setBrush(QColor(entry.color))
        if entry.sign == "square":
            painter.drawRect(box.adjusted(2, 2, -2, -2))
        else:
            painter.drawEllipse(middle, 2.5, 2.5)
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(entry.color), 1.2))
    if entry.sign == "line":
        painter.setPen(QPen(QColor(entry.color), 4))
        painter.drawLine(box.topLeft() + QPointF(2, 6), box.topLeft() + QPointF(10, 6))
    elif entry.sign == "hatch":
        for reach in (5, 9):
            painter.drawLine(box.topLeft() + QPointF(1, reach), box.topLeft() + QPointF(reach, 1))
        painter.drawLine(box.topLeft() + QPointF(5, 11), box.topLeft() + QPointF(11, 5))
    elif entry.sign == "ring":
        painter.drawEllipse(middle, 3.5, 3.5)
    else:
        corners = ((0, -4.5), (4.5, 0), (0, 4.5), (-4.5, 0))
        painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in corners]))
