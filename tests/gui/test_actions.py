"""The table of actions: whole, unambiguous, and what the menus are."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence

from viewer.gui.actions import MENUS, ActionSpec, check
from viewer.gui.help import KeySheet, keys
from viewer.gui.window import MainWindow


def _spec(name: str, menu: str = "File", shortcut: str = "") -> ActionSpec:
    return ActionSpec(name, menu, f"&{name}", shortcut, lambda: None, "help")


@pytest.mark.parametrize(
    ("second", "complaint"),
    [
        (_spec("one"), "one is there twice"),
        (_spec("two", shortcut="X"), "X is the key of one and of two"),
        (_spec("two", shortcut="Y X"), "X is the key of one and of two"),
        (_spec("oval"), "&o in File stands for one and for oval"),
        (_spec("two", menu="Extras"), "there is no menu 'Extras'"),
    ],
)
def test_an_ambiguous_table_is_refused(second: ActionSpec, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        check([_spec("one", shortcut="X"), second])


def test_every_action_has_its_words_and_real_keys(window: MainWindow) -> None:
    table = window.commands.table()
    assert {spec.menu for spec in table} == set(MENUS)
    for spec in table:
        assert spec.help, spec.name
        assert spec.text, spec.name
        assert spec.shortcut, f"{spec.name} has no key"
        for key in spec.shortcut.split():
            assert QKeySequence(key).toString(), key
        action = window.actions_by_name[spec.name]
        assert action.toolTip() == spec.help
        assert len(action.shortcuts()) == len(spec.shortcut.split())


def test_the_sheet_lists_every_key(window: MainWindow) -> None:
    from PySide6.QtWidgets import QLabel

    table = window.commands.table()
    sheet = KeySheet(table, window)
    shown = {label.text() for label in sheet.findChildren(QLabel)}
    for spec in table:
        assert keys(spec) in shown
