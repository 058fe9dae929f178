"""Export: what the dialog gives, the question before replacing, the job, its end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from viewer.catalog.marks.marks import Marks
from viewer.catalog.pages import Page
from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet
from viewer.errors import Cancelled, UserError
from viewer.export.run import FORMATS, Format
from viewer.gui.banner import Banner
from viewer.gui.export_dialog import SUFFIXES, ExportChoice, ExportDialog, Scope
from viewer.gui.exporting import Exporter
from viewer.gui.jobs import Job, Jobs
from viewer.gui.settings import EXPORT_FOLDER, EXPORT_FORMAT, Settings

SCOPES = (
    Scope("selection", "3 selected", {"test": 3}),
    Scope("shown", "all 60 that match", {"train": 48, "test": 12}),
    Scope("set", "all 85 of the set", {"train": 60, "test": 25}),
)


@dataclass
class Shown:
    """Stands for the browser."""

    table: Table | None
    chosen: list[int]
    rows: list[int]
    page: Page | None = None

    def selected(self) -> NDArray[np.int64]:
        return np.array(self.chosen, dtype=np.int64)

    def shown(self) -> NDArray[np.int64]:
        return np.array(self.rows, dtype=np.int64)


class Desk:
    """An exporter and what it works with."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.jobs = Jobs()
        self.settings = Settings(None)
        self.banner = Banner()
        self.exporter = Exporter(self.jobs, self.settings, self.banner)

    def run(self, positions: list[int], target: Path, format_: Format = "npz") -> Job:
        choice = ExportChoice("selection", format_, target, False)
        return self.exporter.run(self.table, np.array(positions), None, choice)


@pytest.fixture
def desk(qtbot: QtBot, digit_set: DigitSet, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(Table(digit_set))
    qtbot.addWidget(made.banner)
    made.settings.set(EXPORT_FOLDER, str(tmp_path))
    yield made
    assert made.jobs.close()


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> ExportDialog:
    made = ExportDialog(SCOPES, tmp_path / "bars-strokes", "npz")
    qtbot.addWidget(made)
    made.show()
    return made


def _answer(monkeypatch: pytest.MonkeyPatch, answer: QMessageBox.StandardButton) -> list[str]:
    """Answer every question; return the questions."""
    asked: list[str] = []

    def question(_parent: object, _title: str, text: str) -> QMessageBox.StandardButton:
        asked.append(text)
        return answer

    monkeypatch.setattr(QMessageBox, "question", question)
    return asked


def _press(dialog: ExportDialog) -> None:
    QTest.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)


def test_the_choice_is_what_was_clicked(dialog: ExportDialog, tmp_path: Path) -> None:
    assert dialog.target.text() == str(tmp_path / "bars-strokes.npz")
    assert dialog.scope == "selection"
    dialog.format_buttons["published"].click()
    assert dialog.target.text() == str(tmp_path / "bars-strokes")
    dialog.scope_buttons["set"].click()
    _press(dialog)
    assert dialog.result() == ExportDialog.DialogCode.Accepted
    assert dialog.choice() == ExportChoice("set", "published", tmp_path / "bars-strokes", False)


def test_digits_of_each_split_are_counted(dialog: ExportDialog) -> None:
    assert dialog.counts.text() == "test 3"
    dialog.scope_buttons["shown"].click()
    assert dialog.counts.text() == "train 48, test 12"


def test_the_suffix_follows_the_format(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.target.setText(str(tmp_path / "mine.v2.npz"))
    for name in (*FORMATS, *FORMATS[::-1]):
        dialog.format_buttons[name].click()
        assert dialog.target.text() == str(tmp_path / f"mine.v2{SUFFIXES[name]}")
        assert dialog.format == name
        assert dialog.meaning.text() == dialog.format_buttons[name].toolTip() != ""


def test_replacing_is_asked_for(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "bars-strokes.npz"
    target.write_bytes(b"old")
    asked = _answer(monkeypatch, QMessageBox.StandardButton.No)
    _press(dialog)
    assert asked == [f"{target} exists. Replace it?"]
    assert dialog.isVisible()
    _answer(monkeypatch, QMessageBox.StandardButton.Yes)
    _press(dialog)
    assert dialog.result() == ExportDialog.DialogCode.Accepted
    assert dialog.choice().overwrite


def test_a_target_that_cannot_be_is_said_in_the_dialog(
    dialog: ExportDialog, tmp_path: Path
) -> None:
    dialog.target.setText(str(tmp_path / "none" / "a.npz"))
    _press(dialog)
    assert dialog.isVisible()
    assert "the folder does not exist" in dialog.problem.text()
    dialog.format_buttons["identifiers"].click()
    assert not dialog.problem.isVisible()


def test_without_a_target_there_is_no_export(dialog: ExportDialog) -> None:
    dialog.target.setText("  ")
    assert not dialog.export_button.isEnabled()
    dialog.scope_buttons["shown"].click()
    assert not dialog.export_button.isEnabled()


def test_without_a_selection_what_matches_is_meant(qtbot: QtBot, tmp_path: Path) -> None:
    empty = Scope("selection", "0 selected", {})
    dialog = ExportDialog([empty, *SCOPES[1:]], tmp_path / "a", "identifiers")
    qtbot.addWidget(dialog)
    assert not dialog.scope_buttons["selection"].isEnabled()
    assert dialog.choice() == ExportChoice("shown", "identifiers", tmp_path / "a.txt", False)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize(
    ("scope", "words", "counts"),
    [
        ("selection", "3 selected", "3 digits (train 2, test 1)"),
        ("shown", "all 2 that match", "2 digits (test 2)"),
        ("set", "all 85 of the set", "85 digits (train 60, test 25)"),
    ],
)
def test_what_is_chosen_is_written(
    qtbot: QtBot, desk: Desk, tmp_path: Path, format_name: Format, scope: str, words: str,
    counts: str,
) -> None:  # fmt: skip
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    marks = Marks(None)
    marks.set_favourite({"test": np.array([3])}, True)
    desk.exporter.ask(Shown(desk.table, [63, 2, 0], [61, 63]), marks, parent)
    dialog = parent.findChild(ExportDialog)
    assert dialog is not None
    assert dialog.scope_buttons[scope].text() == words
    dialog.scope_buttons[scope].click()
    dialog.format_buttons[format_name].click()
    target = Path(dialog.target.text())
    assert target.parent == tmp_path
    _press(dialog)
    qtbot.waitUntil(lambda: desk.banner.text != "", timeout=30000)
    assert desk.banner.text == f"{counts} written: {target}"
    expected = {"selection": [0, 2, 63], "shown": [61, 63], "set": range(85)}[scope]
    if format_name == "identifiers":
        lines = [desk.table.identity(position) for position in expected]
        assert target.read_text().splitlines() == lines
    elif format_name == "npz":
        with np.load(target) as written:
            assert len(written["index"]) == len(expected)
            assert int(written["favourite"].sum()) == 1
    else:
        names = {path.name for path in (target / "sequences").glob("*-inputdata.txt")}
        assert len(names) == len(expected)


def test_a_page_is_called_a_page(qtbot: QtBot, desk: Desk) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    page: Any = object()
    desk.exporter.ask(Shown(desk.table, [], [0, 1], page), None, parent)
    dialog = parent.findChild(ExportDialog)
    assert dialog is not None
    assert dialog.scope_buttons["shown"].text() == "all 2 on this page"
    dialog.reject()


def test_without_a_set_there_is_nothing_to_export(qtbot: QtBot, desk: Desk) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    desk.exporter.ask(Shown(None, [], []), None, parent)
    assert desk.banner.text == "Nothing is open to export. Open a set first."
    assert parent.findChild(ExportDialog) is None


def test_a_failed_export_is_said(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_options: Any) -> Path:
        raise UserError("the disk is full", path=tmp_path)

    monkeypatch.setattr("viewer.export.run.export_digits", fail)
    desk.run([0], tmp_path / "x.npz")
    qtbot.waitUntil(lambda: "the disk is full" in desk.banner.text)


def test_an_export_is_cancelled_and_nothing_is_said(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = threading.Event()

    def slow(*_args: Any, **options: Any) -> Path:
        options["progress"](1, 60)
        busy.set()
        while not options["cancelled"]():
            threading.Event().wait(0.005)
        raise Cancelled

    monkeypatch.setattr("viewer.export.run.export_digits", slow)
    job = desk.run(list(range(60)), tmp_path / "x.npz")
    assert busy.wait(5)
    assert job.title == "Exporting 60 digits"
    job.cancel()
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert desk.banner.text == ""
    assert list(tmp_path.iterdir()) == []


def test_format_and_folder_are_remembered(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("viewer.export.run.export_digits", lambda *_a, **_o: tmp_path)
    desk.run([0], tmp_path / "deep" / "x", "published")
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert desk.settings.get(EXPORT_FORMAT) == "published"
    assert desk.settings.get(EXPORT_FOLDER) == str(tmp_path / "deep")
