"""The dialog gives what was clicked, and says what is wrong before anything is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QMessageBox,
    QSpinBox,
)
from pytestqt.qtbot import QtBot

from tests.gui.export.conftest import click, settle
from viewer.catalog.table import Table
from viewer.export.registry import find_format
from viewer.gui.export.choice import ExportChoice, Memory
from viewer.gui.export.dialog import NO_COMMAND, ExportDialog

MakeDialog = Callable[..., ExportDialog]


def answer(monkeypatch: pytest.MonkeyPatch, button: QMessageBox.StandardButton) -> list[str]:
    """Answer every question; return the questions."""
    asked: list[str] = []

    def question(_parent: object, _title: str, text: str) -> QMessageBox.StandardButton:
        asked.append(text)
        return button

    monkeypatch.setattr(QMessageBox, "question", question)
    return asked


def test_the_choice_is_what_was_clicked(dialog: ExportDialog, tmp_path: Path) -> None:
    assert dialog.parts.target.edit.text() == str(tmp_path / "bars-strokes.npz")
    assert dialog.scope.name == "selection"
    dialog.parts.formats.choose("published")
    click(dialog.parts.target.folder_button)
    assert dialog.parts.target.edit.text() == str(tmp_path / "bars-strokes")
    click(dialog.parts.scopes.buttons["set"])
    field = dialog.options.fields["content"]
    assert isinstance(field, QComboBox)
    QTest.keyClick(field, Qt.Key.Key_Down)
    click(dialog.parts.export_button)
    assert dialog.result() == ExportDialog.DialogCode.Accepted
    chosen = dialog.choice()
    assert chosen == ExportChoice(
        "set", "published", tmp_path / "bars-strokes", False, {"content": "sequences"}, False
    )
    assert chosen.options == find_format("published").complete(chosen.options)


def test_digits_of_each_split_are_counted(dialog: ExportDialog) -> None:
    row = dialog.parts.scopes
    assert [button.text() for button in row.buttons.values()] == [
        "3 &selected", "a&ll 12 that match", "&all 85 of the set",
    ]  # fmt: skip
    assert row.counts.text() == "train 2, test 1"
    click(row.buttons["shown"])
    assert row.counts.text() == "train 10, test 2"
    assert dialog.scope.positions.tolist() == list(range(50, 62))


def test_replacing_is_asked_for(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "bars-strokes.npz"
    target.write_bytes(b"old")
    asked = answer(monkeypatch, QMessageBox.StandardButton.No)
    click(dialog.parts.export_button)
    assert asked == [f"{target} exists. Replace it?"]
    assert dialog.isVisible()
    answer(monkeypatch, QMessageBox.StandardButton.Yes)
    click(dialog.parts.export_button)
    assert dialog.result() == ExportDialog.DialogCode.Accepted
    assert dialog.choice().overwrite


def test_a_target_that_cannot_be_is_said_at_once(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, QMessageBox.StandardButton.Yes)
    dialog.parts.target.edit.setText(str(tmp_path / "none" / "a.npz"))
    assert "the folder does not exist" in dialog.parts.problem.text()
    assert not dialog.parts.export_button.isEnabled()
    dialog.accept()
    assert dialog.isVisible()
    dialog.parts.target.edit.setText(str(tmp_path))
    assert "something other than a file is in its place" in dialog.parts.problem.text()
    dialog.parts.target.edit.setText(str(tmp_path / "a.npz"))
    assert dialog.parts.problem.text() == ""
    assert dialog.parts.export_button.isEnabled()
    assert asked == []


@pytest.mark.parametrize("wait", [True, False])
def test_too_many_digits_for_a_sheet_are_said(
    qtbot: QtBot, make_dialog: MakeDialog, sample: Table, wait: bool
) -> None:
    dialog = make_dialog(sample)
    click(dialog.parts.scopes.buttons["set"])
    dialog.parts.formats.choose("svg")
    if wait:
        settle(qtbot, dialog)
    else:
        dialog.accept()
        assert dialog.isVisible()
    assert "room for 400 digits, not 500" in dialog.parts.problem.text()
    assert not dialog.parts.export_button.isEnabled()
    settle(qtbot, dialog)
    assert "about" not in dialog.parts.preview.size_label.text()
    click(dialog.parts.target.folder_button)
    settle(qtbot, dialog)
    assert dialog.parts.problem.text() == ""
    assert dialog.parts.export_button.isEnabled()
    click(dialog.parts.scopes.buttons["selection"])
    click(dialog.parts.target.file_button)
    settle(qtbot, dialog)
    assert dialog.parts.problem.text() == ""


def test_without_a_target_there_is_no_export(dialog: ExportDialog) -> None:
    dialog.parts.target.edit.setText("  ")
    assert not dialog.parts.export_button.isEnabled()
    assert dialog.parts.command.code == dialog.parts.python.code == ""
    click(dialog.parts.scopes.buttons["shown"])
    assert not dialog.parts.export_button.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_without_a_selection_what_matches_is_meant(make_dialog: MakeDialog, table: Table) -> None:
    dialog = make_dialog(table, chosen=())
    assert not dialog.parts.scopes.buttons["selection"].isEnabled()
    assert dialog.choice().scope == "shown"


def test_without_any_digit_there_is_no_export(make_dialog: MakeDialog) -> None:
    from viewer.datasets.digits import DigitSet

    dialog = make_dialog(Table(DigitSet("None", "none", {})), chosen=(), shown=())
    assert not dialog.parts.export_button.isEnabled()
    assert not dialog.previewer.busy


def test_code_is_copied(dialog: ExportDialog) -> None:
    for box in (dialog.parts.command, dialog.parts.python):
        click(box.copy_button)
        assert QGuiApplication.clipboard().text() == box.code == box.edit.toPlainText() != ""


def test_where_no_command_can_be_that_is_said(
    make_dialog: MakeDialog, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("viewer.gui.export.command_line.LONGEST", 10)
    box = make_dialog(table).parts.command
    assert box.code == ""
    assert box.edit.toPlainText() == NO_COMMAND
    assert not box.copy_button.isEnabled()


def test_the_command_tells_of_the_target(dialog: ExportDialog, tmp_path: Path) -> None:
    parts = dialog.parts
    assert "--overwrite" not in parts.command.code
    (tmp_path / "old.npz").write_bytes(b"")
    parts.target.edit.setText(str(tmp_path / "old.npz"))
    assert parts.command.code.endswith(f"--output {tmp_path / 'old.npz'} --overwrite")
    click(parts.target.manifest_box)
    assert "--manifest --overwrite" in parts.command.code


def test_what_is_remembered_is_chosen(
    make_dialog: MakeDialog, table: Table, tmp_path: Path
) -> None:
    formats = {"png": {"options": {"scale": 3, "numbers": False}, "folder": True}}
    dialog = make_dialog(table, memory=Memory("png", tmp_path, True, formats))
    assert dialog.form.name == "png"
    assert dialog.options.values == find_format("png").complete({"scale": 3, "numbers": False})
    assert dialog.parts.reset_button.isEnabled()
    assert dialog.choice().target == tmp_path / "bars-strokes"
    dialog.parts.formats.choose("npz")
    assert dialog.choice().manifest
    assert dialog.choice().target == tmp_path / "bars-strokes.npz"


def test_options_stay_while_other_formats_are_looked_at(dialog: ExportDialog) -> None:
    dialog.parts.formats.choose("png")
    field = dialog.options.fields["scale"]
    assert isinstance(field, QSpinBox)
    field.setValue(7)
    dialog.parts.formats.choose("svg")
    assert dialog.options.values["scale"] == 10
    dialog.parts.formats.choose("png")
    assert dialog.options.values["scale"] == 7
