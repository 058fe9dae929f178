"""A small set and a window on it, for the tests of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from viewer.catalog.facts.cache import FactsCache
from viewer.datasets.digits import DigitSet, Split
from viewer.gui.appearance import Appearance
from viewer.gui.extracting import ExtractionFeed
from viewer.gui.facts_feed import FactsFeed
from viewer.gui.jobs import Jobs
from viewer.gui.opening import OpenRequest
from viewer.gui.settings import Settings
from viewer.gui.window import MainWindow

OFFSCREEN_REMARK = "This plugin does not support (propagateSizeHints|raise|grabbing)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pass over a remark that Qt makes about every window shown off screen."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_REMARK))


def make_split(name: str, count: int, *, side: int = 28) -> Split:
    """Return digits that each hold one bar; digit i is of class i % 10."""
    images = np.zeros((count, side, side), np.uint8)
    for index in range(min(count, 500)):
        images[index, 4:-4, 4 + index % (side - 8)] = 255
    labels = (np.arange(count) % 10).astype(np.uint8)
    return Split(name, images, labels, {"writer": np.arange(count, dtype=np.int32) + 2100})


@pytest.fixture
def digit_set() -> DigitSet:
    splits = {"train": make_split("train", 60), "test": make_split("test", 25)}
    return DigitSet("Bars", "bars", splits, ("These are bars.",))


@pytest.fixture
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    made = Appearance(qapp, "light")
    yield made
    made.choose("light")


@pytest.fixture
def make_window(
    qtbot: QtBot, appearance: Appearance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., MainWindow]]:
    """Return a maker of windows that are shown and, at the end, closed."""
    windows: list[MainWindow] = []
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    def make(settings: Settings | None = None) -> MainWindow:
        feed = ExtractionFeed(Jobs())
        facts = FactsFeed(feed.jobs, cache=FactsCache(tmp_path / "facts"))
        window = MainWindow(settings or Settings(None), appearance, feed, facts)
        qtbot.addWidget(window)
        windows.append(window)
        window.show()
        return window

    yield make
    for window in windows:
        window.close()
        assert window.jobs.wait(30_000)


@pytest.fixture
def window(
    qtbot: QtBot,
    make_window: Callable[..., MainWindow],
    digit_set: DigitSet,
    monkeypatch: pytest.MonkeyPatch,
) -> MainWindow:
    """Return a window that shows the small set, its first digit in the panels."""
    made = make_window()
    with monkeypatch.context() as patch:
        patch.setattr("viewer.datasets.source.open_source", lambda *_, **__: digit_set)
        with qtbot.waitSignal(made.digit_shown, timeout=30000):
            made.start(OpenRequest("bars"))
    made.banner.hide()
    return made
