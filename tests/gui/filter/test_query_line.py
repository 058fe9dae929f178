"""The query line, typed into as a user does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from viewer.catalog.table import Table
from viewer.errors import UserError
from viewer.gui.actions import check
from viewer.gui.filter.filter import Filter
from viewer.gui.filter.hints import LINE
from viewer.gui.filter.query_line import COMPLAINT, QueryLine
from viewer.gui.filter.saved_filters import SavedFilters
from viewer.gui.settings import Settings
from viewer.gui.theme import dark, light

Key = Qt.Key


@pytest.fixture
def settings() -> Settings:
    return Settings(None)


@pytest.fixture
def line(qtbot: QtBot, digits: Filter, table: Table, settings: Settings) -> Iterator[QueryLine]:
    """Make a line over the table, in a window with another widget below it."""
    window = QWidget()
    qtbot.addWidget(window)
    made = QueryLine(digits, settings, light())
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addWidget(QLineEdit())
    column.addStretch(1)
    window.resize(700, 500)
    window.show()
    window.activateWindow()
    with qtbot.waitSignal(digits.answered):
        digits.set_table(table)
    made.edit.setFocus()
    yield made
    window.close()


def settle(qtbot: QtBot, line: QueryLine, digits: Filter) -> None:
    qtbot.waitUntil(lambda: digits.text == line.edit.text() and not digits.busy)


def hints(line: QueryLine) -> list[str]:
    return [one.text for one in line.edit.hints.completions]


def test_typing_filters_after_a_moment(qtbot: QtBot, line: QueryLine, digits: Filter) -> None:
    QTest.keyClicks(line.edit, "class=7")
    assert digits.text == ""
    settle(qtbot, line, digits)
    assert digits.text == "class=7"


def test_enter_filters_at_once(qtbot: QtBot, line: QueryLine, digits: Filter) -> None:
    QTest.keyClicks(line.edit, "strokes>2")
    QTest.keyClick(line.edit, Key.Key_Return)
    assert digits.text == "strokes>2"
    assert not line.edit.hints.isVisible()
    settle(qtbot, line, digits)


def test_completions_are_offered_and_taken_with_tab(line: QueryLine) -> None:
    QTest.keyClicks(line.edit, "cla")
    assert hints(line) == ["class"]
    QTest.keyClick(line.edit, Key.Key_Tab)
    assert line.edit.text() == "class"
    assert "=" in hints(line)
    QTest.keyClicks(line.edit, "=7 & fav")
    QTest.keyClick(line.edit, Key.Key_Tab)
    assert line.edit.text() == "class=7 & favourite"
    assert line.edit.hasFocus()


def test_the_arrows_choose_a_completion_and_enter_takes_it(line: QueryLine) -> None:
    QTest.keyClicks(line.edit, "colour=")
    assert hints(line) == ["none", "red", "green"]
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Return):
        QTest.keyClick(line.edit, key)
    assert line.edit.text() == "colour=red"
    QTest.keyClicks(line.edit, ",")
    QTest.keyClick(line.edit, Key.Key_Up)
    assert line.edit.hints.chosen() is not None
    QTest.keyClick(line.edit, Key.Key_Down)
    assert line.edit.hints.chosen() is None


def test_a_click_takes_a_completion(qtbot: QtBot, line: QueryLine) -> None:
    QTest.keyClicks(line.edit, "colour=")
    QTest.mouseClick(
        line.edit.hints.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, 2 * LINE + 8)
    )
    assert line.edit.text() == "colour=green"
    assert line.edit.hasFocus()


def test_everything_there_is_to_ask_for_is_listed_on_request(line: QueryLine) -> None:
    assert hints(line) == []
    QTest.keyClick(line.edit, Key.Key_Down)
    assert {"class", "writer", "strokes", "unusual", "noted"} <= set(hints(line))
    QTest.keyClick(line.edit, Key.Key_Escape)
    assert hints(line) == []
    QTest.keyClick(line.edit, Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert "split" in hints(line)
    bottom = line.edit.hints.geometry().bottom()
    assert bottom < line.window().height()


def test_escape_hides_the_hints_and_then_leaves(qtbot: QtBot, line: QueryLine) -> None:
    QTest.keyClicks(line.edit, "cl")
    with qtbot.assertNotEmitted(line.left):
        QTest.keyClick(line.edit, Key.Key_Escape)
    assert line.edit.hasFocus()
    with qtbot.waitSignal(line.left):
        QTest.keyClick(line.edit, Key.Key_Escape)
    assert not line.edit.hasFocus()
    assert line.edit.text() == "cl"


def test_an_error_is_marked_where_it_is_once_typing_rests(
    qtbot: QtBot, line: QueryLine, digits: Filter
) -> None:
    QTest.keyClicks(line.edit, "class=7 & wrter=12")
    settle(qtbot, line, digits)
    assert digits.error is not None
    assert line.edit.mark is None
    qtbot.waitUntil(lambda: line.edit.mark == (10, 15))
    assert "writer?" in line.edit.hints.message.text()
    assert line.edit.hints.message.isVisible()
    assert "writer?" in line.edit.toolTip()
    QTest.keyClick(line.edit, Key.Key_Backspace)
    assert line.edit.mark is None
    assert line.edit.hints.message.isHidden()


def test_half_a_clause_is_no_error_while_its_values_are_on_offer(
    qtbot: QtBot, line: QueryLine
) -> None:
    QTest.keyClicks(line.edit, "colour=")
    QTest.keyClick(line.edit, Key.Key_Down)
    qtbot.wait(COMPLAINT + 100)
    assert line.edit.mark is None
    assert line.edit.hints.chosen() is not None
    for key in (Key.Key_Escape, Key.Key_Return):
        QTest.keyClick(line.edit, key)
    assert line.edit.mark == (7, 7)


def test_a_waved_line_is_painted_below_the_error(line: QueryLine) -> None:
    def red(left: int, right: int) -> int:
        image = line.edit.grab().toImage()
        error = QColor(light().error)
        pixels = (image.pixelColor(x, y) for x in range(left, right) for y in range(image.height()))
        return sum(
            abs(one.red() - error.red()) + abs(one.blue() - error.blue()) < 60 for one in pixels
        )

    QTest.keyClicks(line.edit, "class=7 & wrter=12")
    QTest.keyClick(line.edit, Key.Key_Return)
    metrics = line.edit.fontMetrics()
    start = line.edit.cursorRect().left() + 5 - metrics.horizontalAdvance("wrter=12")
    end = start + metrics.horizontalAdvance("wrter")
    assert red(start, end) > 10
    assert red(0, start - 3) == red(end + 5, line.edit.width()) == 0


def test_a_missing_end_is_marked_too(line: QueryLine) -> None:
    QTest.keyClicks(line.edit, "class=7 & ")
    QTest.keyClick(line.edit, Key.Key_Return)
    assert line.edit.mark is not None
    start, end = line.edit.mark
    assert start == end >= 9
    line.edit.grab()


def test_what_is_fine_again_is_not_marked(qtbot: QtBot, line: QueryLine, digits: Filter) -> None:
    QTest.keyClicks(line.edit, "class=x")
    QTest.keyClick(line.edit, Key.Key_Return)
    assert line.edit.mark == (6, 7)
    QTest.keyClick(line.edit, Key.Key_Backspace)
    QTest.keyClicks(line.edit, "7")
    QTest.keyClick(line.edit, Key.Key_Return)
    settle(qtbot, line, digits)
    assert line.edit.mark is None
    assert "such as" in line.edit.toolTip()


def test_a_query_from_elsewhere_is_shown_with_its_error(line: QueryLine, digits: Filter) -> None:
    digits.set_text("class=3")
    assert line.edit.text() == "class=3"
    line.edit.clearFocus()
    digits.set_text("class=")
    assert line.edit.mark == (6, 6)
    assert not line.edit.hints.isVisible()


def test_going_away_applies_what_was_typed(qtbot: QtBot, line: QueryLine, digits: Filter) -> None:
    QTest.keyClicks(line.edit, "class=3")
    QTest.keyClick(line.edit, Key.Key_Tab)
    assert not line.edit.hasFocus()
    assert digits.text == "class=3"


def test_clearing_shows_everything(qtbot: QtBot, line: QueryLine, digits: Filter) -> None:
    assert line.clear_action not in line.edit.actions()
    QTest.keyClicks(line.edit, "class=3")
    QTest.keyClick(line.edit, Key.Key_Return)
    settle(qtbot, line, digits)
    assert line.clear_action in line.edit.actions()
    line.clear_action.trigger()
    settle(qtbot, line, digits)
    assert line.edit.text() == ""
    assert digits.text == ""
    assert line.clear_action not in line.edit.actions()


def test_without_a_set_nothing_can_be_typed(line: QueryLine, digits: Filter) -> None:
    digits.set_table(None)
    assert not line.edit.isEnabled()
    line.set_theme(dark())
    assert not line.grab().isNull()


def test_the_keys_of_the_line_are_free_of_each_other(line: QueryLine) -> None:
    specs = {spec.name: spec for spec in check(line.actions_table())}
    line.edit.setText("class=3")
    line.edit.clearFocus()
    specs["query"].slot()
    assert line.edit.hasFocus()
    assert line.edit.selectedText() == "class=3"
    specs["clear-query"].slot()
    assert line.edit.text() == ""


def menu_of(line: QueryLine) -> QMenu:
    """Open the menu of saved filters with a click."""
    QTest.mouseClick(line.saved, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def entry(menu: QMenu, start: str) -> QAction:
    return next(one for one in menu.actions() if one.text().replace("&", "").startswith(start))


def answer_dialog(line: QueryLine, name: str) -> None:
    """Type a name into the dialog and press Enter."""
    dialog = line.window().findChildren(QInputDialog)[-1]
    field = dialog.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    QTest.keyClicks(field, name)
    QTest.keyClick(field, Key.Key_Return)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_filter_is_saved_used_renamed_and_deleted(
    qtbot: QtBot, line: QueryLine, digits: Filter, settings: Settings
) -> None:
    QTest.keyClicks(line.edit, "class=7")
    QTest.keyClick(line.edit, Key.Key_Return)
    menu = menu_of(line)
    entry(menu, "Save").trigger()
    menu.close()
    answer_dialog(line, "Sevens & more")
    line.clear()
    menu = menu_of(line)
    assert menu.actions()[0].text() == "Sevens && more"
    assert menu.actions()[0].toolTip() == "class=7"
    assert not entry(menu, "Save").isEnabled()
    menu.actions()[0].trigger()
    menu.close()
    assert digits.text == line.edit.text() == "class=7"
    part = entry(menu_of(line), "Rename").menu()
    assert isinstance(part, QMenu)
    part.actions()[0].trigger()
    part.close()
    answer_dialog(line, "Only sevens")
    saved = SavedFilters(settings)
    assert saved.names() == ["Only sevens"]
    part = entry(menu_of(line), "Delete").menu()
    assert isinstance(part, QMenu)
    part.actions()[0].trigger()
    part.close()
    assert saved.names() == []
    settle(qtbot, line, digits)


def test_a_filter_that_cannot_be_saved_is_told(qtbot: QtBot, line: QueryLine) -> None:
    with qtbot.waitSignal(line.troubled) as caught:
        line.saved.ask_name()
    assert isinstance(caught.args[0], UserError)
    line.edit.setText("class=1")
    line.apply()
    line.saved.ask_name()
    with qtbot.waitSignal(line.troubled) as caught:
        answer_dialog(line, " ")
    assert "needs a name" in str(caught.args[0])


def test_a_defect_while_answering_is_passed_on(
    qtbot: QtBot, line: QueryLine, digits: Filter
) -> None:
    with qtbot.waitSignal(line.troubled) as caught:
        digits.refused.emit(MemoryError("no room"))
    assert isinstance(caught.args[0], MemoryError)
    assert line.edit.mark is None
