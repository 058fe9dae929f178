"""Get data: what is chosen, how far it is, cancel, close, failures, the folder remembered."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from viewer.errors import Cancelled, UserError
from viewer.fetch.catalogue import SETS
from viewer.fetch.failure import TransferError
from viewer.fetch.report import FetchError
from viewer.gui.fetch_dialog import FetchDialog
from viewer.gui.jobs import Jobs
from viewer.gui.settings import DATA_FOLDER, Settings


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    assert made.close()


@pytest.fixture
def dialog(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> FetchDialog:
    settings = Settings(None)
    settings.set(DATA_FOLDER, str(tmp_path))
    made = FetchDialog(jobs, settings)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[tuple[str, Path, bool]]]:
    """Let fetching run a function in place of asking mirrors; return what was asked for."""

    def put(work: Callable[[SimpleNamespace], None]) -> list[tuple[str, Path, bool]]:
        asked: list[tuple[str, Path, bool]] = []

        def fetch(name: str, folder: Path, *, replace: bool, **callbacks: Any) -> Path:
            asked.append((name, folder, replace))
            work(SimpleNamespace(**callbacks))
            return folder

        monkeypatch.setattr("viewer.fetch.install.fetch", fetch)
        return asked

    return put


def until_cancelled(told: SimpleNamespace) -> None:
    told.progress(3_000_000, 12_000_000)
    while not told.cancelled():
        threading.Event().wait(0.01)
    raise Cancelled


def test_every_set_says_what_it_is(dialog: FetchDialog) -> None:
    shown = []
    for row, name in enumerate(SETS):
        dialog.choose(name)
        item = dialog.list.topLevelItem(row)
        assert item is not None
        assert item is dialog.list.currentItem()
        shown.append([item.text(column) for column in range(5)])
        assert dialog.description.text() == SETS[name].description
    assert shown == [
        ["MNIST", "70,000", "12.6 MB", "CC BY-SA 3.0", ""],
        ["QMNIST", "120,000", "about 21 MB", "BSD 3-Clause", ""],
        ["NIST digits", "402,953", "about 61 MB", "BSD 3-Clause", ""],
    ]


def test_a_set_that_came_is_told_and_the_dialog_closes(
    qtbot: QtBot, dialog: FetchDialog, tmp_path: Path, answer: Callable[..., Any]
) -> None:
    asked = answer(lambda told: told.progress(12, 12))
    dialog.choose("qmnist")
    with qtbot.waitSignal(dialog.fetched) as told:
        QTest.mouseClick(dialog.get_button, Qt.MouseButton.LeftButton)
    assert told.args == [str(tmp_path / "qmnist")]
    assert asked == [("qmnist", tmp_path / "qmnist", False)]
    assert dialog.result() == FetchDialog.DialogCode.Accepted


def test_progress_and_cancel(
    qtbot: QtBot, dialog: FetchDialog, jobs: Jobs, answer: Callable[..., Any]
) -> None:
    asked = answer(until_cancelled)
    dialog.start()
    qtbot.waitUntil(lambda: dialog.bar.value() == 250)
    assert dialog.state.text() == "3.0 MB of 12.0 MB"
    assert dialog.bar.isVisible()
    assert not dialog.get_button.isEnabled()
    assert not dialog.folder.isEnabled()
    dialog.start()
    assert dialog.close_button.text() == "Cancel"
    dialog.close_button.click()
    assert dialog.state.text() == "Stopping …"
    qtbot.waitUntil(dialog.get_button.isEnabled)
    assert dialog.state.text() == "Stopped. What has come is kept; Get goes on from there."
    assert dialog.close_button.text() == "Close"
    assert not dialog.bar.isVisible()
    assert dialog.isVisible()
    assert len(asked) == 1
    assert jobs.running == ()


def test_closing_cancels(
    qtbot: QtBot, qapp: QApplication, jobs: Jobs, answer: Callable[..., Any]
) -> None:
    answer(until_cancelled)
    dialog = FetchDialog(jobs, Settings(None))
    dialog.show()
    dialog.start()
    qtbot.waitUntil(lambda: dialog.bar.value() > 0)
    dialog.close()
    dialog.deleteLater()
    qapp.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: jobs.running == ())


def test_a_failure_is_shown_with_addresses_to_copy(
    qtbot: QtBot, dialog: FetchDialog, tmp_path: Path, answer: Callable[..., Any]
) -> None:
    mnist = SETS["mnist"]
    folder = tmp_path / "mnist"
    address = mnist.files[0].mirrors[0] + mnist.files[0].name
    failure = TransferError("is not found", again=True, offline=True)

    def fail(_told: SimpleNamespace) -> None:
        raise FetchError(mnist, mnist.files, folder, [(address, failure)])

    answer(fail)
    dialog.start()
    qtbot.waitUntil(dialog.get_button.isEnabled)
    text = dialog.problem.toPlainText()
    assert text.startswith("There is no connection: 6 of 6 files of MNIST could not be fetched")
    assert f"\n    {address}\n" in text
    assert text.endswith(str(folder))
    assert dialog.problem.isVisible()
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == text


def test_the_failure_goes_when_it_is_tried_again(
    qtbot: QtBot, dialog: FetchDialog, answer: Callable[..., Any]
) -> None:
    def fail(_told: SimpleNamespace) -> None:
        raise UserError("the disk is full", path="/data", advice="Make room.")

    answer(fail)
    dialog.start()
    qtbot.waitUntil(dialog.problem.isVisible)
    assert dialog.problem.toPlainText() == "/data: the disk is full. Make room."
    answer(until_cancelled)
    qtbot.waitUntil(dialog.get_button.isEnabled)
    dialog.start()
    assert not dialog.problem.isVisible()
    dialog.cancel()
    qtbot.waitUntil(dialog.get_button.isEnabled)


def test_a_defect_is_shown_as_one(
    qtbot: QtBot, dialog: FetchDialog, answer: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_told: SimpleNamespace) -> None:
        raise RuntimeError("none of this should happen")

    answer(fail)
    dialog.start()
    qtbot.waitUntil(dialog.problem.isVisible)
    assert "error inside the program (RuntimeError)" in dialog.problem.toPlainText()
    assert "Fetching MNIST failed" in caplog.text
    qtbot.waitUntil(dialog.get_button.isEnabled)


def test_the_folder_is_remembered(
    qtbot: QtBot, jobs: Jobs, tmp_path: Path, answer: Callable[..., Any]
) -> None:
    settings = Settings(None)
    first = FetchDialog(jobs, settings)
    qtbot.addWidget(first)
    assert first.folder.text().endswith("digit-strokes/data")
    asked = answer(lambda _told: None)
    first.folder.setText(str(tmp_path / "data"))
    first.replace_box.setChecked(True)
    with qtbot.waitSignal(first.fetched):
        first.start()
    assert asked == [("mnist", tmp_path / "data" / "mnist", True)]
    second = FetchDialog(jobs, settings)
    qtbot.addWidget(second)
    assert second.folder.text() == str(tmp_path / "data")
    assert not second.replace_box.isChecked()


def test_a_folder_is_chosen(
    dialog: FetchDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    dialog.browse_button.click()
    assert dialog.folder.text() == str(tmp_path)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/elsewhere")
    dialog.browse_button.click()
    assert dialog.target() == Path("/elsewhere/mnist")


def test_without_a_folder_nothing_starts(dialog: FetchDialog, answer: Callable[..., Any]) -> None:
    asked = answer(lambda _told: None)
    dialog.folder.setText("  ")
    assert not dialog.get_button.isEnabled()
    dialog.start()
    assert asked == []


def test_what_is_in_the_folder_is_told(dialog: FetchDialog, tmp_path: Path) -> None:
    item = dialog.list.topLevelItem(2)
    assert item is not None
    folder = tmp_path / "nist"
    folder.mkdir()
    labels = SETS["nist"].files[1]
    (folder / labels.name).write_bytes(bytes(labels.size or 0))
    dialog.folder.setText(str(tmp_path) + "/")
    assert item.text(4) == "1 of 2 files"
    (folder / SETS["nist"].files[0].name).write_bytes(b"x")
    dialog.folder.setText(str(tmp_path))
    assert item.text(4) == "complete"


def test_every_control_has_a_name_and_a_tip(dialog: FetchDialog) -> None:
    controls = dialog.findChildren(
        QWidget, "", Qt.FindChildOption.FindDirectChildrenOnly
    ) + dialog.findChildren(type(dialog.get_button))
    named = [
        dialog.list,
        dialog.folder,
        dialog.replace_box,
        dialog.bar,
        dialog.problem,
        dialog.get_button,
        dialog.close_button,
        dialog.copy_button,
        dialog.browse_button,
    ]
    assert set(named) <= set(controls)
    for control in named:
        assert control.accessibleName() or control is dialog.replace_box
        assert control.toolTip()
