"""Panels written at once under one transport: what all comparisons have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from viewer.gui.compare.pace import PaceChoice
from viewer.gui.compare.panel_grid import PanelGrid
from viewer.gui.compare.together import PACES, Pace, Together
from viewer.gui.inspector.inspector import EDGE
from viewer.gui.inspector.labels import FittingLabel
from viewer.gui.inspector.player import Player
from viewer.gui.inspector.timeline import Timeline
from viewer.gui.inspector.transport import Transport
from viewer.gui.theme import Theme

NO_POINTS = Timeline(np.zeros((0, 2), dtype=np.int16), np.zeros(1, dtype=np.int64))
"""The timeline of what is not there."""


class SideBySide(QWidget):
    """A title, panels and one clock for all of them.

    Who derives it makes the `panels`, calls `lay_out`, and answers `timelines`.

    Parameters
    ----------
    theme : Theme
        Colours; `set_theme` changes them while it is on screen.

    Attributes
    ----------
    autoplay : bool
        Whether strokes are played as soon as they are there; else they are shown whole.
    pace : str
        One of `PACES`.
    closed : Signal
        The comparison is to be left.
    switch_changed : Signal
        The name of a checkable action and its new state, whoever changed it.
    """

    closed = Signal()
    switch_changed = Signal(str, bool)
    panels: PanelGrid[Any]

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.autoplay = True
        self.pace: Pace = "points"
        self._plan = Together()
        self._loop = False
        self.player = Player(self)
        self.title = FittingLabel(self, step=2)
        self.back = self._back_button()
        self.transport = Transport(self.player, theme, self)
        self.paces = PaceChoice(self)
        self.back.clicked.connect(self.closed)
        self.paces.chosen.connect(self.set_pace)
        self.player.moved.connect(self._pens_moved)
        self.player.changed.connect(self._replay_changed)

    def timelines(self) -> Sequence[Timeline]:
        """Return the timelines of the panels as they stand."""
        raise NotImplementedError

    def _back_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setText("Back")
        button.setAccessibleName("Back")
        button.setToolTip("Back to one digit (Esc)")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def lay_out(self) -> None:
        """Place the parts."""
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

    def set_pace(self, pace: Pace) -> None:
        """Let the pens go on point by point, or begin and end together."""
        if pace == self.pace:
            return
        self.pace = pace
        self.paces.show_pace(pace)
        self.plan_again()
        self.switch_changed.emit("end-together", pace == "share")

    def tell_switches(self) -> None:
        """Tell the state of all switches, since the view has come on show."""
        self.switch_changed.emit("loop", self.player.clock.loop)
        self.switch_changed.emit("end-together", self.pace == "share")

    def begin(self) -> None:
        """Play what is there by now from its start where `autoplay` is on, else show it whole."""
        self._plan = Together(self.timelines(), self.pace)
        self.player.take(self._plan)
        if self.autoplay:
            self.player.play()
        else:
            self.player.finish()

    def plan_again(self) -> None:
        """Make a schedule of what is on show now; the replay goes on at the same share."""
        clock = self.player.clock
        duration = self._plan.duration
        share = self._plan.time(clock.position) / duration if duration else 0.0
        at_end, playing = clock.count > 0 and clock.at_end, clock.playing
        self._plan = Together(self.timelines(), self.pace)
        self.player.take(self._plan)
        if at_end:
            self.player.finish()
        elif share:
            self.player.seek(self._plan.position(share * self._plan.duration))
        if playing:
            self.player.play()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.title.set_color(theme.text)
        self.panels.set_theme(theme)
        self.transport.set_theme(theme)

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

    def _pens_moved(self, position: float) -> None:
        for place, panel in enumerate(self.panels.shown):
            panel.set_position(self._plan.position_of(place, position))

    def _replay_changed(self) -> None:
        if self.player.clock.loop is not self._loop:
            self._loop = self.player.clock.loop
            self.switch_changed.emit("loop", self._loop)
