"""The facet bar: clicks become queries, answers become counts."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import make_split
from viewer.catalog.columns import FACTS
from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet
from viewer.gui.actions import check
from viewer.gui.filter.bars import LINE, BarList
from viewer.gui.filter.facet_bar import FacetBar
from viewer.gui.filter.filter import Filter
from viewer.gui.filter.histogram import Histogram
from viewer.gui.filter.name_list import NameList
from viewer.gui.theme import dark, light

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(qtbot: QtBot, digits: Filter, table: Table) -> FacetBar:
    made = FacetBar(digits, light())
    qtbot.addWidget(made)
    made.resize(240, 900)
    made.show()
    made.activateWindow()
    digits.set_table(table)
    settle(qtbot, digits)
    return made


def settle(qtbot: QtBot, digits: Filter) -> None:
    qtbot.waitUntil(lambda: not digits.busy)


def body(bar: FacetBar, name: str) -> BarList:
    found = bar.sections[name].body
    assert isinstance(found, BarList)
    return found


def click(bar: FacetBar, name: str, place: int) -> None:
    QTest.mouseClick(body(bar, name), LEFT, pos=QPoint(60, place * LINE + 12))


def counts(bar: FacetBar, name: str) -> list[int]:
    return [line.count for line in body(bar, name).bars]


def chosen(bar: FacetBar, name: str) -> list[str]:
    return [line.label for line in body(bar, name).bars if line.chosen]


def test_there_is_a_facet_for_all_that_parts_the_digits(bar: FacetBar) -> None:
    names = list(bar.sections)
    assert names[:5] == ["split", "class", "strokes", "loops", "writer"]
    assert {"points", "loops", "favourite", "colour", "noted"} <= set(names)
    assert "index" not in names
    assert counts(bar, "split") == [60, 25]
    assert counts(bar, "class") == [9, 9, 9, 9, 9, 8, 8, 8, 8, 8]


def test_values_of_a_facet_add_up_and_facets_narrow(
    qtbot: QtBot, bar: FacetBar, digits: Filter
) -> None:
    click(bar, "class", 7)
    click(bar, "class", 3)
    assert digits.text == "class=3,7"
    assert chosen(bar, "class") == ["3", "7"]
    assert bar.sections["class"].header.choice == "3, 7"
    click(bar, "split", 1)
    settle(qtbot, digits)
    assert digits.text == "class=3,7 & split=test"
    assert counts(bar, "class") == [3, 3, 3, 3, 3, 2, 2, 2, 2, 2]
    assert counts(bar, "split") == [12, 5]
    click(bar, "class", 7)
    click(bar, "class", 3)
    settle(qtbot, digits)
    assert digits.text == "split=test"


def test_fast_clicks_all_count(qtbot: QtBot, bar: FacetBar, digits: Filter) -> None:
    """A click builds on the clicks before it, though their answers are not there yet."""
    for place in range(10):
        click(bar, "class", place)
    assert digits.text == "class=0,1,2,3,4,5,6,7,8,9"
    assert bar.sections["class"].header.choice == "10 chosen"
    settle(qtbot, digits)


def test_the_query_that_was_typed_shows_in_the_facets(
    qtbot: QtBot, bar: FacetBar, digits: Filter
) -> None:
    digits.set_text("(class=1 | points>90) & strokes in (2..3)")
    settle(qtbot, digits)
    assert chosen(bar, "class") == []
    assert chosen(bar, "strokes") == ["2", "3"]
    assert bar.sections["strokes"].header.choice == "2..3"
    QTest.mouseClick(bar.sections["strokes"].clear_button, LEFT)
    assert digits.text == "class=1 | points>90"
    assert bar.sections["strokes"].clear_button.isHidden()


def test_a_range_is_dragged_in_a_histogram(qtbot: QtBot, bar: FacetBar, digits: Filter) -> None:
    QTest.mouseClick(bar.sections["points"].header, LEFT)
    settle(qtbot, digits)
    plot = bar.sections["points"].body
    assert isinstance(plot, Histogram)
    assert sum(line.count for line in plot.bars) == 80
    places = [plot.box(place).center().toPoint() for place in (0, 4)]
    QTest.mousePress(plot, LEFT, pos=places[0])
    QTest.mouseMove(plot, places[1])
    settle(qtbot, digits)
    assert digits.text.startswith("points=20..")
    assert sum(counts(bar, "split")) < 80
    QTest.mouseRelease(plot, LEFT, pos=places[1])
    settle(qtbot, digits)
    assert [line.chosen for line in plot.bars[:6]] == [True] * 5 + [False]
    in_range = sum(line.count for line in plot.bars[:5])
    assert sum(counts(bar, "split")) == in_range
    QTest.mouseClick(plot, LEFT, pos=places[0])
    QTest.mouseClick(plot, LEFT, pos=places[0])
    assert digits.text == ""
    settle(qtbot, digits)


def test_a_writer_is_found_by_typing(qtbot: QtBot, bar: FacetBar, digits: Filter) -> None:
    names = bar.sections["writer"].body
    assert isinstance(names, NameList)
    QTest.keyClicks(names.edit, "2113")
    QTest.keyClick(names.edit, Qt.Key.Key_Return)
    settle(qtbot, digits)
    assert digits.text == "writer=2113"
    assert names.bars.bars[0].label == "2113"
    assert names.bars.bars[0].chosen


def test_the_keys_reach_a_facet_and_choose(qtbot: QtBot, bar: FacetBar, digits: Filter) -> None:
    check(bar.actions_table())[0].slot()
    header = bar.sections["split"].header
    assert header.hasFocus()
    QTest.keyClick(header, Qt.Key.Key_Tab)
    assert body(bar, "split").hasFocus()
    QTest.keyClick(body(bar, "split"), Qt.Key.Key_Down)
    QTest.keyClick(body(bar, "split"), Qt.Key.Key_Space)
    assert digits.text == "split=test"
    QTest.keyClick(header, Qt.Key.Key_Return)
    assert not bar.sections["split"].unfolded
    assert not body(bar, "split").isVisible()
    settle(qtbot, digits)


def test_tab_goes_through_the_facets_from_above(
    qtbot: QtBot, bar: FacetBar, digits: Filter
) -> None:
    names = bar.sections["writer"].body
    assert isinstance(names, NameList)
    bar.sections["strokes"].header.setFocus()
    loops, writer = bar.sections["loops"].header, bar.sections["writer"].header
    for wanted in (body(bar, "strokes"), loops, writer, names.edit, names.bars):
        QTest.keyClick(bar.window().focusWidget(), Qt.Key.Key_Tab)
        assert wanted.hasFocus()


def test_its_keys_are_kept_from_the_menus_and_no_others(
    qtbot: QtBot, bar: FacetBar, digits: Filter
) -> None:
    pressed: list[str] = []
    for key in ("Space", "Down", "Left", "F"):
        QShortcut(QKeySequence(key), bar).activated.connect(lambda key=key: pressed.append(key))
    bars = body(bar, "class")
    bars.setFocus()
    for code in (Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_F):
        QTest.keyClick(bars, code)
    assert pressed == ["Left", "F"]
    assert digits.text == "class=1"
    QTest.keyClick(bar.sections["class"].header, Qt.Key.Key_Space)
    assert pressed == ["Left", "F"]
    assert not bar.sections["class"].unfolded
    settle(qtbot, digits)


def test_only_unfolded_facets_are_counted(qtbot: QtBot, bar: FacetBar, digits: Filter) -> None:
    bar.unfold_all(on=False)
    bar.sections["colour"].set_unfolded(True)
    settle(qtbot, digits)
    with qtbot.waitSignal(digits.answered) as caught:
        digits.set_text("class=1")
    assert set(caught.args[0].counts) == {"colour"}
    assert counts(bar, "colour") == [0, 9, 0]


def test_what_is_unfolded_is_remembered(
    qtbot: QtBot, bar: FacetBar, digits: Filter, table: Table
) -> None:
    bar.restore_state("points,class,long gone")
    unfolded = [name for name, section in bar.sections.items() if section.unfolded]
    assert unfolded == ["class", "points"]
    settle(qtbot, digits)
    assert bar.sections["points"].body is not None
    state = bar.save_state()
    bar.unfold_all(on=False)
    folded = bar.save_state()
    other = FacetBar(digits, light())
    qtbot.addWidget(other)
    other.restore_state(folded)
    assert not any(section.unfolded for section in other.sections.values())
    other.restore_state(state)
    assert [name for name, one in other.sections.items() if one.unfolded] == ["class", "points"]
    other.restore_state("")
    assert other.sections["split"].unfolded
    settle(qtbot, digits)


def test_facts_are_said_to_be_unknown_until_they_come(
    qtbot: QtBot, bar: FacetBar, digits: Filter, table: Table
) -> None:
    section = bar.sections["loops"]
    assert section.remark.isVisible()
    assert section.body is None
    loops = next(column for column in FACTS if column.name == "loops")
    table.fill(loops, 0, np.array([0, 1, 1], np.uint8))
    digits.refresh()
    settle(qtbot, digits)
    assert section.remark.isHidden()
    assert counts(bar, "loops") == [1, 2]


def test_another_table_has_its_own_facets(qtbot: QtBot, bar: FacetBar, digits: Filter) -> None:
    digits.set_table(Table(DigitSet("Bars", "bars", {"train": make_split("train", 10)})))
    settle(qtbot, digits)
    assert "split" not in bar.sections
    assert "favourite" in bar.sections
    assert counts(bar, "class") == [1] * 10
    digits.set_table(None)
    assert bar.sections == {}


def test_clearing_all_and_another_theme(qtbot: QtBot, bar: FacetBar, digits: Filter) -> None:
    button = bar._clear
    assert not button.isEnabled()
    click(bar, "class", 0)
    QTest.mouseClick(button, LEFT)
    assert digits.text == ""
    assert not button.isEnabled()
    before = bar.grab().toImage()
    bar.set_theme(dark())
    assert bar.grab().toImage() != before
    settle(qtbot, digits)
