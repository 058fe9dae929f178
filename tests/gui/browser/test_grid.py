"""The grid: cells found where they lie, sections, scrolling, any number of digits."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import make_split
from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet
from viewer.gui.browser.cells import CellPainter
from viewer.gui.browser.grid import ThumbnailGrid
from viewer.gui.browser.model import DigitModel
from viewer.gui.browser.selection import Selection
from viewer.gui.browser.tiles import Tiles
from viewer.gui.browser.traces import Traces
from viewer.gui.jobs import Jobs
from viewer.gui.theme import light


def show(grid: ThumbnailGrid, count: int, side: int = 28) -> None:
    """Show so many digits."""
    table = Table(DigitSet("Bars", "bars", {"train": make_split("train", count, side=side)}))
    grid.cells.table = table
    grid.cells.tiles.set_table(table)
    grid.selection = Selection(count)
    grid.selection.show(np.arange(count))
    model = grid.model()
    assert isinstance(model, DigitModel)
    model.show(table, np.arange(count))


@pytest.fixture
def grid(qtbot: QtBot, jobs: Jobs) -> ThumbnailGrid:
    """Return a grid of 60 digits in 5 columns."""
    model = DigitModel()
    tiles = Tiles(light(), Traces(jobs))
    made = ThumbnailGrid(model, CellPainter(light(), tiles, QApplication.font()))
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(5 * 64 + 30, 300)
    made.show()
    show(made, 60)
    assert made.columns() == 5
    return made


def test_every_cell_is_found_where_it_lies(grid: ThumbnailGrid) -> None:
    grid.verticalScrollBar().setValue(100)
    for row in range(60):
        index = grid.model().index(row, 0)
        assert grid.indexAt(grid.visualRect(index).center()) == index
    assert not grid.indexAt(QPoint(5 * 64 + 5, 10)).isValid()
    assert grid.visualRect(QModelIndex()).isEmpty()


def test_below_the_last_digit_there_is_nothing(grid: ThumbnailGrid) -> None:
    show(grid, 7)
    assert not grid.indexAt(QPoint(64 * 3, 64 + 10)).isValid()
    assert grid.verticalScrollBar().maximum() == 0


def test_sections_begin_lines_below_their_headings(grid: ThumbnailGrid) -> None:
    plain = grid.viewport().grab().toImage()
    grid.set_sections((("zeros", 0), ("others", 7)))
    first, seventh = (grid.visualRect(grid.model().index(row, 0)) for row in (0, 7))
    assert first.top() > 16
    assert seventh.left() == 0
    assert seventh.top() - first.top() == 2 * 64 + first.top()
    assert not grid.indexAt(QPoint(5, 5)).isValid()
    headed = grid.viewport().grab().toImage()
    assert headed != plain
    grid.set_sections((("nothing", 0), ("others", 7)))
    assert grid.viewport().grab().toImage() != headed


def test_selecting_all_is_told_once(qtbot: QtBot, grid: ThumbnailGrid) -> None:
    with qtbot.waitSignal(grid.picked):
        grid.select_all()
    assert grid.selection.count == 60


def test_going_selects_one_and_shows_it(qtbot: QtBot, grid: ThumbnailGrid) -> None:
    with qtbot.waitSignal(grid.picked):
        grid.go_to(58)
    assert grid.selection.selected().tolist() == [58]
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))
    grid.step(ThumbnailGrid.CursorAction.MoveUp)
    assert grid.currentIndex().row() == 53


def test_resizing_keeps_the_first_line_in_view(grid: ThumbnailGrid) -> None:
    grid.verticalScrollBar().setValue(64 * 6)
    grid.resize(3 * 64 + 30, 300)
    assert grid.columns() == 3
    assert grid.indexAt(QPoint(1, 1)).row() == 30


def test_larger_cells_keep_the_current_digit_in_view(grid: ThumbnailGrid) -> None:
    grid.go_to(40)
    grid.cells.set_edge(120)
    grid.cells_changed()
    assert grid.columns() == 2
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()).center())


def test_400_000_digits_are_laid_out_by_arithmetic(grid: ThumbnailGrid) -> None:
    show(grid, 400_000, side=9)
    grid.reset()
    grid.go_to(399_999)
    grid.select_all()
    grid.resize(200, 300)
    grid.repaint()
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert grid.currentIndex().row() == 399_998


def test_a_thumbnail_shows_the_pixels_of_its_digit(grid: ThumbnailGrid) -> None:
    picture = grid.viewport().grab().toImage()
    cell = grid.visualRect(grid.model().index(2, 0))
    table = grid.cells.table
    assert table is not None
    image = table.image(2)
    for row in range(28):
        for column in range(28):
            pixel = picture.pixelColor(cell.left() + 4 + 2 * column, cell.top() + 4 + 2 * row)
            assert pixel.name() == ("#ffffff" if image[row, column] else light().paper)


def test_an_empty_grid_says_why(grid: ThumbnailGrid) -> None:
    show(grid, 0)
    blank = grid.viewport().grab().toImage()
    grid.set_empty_text("Nothing is open.")
    assert grid.viewport().grab().toImage() != blank
    assert not grid.moveCursor(
        ThumbnailGrid.CursorAction.MoveNext, Qt.KeyboardModifier.NoModifier
    ).isValid()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.selection.count == 0
