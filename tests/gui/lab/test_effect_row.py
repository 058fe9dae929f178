"""The effect in words, and its buttons."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.lab.test_effect import gate as gate  # a fixture
from viewer.catalog.table import Table
from viewer.core.settings import PUBLISHED
from viewer.gui.jobs import Jobs
from viewer.gui.lab import effect as module
from viewer.gui.lab.effect import Effect
from viewer.gui.lab.effect_row import NO_DIGITS, SAME, EffectRow
from viewer.gui.theme import light

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def effect(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> Effect:
    monkeypatch.setattr(module, "BLOCK", 10)
    return Effect(jobs)


@pytest.fixture
def row(qtbot: QtBot, effect: Effect, table: Table) -> EffectRow:
    made = EffectRow(effect, light())
    qtbot.addWidget(made)
    made.resize(400, 120)
    with qtbot.waitExposed(made):
        made.show()
    effect.set_scope(table, np.arange(40))
    effect.set_pair((PUBLISHED, replace(PUBLISHED, threshold_step=5)))
    made.set_same(False)
    return made


def test_it_says_why_there_is_nothing_to_count(row: EffectRow, effect: Effect) -> None:
    row.set_same(True)
    assert row.words.text == SAME
    assert not row.count.isEnabled()
    row.set_same(False)
    assert row.words.text == "40 digits to count."
    effect.set_scope(None, np.arange(0))
    assert row.words.text == NO_DIGITS
    assert not row.count.isEnabled()


def test_many_digits_wait_to_be_asked_for(
    row: EffectRow, effect: Effect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "UNASKED", 39)
    row.refresh()
    assert row.words.text == "40 digits to count: press Count."


def test_counting_is_shown_live_and_stopped(
    qtbot: QtBot, row: EffectRow, effect: Effect, jobs: Jobs, gate: threading.Semaphore
) -> None:
    QTest.mouseClick(row.count, LEFT)
    assert row.count.text() == row.count.accessibleName() == "Stop"
    assert row.words.text == "Counting, 0 % done."
    assert row.progress.isVisible()
    gate.release(2)
    qtbot.waitUntil(lambda: len(effect.changes) == 10)
    assert row.words.text == f"Counting, 25 % done: {effect.changes.words}."
    assert (row.progress.value(), row.progress.maximum()) == (10, 40)
    QTest.mouseClick(row.count, LEFT)
    assert row.words.text.startswith("Stopped, 25 % done: ")
    assert not row.progress.isVisible()
    gate.release(100)
    qtbot.waitUntil(lambda: not jobs.running)
    QTest.mouseClick(row.count, LEFT)
    qtbot.waitUntil(lambda: effect.complete, timeout=30_000)
    qtbot.waitUntil(lambda: not effect.running)
    assert row.words.text == f"{effect.changes.words}."
    assert not row.count.isEnabled()


def test_what_changes_can_be_shown(qtbot: QtBot, row: EffectRow, effect: Effect) -> None:
    assert not row.showing.isEnabled()
    QTest.mouseClick(row.count, LEFT)
    qtbot.waitUntil(lambda: effect.complete, timeout=30_000)
    assert len(effect.changes.changed)
    with qtbot.waitSignal(row.show_wanted):
        QTest.mouseClick(row.showing, LEFT)
    effect.set_pair((PUBLISHED, replace(PUBLISHED, threshold_ceiling=251)))
    assert not row.showing.isEnabled()


def test_a_failure_is_said_until_it_is_tried_again(
    qtbot: QtBot, row: EffectRow, effect: Effect, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError("too little")

    with monkeypatch.context() as patch:
        patch.setattr("viewer.core.batch.extract_batch", fail)
        QTest.mouseClick(row.count, LEFT)
        qtbot.waitUntil(lambda: not effect.running)
    assert row.words.text == "Counting failed: too little."
    QTest.mouseClick(row.count, LEFT)
    qtbot.waitUntil(lambda: effect.complete, timeout=30_000)
    assert "failed" not in row.words.text


def test_parts_have_names_and_tool_tips(row: EffectRow) -> None:
    for part in (row.count, row.showing, row.progress):
        assert part.accessibleName()
        assert part.toolTip()
