"""The stroke clock: which part of a digit is drawn at a moment; plain Python, no Qt."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from viewer.gui.inspector.timeline import Schedule, Timeline

SPEEDS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
"""The speeds on offer, as multiples of the pen's own speed."""

END_PAUSES = (0.5, 1.0, 2.0)
"""Seconds on offer that a loop holds the finished digit, at every speed."""

LONGEST_TICK = 0.25
"""Seconds; a longer gap between two ticks counts as this, so that no replay is skipped."""


class StrokeClock:
    """Time of a replay: play, pause, step, scrub, speed and loop.

    Attributes
    ----------
    position : float
        Points drawn, with the fraction of the move under way; see `Schedule`.
    playing : bool
        Whether `advance` moves the pen.
    loop : bool
        Whether the replay starts again after a pause at the end.
    speed : float
        One of `SPEEDS`.
    end_pause : float
        One of `END_PAUSES`.
    """

    def __init__(self) -> None:
        self.timeline = Schedule(np.zeros(0), ())
        self.playing = False
        self.loop = False
        self.speed = 1.0
        self.end_pause = 1.0
        self.position = 0.0
        self._time = 0.0
        self._held = 0.0

    def load(self, points: NDArray[np.integer], offsets: NDArray[np.integer]) -> None:
        """Take another digit; the pen waits on its first point."""
        self.take(Timeline(points, offsets))

    def take(self, timeline: Schedule) -> None:
        """Follow another schedule, such as that of several digits."""
        self.timeline = timeline
        self.playing = False
        self.seek(self.timeline.first)

    @property
    def count(self) -> int:
        """Points of the digit."""
        return self.timeline.count

    @property
    def drawn(self) -> int:
        """Points the pen has reached."""
        return math.floor(self.position)

    @property
    def at_end(self) -> bool:
        """Whether the last point is reached."""
        return self.position >= self.count

    def play(self) -> None:
        """Let the pen run; from the start if it stands at the end."""
        if self.count == 0:
            return
        if self.at_end:
            self.seek(self.timeline.first)
        self.playing = True

    def pause(self) -> None:
        """Hold the pen where it is."""
        self.playing = False

    def toggle(self) -> None:
        """Play or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def seek(self, position: float) -> None:
        """Put the pen at a position, held to the digit's range."""
        self.position = float(min(max(position, self.timeline.first), self.count))
        self._time = self.timeline.time(self.position)
        self._held = 0.0

    def step(self, points: int) -> None:
        """Pause and go to the next whole point, forward (+1) or back (-1)."""
        self.pause()
        whole = math.floor(self.position) if points > 0 else math.ceil(self.position)
        self.seek(whole + points)

    def step_stroke(self, strokes: int) -> None:
        """Pause and go to the next stroke's first point, or to this or the last one's start.

        Forward from the last stroke is the end of the digit.
        """
        self.pause()
        starts = self.timeline.stroke_starts()
        if strokes > 0:
            self.seek(next((start for start in starts if start > self.position), self.count))
        else:
            self.seek(next((start for start in reversed(starts) if start < self.position), 0))

    def advance(self, seconds: float) -> bool:
        """Let time pass; return whether the position changed.

        Parameters
        ----------
        seconds : float
            Time since the last tick, on a wall clock.
        """
        if not self.playing:
            return False
        seconds = min(max(seconds, 0.0), LONGEST_TICK)
        before = self.position
        if self.at_end:
            self._held += seconds
            if self._held >= self.end_pause:
                self.seek(self.timeline.first)
        else:
            self._time += seconds * self.speed
            self.position = self.timeline.position(self._time)
        if self.at_end and not self.loop:
            self.pause()
        return self.position != before

    def set_speed(self, speed: float) -> None:
        """Take the offered speed nearest to one, as a ratio."""
        if not (math.isfinite(speed) and speed > 0):
            raise ValueError(f"a speed is a number above 0, not {speed}")
        self.speed = min(SPEEDS, key=lambda offered: abs(math.log(offered / speed)))

    def change_speed(self, steps: int) -> None:
        """Go up (+1) or down (-1) in the list of speeds."""
        index = SPEEDS.index(self.speed) + steps
        self.speed = SPEEDS[min(max(index, 0), len(SPEEDS) - 1)]

    def set_end_pause(self, seconds: float) -> None:
        """Take the offered pause nearest to a number of seconds."""
        self.end_pause = min(END_PAUSES, key=lambda offered: abs(offered - seconds))
