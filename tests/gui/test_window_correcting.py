"""Correcting in the whole window: keys, undo over marks and corrections, remembering."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import make_split
from tests.idx_files import pack_idx
from viewer.core.settings import ExtractionSettings
from viewer.gui.export.choice import ExportChoice
from viewer.gui.inspector.correction_bar import COMPUTED, CORRECTED
from viewer.gui.memory import last_open
from viewer.gui.opening import OpenRequest
from viewer.gui.settings import Settings
from viewer.gui.window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(window, key, modifier or Qt.KeyboardModifier.NoModifier)


def test_marks_and_corrections_are_undone_newest_first(qtbot: QtBot, window: MainWindow) -> None:
    table, state = window.table, window.inspector.correction.state
    assert table is not None
    press(window, Qt.Key.Key_End)
    press(window, Qt.Key.Key_E)
    assert window.actions_by_name["correct"].isChecked()
    assert state.text == COMPUTED
    press(window, Qt.Key.Key_F)
    press(window, Qt.Key.Key_V)
    assert state.text == CORRECTED
    assert (table.values("favourite")[0], table.values("corrected")[0]) == (True, True)
    press(window, Qt.Key.Key_Z, CONTROL)
    assert (table.values("favourite")[0], table.values("corrected")[0]) == (True, False)
    assert state.text == COMPUTED
    press(window, Qt.Key.Key_Z, CONTROL)
    assert not table.values("favourite")[0]
    press(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    press(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert (table.values("favourite")[0], table.values("corrected")[0]) == (True, True)
    window.filter.set_text("corrected")
    qtbot.waitUntil(lambda: window.browser.shown().tolist() == [0])


def test_the_bar_takes_its_place_and_is_remembered(qtbot: QtBot, window: MainWindow) -> None:
    inspector = window.inspector
    height = inspector.minimumSizeHint().height()
    press(window, Qt.Key.Key_E)
    assert inspector.minimumSizeHint().height() == height + 40
    qtbot.waitUntil(lambda: inspector.correction.height() == 32)
    above = inspector.transport.geometry().bottom()
    qtbot.waitUntil(lambda: inspector.correction.geometry().top() == above + 9)
    state = window.stage.save_state()
    press(window, Qt.Key.Key_E)
    assert not inspector.correction.unfolded
    window.stage.restore_state(state)
    assert inspector.correction.unfolded
    assert window.actions_by_name["correct"].isChecked()


def test_every_part_shows_the_correction(qtbot: QtBot, window: MainWindow) -> None:
    """Split a bar: table, facts, thumbnail and caption tell of two strokes, and undo of one."""
    table, traces = window.table, window.browser._traces
    assert table is not None
    qtbot.waitUntil(lambda: window.is_settled, timeout=30_000)
    window.browser.set_cell("strokes")
    qtbot.waitUntil(lambda: traces.get(0) is not None, timeout=30_000)
    press(window, Qt.Key.Key_E)
    press(window, Qt.Key.Key_Home)
    for _ in range(5):
        press(window, Qt.Key.Key_Period)
    rows = window.inspector.details.table.sequence.rowCount()
    press(window, Qt.Key.Key_B)
    assert window.inspector.details.table.sequence.rowCount() == rows + 1
    assert "corrected by hand" in window.inspector.panels.strokes.caption.text
    qtbot.waitUntil(lambda: table.values("strokes")[0] == 2, timeout=30_000)
    qtbot.waitUntil(lambda: traces.get(0) is not None, timeout=30_000)
    assert set(traces.get(0)[1].tolist()) == {0, 1}  # type: ignore[index]
    press(window, Qt.Key.Key_Z, CONTROL)
    assert window.inspector.details.table.sequence.rowCount() == rows
    qtbot.waitUntil(lambda: table.values("strokes")[0] == 1, timeout=30_000)
    qtbot.waitUntil(lambda: traces.get(0) is not None, timeout=30_000)
    assert set(traces.get(0)[1].tolist()) == {0}  # type: ignore[index]


def test_a_compared_digit_is_the_corrected_one(qtbot: QtBot, window: MainWindow) -> None:
    press(window, Qt.Key.Key_E)
    press(window, Qt.Key.Key_Home)
    for _ in range(5):
        press(window, Qt.Key.Key_Period)
    press(window, Qt.Key.Key_B)
    QTest.keyClick(window.browser.grid, Qt.Key.Key_Right, SHIFT)
    press(window, Qt.Key.Key_C)
    compare = window.stage.compare
    qtbot.waitUntil(lambda: not compare.preparing, timeout=30_000)
    strokes = [len(compare._timelines[position].stroke_starts()) for position in (0, 1)]
    assert strokes == [2, 1]


def test_a_correction_survives_a_restart_and_is_exported(
    qtbot: QtBot, make_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    split = make_split("train", 8)
    (folder / "train-images-idx3-ubyte").write_bytes(pack_idx(split.images))
    settings = Settings(None)
    first = make_window(settings)
    with qtbot.waitSignal(first.digit_shown, timeout=30_000):
        first.start(OpenRequest(str(folder)))
    press(first, Qt.Key.Key_E)
    press(first, Qt.Key.Key_V)
    wanted = first.inspector.details.table.text()
    first.close()
    assert first.jobs.wait(30_000)
    kept = folder / "digit-strokes-corrections.jsonl"
    assert kept.exists()

    second = make_window(settings)
    with qtbot.waitSignal(second.digit_shown, timeout=30_000):
        second.start(last_open(settings))
    assert second.inspector.correction.state.text == CORRECTED
    assert second.inspector.details.table.text() == wanted
    target = tmp_path / "all.npz"
    assert second.table is not None
    choice = ExportChoice("set", "npz", target, overwrite=False)
    second.exporter.run(second.table, np.arange(8), None, choice)
    qtbot.waitUntil(target.exists, timeout=30_000)
    with np.load(target) as written:
        assert written["corrected"].tolist() == [True] + [False] * 7
        rows = written["rows"][: written["offsets"][1]].tolist()
    lines = [line.split("\t")[1:5] for line in wanted.splitlines()[1:]]
    assert rows == [[int(cell) for cell in line] for line in lines]
    second.close()
    assert second.jobs.wait(30_000)

    whole = kept.read_bytes()
    kept.write_bytes(whole[:-20] + b"\0" * 10 + whole[-10:])
    third = make_window(settings)
    with qtbot.waitSignal(third.digit_shown, timeout=30_000):
        third.start(last_open(settings))
    assert third.inspector.correction.state.text == COMPUTED
    assert "Damaged lines of the corrections were passed over: 1." in third.banner.text
    aside = [path for path in folder.iterdir() if ".damaged-" in path.name]
    assert [path.read_bytes() for path in aside] == [whole[:-20] + b"\0" * 10 + whole[-10:]]
    press(third, Qt.Key.Key_V)
    assert third.inspector.correction.state.text == CORRECTED


def test_a_walking_pen_is_not_corrected(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.digit_shown, timeout=120_000):
        window.strokes.use_settings(ExtractionSettings(order="natural", walking=True))
    press(window, Qt.Key.Key_E)
    press(window, Qt.Key.Key_V)
    assert window.table is not None
    assert not window.table.values("corrected").any()
    assert "the pen walks over drawn ink" in window.statusBar().currentMessage()
