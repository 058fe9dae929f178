"""The choice of an order."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from viewer.catalog.table import Table
from viewer.gui.actions import check
from viewer.gui.filter.filter import Filter
from viewer.gui.filter.order_choice import OrderChoice
from viewer.gui.theme import dark, light


@pytest.fixture
def choice(qtbot: QtBot, digits: Filter, table: Table) -> OrderChoice:
    made = OrderChoice(digits, light())
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(digits.answered):
        digits.set_table(table)
    return made


@pytest.fixture(autouse=True)
def _settled(qtbot: QtBot, digits: Filter) -> object:
    yield
    qtbot.waitUntil(lambda: not digits.busy)


def choose(choice: OrderChoice, title: str) -> None:
    """Pick an entry of the list with the keys."""
    choice.columns.setFocus()
    while choice.columns.currentText() != title:
        before = choice.columns.currentIndex()
        QTest.keyClick(choice.columns, Qt.Key.Key_Down)
        assert choice.columns.currentIndex() != before


def test_all_that_can_be_known_may_be_sorted_by(choice: OrderChoice) -> None:
    titles = [choice.columns.itemText(i) for i in range(choice.columns.count())]
    assert titles[0] == "As in the set"
    assert titles[-1] == "Shuffled"
    assert {"Class", "Index", "Writer", "Unusual", "Favourite"} <= set(titles)
    assert len(titles) == len(set(titles))


def test_a_column_is_sorted_by_and_turned_round(choice: OrderChoice, digits: Filter) -> None:
    assert not choice.turn.isEnabled()
    choose(choice, "Class")
    assert digits.order == "class"
    QTest.mouseClick(choice.turn, Qt.MouseButton.LeftButton)
    assert digits.order == "-class"
    assert choice.turn.accessibleName() == "Largest first"
    choice.act()
    assert digits.order == "class"
    digits.set_order("")
    choice.act()
    assert digits.order == ""
    assert choice.columns.currentIndex() == 0


def test_a_shuffle_has_a_seed_that_can_be_written(choice: OrderChoice, digits: Filter) -> None:
    assert choice.seed.isHidden()
    specs = {spec.name: spec for spec in check(choice.actions_table())}
    specs["shuffle"].slot()
    first = digits.order
    assert first == f"shuffle:{choice.seed.value()}"
    assert choice.seed.isVisible()
    QTest.mouseClick(choice.turn, Qt.MouseButton.LeftButton)
    assert digits.order.startswith("shuffle:")
    assert digits.order != first
    choice.seed.selectAll()
    QTest.keyClicks(choice.seed, "77")
    QTest.keyClick(choice.seed, Qt.Key.Key_Return)
    assert digits.order == "shuffle:77"
    digits.set_order("writer")
    assert choice.seed.isHidden()


def test_an_order_from_elsewhere_is_shown(choice: OrderChoice, digits: Filter) -> None:
    digits.set_order("-unusual")
    assert choice.columns.currentText() == "Unusual"
    assert choice.turn.accessibleName() == "Largest first"
    digits.set_order("shuffle:12")
    assert choice.columns.currentText() == "Shuffled"
    assert choice.seed.value() == 12


def test_without_a_set_there_is_nothing_to_sort(choice: OrderChoice, digits: Filter) -> None:
    digits.set_table(None)
    assert not choice.isEnabled()
    choice.set_theme(dark())
    assert not choice.grab().isNull()
