"""What a user waits for in the window, on a set of any size.

    python -m tests.benchmarks.browsing SOURCE [--labels PATH]

Opens the set in a window off screen and prints: seconds until the first digit is shown and
until all facts are known (and once more, when they are cached), milliseconds of 50 queries
typed into the filter until the grid shows the answer, of sorting, of selecting all, of
pages; and the memory of the process. Beside the queries the same ones evaluated by plain
NumPy over the same columns, without sorting, facets or a window.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer, SignalInstance

from tests.where_cases import QUERIES
from viewer.catalog.facts.cache import FactsCache
from viewer.catalog.table import Table
from viewer.gui.app import _application
from viewer.gui.appearance import Appearance
from viewer.gui.extracting import ExtractionFeed
from viewer.gui.facts_feed import FactsFeed
from viewer.gui.jobs import Jobs
from viewer.gui.opening import OpenRequest
from viewer.gui.settings import Settings
from viewer.gui.window import MainWindow

PATIENCE = 300_000
ORDERS = ("writer", "-unusual", "length", "class", "shuffle:7", "")


def wait(signal: SignalInstance, start: Callable[[], object]) -> float:
    """Return the seconds from a call to a signal that it leads to."""
    loop = QEventLoop()
    signal.connect(loop.quit)
    QTimer.singleShot(PATIENCE, loop.quit)
    begin = time.perf_counter()
    start()
    loop.exec()
    took = time.perf_counter() - begin
    signal.disconnect(loop.quit)
    return took


def memory() -> tuple[float, float]:
    """Return what the process holds and what it held at most, in MB."""
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    held, most = (int(fields[name].split()[0]) / 1000 for name in ("VmRSS", "VmHWM"))
    return held, most


def open_window(source: str, labels: str, home: Path) -> MainWindow:
    """Open the window on a set, print what that takes, and return it."""
    app = _application()
    feed = ExtractionFeed(Jobs())
    facts = FactsFeed(feed.jobs, cache=FactsCache(home / "facts"))
    window = MainWindow(Settings(None), Appearance(app, "light"), feed, facts)
    window.show()
    request = OpenRequest(source, labels)
    print(f"first digit shown   {wait(window.digit_shown, lambda: window.start(request)):7.2f} s")
    print(f"all facts known     {wait(window.facts.finished, lambda: None):7.2f} s more")
    table = window.table
    assert table is not None
    table.shapes = None  # as in a window that was just opened
    again = wait(window.facts.finished, lambda: window.facts.start(table))
    print(f"the same, cached    {again:7.2f} s")
    return window


def time_queries(window: MainWindow) -> None:
    """Type queries and print how long the grid takes to show the answers."""
    table = window.table
    assert table is not None
    queries = [query for query, _plain in QUERIES for _ in range(3)][:50]
    shown, plain = [], []
    for number, query in enumerate(queries):
        ask = partial(window.filter.set_text, f"({query}) & index>={number}")
        shown.append(1000 * wait(window.filter.answered, ask))
    for number, (_query, evaluate) in enumerate((QUERIES * 3)[:50]):
        begin = time.perf_counter()
        np.flatnonzero(evaluate(columns(table)) & (table.values("index") >= number))
        plain.append(1000 * (time.perf_counter() - begin))
    for name, figures in (("in the window", shown), ("plain NumPy, no facets", plain)):
        print(
            f"50 queries {name:24} median {statistics.median(figures):6.1f} ms, "
            f"worst {max(figures):6.1f} ms"
        )
    ratio = statistics.median(shown) / statistics.median(plain)
    print(f"median window / plain {ratio:.1f}")
    wait(window.filter.answered, lambda: window.filter.set_text(""))


def columns(table: Table) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]]:
    """Return the columns of a table as plain arrays."""
    return {name: table.values(name) for name in table.columns}


def time_the_rest(window: MainWindow) -> None:
    """Sort, select and turn to pages, and print how long each takes."""
    for order in ORDERS:
        took = wait(window.filter.answered, partial(window.filter.set_order, order))
        print(f"sorted by {order or 'nothing':20} {1000 * took:7.1f} ms")
    begin = time.perf_counter()
    window.actions_by_name["select-all"].trigger()
    print(
        f"select all {window.browser.selected_count():,} digits   "
        f"{1000 * (time.perf_counter() - begin):7.1f} ms"
    )
    for name in ("writer", "similar", "odd", "classes"):
        action = window.actions_by_name[name]
        took = wait(window.browser.page_changed, action.trigger)
        print(f"page {name:25} {1000 * took:7.1f} ms")


def main() -> None:
    """Measure one set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source")
    parser.add_argument("--labels", default="")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        # settings, marks and facts of its own; kernels are the user's
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = home
        window = open_window(chosen.source, chosen.labels, Path(home))
        time_queries(window)
        time_the_rest(window)
        held, most = memory()
        print(f"memory {held:,.0f} MB, at most {most:,.0f} MB")
        window.close()
        window.jobs.wait()


if __name__ == "__main__":
    main()
