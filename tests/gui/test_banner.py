"""The banner says what, where and what to do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from viewer.errors import UserError
from viewer.gui.banner import Banner


@pytest.fixture
def banner(qtbot: QtBot) -> Banner:
    made = Banner()
    qtbot.addWidget(made)
    return made


def test_a_user_error_is_shown_in_its_words(banner: Banner) -> None:
    banner.show_error(UserError("the file is empty", path="/a/b", advice="Get it again."), "x")
    assert banner.text == "/a/b: the file is empty. Get it again."
    assert banner.property("error") is True


def test_a_defect_is_called_one_and_its_trace_can_be_copied(qtbot: QtBot, banner: Banner) -> None:
    try:
        _ = 1 // 0
    except ZeroDivisionError as error:
        banner.show_error(error, "Opening x")
    assert banner.text.startswith("Opening x: an error inside the program (ZeroDivisionError)")
    QTest.mouseClick(banner.copy_button, Qt.MouseButton.LeftButton)
    assert "1 // 0" in QGuiApplication.clipboard().text()


def test_markup_in_a_message_stays_text(banner: Banner) -> None:
    banner.show_note("<b>bold</b>")
    assert banner.label.textFormat() == Qt.TextFormat.PlainText


def test_it_is_dismissed(qtbot: QtBot, banner: Banner) -> None:
    banner.show_note("note")
    assert banner.property("error") is False
    QTest.mouseClick(banner.dismiss_button, Qt.MouseButton.LeftButton)
    assert banner.text == ""
