"""A window, as it is started by a command, that exports by itself and closes.

Processes that it starts import this file, so it imports no Qt by itself.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from pathlib import Path
from typing import Any


def main(source: str, target: str, name: str, wait: str) -> int:
    """Export all digits of a set; close when that is done, or while processes work."""
    import numpy as np
    from PySide6.QtCore import QTimer

    from viewer.gui.app import run
    from viewer.gui.export.choice import ExportChoice
    from viewer.gui.window import MainWindow

    start = MainWindow.start

    def begin(window: MainWindow, request: Any) -> None:
        start(window, request)
        jobs: list[Any] = []
        timer = QTimer(window)

        def look() -> None:
            if not jobs and window.is_settled and window.table is not None:
                choice = ExportChoice("set", name, Path(target))
                every = np.arange(len(window.table))
                jobs.append(window.exporter.run(window.table, every, None, choice))
            elif jobs and (window.banner.text or (wait == "no" and _works())):
                timer.stop()
                numbers = [process.pid for process in multiprocessing.active_children()]
                print(window.banner.text, numbers, time.time(), sep="\n", flush=True)
                window.close()

        timer.timeout.connect(look)
        timer.start(20)

    setattr(MainWindow, "start", begin)  # noqa: B010 - a method is replaced
    return run(source)


def _works() -> bool:
    """Whether a process has had the time to begin its work."""
    ages = [process for process in multiprocessing.active_children() if process.is_alive()]
    if ages and not _seen:
        _seen.append(time.monotonic())
    return bool(_seen) and time.monotonic() - _seen[0] > 1.5


_seen: list[float] = []

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
