"""How fast a download goes, and how long it will take."""

from __future__ import annotations

import time
from collections import deque

from viewer.fetch.catalogue import megabytes

WINDOW_SECONDS = 4.0
"""The speed is that of so many last seconds."""
SETTLE_SECONDS = 0.5
"""Before so much time has passed, no speed is given."""


class Pace:
    """Follows the bytes that have come."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def note(self, done: int) -> None:
        """Note how many bytes are there now; fewer than before begin anew."""
        now = time.monotonic()
        if self._seen and done < self._seen[-1][1]:
            self._seen.clear()
        self._seen.append((now, done))
        while len(self._seen) > 2 and now - self._seen[1][0] >= WINDOW_SECONDS:
            self._seen.popleft()

    @property
    def speed(self) -> float:
        """Bytes a second; 0 while unknown."""
        if not self._seen:
            return 0.0
        seconds = self._seen[-1][0] - self._seen[0][0]
        return (self._seen[-1][1] - self._seen[0][1]) / seconds if seconds > SETTLE_SECONDS else 0.0

    def describe(self, total: int) -> str:
        """Return words such as ``3.2 MB of 11.6 MB, 1.4 MB/s, 6 s left``."""
        done = self._seen[-1][1] if self._seen else 0
        words = [f"{megabytes(done)} of {megabytes(total)}"]
        if speed := self.speed:
            words.append(f"{megabytes(round(speed))}/s")
            words.append(f"{_duration((total - done) / speed)} left")
        return ", ".join(words)


def _duration(seconds: float) -> str:
    """Return a time in words that do not pretend to be exact."""
    if seconds < 90:
        return f"{max(round(seconds), 1)} s"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} min"
    return f"{round(seconds / 3600)} h"
