"""Bars of values: what a click and the keys do, and what is painted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from viewer.gui.filter.bars import LINE, Bar, BarList
from viewer.gui.theme import dark, light


@pytest.fixture
def bars(qtbot: QtBot) -> BarList:
    made = BarList(light(), "Strokes")
    qtbot.addWidget(made)
    made.show_bars([Bar("1", 600), Bar("2", 300, chosen=True), Bar("3", 0)])
    made.resize(240, made.sizeHint().height())
    made.show()
    return made


@pytest.fixture
def toggled(bars: BarList) -> list[int]:
    seen: list[int] = []
    bars.toggled.connect(seen.append)
    return seen


def colored(image: QImage, color: str, top: int, bottom: int) -> int:
    """Return how many pixels between two heights have a colour."""
    wanted = QColor(color).rgb()
    return sum(
        image.pixel(x, y) == wanted for y in range(top, bottom) for x in range(image.width())
    )


def test_a_click_toggles_the_line_it_hits(bars: BarList, toggled: list[int]) -> None:
    for y in (2, LINE + 12, 3 * LINE - 1):
        QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(150, y))
    QTest.mouseClick(bars, Qt.MouseButton.RightButton, pos=QPoint(150, 2))
    assert toggled == [0, 1, 2]
    assert bars.current == 2


def test_a_double_click_toggles_twice(bars: BarList, toggled: list[int]) -> None:
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(9, 9))
    QTest.mouseDClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(9, 9))
    assert toggled == [0, 0]


def test_the_keys_go_to_a_line_and_toggle_it(bars: BarList, toggled: list[int]) -> None:
    bars.setFocus()
    for key in ("Down", "Down", "Down", "Space", "Up", "Return", "Home", "Space", "End", "Up"):
        QTest.keyClick(bars, getattr(Qt.Key, f"Key_{key}"))
    assert toggled == [2, 1, 0]
    assert bars.current == 1
    assert bars.accessibleDescription() == "2: 300 digits, chosen"


def test_other_lines_keep_the_current_one_among_them(bars: BarList) -> None:
    bars.setFocus()
    QTest.keyClick(bars, Qt.Key.Key_End)
    bars.show_bars([Bar("0", 1)])
    assert bars.current == 0
    assert bars.sizeHint().height() == LINE
    assert bars.accessibleDescription() == "0: 1 digit"
    bars.show_bars([])
    QTest.keyClick(bars, Qt.Key.Key_Space)
    assert bars.accessibleDescription() == ""


def test_bars_are_as_long_as_their_counts_and_the_chosen_one_in_accent(bars: BarList) -> None:
    theme = light()
    bars.clearFocus()
    image = bars.grab().toImage()
    accent = colored(image, theme.accent, LINE, 2 * LINE)
    assert accent > 300
    assert colored(image, theme.accent, 0, LINE) == 0
    assert colored(image, theme.accent, 2 * LINE, 3 * LINE) == 0
    bars.show_bars([Bar("1", 600), Bar("2", 600, chosen=True), Bar("3", 0)])
    longer = colored(bars.grab().toImage(), theme.accent, LINE, 2 * LINE)
    assert 1.8 < longer / accent < 2.2


def test_a_theme_changes_the_colours(bars: BarList) -> None:
    bars.set_theme(dark())
    assert colored(bars.grab().toImage(), dark().accent, LINE, 2 * LINE) > 300


def test_long_labels_leave_room_for_bar_and_count(bars: BarList) -> None:
    bars.show_bars([Bar("an uncommonly long name of a class of things", 5, chosen=True)])
    bars.resize(200, LINE)
    image = bars.grab().toImage()
    assert colored(image.copy(110, 0, 90, LINE), light().accent, 8, 16) > 200
