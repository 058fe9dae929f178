"""Several digits side by side, written at once under one transport."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.gui.actions import ActionSpec
from viewer.gui.compare import commands
from viewer.gui.compare.extracting import Extracting
from viewer.gui.compare.item import CompareItem
from viewer.gui.compare.panels import ComparePanels
from viewer.gui.compare.side_by_side import NO_POINTS, SideBySide
from viewer.gui.inspector.timeline import Timeline
from viewer.gui.jobs import Jobs
from viewer.gui.theme import Theme

if TYPE_CHECKING:
    from viewer.core.extract import Extraction

Correct: TypeAlias = "Callable[[int, Extraction], Extraction]"
FEWEST, MOST = 2, 9
"""Digits that can be compared."""


class CompareView(SideBySide):
    """Shows 2 to 9 digits and replays how they were written, at once.

    Parameters
    ----------
    theme : Theme
        Colours; `set_theme` changes them while it is on screen.
    jobs : Jobs
        Where the strokes are extracted.
    settings : ExtractionSettings
        What they are extracted with.

    Attributes
    ----------
    correct : callable
        Returns the extraction of the digit at a position with its correction by hand.
    positions : tuple of int
        Positions of the digits on show, as they stand.
    digit_chosen : Signal
        The position of the digit to go to.
    """

    digit_chosen = Signal(int)
    panels: ComparePanels

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        settings: ExtractionSettings = PUBLISHED,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName("Compare")
        self.positions: tuple[int, ...] = ()
        self._items: tuple[CompareItem, ...] = ()
        self.correct: Correct = lambda _position, extraction: extraction
        self._timelines: dict[int, Timeline] = {}
        self._extracting = Extracting(jobs, settings)
        self.panels = ComparePanels(theme, self.back, self)
        self.transport.position.setToolTip("Points drawn / points of the digit that has most")
        self.lay_out()
        self._connect()
        self.set_theme(theme)

    def _connect(self) -> None:
        self.panels.chosen.connect(self._choose)
        self.panels.removed.connect(self.remove)
        self._extracting.made.connect(self._made)
        self._extracting.refused.connect(self._refused)
        self._extracting.ended.connect(self.begin)

    @property
    def preparing(self) -> bool:
        """Whether strokes of digits on show are still to come."""
        return self._extracting.busy

    def timelines(self) -> Sequence[Timeline]:
        """Return the timelines of the digits as they stand."""
        return [self._timelines.get(position, NO_POINTS) for position in self.positions]

    def show_digits(self, items: Sequence[CompareItem]) -> None:
        """Show other digits, and play them where `autoplay` is on.

        Parameters
        ----------
        items : sequence of CompareItem
            `FEWEST` to `MOST` different digits, in the order in which they shall stand.

        Raises
        ------
        ValueError
            If there are fewer or more of them.
        """
        if not FEWEST <= len(items) <= MOST:
            raise ValueError(f"{FEWEST} to {MOST} digits can be compared, not {len(items)}")
        self._items = tuple(items)
        self.positions = tuple(item.position for item in items)
        self._timelines = {}
        self._show_count()
        self.panels.show_items(items)
        self.plan_again()
        self._extracting.start(items)
        if self.isVisible():
            self.panels.enter()

    def set_settings(self, settings: ExtractionSettings) -> None:
        """Extract with other settings from now on, the digits on show, too."""
        self._extracting.set_settings(settings)
        items = [item for item in self._items if item.position in self.positions]
        if len(items) >= FEWEST and self.isVisible():
            self.show_digits(items)

    def remove(self, place: int) -> None:
        """Take a digit away; where one is left, it is chosen and the comparison closed."""
        rest = self.positions[:place] + self.positions[place + 1 :]
        if len(rest) < FEWEST:
            self.digit_chosen.emit(rest[0])
            self.closed.emit()
            return
        self.positions = rest
        self.panels.take_away(place)
        self._show_count()
        self.plan_again()

    def remove_current(self) -> None:
        """Take away the digit that keys act on; does nothing while the view is hidden."""
        if self.isVisible() and self.positions:
            self.remove(self.panels.current)

    def actions_table(self, shown: commands.Shown | None = None) -> list[ActionSpec]:
        """Return the actions that only a comparison has; see `Inspector.actions_table`."""
        return commands.actions_table(self, shown or (lambda: self))

    def _choose(self, place: int) -> None:
        self.digit_chosen.emit(self.positions[place])

    def _show_count(self) -> None:
        self.title.set_text(f"{len(self.positions)} digits compared")

    def _made(self, item: CompareItem, extraction: Extraction) -> None:
        """Show the strokes of a digit that still is on show."""
        if item.position in self.positions:
            panel = self.panels.shown[self.positions.index(item.position)]
            extraction = self.correct(item.position, extraction)
            panel.show_strokes(item, extraction)
            self._timelines[item.position] = Timeline(extraction.points, extraction.stroke_offsets)

    def _refused(self, item: CompareItem, problem: str) -> None:
        if item.position in self.positions:
            self.panels.shown[self.positions.index(item.position)].show_problem(problem)
