"""The four stages side by side or in a square, under one lens and one mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from viewer.gui.inspector.cursor import Spot
from viewer.gui.inspector.dots import DotsItem
from viewer.gui.inspector.labels import figures_font
from viewer.gui.inspector.linked import LinkedBoards
from viewer.gui.inspector.panel import Panel
from viewer.gui.inspector.pictures import removed_picture, source_picture, thresholded_picture
from viewer.gui.inspector.reasons_graph import GraphPicture
from viewer.gui.inspector.reasons_graph_item import GraphItem
from viewer.gui.inspector.reasons_item import ChoicesItem
from viewer.gui.inspector.strokes import StrokesItem
from viewer.gui.inspector.words import (
    Caption,
    source_caption,
    strokes_caption,
    thinning_caption,
    threshold_caption,
)
from viewer.gui.theme import Theme

if TYPE_CHECKING:
    from viewer.core.extract import Extraction

Arrangement = Literal["auto", "row", "square"]
ARRANGEMENTS: tuple[Arrangement, ...] = ("auto", "row", "square")

GAP = 16
LINE_GAP = 8
WORTH = 1.25
"""So much larger must a digit be in a square to be worth the room that a row would leave."""
BLANK = "No strokes: blank image"
STAGES = (
    ("Source", "The grey image, white ink on black paper."),
    ("Thresholded", "Bright: pixels above the chosen level. Faint: pixels it dropped."),
    ("Thinned", "Dots: the skeleton, ends ringed, junctions in diamonds. Faint: pixels removed."),
    (
        "Strokes",
        "The skeleton's pixels in drawing order; arrow heads: the pen's way; dashed: it is lifted. "
        "Under order natural, point at a start or a junction to see what else there was.",
    ),
)


class Panels(LinkedBoards):
    """Four boards that show the same part of the same digit.

    `hovered` gives the (row, column) under the mouse in any of them, `clicked` that of a
    click; `left` says that there is none any more. `painted` follows the first frame that
    holds a digit's strokes, and `is_painted` remembers it. `strokes_shown` says whether the
    Strokes board can be seen.
    """

    hovered = Signal(int, int)
    clicked = Signal(int, int)
    left = Signal()
    painted = Signal()
    strokes_shown = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.arrangement: Arrangement = "auto"
        self._theme = theme
        self._image: NDArray[np.uint8] | None = None
        self._extraction: Extraction | None = None
        self.panels = [Panel(theme, title, help_text, self) for title, help_text in STAGES]
        self.source, self.thresholded, self.thinned, self.strokes = self.panels
        self.dots = DotsItem(theme)
        self.thinned.board.add(self.dots)
        self.drawing = StrokesItem(theme, figures_font(self.font(), -1))
        self.strokes.board.add(self.drawing)
        self.graph = GraphItem()
        self.thinned.board.add(self.graph)
        self.choices = ChoicesItem(theme)
        self.strokes.board.add(self.choices)
        self.is_painted = False
        self.strokes.board.first_painted.connect(
            self._first_painted, Qt.ConnectionType.QueuedConnection
        )
        self.strokes.board.shown.connect(self.strokes_shown)
        for panel in self.panels:
            self.link(panel.board)
            panel.board.hovered.connect(self.hovered)
            panel.board.clicked.connect(self.clicked)
            panel.board.left.connect(self.left)

    def show_source(self, image: NDArray[np.uint8], message: str) -> None:
        """Show an image whose stages are not there yet, and say so on the last board."""
        self._image, self._extraction = image, None
        self.source.set_caption(source_caption(image))
        for panel in self.panels[1:]:
            panel.set_caption(Caption("", ""))
        self.strokes.board.set_message(message)
        self._draw()

    def show_extraction(self, extraction: Extraction) -> None:
        """Show all stages of a digit."""
        self._image, self._extraction = extraction.image, extraction
        self.source.set_caption(source_caption(extraction.image))
        self.thresholded.set_caption(threshold_caption(extraction))
        self.thinned.set_caption(thinning_caption(extraction))
        self.strokes.set_caption(strokes_caption(extraction))
        self.strokes.board.set_message("" if len(extraction.points) else BLANK)
        if not self.is_painted:
            self.strokes.board.arm()
        self._draw()

    def _first_painted(self) -> None:
        if not self.is_painted:
            self.is_painted = True
            self.painted.emit()

    def _draw(self) -> None:
        """Put another digit on the boards."""
        image, extraction = self._image, self._extraction
        if image is None:
            return
        shape = (image.shape[0], image.shape[1])
        self.lens.set_image(*shape)
        self._draw_pictures()
        if extraction is None:
            none = np.zeros(shape, dtype=np.bool_)
            self.dots.set_pixels(none, none)
            empty = np.zeros((0, 2), dtype=np.int16)
            self.drawing.set_strokes(empty, np.zeros(1, dtype=np.int64), shape)
        else:
            self.dots.set_pixels(extraction.skeleton, extraction.small, extraction.removed_by)
            self.drawing.set_strokes(extraction.points, extraction.stroke_offsets, shape)
        self.follow()

    def _draw_pictures(self) -> None:
        """Put the arrays on the boards, in the theme's colours."""
        image, extraction, theme = self._image, self._extraction, self._theme
        if image is None:
            return
        shape = (image.shape[0], image.shape[1])
        kept = None if extraction is None else thresholded_picture(extraction, theme)
        removed = None if extraction is None else removed_picture(extraction, theme)
        pictures = (source_picture(image, theme), kept, removed, None)
        for panel, picture in zip(self.panels, pictures, strict=True):
            panel.board.set_picture(picture, shape)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for panel in self.panels:
            panel.set_theme(theme)
        self.dots.set_theme(theme)
        self.drawing.set_theme(theme)
        self.choices.set_theme(theme)
        self._draw_pictures()

    def show_graph(self, picture: GraphPicture | None) -> None:
        """Show the graph of the digit's skeleton below its dots, or none."""
        rows, columns = (1, 1) if self._image is None else self._image.shape
        self.graph.set_graph(picture, (rows, columns))
        self.dots.set_graph(picture is not None)

    def arrange(self, arrangement: Arrangement) -> None:
        """Choose a row, a square, or what shows the digit larger."""
        self.arrangement = arrangement
        self._arrange()

    def show_spot(self, spot: Spot | None) -> None:
        """Frame the pixel that is pointed at on all boards, or none."""
        if spot is None:
            self.unmark()
        else:
            self.mark(spot.row, spot.column)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 144)

    def height_for(self, width: int, room: int) -> int:
        """Return the height, at most `room`, at which the boards are square or lower."""
        columns = self._columns(width, room)
        rows = len(self.panels) // columns
        side = share(width, columns, GAP)
        return min(room, rows * (side + self._overhead(side)) + (rows - 1) * LINE_GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Place the panels: equal sizes, whole pixels."""
        columns = self._columns(self.width(), self.height())
        width = share(self.width(), columns, GAP)
        height = share(self.height(), len(self.panels) // columns, LINE_GAP)
        for index, panel in enumerate(self.panels):
            panel.set_caption_lines(width)
            row, column = divmod(index, columns)
            panel.setGeometry(column * (width + GAP), row * (height + LINE_GAP), width, height)

    def _columns(self, width: int, height: int) -> int:
        """Return how many panels stand side by side."""
        if self.arrangement != "auto":
            return 4 if self.arrangement == "row" else 2

        def digit_side(columns: int) -> int:
            across = share(width, columns, GAP)
            down = share(height, len(self.panels) // columns, LINE_GAP)
            return min(across, down - self._overhead(across))

        return 2 if digit_side(2) > WORTH * digit_side(4) else 4

    def _overhead(self, width: int) -> int:
        """Return the height of a panel of some width that is not its board's."""
        return max(panel.overhead(width) for panel in self.panels)


def share(length: int, count: int, gap: int) -> int:
    """Return the length of each of some equal parts with gaps between."""
    return (length - (count - 1) * gap) // count
