"""The dialog for a note: what it starts with, what it keeps, its keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from viewer.catalog.marks.change import NOTE_LIMIT
from viewer.gui.note_edit import DIFFERENT, NoteDialog


@pytest.fixture
def dialog(qtbot: QtBot) -> NoteDialog:
    made = NoteDialog("train:13", "odd")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_writing_goes_on_where_the_note_ends(dialog: NoteDialog) -> None:
    assert dialog.windowTitle() == "Note on train:13"
    assert not dialog.save_button.isEnabled()
    QTest.keyClicks(dialog.edit, "er, 1 f ")
    assert dialog.text == "odder, 1 f"
    QTest.keyClick(dialog.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.result() == NoteDialog.DialogCode.Accepted


def test_ctrl_enter_without_a_change_does_nothing(dialog: NoteDialog) -> None:
    QTest.keyClick(dialog.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()
    assert dialog.text == "odd"


def test_escape_changes_nothing(dialog: NoteDialog) -> None:
    QTest.keyClicks(dialog.edit, "er")
    QTest.keyClick(dialog.edit, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.result() == NoteDialog.DialogCode.Rejected


def test_a_note_too_long_is_said_and_not_cut(dialog: NoteDialog) -> None:
    dialog.edit.setPlainText("x" * (NOTE_LIMIT + 1))
    assert not dialog.save_button.isEnabled()
    assert dialog.remark.isVisible()
    assert dialog.remark.text() == "2,001 characters; at most 2,000 can be kept."
    dialog.edit.setPlainText("x" * NOTE_LIMIT)
    assert dialog.save_button.isEnabled()
    assert not dialog.remark.isVisible()


def test_different_notes_are_said(qtbot: QtBot) -> None:
    dialog = NoteDialog("12 digits", "", different=True)
    qtbot.addWidget(dialog)
    assert dialog.remark.text() == DIFFERENT
    assert not dialog.save_button.isEnabled()
