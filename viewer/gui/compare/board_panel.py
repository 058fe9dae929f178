"""One of several ways of writing on screen: a title, the strokes, how far the pen is."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from viewer.gui.inspector.labels import figures_font
from viewer.gui.inspector.lens import Lens
from viewer.gui.inspector.panel import Panel
from viewer.gui.inspector.strokes import StrokesItem
from viewer.gui.inspector.words import Caption
from viewer.gui.theme import Theme

PREPARING = "The strokes are being prepared"


class BoardPanel(QWidget):
    """Strokes below their title, above their caption.

    `entered` says that it has become the current one of its neighbours.

    Parameters
    ----------
    theme : Theme
        Colours.
    help_text : str
        What keys and mouse do to it.
    """

    entered = Signal()

    def __init__(self, theme: Theme, help_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(help_text)
        self.lens = Lens()
        self.shape = (1, 1)
        self.points = 0
        self.frame_color = theme.border
        self._current = False
        self._theme = theme
        self._panel = Panel(theme, "Digit", help_text, self)
        self.title, self.board, self.caption = (
            self._panel.title, self._panel.board, self._panel.caption,
        )  # fmt: skip
        self.drawing = StrokesItem(theme, figures_font(self.font(), -1))
        self.board.add(self.drawing)
        self.board.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.board.setFocusProxy(self)
        self.progress = self._figures()
        self._panel.head.addWidget(self.progress)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panel)

    def _figures(self) -> QLabel:
        label = QLabel(self)
        label.setFont(figures_font(self.font(), -1))
        label.setAccessibleName("Points drawn")
        label.setToolTip("Points drawn / points of the digit")
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label.setFixedWidth(QFontMetrics(label.font()).horizontalAdvance("888/888"))
        return label

    def set_shape(self, shape: tuple[int, int]) -> None:
        """Take the rows and columns of another image, and show it whole."""
        self.shape = shape
        self.lens.set_image(*shape)
        self.lens.fit()
        self.board.set_picture(None, shape)
        self.board.follow(self.lens)

    def show_path(
        self, points: NDArray[Any], offsets: NDArray[np.int64], caption: Caption, message: str
    ) -> None:
        """Show a path, nothing of it written yet.

        Parameters
        ----------
        points : ndarray, shape (P, 2)
            (row, column) in drawing order; whole pixels, or places between them.
        offsets : ndarray of int64, shape (S + 1,)
            Stroke ``s`` is ``points[offsets[s]:offsets[s + 1]]``.
        caption : Caption
            What to say of it.
        message : str
            What to write on the board; "" for nothing.
        """
        self._panel.set_caption(caption)
        self.points = len(points)
        self.drawing.set_strokes(points, offsets, self.shape)
        self.progress.clear()
        self.board.set_message(message)

    def show_nothing(self, caption: Caption, message: str) -> None:
        """Show no path, and write on the board why."""
        none = np.zeros((0, 2), dtype=np.int16)
        self.show_path(none, np.zeros(1, dtype=np.int64), caption, message)

    def set_position(self, position: float) -> None:
        """Draw up to a position of this path."""
        self.drawing.set_position(position)
        text = f"{math.floor(position)}/{self.points}" if self.points else ""
        if text != self.progress.text():
            self.progress.setText(text)

    def set_current(self, current: bool) -> None:
        """Frame the panel as the one that keys act on, or as one of the others."""
        self._current = current
        self.frame_color = self._theme.accent if current else self._theme.border
        self._panel.set_frame(self.frame_color)

    def overhead(self, width: int) -> int:
        """Return the height that is not the framed board's, at a width of the panel."""
        return self._panel.overhead(width)

    def set_caption_lines(self, width: int) -> None:
        """Give the caption the lines it needs at a width of the panel."""
        self._panel.set_caption_lines(width)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._panel.set_theme(theme)
        self.set_current(self._current)
        self.drawing.set_theme(theme)
        self.progress.setStyleSheet(f"color: {theme.muted};")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()
