"""Several digits side by side, written at once under one transport."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.gui.actions import ActionSpec
from viewer.gui.compare import commands
from viewer.gui.compare.extracting import Extracting
from viewer.gui.compare.item import CompareItem
from viewer.gui.compare.pace import PaceChoice
from viewer.gui.compare.panels import ComparePanels
from viewer.gui.compare.together import PACES, Pace, Together
from viewer.gui.inspector.inspector import EDGE
from viewer.gui.inspector.labels import FittingLabel
from viewer.gui.inspector.player import Player
from viewer.gui.inspector.timeline import Timeline
from viewer.gui.inspector.transport import Transport
from viewer.gui.jobs import Jobs
from viewer.gui.theme import Theme

if TYPE_CHECKING:
    from viewer.core.extract import Extraction

Correct: TypeAlias = "Callable[[int, Extraction], Extraction]"
FEWEST, MOST = 2, 9
"""Digits that can be compared."""


class CompareView(QWidget):
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
    closed : Signal
        The comparison is to be left.
    digit_chosen : Signal
        The position of the digit to go to.
    switch_changed : Signal
        The name of a checkable action and its new state, whoever changed it.
    """

    closed = Signal()
    digit_chosen = Signal(int)
    switch_changed = Signal(str, bool)

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        settings: ExtractionSettings = PUBLISHED,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("Compare")
        self.autoplay = True
        self.pace: Pace = "points"
        self.positions: tuple[int, ...] = ()
        self._items: tuple[CompareItem, ...] = ()
        self.correct: Correct = lambda _position, extraction: extraction
        self._timelines: dict[int, Timeline] = {}
        self._plan = Together()
        self._loop = False
        self._extracting = Extracting(jobs, settings)
        self.player = Player(self)
        self.title = FittingLabel(self, step=2)
        self.back = self._back_button()
        self.panels = ComparePanels(theme, self.back, self)
        self.transport = Transport(self.player, theme, self)
        self.transport.position.setToolTip("Points drawn / points of the digit that has most")
        self.paces = PaceChoice(self)
        self._lay_out()
        self._connect()
        self.set_theme(theme)

    def _back_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setText("Back")
        button.setAccessibleName("Back")
        button.setToolTip("Back to one digit (Esc)")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.transport, 1)
        foot.addWidget(self.paces)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 8, EDGE, EDGE)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.panels, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        self.paces.chosen.connect(self.set_pace)
        self.panels.chosen.connect(self._choose)
        self.panels.removed.connect(self.remove)
        self.player.moved.connect(self._pens_moved)
        self.player.changed.connect(self._replay_changed)
        self._extracting.made.connect(self._made)
        self._extracting.refused.connect(self._refused)
        self._extracting.ended.connect(self._all_made)

    @property
    def preparing(self) -> bool:
        """Whether strokes of digits on show are still to come."""
        return self._extracting.busy

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
        self._plan_again()
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
        self._plan_again()

    def remove_current(self) -> None:
        """Take away the digit that keys act on; does nothing while the view is hidden."""
        if self.isVisible() and self.positions:
            self.remove(self.panels.current)

    def set_pace(self, pace: Pace) -> None:
        """Let the pens go on point by point, or begin and end together."""
        if pace == self.pace:
            return
        self.pace = pace
        self.paces.show_pace(pace)
        self._plan_again()
        self.switch_changed.emit("end-together", pace == "share")

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.title.set_color(theme.text)
        self.panels.set_theme(theme)
        self.transport.set_theme(theme)

    def actions_table(self) -> list[ActionSpec]:
        """Return the actions that only a comparison has; see `Inspector.actions_table`."""
        return commands.actions_table(self)

    def save_state(self) -> dict[str, object]:
        """Return what to remember, in JSON's types."""
        return {**self.player.save_state(), "pace": self.pace}

    def restore_state(self, state: Mapping[str, object]) -> None:
        """Take up what was remembered; values of a wrong kind are passed over."""
        self.player.restore_state(state)
        for pace in PACES:
            if pace == state.get("pace"):
                self.set_pace(pace)

    def sizeHint(self) -> QSize:
        return QSize(1000, 800)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.player.set_shown(True)
        if self.positions:
            self.panels.enter()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.player.set_shown(False)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window's shortcuts."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Cancel)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.closed.emit()
        else:
            super().keyPressEvent(event)

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

    def _all_made(self) -> None:
        self._plan_again()
        if self.autoplay:
            self.player.play()
        else:
            self.player.finish()

    def _plan_again(self) -> None:
        """Make a schedule of what is on show now; the replay goes on at the same share."""
        clock = self.player.clock
        duration = self._plan.duration
        share = self._plan.time(clock.position) / duration if duration else 0.0
        at_end, playing = clock.count > 0 and clock.at_end, clock.playing
        none = Timeline(np.zeros((0, 2), dtype=np.int16), np.zeros(1, dtype=np.int64))
        self._plan = Together(
            [self._timelines.get(position, none) for position in self.positions], self.pace
        )
        self.player.take(self._plan)
        if at_end:
            self.player.finish()
        elif share:
            self.player.seek(self._plan.position(share * self._plan.duration))
        if playing:
            self.player.play()

    def _pens_moved(self, position: float) -> None:
        for place, panel in enumerate(self.panels.shown):
            panel.set_position(self._plan.position_of(place, position))

    def _replay_changed(self) -> None:
        if self.player.clock.loop is not self._loop:
            self._loop = self.player.clock.loop
            self.switch_changed.emit("loop", self._loop)
