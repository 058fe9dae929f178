"""A stage's board with its title above and its key figures below."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from viewer.gui.inspector.board import Board
from viewer.gui.inspector.labels import FittingLabel
from viewer.gui.inspector.words import Caption
from viewer.gui.theme import Theme

SPACE = 4
FRAME = 1
WIDE = 272
"""Logical pixels from which a caption stands on one line."""


class Panel(QWidget):
    """One stage.

    Parameters
    ----------
    theme : Theme
        Colours.
    title : str
        The stage.
    help_text : str
        What the stage is, for the title's tool tip.
    """

    def __init__(
        self, theme: Theme, title: str, help_text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.title = FittingLabel(self)
        self.title.set_text(title, help_text)
        self.board = Board(theme, f"{title} image", self)
        self.frame = QFrame(self)
        self.frame.setObjectName("board_frame")
        inside = QVBoxLayout(self.frame)
        inside.setContentsMargins(0, 0, 0, 0)  # the style sheet's border adds its own
        inside.addWidget(self.board)
        self.caption = FittingLabel(self, lines=2, step=-1)
        self.head = QHBoxLayout()
        self.head.setSpacing(SPACE)
        self.head.addWidget(self.title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addLayout(self.head)
        layout.addWidget(self.frame, 1)
        layout.addWidget(self.caption)
        self.set_theme(theme)

    def overhead(self, width: int) -> int:
        """Return the height that is not the framed board's, at a width of the panel."""
        caption = self.caption.height_of(_caption_lines(width))
        return self.head.minimumSize().height() + caption + 2 * SPACE

    def set_caption_lines(self, width: int) -> None:
        """Give the caption the lines it needs at a width of the panel."""
        self.caption.set_lines(_caption_lines(width))

    def set_caption(self, caption: Caption) -> None:
        """Show other figures."""
        self.caption.set_text(*caption)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.title.set_color(theme.text)
        self.caption.set_color(theme.muted)
        self.board.set_theme(theme)
        self.set_frame(theme.border)

    def set_frame(self, color: str) -> None:
        """Draw the line around the board in another colour."""
        self.frame.setStyleSheet(f"#board_frame {{ border: {FRAME}px solid {color}; }}")


def _caption_lines(width: int) -> int:
    return 1 if width >= WIDE else 2
