"""One user's way: find, mark, export, close, come back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from viewer.gui.export.dialog import ExportDialog
from viewer.gui.memory import last_open
from viewer.gui.note_edit import NoteDialog
from viewer.gui.opening import OpenRequest
from viewer.gui.settings import Settings
from viewer.gui.window import MainWindow

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize(
    ("source", "writer", "count"),
    [
        ("mnist/t10k-images-idx3-ubyte.gz", 334, 7),
        pytest.param("mnist", 2171, 9, marks=pytest.mark.slow),
    ],
)
def test_sevens_of_a_writer_are_found_marked_exported_and_found_again(
    qtbot: QtBot,
    make_window: Callable[..., MainWindow],
    tmp_path: Path,
    shared_data: Path,
    source: str,
    writer: int,
    count: int,
) -> None:
    """Sevens in two strokes by one writer, three of them marked, exported; close; reopen."""
    settings_file = tmp_path / "window.ini"
    window = make_window(Settings(settings_file))
    with qtbot.waitSignal(window.facts.finished, timeout=60_000):
        window.start(OpenRequest(str(shared_data / source)))
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    query = f"class=7 & strokes=2 & writer={writer}"
    edit, grid = window.top_row.query_line.edit, window.browser.grid
    QTest.keyClicks(edit, query)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.browser.shown()) == count)
    grid.setFocus()
    for _ in range(2):
        QTest.keyClick(grid, Qt.Key.Key_Right, SHIFT)
    three = window.browser.selected()
    assert len(three) == 3
    QTest.keyClick(grid, Qt.Key.Key_F)
    QTest.keyClick(grid, Qt.Key.Key_N)
    note = window.findChild(NoteDialog)
    assert note is not None
    note.edit.setPlainText("bar is a stroke of its own")
    note.accept()
    export(qtbot, window, tmp_path / "sevens.npz")
    check(tmp_path / "sevens.npz", window, three, writer)
    window.close()
    assert window.jobs.wait(30_000)

    settings = Settings(settings_file)
    again = make_window(settings)
    request = last_open(settings)
    assert request.remembered
    with qtbot.waitSignal(again.facts.finished, timeout=60_000):
        again.start(request)
    qtbot.waitUntil(lambda: len(again.browser.shown()) == count)
    assert again.filter.text == query
    assert again.browser.current() == three[-1]
    again.filter.set_text("favourite & noted")
    qtbot.waitUntil(lambda: np.array_equal(again.browser.shown(), three))


def export(qtbot: QtBot, window: MainWindow, target: Path) -> None:
    """Export the selection as an npz by the dialog."""
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    dialog.parts.target.edit.selectAll()
    QTest.keyClicks(dialog.parts.target.edit, str(target))
    QTest.mouseClick(dialog.parts.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "written" in window.banner.text, timeout=30_000)


def check(
    target: Path,
    window: MainWindow,
    chosen: np.ndarray[tuple[int], np.dtype[np.int64]],
    writer: int,
) -> None:
    """Check identifiers, metadata and marks in an export."""
    table = window.table
    assert table is not None
    with np.load(target) as data:
        names = [
            f"{split}:{index}" for split, index in zip(data["split"], data["index"], strict=True)
        ]
        assert names == [table.identity(int(position)) for position in chosen]
        assert data["label"].tolist() == [7, 7, 7]
        assert data["writer"].tolist() == [writer] * 3
        assert data["favourite"].all()
        assert data["notes"][data["note"]].tolist() == ["bar is a stroke of its own"] * 3
        assert (np.diff(data["offsets"]) > 10).all()
