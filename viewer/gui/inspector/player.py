"""The stroke clock on a timer: ticks only while there is something to see."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from viewer.gui.inspector.replay import END_PAUSES, StrokeClock
from viewer.gui.inspector.timeline import Schedule

INTERVAL = 16
"""Milliseconds between two ticks."""


class Player(QObject):
    """Plays a `StrokeClock`.

    `moved` gives the new position; `changed` says that playing, speed, loop, its pause or
    the digit is another.
    """

    moved = Signal(float)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.clock = StrokeClock()
        self._shown = False
        self._elapsed = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._tick)

    @property
    def ticking(self) -> bool:
        """Whether the timer runs."""
        return self._timer.isActive()

    def load(self, points: NDArray[np.integer], offsets: NDArray[np.integer]) -> None:
        """Take another digit; the pen waits on its first point."""
        self.clock.load(points, offsets)
        self._announce()

    def take(self, timeline: Schedule) -> None:
        """Follow another schedule; the pens wait on their first points."""
        self.clock.take(timeline)
        self._announce()

    def set_shown(self, shown: bool) -> None:
        """Hold the timer while the drawing cannot be seen."""
        self._shown = shown
        self._run()

    def toggle(self) -> None:
        """Play or pause."""
        self.clock.toggle()
        self._announce()

    def play(self) -> None:
        """Play, from the start if the pen stands at the end."""
        self.clock.play()
        self._announce()

    def pause(self) -> None:
        """Hold the pen."""
        self.clock.pause()
        self._announce()

    def restart(self) -> None:
        """Put the pen on the first point; a replay under way goes on from there."""
        self.clock.seek(self.clock.timeline.first)
        self._announce()

    def finish(self) -> None:
        """Pause with the whole digit drawn."""
        self.clock.pause()
        self.clock.seek(self.clock.count)
        self._announce()

    def seek(self, position: float) -> None:
        """Pause with the pen at a position."""
        self.clock.pause()
        self.clock.seek(position)
        self._announce()

    def step(self, points: int) -> None:
        """Pause and go a point forward (+1) or back (-1)."""
        self.clock.step(points)
        self._announce()

    def step_stroke(self, strokes: int) -> None:
        """Pause and go a stroke forward (+1) or back (-1)."""
        self.clock.step_stroke(strokes)
        self._announce()

    def set_loop(self, loop: bool) -> None:
        """Start again after the end, or not."""
        self.clock.loop = loop
        self._announce()

    def set_speed(self, speed: float) -> None:
        """Play faster or slower."""
        self.clock.set_speed(speed)
        self._announce()

    def change_speed(self, steps: int) -> None:
        """Go up (+1) or down (-1) in the list of speeds."""
        self.clock.change_speed(steps)
        self._announce()

    def set_end_pause(self, seconds: float) -> None:
        """Hold the whole digit longer or shorter before a loop starts again."""
        self.clock.set_end_pause(seconds)
        self._announce()

    def next_end_pause(self) -> None:
        """Take the next pause on offer, after the longest the shortest."""
        index = END_PAUSES.index(self.clock.end_pause) + 1
        self.set_end_pause(END_PAUSES[index % len(END_PAUSES)])

    def save_state(self) -> dict[str, object]:
        """Return speed, loop and its pause, in JSON's types."""
        clock = self.clock
        return {"speed": clock.speed, "loop": clock.loop, "end_pause": clock.end_pause}

    def restore_state(self, state: Mapping[str, object]) -> None:
        """Take up what was remembered; values of a wrong kind are passed over."""
        speed = state.get("speed")
        if isinstance(speed, int | float) and math.isfinite(speed) and speed > 0:
            self.set_speed(speed)
        pause = state.get("end_pause")
        if isinstance(pause, int | float) and pause in END_PAUSES:
            self.set_end_pause(pause)
        if isinstance(loop := state.get("loop"), bool):
            self.set_loop(loop)

    def _announce(self) -> None:
        self._run()
        self.changed.emit()
        self.moved.emit(self.clock.position)

    def _run(self) -> None:
        """Start or stop the timer as the clock says."""
        run = self._shown and self.clock.playing
        if run and not self._timer.isActive():
            self._elapsed.start()
            self._timer.start()
        elif not run:
            self._timer.stop()

    def _tick(self) -> None:
        moved = self.clock.advance(self._elapsed.restart() / 1000)
        if moved:
            self.moved.emit(self.clock.position)
        if not self.clock.playing:
            self._run()
            self.changed.emit()
