"""One of the digits that are compared: its strokes, its name and how far its pen is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from viewer.gui.compare.item import CompareItem
from viewer.gui.inspector.glyphs import SIDE, glyph
from viewer.gui.inspector.labels import figures_font
from viewer.gui.inspector.lens import Lens
from viewer.gui.inspector.panel import Panel
from viewer.gui.inspector.panels import BLANK
from viewer.gui.inspector.strokes import StrokesItem
from viewer.gui.inspector.words import Caption, strokes_caption
from viewer.gui.theme import Theme

if TYPE_CHECKING:
    from viewer.core.extract import Extraction

BUTTON = 24
PREPARING = "The strokes are being prepared"
HELP = "Enter or a double click goes to it, Delete takes it out of the comparison."


class ComparePanel(QWidget):
    """A digit's strokes below its name, above its caption.

    `chosen` asks to go to the digit, `removed` to take it away; `entered` says that it has
    become the current one of its neighbours.
    """

    chosen = Signal()
    removed = Signal()
    entered = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(HELP)
        self.lens = Lens()
        self.shape = (1, 1)
        self.points = 0
        self.frame_color = theme.border
        self._current = False
        self._theme = theme
        self._panel = Panel(theme, "Digit", HELP, self)
        self.title, self.board, self.caption = (
            self._panel.title, self._panel.board, self._panel.caption,
        )  # fmt: skip
        self.drawing = StrokesItem(theme, figures_font(self.font(), -1))
        self.board.add(self.drawing)
        self.board.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.board.setFocusProxy(self)
        self.board.fit_asked.connect(self.chosen)
        self.progress = self._figures()
        self.remove = self._button()
        self._panel.head.addWidget(self.progress)
        self._panel.head.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panel)
        self.set_theme(theme)

    def _figures(self) -> QLabel:
        label = QLabel(self)
        label.setFont(figures_font(self.font(), -1))
        label.setAccessibleName("Points drawn")
        label.setToolTip("Points drawn / points of the digit")
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label.setFixedWidth(QFontMetrics(label.font()).horizontalAdvance("888/888"))
        return label

    def _button(self) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setFixedSize(BUTTON, BUTTON)
        button.setIconSize(QSize(SIDE, SIDE))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(self.removed)
        return button

    def show_item(self, item: CompareItem) -> None:
        """Show another digit, whose strokes are not there yet."""
        self.shape = (item.image.shape[0], item.image.shape[1])
        self.lens.set_image(*self.shape)
        self.lens.fit()
        self.setAccessibleName(f"Digit {item.identity}")
        self.title.set_text(item.identity, HELP)
        self.remove.setAccessibleName(f"Remove {item.identity}")
        self.remove.setToolTip(f"Take {item.identity} out of the comparison (Delete)")
        self.board.set_picture(None, self.shape)
        self.board.follow(self.lens)
        self._show(item.caption, "", np.zeros((0, 2), dtype=np.int16), np.zeros(1, dtype=np.int64))
        self.board.set_message(PREPARING)

    def show_strokes(self, item: CompareItem, extraction: Extraction) -> None:
        """Show a digit's strokes, none of them written yet."""
        said = strokes_caption(extraction)
        text = f"{item.caption}; {said.text}" if item.caption else said.text
        self._show(text, said.help, extraction.points, extraction.stroke_offsets)
        self.board.set_message("" if self.points else BLANK)

    def show_problem(self, problem: str) -> None:
        """Say why there are no strokes."""
        self.board.set_message(problem)

    def _show(
        self, text: str, help_text: str, points: NDArray[np.int16], offsets: NDArray[np.int64]
    ) -> None:
        self._panel.set_caption(Caption(text, help_text))
        self.points = len(points)
        self.drawing.set_strokes(points, offsets, self.shape)
        self.progress.clear()

    def set_position(self, position: float) -> None:
        """Draw up to a position of this digit."""
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
        self.remove.setIcon(glyph("remove", theme))
        self.progress.setStyleSheet(f"color: {theme.muted};")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()
