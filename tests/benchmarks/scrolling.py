"""Milliseconds a frame takes while the grid scrolls through 402,953 digits.

    python -m tests.benchmarks.scrolling [SOURCE] [--size WIDTH HEIGHT] [--frames N]

A frame is a move of the scroll bar and the painting of all that is then in view, both on
the GUI thread while workers extract what is in view. Three ways to scroll: smoothly (a
third of a cell a frame), page by page, and to places far apart. Without a source, the
digits of the sample are repeated, each time moved to another place. Paints off screen
unless QT_QPA_PLATFORM says otherwise.
"""

from __future__ import annotations

import argparse
import itertools
import os
import resource
import time
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QApplication, QScrollBar

from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.sample import open_sample
from viewer.datasets.source import open_source
from viewer.gui.browser.browser import Browser
from viewer.gui.jobs import Jobs
from viewer.gui.theme import light
from viewer.jit import prepare

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
COUNT = 402_953
EDGES = (28, 56, 112)
CELLS = (("source", ""), ("source", "writer"), ("skeleton", ""), ("strokes", ""))
KINDS = ("smooth", "pages", "far")


def repeated_sample(count: int) -> Table:
    """Return a table of so many digits with classes and writers."""
    split = open_sample().splits["train"]
    images = np.empty((count, *split.images.shape[1:]), np.uint8)
    labels = np.empty(count, np.uint8)
    assert split.labels is not None
    for turn, first in enumerate(range(0, count, len(split))):
        part = min(len(split), count - first)
        moved = (turn % 5 - 2, turn // 5 % 5 - 2)
        images[first : first + part] = np.roll(split.images[:part], moved, (1, 2))
        labels[first : first + part] = split.labels[:part]
    writers = np.arange(count, dtype=np.int32) // 120
    return Table(
        DigitSet("Many", "many", {"all": Split("all", images, labels, {"writer": writers})})
    )


def places(kind: str, maximum: int, line: int, page: int, frames: int) -> Iterator[int]:
    """Yield where the scroll bar stands in each frame."""
    random = np.random.default_rng(0)
    for frame in range(frames):
        if kind == "smooth":
            yield maximum // 3 + frame * (line // 3)
        elif kind == "pages":
            yield min(frame * page, maximum)
        else:
            yield int(random.integers(0, maximum + 1))


def summary(milliseconds: list[float]) -> str:
    """Return median, 99th percentile and worst of frames."""
    times: NDArray[np.float64] = np.array(milliseconds)
    middle, high = np.percentile(times, [50, 99])
    return f"{middle:6.1f} {high:6.1f} {times.max():6.1f}"


def frame_times(app: QApplication, bar: QScrollBar, kind: str, frames: int) -> list[float]:
    """Scroll, and return the milliseconds of each frame."""
    times = []
    line = 2 * bar.singleStep()
    for place in places(kind, bar.maximum(), line, bar.pageStep(), frames):
        began = time.perf_counter()
        bar.setValue(place)
        app.processEvents()
        times.append(1000 * (time.perf_counter() - began))
        time.sleep(0.002)  # workers get the interpreter, as they do between real frames
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", nargs="?")
    parser.add_argument("--size", type=int, nargs=2, default=(480, 900))
    parser.add_argument("--frames", type=int, default=300)
    options = parser.parse_args()
    app = QApplication([])
    prepare()
    table = Table(open_source(options.source)) if options.source else repeated_sample(COUNT)
    jobs = Jobs()
    browser = Browser(light(), jobs)
    browser.resize(*options.size)
    browser.show()
    began = time.perf_counter()
    browser.set_table(table)
    app.processEvents()
    print(f"{len(table):,} digits shown in {1000 * (time.perf_counter() - began):.0f} ms")
    began = time.perf_counter()
    browser.grid.select_all()
    app.processEvents()
    print(f"{browser.selected_count():,} selected in {1000 * (time.perf_counter() - began):.0f} ms")
    print(f"{'':48}   p50    p99  worst  ms a frame, {options.frames} frames")
    bar = browser.grid.verticalScrollBar()
    for edge, (cell, caption), kind in itertools.product(EDGES, CELLS, KINDS):
        browser.set_thumbnail_size(edge)
        browser.set_cell(cell)
        browser.set_caption(caption)
        app.processEvents()
        in_view = browser.grid.columns() * (bar.pageStep() // (2 * bar.singleStep()))
        drawn = f"{cell} with {caption}" if caption else cell
        what = f"{in_view} digits of {edge} px, {drawn}, {kind}"
        print(f"{what:48} {summary(frame_times(app, bar, kind, options.frames))}", flush=True)
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")
    jobs.close()


if __name__ == "__main__":
    main()
