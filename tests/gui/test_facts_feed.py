"""Facts in the background: filled in on the GUI thread, stopped and gone on with."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from viewer.catalog.facts import gather as facts
from viewer.catalog.facts.cache import FactsCache
from viewer.catalog.table import Table
from viewer.core.batch import extract_batch
from viewer.core.sequences import SequenceSet
from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.sample import open_sample
from viewer.gui import facts_feed
from viewer.gui.facts_feed import FactsFeed
from viewer.gui.jobs import Jobs


@pytest.fixture
def feed(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FactsFeed]:
    monkeypatch.setattr(facts, "BLOCK", 20)
    monkeypatch.setattr(facts_feed, "INTERVAL", 1)
    jobs = Jobs()
    yield FactsFeed(jobs, cache=FactsCache(tmp_path))
    assert jobs.close()


@pytest.fixture
def table() -> Table:
    """Return a table of 85 digits, no two of which are equal: five blocks."""
    images = open_sample().splits["train"].images
    splits = {"train": Split("train", images[:60]), "test": Split("test", images[60:85])}
    return Table(DigitSet("Set", "set", splits))


class Gate:
    """Holds every extraction until it is let go."""

    def __init__(self) -> None:
        self.waiting = threading.Semaphore(0)
        self.extracted = 0

    def extract(
        self, images: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], *_: object, **__: object
    ) -> SequenceSet:
        assert self.waiting.acquire(timeout=10)
        self.extracted += 1
        return extract_batch(images)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    made = Gate()
    monkeypatch.setattr("viewer.core.batch.extract_batch", made.extract)
    return made


def known(table: Table) -> int:
    """Return of how many digits the strokes are known."""
    if "strokes" not in table.columns:
        return 0
    found = table.known("strokes")
    return len(table) if found is None else int(found.sum())


def test_all_facts_come(qtbot: QtBot, feed: FactsFeed, table: Table) -> None:
    with qtbot.waitSignal(feed.finished, timeout=20_000):
        feed.start(table)
        assert feed.running
    assert known(table) == 85
    assert table.known("unusual") is None
    assert table.shapes is not None
    qtbot.waitUntil(lambda: not feed.running)


def test_news_come_together(qtbot: QtBot, feed: FactsFeed, table: Table, gate: Gate) -> None:
    with qtbot.waitSignal(feed.advanced, timeout=20_000):
        feed.start(table)
        gate.waiting.release()
    assert known(table) == 20
    with qtbot.assertNotEmitted(feed.advanced, wait=20):
        pass
    with qtbot.waitSignal(feed.finished, timeout=20_000):
        gate.waiting.release(4)


def test_stopping_keeps_what_is_known_and_starting_goes_on(
    qtbot: QtBot, feed: FactsFeed, table: Table, gate: Gate
) -> None:
    finished: list[bool] = []
    feed.finished.connect(lambda: finished.append(True))
    feed.start(table)
    gate.waiting.release(2)
    qtbot.waitUntil(lambda: known(table) == 40)
    feed.stop()
    assert not feed.running
    gate.waiting.release()
    qtbot.waitUntil(lambda: not feed.jobs.running)
    assert (known(table), finished) == (40, [])
    before = gate.extracted
    gate.waiting.release(10)
    with qtbot.waitSignal(feed.finished, timeout=20_000):
        feed.start(table)
    assert known(table) == 85
    assert gate.extracted == 5 >= before >= 2


def test_cancelling_the_job_ends_the_work(
    qtbot: QtBot, feed: FactsFeed, table: Table, gate: Gate
) -> None:
    feed.start(table)
    gate.waiting.release()
    qtbot.waitUntil(lambda: known(table) == 20)
    (job,) = feed.jobs.running
    assert job.title == "Extracting strokes"
    assert job.can_cancel
    job.cancel()
    gate.waiting.release()
    qtbot.waitUntil(lambda: not feed.running)
    assert known(table) == 20


def test_another_table_takes_over(qtbot: QtBot, feed: FactsFeed, table: Table, gate: Gate) -> None:
    images = table.dataset.splits["train"].images[:10]
    second = Table(DigitSet("Other", "other", {"only": Split("only", images)}))
    feed.start(table)
    gate.waiting.release(10)
    with qtbot.waitSignal(feed.finished, timeout=20_000):
        feed.start(second)
    assert known(second) == 10
    assert known(table) == 0


def test_a_failure_is_told(
    qtbot: QtBot, feed: FactsFeed, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError("too little")

    monkeypatch.setattr("viewer.core.batch.extract_batch", fail)
    with qtbot.waitSignal(feed.failed, timeout=20_000) as told:
        feed.start(table)
    assert isinstance(told.args[0], MemoryError)
    qtbot.waitUntil(lambda: not feed.running)
