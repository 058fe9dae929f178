"""Export: the dialog leads to a job, the job to a file, and its end to words."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.gui.export.conftest import FORMS, Desk, Shown
from viewer.catalog.corrections.corrections import Corrections
from viewer.catalog.marks.marks import Marks
from viewer.core.correction import reverse, strokes_of
from viewer.core.extract import extract
from viewer.core.settings import ExtractionSettings
from viewer.errors import Cancelled, UserError
from viewer.export.registry import find_format
from viewer.export.run import Exported, export_digits
from viewer.gui.export.choice import ExportChoice, recall
from viewer.gui.export.dialog import MARKS_ASIDE, ExportDialog
from viewer.gui.opening import OpenRequest
from viewer.gui.settings import EXPORT_FOLDER, EXPORT_FORMAT


def ask(qtbot: QtBot, desk: Desk, shown: Shown, marks: Marks | None = None) -> ExportDialog:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    desk.exporter.ask(shown, marks, parent, OpenRequest("bars"), "class=3")
    dialog = parent.findChild(ExportDialog)
    assert dialog is not None
    desk.parents.append(parent)
    return dialog


def finish(qtbot: QtBot, desk: Desk) -> str:
    qtbot.waitUntil(lambda: not desk.jobs.running, timeout=60_000)
    return desk.banner.text


@pytest.mark.parametrize(("name", "folder"), FORMS)
def test_what_is_chosen_is_written(
    qtbot: QtBot, desk: Desk, tmp_path: Path, name: str, folder: bool
) -> None:
    dialog = ask(qtbot, desk, Shown(desk.table, [63, 2, 0], [61, 63]))
    dialog.parts.formats.choose(name)
    if folder:
        QTest.mouseClick(dialog.parts.target.folder_button, Qt.MouseButton.LeftButton)
    target = dialog.choice().target
    assert target == tmp_path / ("bars-strokes" + ("" if folder else find_format(name).suffix))
    QTest.mouseClick(dialog.parts.export_button, Qt.MouseButton.LeftButton)
    assert finish(qtbot, desk) == f"3 digits (train 2, test 1) written: {target}"
    expected = tmp_path / "expected" / target.name
    expected.parent.mkdir()
    digits = {"train": [0, 2], "test": [3]}
    export_digits(desk.table.dataset, digits, format=name, output=expected)
    written = {path.relative_to(target): path for path in target.rglob("*") if path.is_file()}
    assert (target if not folder else target / "manifest.json").is_file()
    for place, path in (written or {Path(): target}).items():
        assert path.read_bytes() == (expected / place).read_bytes()


@pytest.mark.parametrize(
    ("scope", "words", "positions"),
    [
        ("shown", "2 digits (test 2)", [61, 63]),
        ("set", "85 digits (train 60, test 25)", list(range(85))),
    ],
)
def test_every_scope_can_be_written(
    qtbot: QtBot, desk: Desk, tmp_path: Path, scope: str, words: str, positions: list[int]
) -> None:
    dialog = ask(qtbot, desk, Shown(desk.table, [], [63, 61]))
    dialog.parts.scopes.buttons[scope].click()
    dialog.parts.formats.choose("identifiers")
    dialog.accept()
    target = tmp_path / "bars-strokes.txt"
    assert finish(qtbot, desk) == f"{words} written: {target}"
    lines = [desk.table.identity(position) for position in positions]
    assert target.read_text().splitlines() == lines


def test_marks_are_written(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    marks = Marks(None)
    marks.set_favourite({"test": np.array([3])}, True)
    dialog = ask(qtbot, desk, Shown(desk.table, [63, 2, 0], [0, 1]), marks)
    dialog.parts.scopes.buttons["shown"].click()
    assert dialog.parts.problem.text() == ""
    dialog.parts.scopes.buttons["selection"].click()
    assert dialog.parts.problem.text() == MARKS_ASIDE
    assert dialog.parts.export_button.isEnabled()
    dialog.accept()
    finish(qtbot, desk)
    with np.load(tmp_path / "bars-strokes.npz") as written:
        assert written["favourite"].tolist() == [False, False, True]


def test_a_page_is_called_a_page(qtbot: QtBot, desk: Desk) -> None:
    page: Any = object()
    dialog = ask(qtbot, desk, Shown(desk.table, [], [0, 1], page))
    assert dialog.parts.scopes.buttons["shown"].text() == "a&ll 2 on this page"
    dialog.reject()


def test_without_a_set_there_is_nothing_to_export(qtbot: QtBot, desk: Desk) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    desk.exporter.ask(Shown(None, [], []), None, parent)
    assert desk.banner.text == "Nothing is open to export. Open a set first."
    assert parent.findChild(ExportDialog) is None


def test_the_command_knows_what_is_open_and_the_filter(qtbot: QtBot, desk: Desk) -> None:
    threes = np.flatnonzero(desk.table.values("class") == 3)
    desk.exporter.extraction = ExtractionSettings(thinning_passes=None)
    dialog = ask(qtbot, desk, Shown(desk.table, [], threes.tolist()))
    command = dialog.parts.command.code
    assert command.startswith(f"digit-strokes extract {Path('bars').absolute()} --where class=3")
    assert command.endswith("--passes stable")
    dialog.reject()


def test_a_manifest_is_kept(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    desk.run([0], ExportChoice("set", "npz", tmp_path / "a.npz", manifest=True))
    finish(qtbot, desk)
    assert {path.name for path in tmp_path.iterdir()} == {"a.npz", "a.npz.manifest.json"}
    assert recall(desk.settings).manifest


def test_options_are_used(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    choice = ExportChoice("set", "png", tmp_path / "a.png", options={"scale": 1})
    desk.run([0], choice)
    finish(qtbot, desk)
    from PIL import Image

    with Image.open(tmp_path / "a.png") as picture:
        assert picture.size == (28, 28)


def test_a_correction_that_does_not_fit_is_counted(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    dataset = desk.table.dataset
    image = dataset.split("train").images[0]
    image[8:20, 10:16] = 255  # so thick that it depends on the passes what is left
    found = extract(image)
    made = Corrections(dataset, None)
    made.set("train", 0, image, reverse(strokes_of(found.points, found.stroke_offsets), 0))
    desk.exporter.corrections = made
    desk.exporter.extraction = ExtractionSettings(thinning_passes=0)
    target = tmp_path / "a.npz"
    desk.run([0, 1], ExportChoice("set", "npz", target))
    assert finish(qtbot, desk) == (
        f"2 digits (train 2) written: {target}. 1 correction does not fit these settings; "
        "the computed sequence was written."
    )


@pytest.mark.parametrize(
    ("resumed", "unfit", "words"),
    [
        (1, 0, " (1 was already done by an interrupted export)"),
        (
            2048,
            2,
            " (2,048 were already done by an interrupted export). 2 corrections do not fit these "
            "settings; the computed sequence was written.",
        ),
    ],
)
def test_what_there_is_to_say_is_said(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, resumed: int,
    unfit: int, words: str,
) -> None:  # fmt: skip
    def export(*_args: Any, **options: Any) -> Path:
        options["on_done"](Exported(1, 9, 1, 0, unfit, resumed))
        return tmp_path

    monkeypatch.setattr("viewer.export.run.export_digits", export)
    desk.run([0], ExportChoice("set", "npz", tmp_path / "x.npz"))
    assert finish(qtbot, desk) == f"1 digit (train 1) written: {tmp_path / 'x.npz'}{words}"


def test_an_interrupted_export_is_gone_on_with(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kill a process in the middle of the very export that the window then does."""
    monkeypatch.setattr("viewer.export.batch.CHUNK", 16)
    monkeypatch.setattr("viewer.export.plan.CHUNK", 16)
    target = tmp_path / "a.npz"
    script = f"""
import os, numpy as np
import viewer.export.batch, viewer.export.plan
viewer.export.batch.CHUNK = viewer.export.plan.CHUNK = 16
from pathlib import Path
from tests.gui.conftest import make_split
from viewer.datasets.digits import DigitSet
from viewer.export.run import export_digits
splits = {{"train": make_split("train", 60), "test": make_split("test", 25)}}
kill = lambda done, total: os._exit(9) if done >= 32 else None
export_digits(DigitSet("Bars", "bars", splits), {{"train": range(60), "test": range(25)}},
              format="npz", output=Path({str(target)!r}), progress=kill)
"""
    ended = subprocess.run([sys.executable, "-c", script], check=False)
    assert ended.returncode == 9
    desk.run(list(range(85)), ExportChoice("set", "npz", target))
    assert finish(qtbot, desk) == (
        f"85 digits (train 60, test 25) written: {target} "
        "(32 were already done by an interrupted export)"
    )
    assert list(tmp_path.iterdir()) == [target]


def test_a_failed_export_is_said_and_leaves_nothing(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    target = tmp_path / "x.npz"
    target.write_bytes(b"mine")
    desk.run([0], ExportChoice("set", "npz", target))
    assert "it exists already" in finish(qtbot, desk)
    desk.run([0], ExportChoice("set", "npz", tmp_path / "none" / "x.npz"))
    assert "the folder does not exist" in finish(qtbot, desk)
    assert target.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_is_said_and_leaves_nothing(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any) -> int:
        raise OSError(28, "No space left on device")

    target = tmp_path / "x.npz"
    with monkeypatch.context() as patch:
        patch.setattr("viewer.atomic.os.write", fail)
        desk.run([0], ExportChoice("set", "npz", target))
        assert finish(qtbot, desk) == f"{target}: it cannot be written: No space left on device."
    assert list(tmp_path.iterdir()) == []


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
    job = desk.run(list(range(60)), ExportChoice("set", "npz", tmp_path / "x.npz"))
    assert busy.wait(5)
    assert job.title == "Exporting 60 digits"
    job.cancel()
    assert finish(qtbot, desk) == ""
    assert list(tmp_path.iterdir()) == []


def test_what_was_chosen_is_remembered(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_options: Any) -> Path:
        raise UserError("the disk is full")

    monkeypatch.setattr("viewer.export.run.export_digits", fail)
    choice = ExportChoice("set", "svg", tmp_path / "deep" / "x", options={"scale": 5})
    desk.run([0], choice)
    finish(qtbot, desk)
    assert desk.settings.get(EXPORT_FORMAT) == "svg"
    assert desk.settings.get(EXPORT_FOLDER) == str(tmp_path / "deep")
    (tmp_path / "deep").mkdir()
    dialog = ask(qtbot, desk, Shown(desk.table, [], [0]))
    assert dialog.form.name == "svg"
    assert dialog.options.values["scale"] == 5
    assert dialog.choice().target == tmp_path / "deep" / "bars-strokes"
    dialog.reject()


def test_a_window_starts_without_the_formats() -> None:
    script = (
        "import sys, viewer.gui.window\n"
        "assert not [name for name in sys.modules if name.startswith('viewer.export.formats')]\n"
        "assert 'viewer.gui.export.dialog' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
