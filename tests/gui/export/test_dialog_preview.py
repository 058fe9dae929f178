"""The dialog shows what would be written, of each format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QSpinBox,
)
from pytestqt.qtbot import QtBot

from tests.gui.export.conftest import FORMATS, click, settle
from viewer.catalog.table import Table
from viewer.export.registry import find_format
from viewer.gui.export.choice import ExportChoice
from viewer.gui.export.contents import Film
from viewer.gui.export.dialog import NOT_INSTALLED, ExportDialog
from viewer.gui.export.preview_pane import PreviewPane

MakeDialog = Callable[..., ExportDialog]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_what_it_is_its_options_and_a_preview(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path, name: str
) -> None:
    form = find_format(name)
    dialog.parts.formats.choose(name)
    settle(qtbot, dialog)
    parts = dialog.parts
    assert form.meaning.rstrip(".") in parts.meaning.text()
    assert parts.options.currentWidget() is dialog.options
    assert list(dialog.options.fields) == [option.name for option in form.options]
    assert parts.option_column.isVisible() == bool(form.options)
    target = tmp_path / f"bars-strokes{form.suffix}"
    assert dialog.choice() == ExportChoice("selection", name, target, False, form.complete({}))
    assert parts.python.code == form.snippet(str(target))
    assert parts.problem.text() == ""
    assert parts.export_button.isEnabled()
    assert parts.preview.stack.currentWidget() is not parts.preview.message
    assert parts.preview.size_label.text().endswith(" for 3 digits")


def test_a_picture_is_shown_and_plays(qtbot: QtBot, dialog: ExportDialog) -> None:
    dialog.parts.formats.choose("gif")
    settle(qtbot, dialog)
    picture = dialog.parts.preview.picture
    assert picture.playing
    first = picture.frame
    qtbot.waitUntil(lambda: picture.frame != first)
    dialog.parts.formats.choose("npz")
    assert not picture.playing


def test_a_preview_follows_the_options(qtbot: QtBot, dialog: ExportDialog) -> None:
    shown: list[object] = []
    dialog.previewer.made.connect(lambda preview: shown.append(preview.content))
    dialog.parts.formats.choose("png")
    settle(qtbot, dialog)
    field = dialog.options.fields["scale"]
    assert isinstance(field, QSpinBox)
    field.setValue(4)
    assert dialog.parts.reset_button.isEnabled()
    settle(qtbot, dialog)
    click(dialog.parts.reset_button)
    assert not dialog.parts.reset_button.isEnabled()
    settle(qtbot, dialog)
    films = [content for content in shown if isinstance(content, Film)]
    first, small, again = (film.size for film in films)
    assert first == again
    assert small[0] * 10 == first[0] * 4


def test_a_preview_follows_the_digits_and_tells_of_all(qtbot: QtBot, dialog: ExportDialog) -> None:
    dialog.parts.formats.choose("identifiers")
    settle(qtbot, dialog)
    preview = dialog.parts.preview
    assert preview.text.toPlainText().split() == ["train:0", "train:2", "test:3"]
    assert preview.size_label.text() == "23 bytes for 3 digits"
    click(dialog.parts.scopes.buttons["set"])
    assert preview.size_label.text().strip() == ""
    settle(qtbot, dialog)
    assert preview.text.toPlainText().split() == [f"train:{n}" for n in range(4)]
    total = len("".join(f"{s}:{n}\n" for s, k in (("train", 60), ("test", 25)) for n in range(k)))
    assert preview.size_label.text() == f"32 bytes for 4 digits, about {total} bytes for 85"


def test_no_preview_comes_after_closing(qtbot: QtBot, dialog: ExportDialog) -> None:
    made: list[object] = []
    dialog.previewer.made.connect(made.append)
    dialog.parts.formats.choose("csv")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    qtbot.wait(400)
    assert made == []


def test_a_message_waits_before_it_says_that_a_preview_is_made(qtbot: QtBot) -> None:
    pane = PreviewPane()
    qtbot.addWidget(pane)
    pane.show()
    pane.show_waiting()
    assert pane.message.text() == ""
    qtbot.waitUntil(lambda: pane.message.text() == "Making a preview …")


def test_what_is_not_installed_is_grey_and_says_how(
    make_dialog: MakeDialog, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    from viewer.gui.export import format_list

    monkeypatch.setattr(format_list, "find_spec", lambda _name: None)
    dialog = make_dialog(table)
    formats = dialog.parts.formats
    (grey,) = [
        formats.item(row)
        for row in range(formats.count())
        if formats.item(row).data(format_list.NAME) == "parquet"
    ]
    (usual,) = [
        formats.item(row)
        for row in range(formats.count())
        if formats.item(row).data(format_list.NAME) == "npz"
    ]
    assert grey.foreground() != usual.foreground()
    formats.choose("parquet")
    assert "pip install 'digit-stroke-viewer[parquet]'" in dialog.parts.preview.message.text()
    assert dialog.parts.problem.text() == NOT_INSTALLED
    assert not dialog.parts.export_button.isEnabled()
    assert not dialog.previewer.busy
    formats.choose("npz")
    assert dialog.parts.export_button.isEnabled()
