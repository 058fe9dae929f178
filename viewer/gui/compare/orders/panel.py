"""One order of a digit on screen: its strokes, its figures, where it parts from the first."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from viewer.gui.compare.board_panel import BoardPanel
from viewer.gui.compare.orders.mark import PartingMark
from viewer.gui.compare.orders.offers import ABOUT, Writing, figures
from viewer.gui.compare.orders.parting import Parting
from viewer.gui.compare.panel_grid import PanelGrid
from viewer.gui.inspector.labels import FittingLabel
from viewer.gui.inspector.panel import SPACE
from viewer.gui.inspector.panels import BLANK
from viewer.gui.inspector.words import Caption
from viewer.gui.theme import Theme

DIAMOND = "\N{WHITE DIAMOND} "
"""Before words that speak of the mark on the board."""
MARKED = "The diamond marks the first point that differs."
FIGURES, DISTANCE = "3 strokes, 188 points, pen-up travel 88.8 px", ", DTW 8.88 px"
"""What shall fit into the lines of a caption; the second where the truth is known."""
BROKEN = 96
"""Logical pixels that a line is too short by at most because no word is broken."""


class OrderPanel(BoardPanel):
    """Strokes below the order's name, above its figures and a sentence.

    Parameters
    ----------
    theme : Theme
        Colours.
    measured : bool
        Whether the figures are to tell the distance from the truth.
    """

    def __init__(self, theme: Theme, measured: bool, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.measured = measured
        self.mark = PartingMark(theme)
        self.board.add(self.mark)
        self.parting = FittingLabel(self, step=-1)
        layout = self._panel.layout()
        assert layout is not None
        layout.addWidget(self.parting)
        self.set_theme(theme)

    def show_title(self, title: str, *, used: bool) -> None:
        """Take the name of an order, which is the one in use or not."""
        words = f"{title}, in use" if used else title
        self.title.set_text(words[0].upper() + words[1:], ABOUT.get(title, ""))
        self.setAccessibleName(words)

    def show_message(self, message: str) -> None:
        """Show no strokes but why there are none."""
        self.show_nothing(Caption("", ""), message)
        self.show_parting(None)

    def show_writing(
        self, writing: Writing, distance: float | None, parting: Parting | None
    ) -> None:
        """Show strokes, none of them written yet, and what is to be said of them."""
        if not len(writing.points):
            self.show_message(BLANK)
            return
        self.show_path(writing.points, writing.offsets, figures(writing, distance), "")
        self.show_parting(parting, writing)

    def show_figures(self, writing: Writing, distance: float | None) -> None:
        """Say more of the strokes on show."""
        self._panel.set_caption(figures(writing, distance))

    def show_parting(self, parting: Parting | None, writing: Writing | None = None) -> None:
        """Say and mark where the order parts from another one; nothing of it for None."""
        if parting is None or writing is None or parting.point < 0:
            self.mark.mark(None)
            self.parting.set_text("" if parting is None else parting.words)
            return
        row, column = writing.points[parting.point].tolist()
        self.mark.mark((row, column))
        self.parting.set_text(DIAMOND + parting.words, MARKED)

    def overhead(self, width: int) -> int:
        """Return the height that is not the framed board's, at a width of the panel."""
        caption = self.caption.height_of(self._lines(width))
        parting = self.parting.sizeHint().height()
        return self._panel.head.minimumSize().height() + caption + parting + 3 * SPACE

    def set_caption_lines(self, width: int) -> None:
        """Give the caption the lines it needs at a width of the panel."""
        self.caption.set_lines(self._lines(width))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self.mark.set_theme(theme)
        self.parting.set_color(theme.text)

    def _lines(self, width: int) -> int:
        """Return the lines of a caption at a width of the panel, 1 to 3."""
        longest = FIGURES + DISTANCE * self.measured
        needed = self.caption.fontMetrics().horizontalAdvance(longest)
        if needed <= width:
            return 1
        return 2 if needed + BROKEN <= 2 * width else 3


class OrderPanels(PanelGrid[OrderPanel]):
    """A panel for each order; what is pointed at in one is framed in all."""

    measured = False

    def set_measured(self, on: bool) -> None:
        """Leave room for the distances from the truth, or not."""
        if on != self.measured:
            self.measured = on
            for panel in (*self.shown, *self._spare):
                panel.measured = on
            self.arrange()

    def new_panel(self) -> OrderPanel:
        panel = OrderPanel(self._theme, self.measured, self)
        panel.board.hovered.connect(self._point)
        panel.board.left.connect(self.point_at_nothing)
        panel.board.fit_asked.connect(self.fit)
        return panel

    def point_at_nothing(self) -> None:
        """Frame no pixel."""
        for panel in self.shown:
            panel.board.mark.hide()

    def _point(self, row: int, column: int) -> None:
        for panel in self.shown:
            panel.board.mark.mark(row, column)
