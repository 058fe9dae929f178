"""The histogram: clicks, dragged ranges, keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from viewer.gui.filter.bars import Bar
from viewer.gui.filter.histogram import PLOT, Histogram
from viewer.gui.theme import dark, light

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def histogram(qtbot: QtBot) -> Histogram:
    made = Histogram(light(), "Points")
    qtbot.addWidget(made)
    made.resize(216, made.sizeHint().height())
    made.show_bars([Bar(f"{10 * i}..{10 * i + 9}", 5 * i) for i in range(10)], "0", "99 px")
    made.show()
    return made


@pytest.fixture
def said(histogram: Histogram) -> list[tuple[int, int] | None]:
    seen: list[tuple[int, int] | None] = []
    histogram.picked.connect(lambda first, last: seen.append((first, last)))
    histogram.cleared.connect(lambda: seen.append(None))
    return seen


def at(histogram: Histogram, place: int) -> QPoint:
    return histogram.box(place).center().toPoint()


def choose(histogram: Histogram, first: int, last: int) -> None:
    bars = [Bar(bar.label, bar.count, first <= i <= last) for i, bar in enumerate(histogram.bars)]
    histogram.show_bars(bars, "0", "99 px")


def test_a_click_picks_a_bar_and_a_second_one_clears(
    histogram: Histogram, said: list[tuple[int, int] | None]
) -> None:
    QTest.mouseClick(histogram, LEFT, pos=at(histogram, 3))
    assert said == [(3, 3)]
    choose(histogram, 3, 3)
    QTest.mouseClick(histogram, LEFT, pos=at(histogram, 3))
    choose(histogram, 2, 5)
    QTest.mouseClick(histogram, LEFT, pos=at(histogram, 3))
    assert said == [(3, 3), None, (3, 3)]


def test_a_drag_picks_a_range_as_it_grows(
    histogram: Histogram, said: list[tuple[int, int] | None]
) -> None:
    QTest.mousePress(histogram, LEFT, pos=at(histogram, 5))
    for place in (4, 4, 2, 0):
        QTest.mouseMove(histogram, at(histogram, place))
    assert said == [(4, 5), (2, 5), (0, 5)]
    QTest.mouseMove(histogram, QPoint(900, 5))
    QTest.mouseRelease(histogram, LEFT, pos=QPoint(900, 5))
    assert said[3:] == [(5, 9), (5, 9)]
    QTest.mouseMove(histogram, at(histogram, 1))
    assert len(said) == 5


def test_a_drag_back_to_its_start_is_one_bar(
    histogram: Histogram, said: list[tuple[int, int] | None]
) -> None:
    QTest.mousePress(histogram, LEFT, pos=at(histogram, 5))
    QTest.mouseMove(histogram, at(histogram, 7))
    QTest.mouseMove(histogram, at(histogram, 5))
    QTest.mouseRelease(histogram, LEFT, pos=at(histogram, 5))
    assert said == [(5, 7), (5, 5), (5, 5)]


def test_the_keys_pick_bars_and_ranges(
    histogram: Histogram, said: list[tuple[int, int] | None]
) -> None:
    histogram.setFocus()
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(histogram, Qt.Key.Key_End)
    QTest.keyClick(histogram, Qt.Key.Key_Left)
    QTest.keyClick(histogram, Qt.Key.Key_Space)
    QTest.keyClick(histogram, Qt.Key.Key_Left, shift)
    QTest.keyClick(histogram, Qt.Key.Key_Left, shift)
    QTest.keyClick(histogram, Qt.Key.Key_Home)
    QTest.keyClick(histogram, Qt.Key.Key_Right, shift)
    assert said == [(8, 8), (7, 8), (6, 8), (0, 1)]
    assert histogram.accessibleDescription() == "10..19: 5 digits"


def test_the_highest_bar_fills_the_plot_and_the_chosen_are_underlined(
    histogram: Histogram,
) -> None:
    choose(histogram, 8, 9)
    image = histogram.grab().toImage()
    accent = QColor(light().accent)
    highest, lower, other = (at(histogram, place).x() for place in (9, 8, 4))
    assert image.pixelColor(highest, 5) == accent
    assert image.pixelColor(lower, 5) != accent
    assert image.pixelColor(lower, PLOT - 4) == accent
    assert image.pixelColor(lower, PLOT + 4) == accent
    assert image.pixelColor(other, PLOT + 4) != accent


def test_without_bars_nothing_is_picked(
    histogram: Histogram, said: list[tuple[int, int] | None]
) -> None:
    histogram.show_bars([], "", "")
    histogram.set_theme(dark())
    QTest.mouseClick(histogram, LEFT, pos=QPoint(50, 20))
    QTest.keyClick(histogram, Qt.Key.Key_Space)
    assert not histogram.grab().isNull()
    assert said == []
