"""Split, class, index: the ways to a digit."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from viewer.datasets.digits import DigitSet, Split
from viewer.errors import UserError
from viewer.gui.browser.browser import Browser
from viewer.gui.theme import dark, light


@pytest.fixture
def browser(qtbot: QtBot, digit_set: DigitSet) -> Browser:
    made = Browser(light())
    qtbot.addWidget(made)
    made.resize(360, 500)
    made.show()
    made.show_set(digit_set)
    return made


def test_a_new_set_stands_at_its_first_digit(browser: Browser) -> None:
    assert browser.split is not None
    assert (browser.split.name, browser.current()) == ("train", 0)
    assert browser.count.text() == "60 of 60"
    assert browser.split_choice.count() == 2
    assert browser.class_choice.count() == 11


def test_a_class_filters_and_keeps_the_digit_where_it_can(browser: Browser) -> None:
    browser.go_to("23")
    browser.choose_class(3)
    assert browser.count.text() == "6 of 60"
    assert browser.current() == 23
    browser.choose_class(4)
    assert browser.current() == 4
    browser.choose_class(200)
    assert browser.class_shown == 4
    browser.choose_class(None)
    assert browser.current() == 4
    assert browser.count.text() == "60 of 60"


def test_a_split_keeps_the_class(qtbot: QtBot, browser: Browser) -> None:
    browser.choose_class(3)
    shown: list[tuple[str, int]] = []
    browser.digit_changed.connect(lambda split, index: shown.append((split.name, index)))
    browser.choose_split("test")
    assert shown == [("test", 3)]
    assert browser.model.indices.tolist() == [3, 13, 23]


def test_a_digit_of_another_split_or_class_is_gone_to(browser: Browser) -> None:
    browser.choose_class(3)
    browser.go_to("test:13")
    assert browser.split is not None
    assert (browser.split.name, browser.current()) == ("test", 13)
    assert browser.class_shown == 3
    browser.go_to("14")
    assert browser.class_shown is None
    assert browser.current() == 14


@pytest.mark.parametrize("text", ["60", "-1", "x", "valid:1", "train:", ""])
def test_nonsense_is_refused_and_moves_nothing(qtbot: QtBot, browser: Browser, text: str) -> None:
    browser.go_to("7")
    browser.jump.setFocus()
    QTest.keyClicks(browser.jump, text)
    with qtbot.waitSignal(browser.refused) as refused:
        QTest.keyClick(browser.jump, Qt.Key.Key_Return)
    assert refused.args is not None
    assert isinstance(refused.args[0], UserError)
    assert browser.current() == 7


def test_the_field_takes_an_index(qtbot: QtBot, browser: Browser) -> None:
    QTest.keyClicks(browser.jump, "test:12")
    QTest.keyClick(browser.jump, Qt.Key.Key_Return)
    assert browser.current() == 12
    assert browser.jump.text() == ""
    assert browser.jump.placeholderText() == "test:12"


def test_selected_digits_are_indices_not_rows(browser: Browser) -> None:
    browser.choose_class(7)
    browser.grid.select_all()
    assert browser.selected().tolist() == [7, 17, 27, 37, 47, 57]
    browser.choose_class(None)
    assert browser.selected().tolist() == [browser.current()]


def test_a_set_of_nothing_shows_nothing(qtbot: QtBot, browser: Browser) -> None:
    shown: list[object] = []
    browser.digit_changed.connect(lambda split, _index: shown.append(split))
    empty = Split("train", np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.uint8))
    browser.show_set(DigitSet("Empty", "empty", {"train": empty}))
    assert shown == [None]
    assert browser.current() is None
    assert browser.count.text() == "0 of 0"
    browser.show_set(None)
    assert browser.count.text() == ""
    assert not browser.jump.isEnabled()
    with pytest.raises(UserError, match="no set is open"):
        browser.go_to("1")


def test_size_and_theme_change_the_grid(browser: Browser) -> None:
    browser.set_thumbnail_size(56)
    columns = browser.grid.columns()
    browser.set_thumbnail_size(112)
    assert browser.grid.columns() == columns // 2
    browser.set_thumbnail_size(10_000)
    assert browser.size_slider.value() == 168
    browser.set_thumbnail_size(56)
    before = browser.grid.viewport().grab().toImage()
    browser.set_theme(dark())
    assert browser.grid.viewport().grab().toImage() != before


def test_every_control_has_a_name_and_a_tip(browser: Browser) -> None:
    for control in (
        browser.split_choice,
        browser.class_choice,
        browser.count,
        browser.size_slider,
        browser.jump,
    ):
        assert control.accessibleName()
        assert control.toolTip()
    assert browser.grid.accessibleName()
