"""One schedule for several digits; plain Python, no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from viewer.gui.inspector.timeline import Schedule, Timeline

Pace = Literal["points", "share"]
PACES: tuple[Pace, ...] = get_args(Pace)


class Together(Schedule):
    """The schedule of digits that are written at once.

    At the pace of *points*, every pen stands on its n-th point at the same moment, and a
    digit that has no more of them waits, whole. A step takes the mean of the times that the
    pens still writing need for it. At the pace of *share*, all pens begin and end together:
    each is at the same share of its own time, and a position counts the points of the
    digit that has most.

    Parameters
    ----------
    timelines : sequence of Timeline
        Those of the digits; without points where a digit has no strokes.
    pace : str
        One of `PACES`.
    """

    def __init__(self, timelines: Sequence[Timeline] = (), pace: Pace = "points") -> None:
        self.pace = pace
        self._timelines = tuple(timelines)
        longest = max(timelines, key=lambda timeline: timeline.count, default=None)
        if longest is None or not longest.count:
            super().__init__(np.zeros(0), ())
            return
        super().__init__(longest.times if pace == "share" else _mean_times(timelines), ())
        self._starts = sorted(
            {
                self._shared(timeline, start)
                for timeline in timelines
                for start in timeline.stroke_starts()
            }
        )

    def position_of(self, digit: int, position: float) -> float:
        """Return how far a digit is written, by its place among the timelines."""
        timeline = self._timelines[digit]
        if self.pace == "points" or position >= self.count:
            return min(position, timeline.count)
        share = self.time(position) / self.duration
        return timeline.position(share * timeline.duration)

    def _shared(self, timeline: Timeline, position: float) -> float:
        """Return the common position at which a digit reaches one of its own."""
        if self.pace == "points" or not timeline.duration:
            return position
        share = timeline.time(position) / timeline.duration
        return self.position(share * self.duration)


def _mean_times(timelines: Sequence[Timeline]) -> NDArray[np.float64]:
    """Return when each point is reached if a step takes as long as it does on average."""
    count = max(timeline.count for timeline in timelines)
    steps = np.full((len(timelines), count - 1), np.nan)
    for row, timeline in zip(steps, timelines, strict=True):
        row[: max(timeline.count - 1, 0)] = np.diff(timeline.times)
    return np.concatenate(([0.0], np.cumsum(np.nanmean(steps, axis=0))))
