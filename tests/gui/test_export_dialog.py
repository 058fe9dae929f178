"""Export: what the dialog gives, the question before replacing, the job, its end."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from viewer.errors import Cancelled, UserError
from viewer.gui.export_dialog import ExportChoice, ExportDialog
from viewer.gui.settings import EXPORT_FORMAT, Settings
from viewer.gui.window import MainWindow


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> ExportDialog:
    made = ExportDialog("train", 3, 60, tmp_path, "npz")
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


def _press(qtbot: QtBot, dialog: ExportDialog) -> None:
    QTest.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)


def test_the_choice_is_what_was_clicked(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    assert dialog.target.text() == str(tmp_path / "train-strokes.npz")
    dialog.published_button.click()
    assert dialog.target.text() == str(tmp_path / "train-strokes")
    dialog.shown_button.click()
    _press(qtbot, dialog)
    assert dialog.result() == ExportDialog.DialogCode.Accepted
    assert dialog.choice() == ExportChoice(True, "published", tmp_path / "train-strokes", False)


def test_replacing_is_asked_for(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "train-strokes.npz"
    target.write_bytes(b"old")
    asked = _answer(monkeypatch, QMessageBox.StandardButton.No)
    _press(qtbot, dialog)
    assert asked == [f"{target} exists. Replace it?"]
    assert dialog.isVisible()
    _answer(monkeypatch, QMessageBox.StandardButton.Yes)
    _press(qtbot, dialog)
    assert dialog.result() == ExportDialog.DialogCode.Accepted
    assert dialog.choice().overwrite


def test_without_a_target_there_is_no_export(dialog: ExportDialog) -> None:
    dialog.target.setText("  ")
    assert not dialog.export_button.isEnabled()


def test_without_a_selection_all_are_meant(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ExportDialog("train", 0, 60, tmp_path, "published")
    qtbot.addWidget(dialog)
    assert not dialog.selected_button.isEnabled()
    assert dialog.choice().all_shown
    assert dialog.choice().format == "published"


@pytest.mark.parametrize("format_name", ["npz", "published"])
def test_selected_digits_are_written(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    format_name: str,
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    window.browser.choose_class(3)
    window.browser.grid.select_all()
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    (dialog.npz_button if format_name == "npz" else dialog.published_button).click()
    target = Path(dialog.target.text())
    _press(qtbot, dialog)
    qtbot.waitUntil(lambda: window.banner.text != "", timeout=30000)
    assert window.banner.text == f"6 digits of train written: {target}"
    assert target.is_file() if format_name == "npz" else target.is_dir()


def test_a_failed_export_is_said(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_options: Any) -> Path:
        raise UserError("the disk is full", path=tmp_path)

    monkeypatch.setattr("viewer.export.run.export_digits", fail)
    dataset = window.browser.dataset
    assert dataset is not None
    choice = ExportChoice(False, "npz", tmp_path / "x.npz", False)
    window.exporter.run(dataset, "train", window.browser.selected(), choice)
    qtbot.waitUntil(lambda: "the disk is full" in window.banner.text)


def test_an_export_is_cancelled_and_nothing_is_said(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = threading.Event()

    def slow(*_args: Any, **options: Any) -> Path:
        options["progress"](1, 60)
        busy.set()
        while not options["cancelled"]():
            threading.Event().wait(0.005)
        raise Cancelled

    monkeypatch.setattr("viewer.export.run.export_digits", slow)
    dataset = window.browser.dataset
    assert dataset is not None
    choice = ExportChoice(True, "npz", tmp_path / "x.npz", False)
    window.exporter.run(dataset, "train", window.browser.model.indices, choice)
    assert busy.wait(5)
    qtbot.waitUntil(lambda: "Exporting 60 digits" in window.status.job_label.text())
    QTest.mouseClick(window.status.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.jobs.running)
    assert window.banner.text == ""
    assert list(tmp_path.iterdir()) == []


def test_the_format_is_remembered(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("viewer.export.run.export_digits", lambda *_a, **_o: tmp_path)
    settings = Settings(None)
    window.exporter._settings = settings
    dataset = window.browser.dataset
    assert dataset is not None
    choice = ExportChoice(False, "published", tmp_path / "x", False)
    window.exporter.run(dataset, "train", window.browser.selected(), choice)
    qtbot.waitUntil(lambda: not window.jobs.running)
    assert settings.get(EXPORT_FORMAT) == "published"
