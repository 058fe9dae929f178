"""Seconds from the start of the process to the first painted replay of the sample.

    python -m tests.benchmarks.start [--runs N]

Beside it, in turn, a bare pyqtgraph `ImageView` window with one digit, started the same
way. Works with a display or without one (QT_QPA_PLATFORM=offscreen).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

OURS = """
import sys, time
from viewer.gui import app as program
from viewer.gui.window import MainWindow
class Timed(MainWindow):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.digit_shown.connect(lambda _digit: self.inspector.painted.connect(self.report))
    def report(self):
        print(time.time() - float(sys.argv[1]), flush=True)
        self.close()
import viewer.gui.window as module
module.MainWindow = Timed
program.run("sample")
"""

PEER = """
import sys, time
import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QTimer
app = pg.mkQApp()
view = pg.ImageView()
view.setImage(np.eye(28))
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self.report)
        return False
    def report(self):
        print(time.time() - float(sys.argv[1]), flush=True)
        app.quit()
watch = Watch()
view.ui.graphicsView.viewport().installEventFilter(watch)
view.show()
app.exec()
"""


def seconds(code: str, environment: dict[str, str]) -> float:
    """Start a process and return the first figure it prints."""
    command = [sys.executable, "-c", code, str(time.time())]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return float(run.stdout.split()[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    environment = dict(os.environ)
    if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as settings:
        environment["XDG_CONFIG_HOME"] = settings
        first = seconds(OURS, environment)
        seconds(PEER, environment)
        pairs = [
            (seconds(OURS, environment), seconds(PEER, environment)) for _ in range(options.runs)
        ]
    ours, peer = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"first start of this run: {first:.2f} s (compiles where nothing is kept yet)")
    print(f"median of {options.runs}: here {ours:.2f} s, ImageView {peer:.2f} s: ", end="")
    print(f"{ours / peer:.2f} times")


if __name__ == "__main__":
    main()
