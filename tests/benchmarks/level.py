"""Milliseconds from a level chosen in the threshold's plot until all stages are painted.

    python -m tests.benchmarks.level SOURCE [--digits N]

Each level is extracted and painted synchronously, off screen, on the GUI thread, as it is
while the line is dragged. Beside it the same digits shown without a plot: one repaint of
the whole inspector.
"""

from __future__ import annotations

import argparse
import os
import time

import numpy as np

from tests.benchmarks.browsing import wait
from viewer.gui.app import _application
from viewer.gui.appearance import Appearance
from viewer.gui.extracting import ExtractionFeed
from viewer.gui.jobs import Jobs
from viewer.gui.opening import OpenRequest
from viewer.gui.settings import Settings
from viewer.gui.window import MainWindow

LEVELS = range(25, 250, 25)


def main() -> None:
    """Measure one set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source")
    parser.add_argument("--digits", type=int, default=100)
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = _application()
    window = MainWindow(Settings(None), Appearance(app, "light"), ExtractionFeed(Jobs()))
    window.show()
    wait(window.digit_shown, lambda: window.start(OpenRequest(chosen.source)))
    if window.facts.running:
        wait(window.facts.finished, lambda: None)
    assert window.table is not None
    dragged, repainted = [], []
    for position in np.linspace(0, len(window.table) - 1, chosen.digits).astype(int).tolist():
        window.browser.go_to_position(position)
        app.processEvents()
        for level in LEVELS:
            begin = time.perf_counter()
            window.inspector.tools.plot.level_chosen.emit(level)
            window.inspector.repaint()
            dragged.append(1000 * (time.perf_counter() - begin))
            begin = time.perf_counter()
            window.inspector.repaint()
            repainted.append(1000 * (time.perf_counter() - begin))
    for name, figures in (("a level, all stages", dragged), ("a repaint alone", repainted)):
        middle, late = np.percentile(figures, (50, 95))
        print(f"{name:20} median {middle:5.1f} ms, 95th percentile {late:5.1f} ms")
    print(f"ratio of the medians {np.median(dragged) / np.median(repainted):.1f}")
    window.close()
    window.jobs.wait()


if __name__ == "__main__":
    main()
