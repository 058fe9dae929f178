"""The grid: layout by arithmetic, selection by mouse and keys, any number of digits."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import make_split
from viewer.gui.browser.delegate import ThumbnailDelegate
from viewer.gui.browser.grid import ThumbnailGrid
from viewer.gui.browser.model import DigitModel
from viewer.gui.theme import light

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def grid(qtbot: QtBot) -> ThumbnailGrid:
    """Return a grid of 60 digits in 5 columns."""
    made = ThumbnailGrid()
    qtbot.addWidget(made)
    model = DigitModel(made)
    made.setModel(model)
    made.setItemDelegate(ThumbnailDelegate(light(), made))
    made.set_cell(QSize(64, 64))
    model.show(make_split("train", 60))
    made.resize(5 * 64 + 30, 300)
    made.show()
    assert made.columns() == 5
    return made


def _click(
    qtbot: QtBot,
    grid: ThumbnailGrid,
    row: int,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    place = grid.visualRect(grid.model().index(row, 0)).center()
    QTest.mouseClick(grid.viewport(), LEFT, modifier, place)


def _selected(grid: ThumbnailGrid) -> list[int]:
    return sorted(index.row() for index in grid.selectionModel().selectedIndexes())


def test_every_cell_is_found_where_it_lies(grid: ThumbnailGrid) -> None:
    grid.verticalScrollBar().setValue(100)
    for row in range(60):
        index = grid.model().index(row, 0)
        assert grid.indexAt(grid.visualRect(index).center()) == index
    assert not grid.indexAt(QPoint(5 * 64 + 5, 10)).isValid()
    assert grid.visualRect(QModelIndex()).isEmpty()


def test_below_the_last_digit_there_is_nothing(grid: ThumbnailGrid) -> None:
    model = grid.model()
    assert isinstance(model, DigitModel)
    model.show(make_split("train", 7))
    assert not grid.indexAt(QPoint(64 * 3, 64 + 10)).isValid()
    assert grid.verticalScrollBar().maximum() == 0


def test_click_control_click_and_shift_click(qtbot: QtBot, grid: ThumbnailGrid) -> None:
    _click(qtbot, grid, 8)
    assert _selected(grid) == [8]
    _click(qtbot, grid, 11, CONTROL)
    assert _selected(grid) == [8, 11]
    _click(qtbot, grid, 8, CONTROL)
    assert _selected(grid) == [11]
    _click(qtbot, grid, 3)
    _click(qtbot, grid, 16, SHIFT)
    assert _selected(grid) == list(range(3, 17))
    _click(qtbot, grid, 1, SHIFT)
    assert _selected(grid) == [1, 2, 3]


def test_a_range_whose_end_lies_further_left_is_in_reading_order(
    qtbot: QtBot, grid: ThumbnailGrid
) -> None:
    _click(qtbot, grid, 4)
    _click(qtbot, grid, 5, SHIFT)
    assert _selected(grid) == [4, 5]


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        (Qt.Key.Key_Right, 4, 5),
        (Qt.Key.Key_Left, 5, 4),
        (Qt.Key.Key_Left, 0, 0),
        (Qt.Key.Key_Down, 7, 12),
        (Qt.Key.Key_Down, 57, 57),
        (Qt.Key.Key_Up, 7, 2),
        (Qt.Key.Key_Up, 3, 3),
        (Qt.Key.Key_PageDown, 0, 20),
        (Qt.Key.Key_PageUp, 30, 10),
        (Qt.Key.Key_Home, 30, 0),
        (Qt.Key.Key_End, 30, 59),
    ],
)
def test_keys_move(qtbot: QtBot, grid: ThumbnailGrid, key: Qt.Key, start: int, end: int) -> None:
    grid.go_to(start)
    QTest.keyClick(grid, key)
    assert grid.currentIndex().row() == end
    assert _selected(grid) == [end]
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))


def test_shift_and_keys_extend(qtbot: QtBot, grid: ThumbnailGrid) -> None:
    grid.go_to(7)
    QTest.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(grid, Qt.Key.Key_Right, SHIFT)
    assert _selected(grid) == list(range(7, 14))


def test_selecting_all_is_one_range(grid: ThumbnailGrid) -> None:
    grid.select_all()
    selection = grid.selectionModel().selection()
    assert selection.count() == 1
    assert (selection.at(0).top(), selection.at(0).bottom()) == (0, 59)


def test_resizing_keeps_the_first_line_in_view(grid: ThumbnailGrid) -> None:
    grid.verticalScrollBar().setValue(64 * 6)
    grid.resize(3 * 64 + 30, 300)
    assert grid.columns() == 3
    assert grid.indexAt(QPoint(1, 1)).row() == 30


def test_larger_cells_keep_the_current_digit_in_view(grid: ThumbnailGrid) -> None:
    grid.go_to(40)
    grid.set_cell(QSize(128, 128))
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()).center())


def test_400_000_digits_are_as_quick_as_sixty(qtbot: QtBot, grid: ThumbnailGrid) -> None:
    model = grid.model()
    assert isinstance(model, DigitModel)
    split = make_split("train", 400_000, side=9)
    begin = time.perf_counter()
    model.show(split)
    grid.go_to(399_999)
    grid.select_all()
    grid.resize(200, 300)
    grid.repaint()
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert time.perf_counter() - begin < 0.5
    assert grid.currentIndex().row() == 399_998


def test_a_thumbnail_shows_the_pixels_of_its_digit(grid: ThumbnailGrid) -> None:
    model = grid.model()
    assert isinstance(model, DigitModel)
    picture = grid.viewport().grab().toImage()
    cell = grid.visualRect(model.index(2, 0))
    image = model.image_at(2)
    assert image is not None
    for row in range(28):
        for column in range(28):
            pixel = picture.pixelColor(cell.left() + 4 + 2 * column, cell.top() + 4 + 2 * row)
            assert pixel.value() == image[row, column]


def test_an_empty_grid_says_why(grid: ThumbnailGrid) -> None:
    model = grid.model()
    assert isinstance(model, DigitModel)
    model.show(None)
    blank = grid.viewport().grab().toImage()
    grid.set_empty_text("Nothing is open.")
    assert grid.viewport().grab().toImage() != blank
    assert not grid.moveCursor(
        ThumbnailGrid.CursorAction.MoveNext, Qt.KeyboardModifier.NoModifier
    ).isValid()
