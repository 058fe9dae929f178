"""One line that says what every stage holds at the pixel under the mouse."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from viewer.gui.inspector.labels import FittingLabel
from viewer.gui.theme import Theme

SHARES = (17, 11, 20, 43, 28)
"""Widths of the cells, to each other: the letters of the longest texts."""

WIDE = 848
"""Logical pixels from which all texts stand on one line."""

NAMES = ("Pixel", "Source", "Thresholded", "Thinned", "Strokes")
HINT = "Point at a pixel to read it in all four; click it to put the pen there"


class ReadoutLine(QWidget):
    """Five cells of fixed places: pixel, source, thresholded, thinned, strokes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Pixel under the mouse")
        self.setToolTip("The pixel under the mouse, in every stage")
        self._hint = FittingLabel(self, step=-1)
        self._hint.set_text(HINT)
        self._cells = [FittingLabel(self, step=-1) for _name in NAMES]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        for cell, name, share in zip(self._cells, NAMES, SHARES, strict=True):
            cell.setAccessibleName(name)
            layout.addWidget(cell, share)
        self.set_theme(theme)
        self.clear()

    def show_texts(self, texts: tuple[str, str, str, str, str]) -> None:
        """Show a pixel's place and values."""
        self._hint.hide()
        for cell, text in zip(self._cells, texts, strict=True):
            cell.set_text(text)

    def clear(self) -> None:
        """Show no pixel but how to get one."""
        for cell in self._cells:
            cell.set_text("")
        self._hint.show()

    def texts(self) -> list[str]:
        """Return what the cells say."""
        return [cell.text for cell in self._cells]

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._hint.set_color(theme.muted)
        for cell in self._cells:
            cell.set_color(theme.text)

    def take_width(self, width: int) -> int:
        """Choose the number of lines for a width, and return the height."""
        lines = 1 if width >= WIDE else 2
        for cell in self._cells:
            cell.set_lines(lines)
        return self._cells[0].height_of(lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._hint.setGeometry(self.rect())
