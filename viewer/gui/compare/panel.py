"""One of the digits that are compared: its strokes, its name and how far its pen is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from viewer.gui.compare.board_panel import PREPARING, BoardPanel
from viewer.gui.compare.item import CompareItem
from viewer.gui.drawn_icons import SIDE
from viewer.gui.inspector.glyphs import glyph
from viewer.gui.inspector.panels import BLANK
from viewer.gui.inspector.words import Caption, strokes_caption
from viewer.gui.theme import Theme

if TYPE_CHECKING:
    from viewer.core.extract import Extraction

BUTTON = 24
HELP = "Enter or a double click goes to it, Delete takes it out of the comparison."


class ComparePanel(BoardPanel):
    """A digit's strokes below its name, above its caption.

    `chosen` asks to go to the digit, `removed` to take it away.
    """

    chosen = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, HELP, parent)
        self.board.fit_asked.connect(self.chosen)
        self.remove = self._button()
        self._panel.head.addWidget(self.remove)
        self.set_theme(theme)

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
        self.set_shape((item.image.shape[0], item.image.shape[1]))
        self.setAccessibleName(f"Digit {item.identity}")
        self.title.set_text(item.identity, HELP)
        self.remove.setAccessibleName(f"Remove {item.identity}")
        self.remove.setToolTip(f"Take {item.identity} out of the comparison (Delete)")
        self.show_nothing(Caption(item.caption, ""), PREPARING)

    def show_strokes(self, item: CompareItem, extraction: Extraction) -> None:
        """Show a digit's strokes, none of them written yet."""
        said = strokes_caption(extraction)
        text = f"{item.caption}; {said.text}" if item.caption else said.text
        message = "" if len(extraction.points) else BLANK
        self.show_path(
            extraction.points, extraction.stroke_offsets, Caption(text, said.help), message
        )

    def show_problem(self, problem: str) -> None:
        """Say why there are no strokes."""
        self.board.set_message(problem)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self.remove.setIcon(glyph("remove", theme))
