"""How far the opening of a set has got, and whether it is to go on."""

from __future__ import annotations

from collections.abc import Callable

from viewer.errors import Cancelled


class Steps:
    """Counts what was read, and stops in between when asked to.

    Parameters
    ----------
    progress : callable, optional
        Is told how much of how much is done.
    cancelled : callable, optional
        Asked at each step.
    """

    def __init__(
        self,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._done = self._total = 0
        self._progress, self._cancelled = progress, cancelled

    def begin(self, total: int) -> None:
        """Set how much there is: files, digits or bytes."""
        self._done, self._total = 0, total
        self.advance(0)

    def advance(self, count: int = 1) -> None:
        """Count on; Cancelled is raised if it is to end here."""
        self._done = min(self._done + count, self._total)
        if self._progress is not None:
            self._progress(self._done, self._total)
        if self._cancelled is not None and self._cancelled():
            raise Cancelled
