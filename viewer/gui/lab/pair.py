"""One digit under both settings: two boards with one lens, and words for what differs."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.gui.inspector.labels import figures_font
from viewer.gui.inspector.linked import LinkedBoards
from viewer.gui.inspector.panel import Panel
from viewer.gui.inspector.panels import BLANK, share
from viewer.gui.inspector.pictures import removed_picture
from viewer.gui.inspector.strokes import StrokesItem
from viewer.gui.inspector.words import Caption
from viewer.gui.lab.parting import Parting, side_caption
from viewer.gui.lab.parting_marks import ONLY_A, ONLY_B, PartingMarks, PartingPlace
from viewer.gui.theme import Theme

if TYPE_CHECKING:
    from viewer.core.extract import Extraction

GAP = 8
LARGEST = 320
"""Logical pixels a board is wide at most."""
STROKES = "#c6c9ce"
"""Colour of all strokes; the marks of what differs have colours."""
SIDES = (
    ("A: in use", "The digit under the settings in use."),
    ("B: tried", "The digit under the settings tried here."),
)


class Side(Panel):
    """One of the two boards, with the strokes and the marks on it."""

    def __init__(self, theme: Theme, place: int, parent: QWidget) -> None:
        super().__init__(theme, *SIDES[place], parent)
        colors = (ONLY_A, ONLY_B) if place == 0 else (ONLY_B, ONLY_A)
        self.marks = PartingMarks(*colors)
        one_color = dataclasses.replace(theme, stroke_colors=(STROKES,))
        self.drawing = StrokesItem(one_color, figures_font(self.font(), -1))
        self.place = PartingPlace()
        for item in (self.marks, self.drawing, self.place):
            self.board.add(item)
        self._words, self._help = SIDES[place]

    def name_settings(self, name: str) -> None:
        """Say in the title what the settings are called."""
        self.title.set_text(f"{self._words}, {name}", self._help)

    def show_nothing(self, shape: tuple[int, int], message: str) -> None:
        """Show an empty board with a sentence."""
        none = np.zeros(shape, dtype=np.bool_)
        self.marks.set_pixels(none, none)
        self.place.show_at(None)
        points = np.zeros((0, 2), dtype=np.int16)
        self.drawing.set_strokes(points, np.zeros(1, dtype=np.int64), shape)
        self.board.set_picture(None, shape)
        self.board.set_message(message)
        self.set_caption(Caption("", ""))

    def show_extraction(
        self,
        extraction: Extraction,
        own: NDArray[np.bool_],
        missing: NDArray[np.bool_],
        parts: int | None,
        theme: Theme,
    ) -> None:
        """Show the digit, all its strokes written, with what the other side has not."""
        shape = (extraction.image.shape[0], extraction.image.shape[1])
        points = extraction.points
        self.marks.set_pixels(own, missing)
        self.drawing.set_strokes(points, extraction.stroke_offsets, shape)
        self.drawing.set_position(float(len(points)))
        there = parts is not None and parts < len(points)
        self.place.show_at((int(points[parts, 0]), int(points[parts, 1])) if there else None)
        self.board.set_picture(removed_picture(extraction, theme), shape)
        self.board.set_message("" if len(points) else BLANK)
        self.set_caption(side_caption(extraction))


class Pair(LinkedBoards):
    """Two boards of equal size side by side, under one lens and one mouse."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("The digit under both settings")
        self._theme = theme
        self._shown: tuple[Extraction, Extraction, Parting] | None = None
        self.sides = [Side(theme, place, self) for place in range(2)]
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for side in self.sides:
            side.set_caption_lines(0)
            self.link(side.board)
            side.board.hovered.connect(self.mark)
            side.board.left.connect(self.unmark)
        self.show_nothing("")

    def show_nothing(self, message: str) -> None:
        """Have no digit, and say why."""
        self._shown = None
        self.lens.set_image(1, 1)
        for side in self.sides:
            side.show_nothing((1, 1), message)
        self.unmark()

    def show_both(self, a: Extraction, b: Extraction, parting: Parting) -> None:
        """Show a digit under both settings."""
        self._shown = (a, b, parting)
        self.lens.set_image(*a.image.shape)
        self._draw()
        self.follow()

    def _draw(self) -> None:
        if self._shown is None:
            return
        a, b, parting = self._shown
        only_a, only_b = parting.only_a, parting.only_b
        self.sides[0].show_extraction(a, only_a, only_b, parting.place, self._theme)
        self.sides[1].show_extraction(b, only_b, only_a, parting.place, self._theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for side in self.sides:
            side.set_theme(theme)
            side.drawing.set_theme(theme)
        self._draw()

    def heightForWidth(self, width: int) -> int:
        across = min(share(width, 2, GAP), LARGEST)
        return across + max(side.overhead(across) for side in self.sides)

    def sizeHint(self) -> QSize:
        return QSize(2 * 192 + GAP, self.heightForWidth(2 * 192 + GAP))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(2 * 96 + GAP))

    def resizeEvent(self, event: QResizeEvent) -> None:
        across = min(share(self.width(), 2, GAP), LARGEST)
        for place, side in enumerate(self.sides):
            side.set_caption_lines(across)
            side.setGeometry(place * (across + GAP), 0, across, self.height())
