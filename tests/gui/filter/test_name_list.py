"""A facet of many names: typing finds them."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from viewer.gui.filter.bars import LINE
from viewer.gui.filter.name_list import MOST_LINES, NameList
from viewer.gui.theme import light

WRITERS = tuple(str(number) for number in range(2100, 2200))
COUNTS = np.arange(100, dtype=np.int64)


@pytest.fixture
def names(qtbot: QtBot) -> NameList:
    made = NameList(light(), "Writer")
    qtbot.addWidget(made)
    made.show_names(WRITERS, COUNTS, {5, 90})
    made.resize(240, 300)
    made.show()
    return made


@pytest.fixture
def toggled(names: NameList) -> list[int]:
    seen: list[int] = []
    names.toggled.connect(seen.append)
    return seen


def listed(names: NameList) -> list[str]:
    return [bar.label for bar in names.bars.bars]


def test_the_chosen_names_are_first_then_the_largest(names: NameList) -> None:
    assert listed(names) == ["2190", "2105", "2199", "2198", "2197", "2196"]
    assert [bar.chosen for bar in names.bars.bars] == [True, True] + 4 * [False]
    assert names.rest.text() == f"and {100 - MOST_LINES} more"


def test_typing_lists_what_begins_alike(names: NameList) -> None:
    QTest.keyClicks(names.edit, "211")
    assert listed(names) == [str(number) for number in range(2119, 2113, -1)]
    assert names.rest.text() == "and 4 more"
    QTest.keyClicks(names.edit, "3")
    assert listed(names) == ["2113"]
    assert names.rest.isHidden()
    QTest.keyClicks(names.edit, "9")
    assert listed(names) == []
    assert names.rest.text() == "None begins like that"
    QTest.keyClick(names.edit, Qt.Key.Key_Escape)
    assert len(listed(names)) == MOST_LINES


def test_a_whole_name_is_first_though_longer_ones_have_more(names: NameList) -> None:
    names.show_names(("13", "130", "1300"), np.array([1, 5, 9]), ())
    QTest.keyClicks(names.edit, "13")
    assert listed(names) == ["13", "1300", "130"]


def test_enter_takes_the_first_and_empties_the_line(names: NameList, toggled: list[int]) -> None:
    QTest.keyClick(names.edit, Qt.Key.Key_Return)
    QTest.keyClicks(names.edit, "2142")
    QTest.keyClick(names.edit, Qt.Key.Key_Return)
    assert toggled == [42]
    assert names.edit.text() == ""


def test_down_goes_to_the_names_and_space_takes_one(names: NameList, toggled: list[int]) -> None:
    QTest.keyClicks(names.edit, "2")
    QTest.keyClick(names.edit, Qt.Key.Key_Down)
    assert names.bars.hasFocus()
    QTest.keyClick(names.bars, Qt.Key.Key_Down)
    QTest.keyClick(names.bars, Qt.Key.Key_Space)
    assert toggled == [5]


def test_a_click_takes_the_name_it_hits(names: NameList, toggled: list[int]) -> None:
    QTest.mouseClick(names.bars, Qt.MouseButton.LeftButton, pos=QPoint(100, 60))
    assert toggled == [99]


def test_names_stay_in_place_under_the_hand_that_chooses(
    names: NameList, toggled: list[int]
) -> None:
    """A second click on a line is on the same name, though the chosen ones come first."""
    names.toggled.connect(lambda place: names.show_names(WRITERS, COUNTS, {5, 90, place}))
    before = listed(names)
    spot = QPoint(100, 4 * LINE + 12)
    QTest.mouseClick(names.bars, Qt.MouseButton.LeftButton, pos=spot)
    assert listed(names) == before
    assert names.bars.bars[4].chosen
    QTest.mouseDClick(names.bars, Qt.MouseButton.LeftButton, pos=spot)
    assert toggled == [97, 97]
    names.edit.setFocus()
    names.show_names(WRITERS, COUNTS, {97})
    assert listed(names)[0] == "2197"
