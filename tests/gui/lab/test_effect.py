"""Counting in the background: begun, stopped, and never late."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from viewer.catalog.table import Table
from viewer.core.batch import extract_batch
from viewer.core.extract import extract
from viewer.core.sequences import SequenceSet
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.gui.jobs import Jobs
from viewer.gui.lab import effect as module
from viewer.gui.lab.effect import TITLE, Effect

OTHER = replace(PUBLISHED, thinning_passes=None)
PAIR = (PUBLISHED, OTHER)


@pytest.fixture
def effect(qapp: QApplication, jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> Effect:
    monkeypatch.setattr(module, "BLOCK", 10)
    monkeypatch.setattr(module, "DELAY", 1)
    return Effect(jobs)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Semaphore:
    """Return what has to be released for each block and setting that is extracted."""
    waiting = threading.Semaphore(0)

    def extract_later(
        images: NDArray[np.uint8],
        settings: ExtractionSettings,
        **_: object,
    ) -> SequenceSet:
        assert waiting.acquire(timeout=20)
        return extract_batch(images, settings)

    monkeypatch.setattr("viewer.core.batch.extract_batch", extract_later)
    return waiting


def test_all_digits_are_counted_but_those_too_large(
    qtbot: QtBot, effect: Effect, table: Table
) -> None:
    effect.set_scope(table, np.arange(len(table))[::-1])
    assert effect.total == 60
    effect.set_pair(PAIR)
    effect.start()
    assert effect.running
    qtbot.waitUntil(lambda: effect.complete, timeout=30_000)
    expected = [
        position
        for position in (*range(40), *range(43, 63))
        if not np.array_equal(
            extract(table.image(position)).rows, extract(table.image(position), OTHER).rows
        )
    ]
    assert effect.changes.changed.tolist() == expected
    assert 0 < len(expected) < 60
    qtbot.waitUntil(lambda: not effect.running)


def test_counts_come_while_it_works(
    qtbot: QtBot, effect: Effect, table: Table, gate: threading.Semaphore
) -> None:
    effect.set_scope(table, np.arange(40))
    effect.set_pair(PAIR)
    effect.start()
    gate.release(4)
    qtbot.waitUntil(lambda: len(effect.changes) == 20)
    assert effect.running
    assert not effect.complete
    gate.release(4)
    qtbot.waitUntil(lambda: effect.complete)


def test_nothing_comes_after_a_stop(
    qtbot: QtBot, effect: Effect, jobs: Jobs, table: Table, gate: threading.Semaphore
) -> None:
    effect.set_scope(table, np.arange(40))
    effect.set_pair(PAIR)
    effect.start()
    gate.release(2)
    qtbot.waitUntil(lambda: len(effect.changes) == 10)
    effect.stop()
    gate.release(100)
    qtbot.waitUntil(lambda: not jobs.running)
    assert (len(effect.changes), effect.running, effect.complete) == (10, False, False)


def test_other_settings_drop_what_was_counted(
    qtbot: QtBot, effect: Effect, jobs: Jobs, table: Table, gate: threading.Semaphore
) -> None:
    effect.set_scope(table, np.arange(40))
    effect.set_pair(PAIR)
    effect.start()
    gate.release(2)
    qtbot.waitUntil(lambda: len(effect.changes) == 10)
    effect.set_pair((PUBLISHED, replace(PUBLISHED, threshold_step=200)))
    assert (len(effect.changes), effect.begun, effect.running) == (0, False, False)
    gate.release(100)
    qtbot.waitUntil(lambda: not jobs.running)
    assert len(effect.changes) == 0
    effect.start()
    qtbot.waitUntil(lambda: effect.complete, timeout=30_000)
    effect.set_scope(table, np.arange(5))
    assert (effect.total, effect.begun) == (5, False)


def test_the_same_digits_once_more_change_nothing(
    qtbot: QtBot, effect: Effect, table: Table
) -> None:
    effect.set_scope(table, np.arange(20))
    effect.set_pair(PAIR)
    effect.start()
    qtbot.waitUntil(lambda: effect.complete, timeout=30_000)
    effect.set_scope(table, np.arange(20)[::-1])
    assert effect.complete
    effect.set_scope(table, np.arange(21))
    assert not effect.begun


def test_what_a_made_is_kept_while_b_changes(
    qtbot: QtBot, effect: Effect, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[ExtractionSettings] = []

    def note(images: NDArray[np.uint8], settings: ExtractionSettings, **_: object) -> SequenceSet:
        asked.append(settings)
        return extract_batch(images, settings)

    monkeypatch.setattr("viewer.core.batch.extract_batch", note)

    def count(a: ExtractionSettings, b: ExtractionSettings) -> list[int]:
        """Count anew and return how many blocks were extracted under A and B."""
        asked.clear()
        effect.set_pair((a, b))
        effect.start()
        qtbot.waitUntil(lambda: effect.complete, timeout=30_000)
        return [asked.count(a), asked.count(b)]

    third = replace(PUBLISHED, threshold_step=5)
    effect.set_scope(table, np.arange(30))
    assert count(PUBLISHED, OTHER) == [3, 3]
    assert count(PUBLISHED, third) == [0, 3]
    changed = effect.changes.changed.tolist()
    assert count(OTHER, third) == [3, 3]
    effect.set_pair(None)
    assert count(PUBLISHED, third) == [3, 3]
    assert effect.changes.changed.tolist() == changed
    effect.set_scope(table, np.arange(5, 35))
    assert count(PUBLISHED, third) == [3, 3]


def test_few_digits_are_counted_unasked(
    qtbot: QtBot, effect: Effect, jobs: Jobs, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    effect.set_scope(table, np.arange(20))
    effect.start_soon()
    with qtbot.assertNotEmitted(effect.advanced, wait=20):
        pass
    effect.set_pair(PAIR)
    effect.start_soon()
    qtbot.waitUntil(lambda: effect.complete, timeout=30_000)
    monkeypatch.setattr(module, "UNASKED", 19)
    effect.forget()
    assert not effect.unasked
    effect.start_soon()
    with qtbot.assertNotEmitted(effect.advanced, wait=20):
        pass
    effect.start()
    assert [job.title for job in jobs.running] == [TITLE]
    qtbot.waitUntil(lambda: effect.complete, timeout=30_000)


def test_cancelled_from_elsewhere_it_ends(
    qtbot: QtBot, effect: Effect, jobs: Jobs, table: Table, gate: threading.Semaphore
) -> None:
    effect.set_scope(table, np.arange(40))
    effect.set_pair(PAIR)
    effect.start()
    jobs.running[0].cancel()
    gate.release(100)
    qtbot.waitUntil(lambda: not effect.running)
    assert effect.begun
    assert not effect.complete


def test_a_failure_is_told(
    qtbot: QtBot, effect: Effect, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError("too little")

    monkeypatch.setattr("viewer.core.batch.extract_batch", fail)
    effect.set_scope(table, np.arange(20))
    effect.set_pair(PAIR)
    with qtbot.waitSignal(effect.failed, timeout=20_000) as told:
        effect.start()
    assert isinstance(told.args[0], MemoryError)
    qtbot.waitUntil(lambda: not effect.running)
    effect.set_scope(None, np.arange(20))
    assert effect.total == 0
    effect.start()
    assert not effect.running
