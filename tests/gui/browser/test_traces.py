"""Strokes in the background: right, the newest wish first, and never twice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from viewer.catalog.corrections.corrections import Corrections
from viewer.catalog.table import Table
from viewer.core.batch import extract_batch
from viewer.core.extract import extract
from viewer.core.settings import ExtractionSettings
from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.sample import open_sample
from viewer.gui.browser import traces as module
from viewer.gui.browser.traces import Traces, split_traces
from viewer.gui.jobs import Jobs


@pytest.fixture
def table() -> Table:
    return Table(open_sample())


def test_points_and_strokes_are_those_of_the_extraction(table: Table) -> None:
    images = np.array([table.image(position) for position in range(40)])
    images[7] = 0
    for image, (points, stroke) in zip(images, split_traces(extract_batch(images)), strict=True):
        wanted = extract(image)
        assert np.array_equal(points, wanted.points)
        counts = np.diff(wanted.stroke_offsets)
        assert np.array_equal(stroke, np.repeat(np.arange(len(counts)), counts))


def test_nothing_gives_nothing() -> None:
    assert split_traces(extract_batch(np.zeros((0, 28, 28), np.uint8))) == []
    assert [
        len(points) for points, _ in split_traces(extract_batch(np.zeros((2, 9, 9), np.uint8)))
    ] == [0, 0]


def test_strokes_of_several_splits_arrive(qtbot: QtBot, table: Table, jobs: Jobs) -> None:
    traces = Traces(jobs)
    traces.set_table(table)
    wanted = [3, len(table) - 1]
    traces.ask(wanted)
    qtbot.waitUntil(lambda: all(traces.get(position) is not None for position in wanted))
    for position in wanted:
        made = traces.get(position)
        assert made is not None
        assert np.array_equal(made[0], extract(table.image(position)).points)
    assert traces.get(4) is None


def test_a_new_wish_replaces_the_old_one(
    qtbot: QtBot, table: Table, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CHUNK", 2)
    traces = Traces(jobs)
    traces.set_table(table)
    traces.ask(list(range(100)))
    qtbot.waitUntil(lambda: traces.get(1) is not None)
    traces.ask([200, 201, 202])
    qtbot.waitUntil(lambda: traces.get(202) is not None)
    assert traces.get(99) is None
    assert not jobs.running


def test_nothing_starts_while_it_is_asked(qtbot: QtBot, table: Table, jobs: Jobs) -> None:
    """It is asked while the grid is painted; what starts then is painted within that."""
    changes: list[int] = []
    jobs.changed.connect(lambda: changes.append(len(jobs.running)))
    traces = Traces(jobs)
    traces.set_table(table)
    traces.ask([0, 1])
    assert not changes
    qtbot.waitUntil(lambda: traces.get(1) is not None)
    assert changes


def test_only_so_many_are_kept(
    qtbot: QtBot, table: Table, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CAPACITY", 5)
    traces = Traces(jobs)
    traces.set_table(table)
    traces.ask(list(range(8)))
    qtbot.waitUntil(lambda: traces.get(7) is not None)
    assert [traces.get(position) is not None for position in range(8)] == [False] * 3 + [True] * 5


def test_another_set_forgets(qtbot: QtBot, table: Table, jobs: Jobs) -> None:
    traces = Traces(jobs)
    traces.set_table(table)
    arrived: list[None] = []
    traces.arrived.connect(lambda: arrived.append(None))
    traces.ask([0, 1])
    traces.set_table(Table(open_sample()))
    qtbot.waitUntil(lambda: not jobs.running)
    assert not arrived
    assert traces.get(0) is None


def test_images_too_large_are_asked_for_once(qtbot: QtBot, jobs: Jobs) -> None:
    traces = Traces(jobs)
    large = Split("train", np.zeros((2, 80, 80), np.uint8))
    traces.set_table(Table(DigitSet("Large", "large", {"train": large})))
    with qtbot.waitSignal(traces.arrived):
        traces.ask([0, 1])
    qtbot.waitUntil(lambda: not jobs.running)
    traces.ask([0, 1])
    assert not jobs.running
    assert traces.get(0) is None


def test_an_error_is_told_once(
    qtbot: QtBot, table: Table, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise MemoryError

    monkeypatch.setattr(module, "_extract", broken)
    traces = Traces(jobs)
    traces.set_table(table)
    with qtbot.waitSignal(traces.failed) as failed:
        traces.ask([0])
    assert failed.args is not None
    assert isinstance(failed.args[0], MemoryError)
    qtbot.waitUntil(lambda: not jobs.running)
    traces.ask([0])
    assert not jobs.running


def test_other_settings_give_other_strokes(qtbot: QtBot, table: Table, jobs: Jobs) -> None:
    traces = Traces(jobs)
    traces.set_table(table)
    traces.ask([0])
    qtbot.waitUntil(lambda: traces.get(0) is not None, timeout=30_000)
    before = traces.get(0)
    traces.set_settings(ExtractionSettings(thinning_passes=0))
    assert traces.get(0) is None
    traces.ask([0])
    qtbot.waitUntil(lambda: traces.get(0) is not None, timeout=30_000)
    after = traces.get(0)
    assert before is not None
    assert after is not None
    assert len(after[0]) > len(before[0])


def test_a_correction_stands_where_it_fits(
    qtbot: QtBot, table: Table, jobs: Jobs, tmp_path: Path
) -> None:
    traces = Traces(jobs)
    traces.set_table(table)
    traces.ask([0, 1])
    qtbot.waitUntil(lambda: traces.get(1) is not None, timeout=30_000)
    computed, other = traces.get(0), traces.get(1)
    assert computed is not None
    assert other is not None
    corrections = Corrections.open(table.dataset, tmp_path)
    split = next(iter(table.dataset.splits.values()))
    points = computed[0]
    halves = (points[5:], points[:5])
    corrections.set(split.name, 0, split.images[0], halves)
    corrections.set(split.name, 1, split.images[1], (other[0][1:],))
    traces.set_corrections(corrections)
    traces.ask([0, 1])
    qtbot.waitUntil(lambda: traces.get(1) is not None, timeout=30_000)
    corrected, unfit = traces.get(0), traces.get(1)
    assert corrected is not None
    assert unfit is not None
    assert corrected[0].tolist() == [*points[5:].tolist(), *points[:5].tolist()]
    assert corrected[1].tolist() == [0] * (len(points) - 5) + [1] * 5
    assert unfit[0].tolist() == other[0].tolist()
