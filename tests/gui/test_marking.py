"""Marking: what the keys mark, what is said and sent on, notes, undo, other windows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from viewer.catalog.marks.marks import Mark, Marks
from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet
from viewer.gui.actions import check
from viewer.gui.marking import Marking
from viewer.gui.note_edit import DIFFERENT, NoteDialog

KEY = "0123456789abcdef"


class Selected:
    """Stands for the browser."""

    def __init__(self) -> None:
        self.at: int | None = 0
        self.positions: list[int] = []

    def current(self) -> int | None:
        return self.at

    def selected(self) -> NDArray[np.int64]:
        return np.array(self.positions, dtype=np.int64)


class Desk:
    """Marking on a set of 60 and 25 digits, and all that it says."""

    def __init__(self, dataset: DigitSet, window: QWidget, folder: Path) -> None:
        self.window = window
        self.table = Table(dataset)
        self.browser = Selected()
        self.marking = Marking(self.browser, window)
        self.changed: list[list[int]] = []
        self.said: list[str] = []
        self.troubled: list[str] = []
        self.marking.changed.connect(lambda positions: self.changed.append(positions.tolist()))
        self.marking.said.connect(self.said.append)
        self.marking.troubled.connect(self.troubled.append)
        self.marks = Marks.open(KEY, folder)
        self.marking.set_marks(self.marks, self.table)

    def trigger(self, name: str) -> None:
        (spec,) = [spec for spec in self.marking.actions_table() if spec.name == name]
        spec.slot()

    def note_dialog(self) -> NoteDialog:
        self.trigger("note")
        dialog = self.window.findChild(NoteDialog)
        assert dialog is not None
        return dialog


@pytest.fixture
def desk(qtbot: QtBot, digit_set: DigitSet, tmp_path: Path) -> Desk:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return Desk(digit_set, window, tmp_path)


def test_the_keys(qapp: QApplication) -> None:
    specs = check(Marking(Selected(), QWidget()).actions_table())
    assert {spec.name: spec.shortcut for spec in specs} == {
        "favourite": "F",
        "colour-1": "1",
        "colour-2": "2",
        "colour-3": "3",
        "colour-0": "0",
        "note": "N",
    }


def test_the_selection_is_marked_across_splits(desk: Desk) -> None:
    desk.browser.positions = [61, 3, 2]
    desk.trigger("favourite")
    assert desk.changed == [[2, 3, 61]]
    assert desk.said == ["Favourite: 3 digits"]
    assert desk.marks.get("test", 1).favourite
    assert np.flatnonzero(desk.table.values("favourite")).tolist() == [2, 3, 61]


def test_without_a_selection_the_current_digit_is_marked(desk: Desk) -> None:
    desk.browser.at = 13
    desk.trigger("colour-2")
    assert desk.changed == [[13]]
    assert desk.said == ["Marked green: train:13"]
    desk.trigger("colour-2")
    assert desk.changed == [[13]]
    desk.trigger("colour-0")
    assert desk.said[1:] == ["No colour mark: train:13"]
    assert desk.marks.get("train", 13) == Mark()


def test_favourite_is_taken_away_only_where_all_are(desk: Desk) -> None:
    desk.browser.positions = [1]
    desk.trigger("favourite")
    desk.browser.positions = [1, 2]
    desk.trigger("favourite")
    assert desk.changed[-1] == [2]
    desk.trigger("favourite")
    assert desk.changed[-1] == [1, 2]
    assert desk.said[-1] == "No longer favourite: 2 digits"


def test_undo_and_redo(desk: Desk) -> None:
    assert not desk.marking.can_undo
    desk.browser.positions = [1, 2]
    desk.trigger("colour-1")
    assert desk.marking.can_undo
    desk.marking.undo()
    assert desk.said[-1] == "Undone: 2 digits"
    assert desk.changed[-1] == [1, 2]
    assert not desk.table.values("colour").any()
    assert desk.marking.can_redo
    desk.marking.redo()
    assert desk.said[-1] == "Redone: 2 digits"
    assert desk.table.values("colour")[1] == 1
    desk.marking.undo()
    desk.marking.forget_undone()
    assert not desk.marking.can_redo


def test_a_change_that_can_be_undone_is_told_apart(desk: Desk) -> None:
    made: list[int] = []
    desk.marking.made.connect(lambda: made.append(len(desk.changed)))
    desk.trigger("favourite")
    desk.trigger("colour-0")
    assert made == [1]
    desk.marking.undo()
    desk.marking.redo()
    desk.marking.refresh()
    assert made == [1]
    dialog = desk.note_dialog()
    dialog.edit.setPlainText("odd")
    dialog.accept()
    desk.trigger("colour-1")
    assert len(made) == 3


def test_a_note_is_written_and_changed(desk: Desk) -> None:
    dialog = desk.note_dialog()
    assert dialog.windowTitle() == "Note on train:0"
    dialog.edit.setPlainText("odd")
    dialog.accept()
    assert desk.marks.get("train", 0).note == "odd"
    assert (desk.said, desk.changed) == (["Note: train:0"], [[0]])
    dialog.setParent(None)
    dialog = desk.note_dialog()
    assert dialog.text == "odd"
    dialog.edit.setPlainText(" ")
    dialog.accept()
    assert desk.marks.get("train", 0) == Mark()
    assert desk.said[-1] == "No note: train:0"


def test_a_note_on_digits_that_have_different_ones(desk: Desk) -> None:
    desk.marks.set_note({"train": np.array([1])}, "odd")
    desk.browser.positions = [1, 2]
    dialog = desk.note_dialog()
    assert dialog.windowTitle() == "Note on 2 digits"
    assert (dialog.text, dialog.remark.text()) == ("", DIFFERENT)
    dialog.edit.setPlainText("even")
    dialog.accept()
    assert [desk.marks.get("train", index).note for index in (1, 2)] == ["even", "even"]
    desk.marking.undo()
    assert [desk.marks.get("train", index).note for index in (1, 2)] == ["odd", ""]


def test_a_note_for_a_set_that_was_closed_is_not_put_on_another(desk: Desk, tmp_path: Path) -> None:
    dialog = desk.note_dialog()
    dialog.edit.setPlainText("odd")
    others = Marks.open(KEY, tmp_path / "others")
    desk.marking.set_marks(others, desk.table)
    dialog.accept()
    assert others.get("train", 0) == desk.marks.get("train", 0) == Mark()


def test_without_a_digit_there_is_nothing_to_mark(desk: Desk) -> None:
    desk.browser.at = None
    for name in ("favourite", "colour-1", "note"):
        desk.trigger(name)
    assert desk.said == ["There is no digit to mark"] * 3
    desk.browser.at = 0
    desk.marking.set_marks(None, None)
    desk.trigger("favourite")
    desk.marking.undo()
    desk.marking.redo()
    assert desk.said == ["There is no digit to mark"] * 4
    assert not desk.marking.can_undo
    assert desk.changed == []


def test_marks_of_another_window_come_when_this_one_is_used_again(
    desk: Desk, tmp_path: Path
) -> None:
    other = Marks.open(KEY, tmp_path)
    other.set_favourite({"test": np.array([0]), "gone": np.array([1])}, True)
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert desk.changed == []
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert desk.changed == [[60]]
    assert desk.said == []


def test_trouble_with_the_disk_is_said_once(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    desk.marking.set_marks(Marks.open(KEY, tmp_path / "file" / "deep"), desk.table)
    first = list(desk.troubled)
    desk.trigger("favourite")
    desk.trigger("colour-1")
    assert len(desk.troubled) == len(first) + 1
    assert "Marks are not kept on disk" in desk.troubled[-1]
    assert desk.changed == [[0], [0]]
