"""The switches of how strokes are drawn: keys, all drawings at once, remembered."""

from __future__ import annotations

import json
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.inspector.boards import board_image
from viewer.gui.actions import check
from viewer.gui.inspector.drawing_commands import DrawingChoice, actions_table
from viewer.gui.inspector.inspector import Inspector
from viewer.gui.window import MainWindow


@pytest.fixture
def choice(inspector: Inspector) -> DrawingChoice:
    """Return a choice that the inspector's drawing follows."""
    made = DrawingChoice(inspector)
    made.follow(inspector.panels.drawing)
    for panel in inspector.panels.panels:
        made.follow_grid(panel.board.grid)
    return made


def add_actions(inspector: Inspector, choice: DrawingChoice) -> dict[str, QAction]:
    """Give the switches their keys, as the window does."""
    actions = {}
    for spec in actions_table(choice):
        action = QAction(spec.text, inspector)
        action.setShortcut(spec.shortcut)
        action.setCheckable(spec.checkable)
        action.setChecked(spec.checked)
        action.triggered.connect(spec.slot)
        inspector.addAction(action)
        actions[spec.name] = action
    choice.switch_changed.connect(lambda name, on: actions[name].setChecked(on))
    return actions


@pytest.mark.parametrize("name", ["rainbow", "arrows", "point-numbers", "grid"])
def test_a_key_changes_the_board_and_back(
    qtbot: QtBot, inspector: Inspector, choice: DrawingChoice, name: str
) -> None:
    actions = add_actions(inspector, choice)
    choice.set_arrows(False)
    inspector.activateWindow()
    inspector.setFocus()
    board = inspector.panels.strokes.board
    key = getattr(Qt.Key, f"Key_{actions[name].shortcut().toString()}")
    before = board_image(board)
    QTest.keyClick(inspector, key)
    assert actions[name].isChecked()
    changed = board_image(board)
    assert changed != before
    QTest.keyClick(inspector, key)
    assert not actions[name].isChecked()
    assert board_image(board) == before


def test_a_switch_says_its_state_once(qtbot: QtBot, choice: DrawingChoice) -> None:
    said: list[tuple[str, bool]] = []
    recolored: list[str] = []
    choice.switch_changed.connect(lambda name, on: said.append((name, on)))
    choice.palette_changed.connect(lambda: recolored.append(choice.palette))
    for _twice in range(2):
        choice.set_palette("rainbow")
        choice.set_arrows(False)
        choice.set_point_numbers(True)
        choice.set_grid(True)
    assert said == [
        ("rainbow", True),
        ("arrows", False),
        ("point-numbers", True),
        ("grid", True),
    ]
    assert recolored == ["rainbow"]


def test_a_later_drawing_takes_up_the_choice(inspector: Inspector, qtbot: QtBot) -> None:
    choice = DrawingChoice()
    choice.set_palette("rainbow")
    before = inspector.panels.drawing.color(0)
    choice.follow(inspector.panels.drawing)
    assert inspector.panels.drawing.color(0) != before
    grid = inspector.panels.source.board.grid
    choice.set_grid(True)
    choice.follow_grid(grid)
    assert grid.isVisible()


def test_the_choice_survives_a_restart(choice: DrawingChoice) -> None:
    choice.set_palette("rainbow")
    choice.set_arrows(False)
    choice.set_point_numbers(True)
    choice.set_grid(True)
    again = DrawingChoice()
    again.restore_state(json.loads(json.dumps(choice.save_state())))
    assert again.save_state() == choice.save_state()
    assert [spec.checked for spec in actions_table(again)] == [True, False, True, True]


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"palette": "mud", "arrows": 1, "point_numbers": "yes", "grid": 1},
        {"palette": ["rainbow"], "arrows": None, "point_numbers": [], "grid": None},
    ],
)
def test_what_makes_no_sense_is_passed_over(state: dict[str, Any]) -> None:
    choice = DrawingChoice()
    choice.restore_state(state)
    assert choice.save_state() == DrawingChoice().save_state()


def test_the_keys_are_free(window: MainWindow, choice: DrawingChoice) -> None:
    rows = actions_table(choice)
    names = {spec.name for spec in rows}
    check([*(spec for spec in window.commands.table() if spec.name not in names), *rows])
    assert all(spec.help and spec.shortcut and spec.checkable for spec in rows)
