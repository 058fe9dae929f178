"""The suffix of the target follows the format, and says whether it is a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.gui.export.conftest import FORMATS
from viewer.export.registry import find_format, formats
from viewer.gui.export.target_row import ALWAYS, TargetRow


@pytest.fixture
def row(qtbot: QtBot, tmp_path: Path) -> TargetRow:
    made = TargetRow(tmp_path / "mine.v2", [form.suffix for form in formats().values()])
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_suffix_follows_the_format(row: TargetRow, tmp_path: Path) -> None:
    for name in (*FORMATS, *FORMATS[::-1]):
        form = find_format(name)
        for folder in (False, True):
            if (form.folder if folder else form.file) is not None:
                row.set_format(form, folder=folder)
                assert row.path == tmp_path / ("mine.v2" + ("" if folder else form.suffix))
                assert row.is_folder == folder == form.is_folder(row.path)


def test_a_switch_makes_it_a_file_or_a_folder(row: TargetRow, tmp_path: Path) -> None:
    told: list[Path | None] = []
    row.set_format(find_format("svg"), folder=False)
    row.changed.connect(lambda: told.append(row.path))
    QTest.mouseClick(row.folder_button, Qt.MouseButton.LeftButton)
    assert row.is_folder
    assert row.path == tmp_path / "mine.v2"
    QTest.mouseClick(row.file_button, Qt.MouseButton.LeftButton)
    assert row.path == told[-1] == tmp_path / "mine.v2.svg"
    row.set_format(find_format("npz"), folder=False)
    assert row.file_button.isEnabled()
    assert not row.folder_button.isEnabled()


def test_what_is_typed_decides(row: TargetRow, tmp_path: Path) -> None:
    row.set_format(find_format("svg"), folder=False)
    for text, folder in (("a", True), ("a.svg", False), ("a.SVG", False), ("a.png", True)):
        row.edit.setText(str(tmp_path / text))
        assert row.is_folder == folder
    row.set_format(find_format("npz"), folder=False)
    row.edit.setText(str(tmp_path / "any.name"))
    assert not row.is_folder
    row.edit.setText("~/a.npz")
    assert row.path == Path.home() / "a.npz"
    row.edit.setText("  ")
    assert row.path is None


def test_a_folder_always_has_a_manifest(row: TargetRow) -> None:
    row.set_format(find_format("svg"), folder=False)
    assert row.manifest_box.isEnabled()
    assert not row.manifest_box.isChecked()
    row.set_format(find_format("svg"), folder=True)
    assert not row.manifest_box.isEnabled()
    assert row.manifest_box.isChecked()
    assert row.manifest_box.toolTip() == ALWAYS
    assert not row.manifest
    row.set_format(find_format("svg"), folder=False)
    assert not row.manifest_box.isChecked()
    row.manifest_box.click()
    assert row.manifest
    row.set_format(find_format("svg"), folder=True)
    assert row.manifest


@pytest.mark.parametrize(
    ("folder", "chosen", "expected"),
    [
        (False, "b", "b.svg"),
        (False, "b.svg", "b.svg"),
        (True, "b", "b"),
        (True, "b.svg", "b"),
        (False, "", "mine.v2.svg"),
    ],
)
def test_browsing_names_what_is_wanted(
    row: TargetRow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: bool, chosen: str,
    expected: str,
) -> None:  # fmt: skip
    asked: list[str] = []

    def choose(_parent: object, _title: str, _text: str, what: str, options: object) -> object:
        asked.append(what)
        return str(tmp_path / chosen) if chosen else "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    row.set_format(find_format("svg"), folder=folder)
    QTest.mouseClick(row.browse_button, Qt.MouseButton.LeftButton)
    assert asked == ["Folder (*)" if folder else f"{find_format('svg').title} (*.svg)"]
    assert row.path == tmp_path / expected
