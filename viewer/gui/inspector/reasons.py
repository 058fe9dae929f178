"""Why this order: the skeleton's graph on the Thinned board, the options on the Strokes board."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPoint, QRect, QRectF, Signal

from viewer.gui.inspector.panels import Panels
from viewer.gui.inspector.reasons_choices import Choices, Section
from viewer.gui.inspector.reasons_graph import GraphPicture, draw_graph, graph_words
from viewer.gui.inspector.reasons_graph_item import CHAINS, HATCH, JUNCTION
from viewer.gui.inspector.reasons_item import ChoiceWords
from viewer.gui.inspector.reasons_kernels import ORDER, GraphKernels
from viewer.gui.inspector.thinning_legend import Entry
from viewer.gui.inspector.thinning_steps import ThinningSteps
from viewer.gui.jobs import Jobs
from viewer.gui.theme import Theme

if TYPE_CHECKING:
    from viewer.core.extract import Extraction

PREPARING = "the graph is being prepared"
FAILED = "the graph cannot be found"


class Reasons(QObject):
    """Shows the graph while its switch is on, and the options where the mouse asks for them.

    Nothing is computed before either is wanted; what was is kept until the next digit.

    Parameters
    ----------
    panels : Panels
        Whose boards are drawn on.
    thinning : ThinningSteps
        Whose legend counts the graph; it is hidden while another step is shown.
    theme : Theme
    jobs : Jobs, optional
        What loads the kernels; without it nothing can be explained.

    Attributes
    ----------
    graph_switched : Signal
        Whether the graph is shown, whoever changed it.
    """

    graph_switched = Signal(bool)

    def __init__(
        self, panels: Panels, thinning: ThinningSteps, theme: Theme, jobs: Jobs | None
    ) -> None:
        super().__init__(panels)
        self.kernels = GraphKernels(jobs, self)
        self.words = ChoiceWords(theme, panels)
        self.graph_shown = False
        self._panels = panels
        self._thinning = thinning
        self._extraction: Extraction | None = None
        self._picture: GraphPicture | None = None
        self._choices: Choices | None = None
        self._pointed: tuple[int, int] | None = None
        self.kernels.loaded.connect(self._kernels_came)
        self.kernels.failed.connect(self._kernels_failed)
        thinning.step_chosen.connect(lambda _step: self._show_graph())
        thinning.marks_changed.connect(lambda _on: self._show_graph())
        board = panels.strokes.board
        board.hovered.connect(self.point_at)
        for moved in (board.left, board.zoomed, board.panned, board.fit_asked, board.resized):
            moved.connect(self.leave)

    def take_digit(self, extraction: Extraction | None) -> None:
        """Explain another digit from now on, or none."""
        self.leave()
        self._extraction, self._picture, self._choices = extraction, None, None
        self._show_graph()

    def set_graph_shown(self, on: bool) -> None:
        """Show the graph on the Thinned board, or do not."""
        if on != self.graph_shown:
            self.graph_shown = on
            self._show_graph()
            self.graph_switched.emit(on)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.words.set_theme(theme)

    def point_at(self, row: int, column: int) -> None:
        """Tell the options at a pixel of the Strokes board, where there were any."""
        if self._pointed == (row, column):
            return
        self._pointed = (row, column)
        self._show_choices()

    def leave(self) -> None:
        """Tell of no options."""
        self._pointed = None
        self._clear_choices()

    def _show_choices(self) -> None:
        extraction = self._extraction
        if self._pointed is None or extraction is None or not is_explained(extraction):
            self._clear_choices()
            return
        if not self.kernels.is_ready:
            self.kernels.load()
            return
        if self._choices is None:
            explanation = self.kernels.explain(extraction.skeleton)
            self._choices = Choices(extraction.graph, explanation)
        sections = self._choices.at(*self._pointed)
        if not sections:
            self._clear_choices()
            return
        turns = [section for section in sections if section.title]
        drawn = [choice for section in turns or sections for choice in section.choices]
        shape = extraction.skeleton.shape
        self._panels.choices.set_choices(drawn, (shape[0], shape[1]))
        self._say(sections, extraction, *self._pointed)

    def _say(
        self, sections: tuple[Section, ...], extraction: Extraction, row: int, column: int
    ) -> None:
        """Put the words beside the arrows and the pixel pointed at."""
        panels, view = self._panels, self._panels.strokes.board.viewport()
        board = QRect(view.mapTo(panels, QPoint(0, 0)), view.size())
        left, top, columns, rows = panels.lens.visible()
        wide, high = board.width() / columns, board.height() / rows

        def in_view(area: QRectF) -> QRect:
            x, y = board.x() + (area.x() - left) * wide, board.y() + (area.y() - top) * high
            return QRectF(x, y, area.width() * wide, area.height() * high).toAlignedRect()

        places = np.argwhere(extraction.skeleton)
        y, x = places.min(axis=0).tolist()
        down, right = np.ptp(places, axis=0).tolist()
        ink = QRectF(x, y, right + 1, down + 1)
        covered = in_view(panels.choices.covered(row, column))
        self.words.show_sections(sections, covered, in_view(ink), panels.rect())

    def _clear_choices(self) -> None:
        self._panels.choices.set_choices((), (1, 1))
        self.words.hide()

    def _show_graph(self) -> None:
        """Draw the graph and count it, or take it away."""
        extraction = self._extraction
        wanted = self.graph_shown and extraction is not None and self._thinning.step is None
        entries: list[Entry] = []
        picture = None
        if wanted and extraction is not None:
            if self.kernels.is_ready:
                picture = self._find_picture(extraction)
                entries = graph_entries(picture)
            else:
                self.kernels.load()
                entries = [Entry("line", CHAINS[0], PREPARING)]
        self._show_entries(picture, entries)

    def _show_entries(self, picture: GraphPicture | None, entries: list[Entry]) -> None:
        self._panels.show_graph(picture)
        self._thinning.legend.show_instead("diamond", entries)

    def _find_picture(self, extraction: Extraction) -> GraphPicture:
        if self._picture is None:
            self._picture = draw_graph(extraction.graph, extraction.skeleton)
        return self._picture

    def _kernels_came(self) -> None:
        self._show_graph()
        self._show_choices()

    def _kernels_failed(self) -> None:
        if self.graph_shown:
            self._show_entries(None, [Entry("line", CHAINS[0], FAILED)])


def is_explained(extraction: Extraction) -> bool:
    """Tell whether the strokes of a digit are in the natural order as computed."""
    return extraction.settings.order == ORDER and not extraction.corrected


def graph_entries(picture: GraphPicture) -> list[Entry]:
    """Return the signs of a graph with its counts; none without chains."""
    if not picture.lines:
        return []
    chains, junctions, corners, loops = graph_words(picture)
    signs = [Entry("line", CHAINS[0], chains), Entry("square", JUNCTION, junctions)]
    if corners:
        signs.append(Entry("diamond", JUNCTION, corners))
    return [*signs, Entry("hatch", HATCH, loops)]
