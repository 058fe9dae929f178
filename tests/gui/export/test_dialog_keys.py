"""The dialog is used with keys alone, and by who hears it."""

from __future__ import annotations

import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.gui.export.conftest import settle
from viewer.catalog.table import Table
from viewer.gui.export.choice import Memory
from viewer.gui.export.dialog import ExportDialog

MakeDialog = Callable[..., ExportDialog]


def test_enter_exports_wherever_the_focus_is(
    qtbot: QtBot, make_dialog: MakeDialog, table: Table
) -> None:
    count = len(_tab_chain(make_dialog(table, memory=Memory("png", Path("/tmp")))))
    assert count > 15
    for steps in range(count):
        dialog = make_dialog(table, memory=Memory("png", Path("/tmp")))
        widget = _tab_chain(dialog)[steps]
        if widget is dialog.parts.cancel_button:
            continue
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Return)
        assert dialog.result() == ExportDialog.DialogCode.Accepted, widget
        dialog.close()


def test_tab_leads_from_top_to_bottom(qtbot: QtBot, make_dialog: MakeDialog, table: Table) -> None:
    dialog = make_dialog(table)
    dialog.parts.formats.choose("svg")
    dialog.parts.formats.choose("published")
    dialog.parts.formats.choose("svg")
    field = dialog.options.fields["scale"]
    assert isinstance(field, QSpinBox)
    field.setValue(3)
    settle(qtbot, dialog)
    chain = _tab_chain(dialog)
    parts = dialog.parts
    expected = [
        parts.scopes.buttons["selection"], parts.formats, *dialog.options.fields.values(),
        parts.reset_button, parts.target.edit, parts.target.browse_button,
        parts.target.file_button, parts.target.manifest_box, parts.command.edit,
        parts.command.copy_button, parts.python.edit, parts.python.copy_button,
        parts.cancel_button, parts.export_button,
    ]  # fmt: skip
    assert chain == expected


def _tab_chain(dialog: ExportDialog) -> list[QWidget]:
    """Press Tab until it comes back to the first radio button."""
    first = dialog.parts.scopes.buttons["selection"]
    first.setFocus()
    chain: list[QWidget] = []
    while (widget := QApplication.focusWidget()) not in chain:
        assert widget is not None
        chain.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    return chain


@pytest.mark.parametrize("page", [None, object()])
def test_every_mnemonic_is_unique_and_leads_there(
    make_dialog: MakeDialog, table: Table, page: Any
) -> None:
    dialog = make_dialog(table, page=page)
    letters: list[str] = []
    for name in ("npz", "png"):
        dialog.parts.formats.choose(name)
    for widget in dialog.findChildren(QWidget):
        if isinstance(widget, QAbstractButton | QLabel) and widget.isVisible():
            sequence = QKeySequence.mnemonic(widget.text()).toString()
            if sequence:
                letters.append(sequence)
                assert not isinstance(widget, QLabel) or widget.buddy() is not None
    assert len(letters) == len(set(letters)) >= 12
    QTest.keyClick(dialog, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    assert dialog.parts.target.edit.hasFocus()
    QTest.keyClick(dialog, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    assert dialog.parts.formats.hasFocus()


def test_everything_has_a_name_and_a_tool_tip(dialog: ExportDialog) -> None:
    dialog.parts.formats.choose("png")
    for widget in dialog.findChildren(QWidget):
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if reached and widget.isVisible() and not widget.objectName().startswith("qt_"):
            assert widget.toolTip(), widget
            named = widget.accessibleName() or getattr(widget, "text", str)()
            assert named.strip(string.punctuation), widget
