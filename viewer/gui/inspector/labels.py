"""A label that never clips: what does not fit ends in an ellipsis and a tool tip."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget


def figures_font(base: QFont, step: float = 0.0) -> QFont:
    """Return a font with figures of equal width, some points larger or smaller."""
    font = QFont(base)
    font.setFeature(QFont.Tag("tnum"), 1)
    if font.pointSizeF() > 0:
        font.setPointSizeF(max(font.pointSizeF() + step, 6.0))
    return font


def _glue(text: str) -> str:
    """Return a text of the same length that breaks neither at hyphens nor beside figures."""
    glued = re.sub(r"(?<=\d) (?=\w)|(?<![,:]) (?=[\d>])|(?<=>) ", "\N{NO-BREAK SPACE}", text)
    return glued.replace("-", "\N{NON-BREAKING HYPHEN}")


class FittingLabel(QWidget):
    """Words on a fixed number of lines, in one colour.

    Parameters
    ----------
    lines : int
        Lines it is high, whatever it says.
    step : float
        Points added to the widget's font.
    """

    def __init__(self, parent: QWidget | None = None, *, lines: int = 1, step: float = 0.0) -> None:
        super().__init__(parent)
        self._lines = lines
        self._text = ""
        self._help = ""
        self._shown: list[str] = []
        self._color = QColor()
        self.setFont(figures_font(self.font(), step))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """The words, whether or not they fit."""
        return self._text

    @property
    def shown(self) -> list[str]:
        """The lines as painted."""
        return list(self._shown)

    def set_text(self, text: str, help_text: str = "") -> None:
        """Say something else; the tool tip starts with words that are cut off."""
        if (text, help_text) != (self._text, self._help):
            self._text, self._help = text, help_text
            self.setAccessibleDescription(text)
            self._break_lines()
            self.update()

    def set_color(self, color: str) -> None:
        """Change the colour of the words."""
        self._color = QColor(color)
        self.update()

    def set_lines(self, lines: int) -> None:
        """Change the number of lines."""
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()
            self._break_lines()

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._text)
        return QSize(width, self.height_of(self._lines))

    def height_of(self, lines: int) -> int:
        """Return the height of a number of lines."""
        return lines * self.fontMetrics().lineSpacing() + 2

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._break_lines()

    def _break_lines(self) -> None:
        """Break the words at blanks, not around figures or hyphens; elide the last line."""
        layout = QTextLayout(_glue(self._text), self.font())
        starts: list[int] = []
        layout.beginLayout()
        while len(starts) < self._lines and (line := layout.createLine()).isValid():
            line.setLineWidth(max(self.width(), 1))
            starts.append(line.textStart())
        layout.endLayout()
        ends = [*starts[1:], len(self._text)]
        lines = [self._text[a:b].strip() for a, b in zip(starts, ends, strict=True)]
        elide = Qt.TextElideMode.ElideRight
        self._shown = [self.fontMetrics().elidedText(x, elide, self.width()) for x in lines]
        cut = self._shown != lines
        parts = [self._text if cut else "", self._help]
        self.setToolTip("\n".join(part for part in parts if part))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._color)
        metrics = self.fontMetrics()
        for index, line in enumerate(self._shown):
            painter.drawText(0, metrics.ascent() + 1 + index * metrics.lineSpacing(), line)
