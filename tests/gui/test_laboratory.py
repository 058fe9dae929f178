"""The settings lab of the window: made when it is opened, and told what goes on."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.gui import settings as table
from viewer.gui.settings import Settings
from viewer.gui.window import MainWindow

MakeWindow = Callable[..., MainWindow]
Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
OWN = ExtractionSettings(thinning_passes=0)


def is_made(window: MainWindow) -> bool:
    return window.lab._dock is not None


def test_it_is_made_when_it_is_opened(window: MainWindow) -> None:
    for key in (Key.Key_U, Key.Key_B):
        QTest.keyClick(window, key, CONTROL | SHIFT)
    assert not is_made(window)
    assert not window.lab.is_open
    QTest.keyClick(window, Key.Key_L, CONTROL)
    assert window.lab.is_open
    assert window.lab.dock.isVisible()
    assert window.actions_by_name["lab"].isChecked()
    QTest.keyClick(window, Key.Key_L, CONTROL)
    assert not window.lab.is_open
    assert not window.actions_by_name["lab"].isChecked()


def test_made_late_it_knows_what_the_others_know(qtbot: QtBot, window: MainWindow) -> None:
    window.strokes.use_settings(OWN)
    window.filter.set_text("class=3")
    qtbot.waitUntil(lambda: len(window.browser.shown()) == 9)
    window.appearance.choose("dark")
    window.stage.drawing.set_palette("rainbow")
    dock = window.lab.dock
    assert (dock.used, dock.tried) == (OWN, OWN)
    assert dock.trial.name.text == "train:3"
    assert dock.trial.pair._theme == window.theme
    window.lab.set_open(True)
    dock.try_settings(PUBLISHED)
    qtbot.waitUntil(lambda: dock.effect.complete, timeout=30_000)
    assert dock.effect.total == 9


def test_it_follows_the_window(qtbot: QtBot, window: MainWindow) -> None:
    window.lab.set_open(True)
    dock = window.lab.dock
    assert window.go_to("test:1")
    assert dock.trial.name.text == "test:1"
    window.strokes.use_settings(OWN)
    assert (dock.used, dock.tried) == (OWN, OWN)
    window.appearance.choose("dark")
    assert dock.trial.pair._theme == window.theme
    window.filter.set_text("class=3")
    qtbot.waitUntil(lambda: len(window.browser.shown()) == 9)
    dock.try_settings(PUBLISHED)
    qtbot.waitUntil(lambda: dock.effect.complete, timeout=30_000)
    assert dock.effect.total == 9
    window.filter.set_text("class=3 & class=4")
    qtbot.waitUntil(lambda: not len(window.browser.shown()))
    assert dock.trial.name.text == ""


def test_what_is_tried_comes_into_use_and_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window, Key.Key_L, CONTROL)
    dock = window.lab.dock
    dock.try_settings(OWN)
    QTest.keyClick(window, Key.Key_B, CONTROL | SHIFT)
    assert dock.tried == PUBLISHED
    QTest.keyClick(window, Key.Key_B, CONTROL | SHIFT)
    assert dock.tried == OWN
    qtbot.waitUntil(lambda: dock.effect.complete, timeout=30_000)
    dock._ask_to_show()
    assert window.browser.page is not None
    assert window.browser.page.subtitle == "change with thinning passes 0"
    QTest.keyClick(window, Key.Key_U, CONTROL | SHIFT)
    assert window.strokes.settings == OWN


def test_the_full_screen_hides_it_for_a_while(window: MainWindow) -> None:
    window.set_full_screen(True)
    window.set_full_screen(False)
    assert not is_made(window)
    window.lab.set_open(True)
    window.set_full_screen(True)
    assert not window.lab.is_open
    window.set_full_screen(False)
    assert window.lab.is_open


@pytest.mark.parametrize("shown", [False, True])
def test_it_is_remembered(make_window: MakeWindow, shown: bool) -> None:
    settings = Settings(None)
    first = make_window(settings)
    first.lab.set_open(shown)
    first.close()
    assert json.loads(settings.get(table.TRIED)) == {}
    second = make_window(settings)
    assert is_made(second) == second.lab.is_open == shown
    assert second.actions_by_name["lab"].isChecked() == shown
    second.lab.dock.try_settings(OWN)
    second.close()
    third = make_window(settings)
    assert third.lab.dock.tried == OWN
    assert third.lab.is_open == shown
    third.close()
    assert json.loads(settings.get(table.TRIED)) == {"tried": {"thinning_passes": 0}}


@pytest.mark.parametrize("stored", ["[]", "{", "{}", '{"tried": 3}', '{"wing": {}}'])
def test_what_cannot_be_read_is_passed_over(make_window: MakeWindow, stored: str) -> None:
    settings = Settings(None)
    settings.set(table.TRIED, stored)
    window = make_window(settings)
    assert window.lab.dock.tried == PUBLISHED
    assert not window.lab.is_open
