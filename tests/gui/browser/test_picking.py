"""Selecting by mouse and keys, as file managers do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from viewer.gui.browser.browser import Browser
from viewer.gui.browser.grid import ThumbnailGrid

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def grid(browser: Browser) -> ThumbnailGrid:
    """Return a grid of 85 digits in 5 columns, of which five lines are in view."""
    browser.resize(5 * 64 + 30, 400)
    assert browser.grid.columns() == 5
    assert 5 * 64 <= browser.grid.viewport().height() < 6 * 64
    return browser.grid


def middle(grid: ThumbnailGrid, row: int) -> QPoint:
    return grid.visualRect(grid.model().index(row, 0)).center()


def click(
    grid: ThumbnailGrid,
    row: int,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    QTest.mouseClick(grid.viewport(), LEFT, modifiers, middle(grid, row))


def selected(grid: ThumbnailGrid) -> list[int]:
    return [int(position) for position in grid.selection.selected()]


def test_click_control_click_and_shift_click(grid: ThumbnailGrid) -> None:
    click(grid, 8)
    assert selected(grid) == [8]
    click(grid, 11, CONTROL)
    assert selected(grid) == [8, 11]
    click(grid, 8, CONTROL)
    assert selected(grid) == [11]
    click(grid, 3)
    click(grid, 16, SHIFT)
    assert selected(grid) == list(range(3, 17))
    click(grid, 1, SHIFT)
    assert selected(grid) == [1, 2, 3]
    click(grid, 18, CONTROL)
    click(grid, 20, SHIFT | CONTROL)
    assert selected(grid) == [1, 2, 3, 18, 19, 20]
    assert grid.currentIndex().row() == 20


def test_a_click_beside_all_digits_changes_nothing(grid: ThumbnailGrid) -> None:
    click(grid, 8)
    QTest.mouseClick(grid.viewport(), LEFT, pos=QPoint(grid.viewport().width() - 2, 5))
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.RightButton, pos=middle(grid, 3))
    assert selected(grid) == [8]
    assert grid.currentIndex().row() == 8


def test_a_second_quick_click_counts(grid: ThumbnailGrid) -> None:
    QTest.mouseDClick(grid.viewport(), LEFT, CONTROL, middle(grid, 8))
    assert selected(grid) == [0, 8]


def test_dragging_selects_in_reading_order(qtbot: QtBot, grid: ThumbnailGrid) -> None:
    QTest.mousePress(grid.viewport(), LEFT, pos=middle(grid, 4))
    QTest.mouseMove(grid.viewport(), middle(grid, 11))
    assert selected(grid) == list(range(4, 12))
    QTest.mouseMove(grid.viewport(), middle(grid, 2))
    assert selected(grid) == [2, 3, 4]
    QTest.mouseRelease(grid.viewport(), LEFT, pos=middle(grid, 2))
    QTest.mouseMove(grid.viewport(), middle(grid, 20))
    assert selected(grid) == [2, 3, 4]


def test_dragging_below_the_grid_scrolls_on(qtbot: QtBot, grid: ThumbnailGrid) -> None:
    QTest.mousePress(grid.viewport(), LEFT, pos=middle(grid, 0))
    QTest.mouseMove(grid.viewport(), QPoint(10, grid.viewport().height() + 20))
    qtbot.waitUntil(lambda: grid.verticalScrollBar().value() > 128)
    QTest.mouseRelease(grid.viewport(), LEFT)
    chosen = selected(grid)
    assert len(chosen) > 30
    assert chosen == list(range(len(chosen)))


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        (Qt.Key.Key_Right, 4, 5),
        (Qt.Key.Key_Left, 5, 4),
        (Qt.Key.Key_Left, 0, 0),
        (Qt.Key.Key_Down, 7, 12),
        (Qt.Key.Key_Down, 82, 82),
        (Qt.Key.Key_Up, 7, 2),
        (Qt.Key.Key_Up, 3, 3),
        (Qt.Key.Key_PageDown, 0, 25),
        (Qt.Key.Key_PageUp, 40, 15),
        (Qt.Key.Key_Home, 30, 0),
        (Qt.Key.Key_End, 30, 84),
    ],
)
def test_keys_move(grid: ThumbnailGrid, key: Qt.Key, start: int, end: int) -> None:
    grid.go_to(start)
    QTest.keyClick(grid, key)
    assert grid.currentIndex().row() == end
    assert selected(grid) == [end]
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))


def test_shift_and_keys_extend_control_only_moves(grid: ThumbnailGrid) -> None:
    grid.go_to(7)
    QTest.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(grid, Qt.Key.Key_Right, SHIFT)
    assert selected(grid) == list(range(7, 14))
    QTest.keyClick(grid, Qt.Key.Key_Right, CONTROL)
    QTest.keyClick(grid, Qt.Key.Key_Right, CONTROL)
    assert selected(grid) == list(range(7, 14))
    QTest.keyClick(grid, Qt.Key.Key_Space, CONTROL)
    assert selected(grid) == [*range(7, 14), 15]


def test_other_keys_are_left_to_others(grid: ThumbnailGrid) -> None:
    QTest.keyClick(grid, Qt.Key.Key_X)
    assert selected(grid) == [0]
