"""What the browser shows, what stays when that changes, and the ways to a digit."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import make_split
from viewer.catalog.columns import FACTS, MARKS
from viewer.catalog.pages import Page, writer_page
from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet, Split
from viewer.errors import UserError
from viewer.gui.browser.browser import Browser
from viewer.gui.theme import dark

ALL = np.arange(85)


def page_of(*positions: int, sections: tuple[tuple[str, int], ...] = ()) -> Page:
    return Page("classes", "Sheet", "some digits", np.array(positions, np.int64), sections)


def watch(browser: Browser) -> list[int]:
    """Return the list that positions told by the browser are added to."""
    told: list[int] = []
    browser.digit_changed.connect(told.append)
    return told


def test_a_new_set_stands_at_its_first_digit(browser: Browser, table: Table) -> None:
    assert browser.table is table
    assert browser.current() == 0
    assert browser.selected().tolist() == [0]
    assert browser.shown().tolist() == ALL.tolist()
    assert browser.controls.count.text() == "85 of 85"


def test_a_result_keeps_the_current_digit_and_the_selection(browser: Browser) -> None:
    browser.go_to("23")
    browser.grid.selection.extend(29)
    told = watch(browser)
    browser.show_result(np.array([70, 28, 23, 3]), 85)
    assert browser.current() == 23
    assert browser.selected().tolist() == [28, 23]
    assert browser.selected_count() == 2
    assert browser.controls.count.text() == "4 of 85"
    browser.show_result(ALL, 85)
    assert browser.selected().tolist() == [23, 28]
    assert told == []


def test_where_the_current_digit_goes_the_next_that_stays_is_current(browser: Browser) -> None:
    told = watch(browser)
    browser.go_to("23")
    browser.show_result(np.array([84, 30, 5, 26]), 85)
    assert browser.current() == 26
    browser.show_result(np.array([84, 30]), 85)
    assert browser.current() == 30
    browser.show_result(np.array([7]), 85)
    assert browser.current() == 7
    assert browser.selected().tolist() == [7]
    assert told == [23, 26, 30, 7]


def test_a_current_digit_in_view_stays_where_it_is_on_the_screen(browser: Browser) -> None:
    browser.go_to("40")
    grid = browser.grid
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().value() + 10)
    top = grid.visualRect(grid.currentIndex()).top()
    browser.show_result(np.arange(20, 85), 85)
    assert browser.current() == 40
    assert grid.visualRect(grid.currentIndex()).top() == top


def test_the_same_result_again_changes_nothing(qtbot: QtBot, browser: Browser) -> None:
    browser.grid.verticalScrollBar().setValue(77)
    with qtbot.assertNotEmitted(browser.selection_changed):
        browser.show_result(ALL.copy(), 85)
    assert browser.grid.verticalScrollBar().value() == 77


def test_no_match_says_so_and_offers_to_clear(qtbot: QtBot, browser: Browser) -> None:
    assert not browser.clear_button.isVisible()
    told = watch(browser)
    browser.show_result(np.empty(0, np.int64), 85)
    assert told == [-1]
    assert browser.current() is None
    assert browser.controls.count.text() == "0 of 85"
    assert browser.clear_button.isVisible()
    with qtbot.waitSignal(browser.clear_wanted):
        QTest.mouseClick(browser.clear_button, Qt.MouseButton.LeftButton)
    browser.show_result(ALL, 85)
    assert not browser.clear_button.isVisible()
    assert told == [-1, 0]


def test_a_digit_of_another_split_is_gone_to(browser: Browser) -> None:
    told = watch(browser)
    browser.go_to("test:13")
    browser.go_to("14")
    browser.go_to(" train : 2 ")
    assert told == [73, 74, 2]
    assert browser.selected().tolist() == [2]


def test_a_hidden_digit_is_gone_to_when_the_filter_lets_it_through(
    qtbot: QtBot, browser: Browser
) -> None:
    browser.show_result(np.array([1, 2, 3]), 85)
    with qtbot.waitSignal(browser.hidden) as hidden:
        browser.go_to("50")
    assert hidden.args == [50]
    assert browser.current() == 1
    browser.show_result(ALL, 85)
    assert browser.current() == 50
    browser.show_result(np.array([1, 2, 3]), 85)
    browser.go_to("50")
    browser.go_to("2")  # a wish given up
    browser.show_result(ALL, 85)
    assert browser.current() == 2


@pytest.mark.parametrize("text", ["60", "-1", "x", "valid:1", "train:", ""])
def test_nonsense_is_refused_and_moves_nothing(qtbot: QtBot, browser: Browser, text: str) -> None:
    browser.go_to("7")
    jump = browser.controls.jump
    jump.setFocus()
    QTest.keyClicks(jump, text)
    with qtbot.waitSignal(browser.refused) as refused:
        QTest.keyClick(jump, Qt.Key.Key_Return)
    assert refused.args is not None
    assert isinstance(refused.args[0], UserError)
    assert browser.current() == 7


def test_the_field_takes_an_index(browser: Browser) -> None:
    jump = browser.controls.jump
    QTest.keyClicks(jump, "test:12")
    QTest.keyClick(jump, Qt.Key.Key_Return)
    assert browser.current() == 72
    assert jump.text() == ""
    assert jump.placeholderText() == "test:12"


def test_a_set_of_nothing_shows_nothing(browser: Browser) -> None:
    told = watch(browser)
    empty = Split("train", np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.uint8))
    browser.go_to("5")
    browser.set_table(Table(DigitSet("Empty", "empty", {"train": empty})))
    assert told == [5, -1]
    assert browser.current() is None
    assert browser.controls.count.text() == "0 of 0"
    assert not browser.clear_button.isVisible()
    browser.set_table(None)
    assert browser.controls.count.text() == ""
    assert not browser.controls.jump.isEnabled()
    with pytest.raises(UserError, match="no set is open"):
        browser.go_to("1")


def test_a_page_stands_above_the_result_and_gives_it_back(qtbot: QtBot, browser: Browser) -> None:
    browser.show_result(np.arange(10, 85), 85)
    browser.go_to("40")
    browser.grid.selection.extend(33)
    selected, scrolled = browser.selected().tolist(), browser.grid.verticalScrollBar().value()
    told = watch(browser)
    page = page_of(3, 50, 4, sections=(("a", 0), ("b", 1)))
    with qtbot.waitSignal(browser.page_changed) as changed:
        browser.show_page(page)
    assert changed.args == [page]
    assert browser.page is page
    assert browser.shown().tolist() == [3, 50, 4]
    assert browser.controls.count.text() == "3 digits"
    assert browser.header.isVisible()
    assert browser.current() == 3
    browser.grid.select_all()
    assert browser.selected().tolist() == [3, 50, 4]
    browser.show_page(page_of(8, 9))
    QTest.keyClick(browser.grid, Qt.Key.Key_Escape)
    assert browser.page is None
    assert not browser.header.isVisible()
    assert browser.current() == 40
    assert browser.selected().tolist() == selected
    assert browser.grid.verticalScrollBar().value() == scrolled
    assert told == [3, 8, 40]


def test_a_result_that_comes_while_a_page_is_shown_waits(browser: Browser) -> None:
    browser.go_to("30")
    browser.show_page(page_of(3, 50))
    browser.show_result(np.array([70, 30, 2]), 85)
    assert browser.shown().tolist() == [3, 50]
    browser.header.back.click()
    assert browser.shown().tolist() == [70, 30, 2]
    assert browser.current() == 30


def test_going_to_a_digit_may_leave_the_page(browser: Browser) -> None:
    browser.show_page(page_of(3, 50))
    browser.go_to("50")
    assert browser.page is not None
    browser.go_to("51")
    assert browser.page is None
    assert browser.current() == 51


def test_a_page_begins_with_its_first_heading(browser: Browser) -> None:
    browser.go_to("40")
    browser.show_page(page_of(*range(80), sections=(("a", 0), ("b", 30))))
    assert browser.grid.verticalScrollBar().value() == 0
    browser.grid.go_to(79)
    QTest.keyClick(browser.grid, Qt.Key.Key_Home)
    assert browser.grid.verticalScrollBar().value() == 0


def test_a_page_of_nothing_offers_no_clearing(browser: Browser) -> None:
    browser.show_page(page_of())
    assert not browser.clear_button.isVisible()
    assert browser.current() is None
    browser.show_page(None)
    assert browser.current() == 0
    browser.show_page(None)
    assert browser.page is None


def test_another_set_ends_the_page(qtbot: QtBot, browser: Browser, table: Table) -> None:
    browser.show_page(page_of(3, 50))
    browser.set_table(table)
    assert browser.page is None
    assert len(browser.shown()) == 85


def test_size_and_theme_change_the_grid(browser: Browser) -> None:
    browser.set_thumbnail_size(56)
    columns = browser.grid.columns()
    browser.set_thumbnail_size(112)
    assert browser.grid.columns() == columns // 2
    browser.set_thumbnail_size(10_000)
    assert browser.controls.size_slider.value() == 168
    browser.set_thumbnail_size(56)
    before = browser.grid.viewport().grab().toImage()
    browser.set_theme(dark())
    assert browser.grid.viewport().grab().toImage() != before


def test_cells_draw_what_was_chosen(qtbot: QtBot, browser: Browser) -> None:
    pictures = [browser.grid.viewport().grab().toImage()]
    for cell in ("skeleton", "strokes"):
        with qtbot.waitSignals([browser.switch_changed] * 3):
            browser.set_cell(cell)
        assert browser.cell == cell
        qtbot.waitUntil(
            lambda: browser.grid.viewport().grab().toImage() not in pictures, timeout=20_000
        )
        pictures.append(browser.grid.viewport().grab().toImage())
    with pytest.raises(ValueError, match="not photograph"):
        browser.set_cell("photograph")
    browser.controls.cell_chosen.emit("source")
    assert browser.grid.viewport().grab().toImage() == pictures[0]


def test_captions_are_columns_that_may_come_later(browser: Browser, table: Table) -> None:
    plain = browser.grid.visualRect(browser.model.index(0, 0)).height()
    browser.set_caption("strokes")
    assert browser.caption == "strokes"
    assert browser.controls.caption_choice.currentText() == "Strokes"
    assert browser.grid.visualRect(browser.model.index(0, 0)).height() > plain
    before = browser.grid.viewport().grab().toImage()
    table.add(FACTS[0], np.full(85, 3, np.uint8))
    browser.columns_changed()
    assert browser.grid.viewport().grab().toImage() != before
    browser.set_caption("")
    assert browser.grid.visualRect(browser.model.index(0, 0)).height() == plain


def test_captions_are_gone_through_in_turn(browser: Browser) -> None:
    seen = []
    for _step in browser.controls.captions():
        browser.change_caption(1)
        seen.append(browser.caption)
    assert seen == ["split", "index", "class", "writer", ""]
    browser.change_caption(-1)
    assert browser.caption == "writer"


def test_marks_are_drawn_when_they_change(browser: Browser, table: Table) -> None:
    table.add(MARKS[0], np.zeros(85, np.bool_))
    before = browser.grid.viewport().grab().toImage()
    table.values("favourite")[1] = True
    browser.marks_changed()
    assert browser.grid.viewport().grab().toImage() != before


def test_the_writer_of_the_current_digit_is_shown(qtbot: QtBot, browser: Browser) -> None:
    browser.go_to("5")
    with qtbot.waitSignal(browser.page_changed) as changed:
        browser.show_writer()
    assert changed.args is not None
    assert changed.args[0].title == "Writer 2105"
    assert browser.shown().tolist() == [5, 65]
    with qtbot.waitSignal(browser.page_changed):
        browser.header.next.click()
    assert browser.shown().tolist() == [6, 66]
    with qtbot.waitSignal(browser.page_changed):
        browser.turn_page(-1)
    assert browser.header.title.text() == "Writer 2105"


def test_other_pages_are_made_of_the_filter_s_digits(
    qtbot: QtBot, browser: Browser, table: Table
) -> None:
    browser.show_result(np.arange(0, 85, 5), 85)
    with qtbot.waitSignal(browser.page_changed):
        browser.show_classes()
    assert browser.page is not None
    assert [title for title, _row in browser.page.sections] == ["Class 0   9", "Class 5   8"]
    table.add(FACTS[-1], np.arange(85, dtype=np.float32))
    with qtbot.waitSignal(browser.page_changed):
        browser.show_odd()
    assert browser.shown().tolist()[0] == 80
    table.add(FACTS[0], np.ones(85, np.uint8))
    table.shapes = np.zeros((85, 100), np.uint8)
    with qtbot.waitSignal(browser.page_changed):
        browser.show_similar()
    assert browser.header.title.text() == "Like test:20"


def test_a_page_that_cannot_be_made_is_refused(qtbot: QtBot, browser: Browser) -> None:
    with qtbot.waitSignal(browser.refused) as refused:
        browser.show_similar()
    assert refused.args is not None
    assert isinstance(refused.args[0], UserError)
    assert browser.page is None


def test_400_000_digits_are_filtered_and_selected(qtbot: QtBot, browser: Browser) -> None:
    many = Table(DigitSet("Bars", "bars", {"train": make_split("train", 400_000, side=9)}))
    browser.set_table(many)
    browser.grid.select_all()
    assert browser.selected_count() == 400_000
    browser.show_result(np.arange(399_999, 0, -2), 400_000)
    assert browser.selected_count() == 200_000
    browser.show_page(writer_page(many, 2100))
    browser.show_page(None)
    assert browser.selected_count() == 200_000
