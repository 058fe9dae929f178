"""How far a long command is, on stderr."""

from __future__ import annotations

import sys
import time
from types import TracebackType

REDRAW_SECONDS = 0.1
LINE_SECONDS = 10.0


class ProgressLine:
    """One line that is redrawn on a terminal; elsewhere a line now and then.

    Used in a ``with`` block, and passed on as a progress callback. What is short enough
    is never shown.

    Parameters
    ----------
    title : str
        What is being done, such as ``Extracting``.
    """

    def __init__(self, title: str) -> None:
        self._title = title
        self._terminal = sys.stderr.isatty()
        self._next = time.monotonic() + (REDRAW_SECONDS if self._terminal else LINE_SECONDS)
        self._width = 0

    def __enter__(self) -> ProgressLine:
        if self._terminal:
            self._draw(f"{self._title} ...")
        return self

    def __call__(self, done: int, total: int) -> None:
        """Show that so many of so many steps are done."""
        now = time.monotonic()
        if now < self._next:
            return
        text = f"{self._title}: {100 * done // max(total, 1)} %"
        if self._terminal:
            self._next = now + REDRAW_SECONDS
            self._draw(text)
        else:
            self._next = now + LINE_SECONDS
            print(text, file=sys.stderr, flush=True)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._terminal:
            self._draw("")
            print(end="\r", file=sys.stderr, flush=True)

    def _draw(self, text: str) -> None:
        """Replace the line on the terminal."""
        print(f"\r{text:<{self._width}}", end="", file=sys.stderr, flush=True)
        self._width = len(text)
