"""What is copied of a digit can be used elsewhere."""

from __future__ import annotations

import shlex
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from viewer.cli import make_parser
from viewer.gui.window import MainWindow

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def copied(window: MainWindow, key: Qt.Key) -> str:
    QTest.keyClick(window, key, CONTROL_SHIFT)
    return QGuiApplication.clipboard().text()


def test_the_name(window: MainWindow) -> None:
    assert copied(window, Qt.Key.Key_C) == "train:0"


def test_the_rows_are_those_of_the_sequence(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.digit_shown):
        window.go_to("train:3")
    lines = copied(window, Qt.Key.Key_T).splitlines()
    assert lines[0].split("\t")[:5] == ["row", "dx", "dy", "eos", "eod"]
    rows = np.array([[int(cell) for cell in line.split("\t")[1:5]] for line in lines[1:]])
    assert rows[-1].tolist() == [0, 0, 1, 1]
    assert len(rows) == window.inspector.details.table.sequence.rowCount()


def test_the_command_opens_the_same_view(qtbot: QtBot, window: MainWindow) -> None:
    window.filter.set_text("class=3 & split=train")
    qtbot.waitUntil(lambda: len(window.browser.shown()) == 6)
    with qtbot.waitSignal(window.digit_shown):
        window.go_to("train:13")
    words = shlex.split(copied(window, Qt.Key.Key_L))
    assert words[0] == "digit-strokes"
    chosen = make_parser().parse_args(words[1:])
    assert chosen.source.endswith("/bars")
    assert (chosen.digit, chosen.where) == ("train:13", "class=3 & split=train")


def test_the_picture_is_that_of_the_panels(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_P, CONTROL_SHIFT)
    picture = QGuiApplication.clipboard().image()
    ratio = window.devicePixelRatioF()
    assert picture.width() == round(window.inspector.panels.width() * ratio)
    assert len({picture.pixel(x, picture.height() // 2) for x in range(picture.width())}) > 2


def test_without_a_digit_nothing_is_copied(make_window: Callable[..., MainWindow]) -> None:
    window = make_window()
    QGuiApplication.clipboard().setText("before")
    for key in (Qt.Key.Key_C, Qt.Key.Key_T, Qt.Key.Key_L, Qt.Key.Key_P):
        assert copied(window, key) == "before"
