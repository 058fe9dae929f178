"""Cells as they are painted: captions, frames, the current digit and the signs of marks."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from viewer.catalog.columns import FACTS, MARKS
from viewer.catalog.table import Table
from viewer.gui.browser.cells import GAP, Cell, CellPainter
from viewer.gui.browser.signs import sign, sign_size
from viewer.gui.browser.tiles import Tiles
from viewer.gui.browser.traces import Traces
from viewer.gui.jobs import Jobs
from viewer.gui.theme import light

PLAIN = Cell(0, 0, 0, 0, selected=False)
FAVOURITE, COLOUR, NOTED = MARKS


@pytest.fixture
def painter(qapp: QApplication, table: Table, jobs: Jobs) -> CellPainter:
    tiles = Tiles(light(), Traces(jobs))
    tiles.set_table(table)
    made = CellPainter(light(), tiles, qapp.font())
    made.table = table
    return made


def paint(painter: CellPainter, *cells: Cell, current: int = -1, hovered: int = -1) -> QImage:
    """Return what is painted, on white."""
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    brush = QPainter(image)
    painter.paint(brush, cells, current, hovered, 1.0)
    brush.end()
    return image


def box(image: QImage, left: int, top: int, size: int) -> QImage:
    return image.copy(left, top, size, size)


def test_a_caption_takes_a_line_and_stands_below(painter: CellPainter) -> None:
    plain = painter.size()
    before = paint(painter, PLAIN)
    painter.column = "writer"
    assert painter.size().width() == plain.width()
    assert painter.size().height() > plain.height() + 6
    after = paint(painter, PLAIN)
    below = (0, GAP + painter.edge, 64, 100)
    assert after.copy(*below) != before.copy(*below)
    assert box(after, GAP, GAP, 56) == box(before, GAP, GAP, 56)


def test_captions_follow_the_values(painter: CellPainter) -> None:
    painter.column = "writer"
    assert paint(painter, PLAIN) != paint(painter, Cell(0, 1, 0, 0, selected=False))
    painter.captions = ("same", "same")
    one, other = (Cell(row, 70, 0, 0, selected=False) for row in (0, 1))
    assert paint(painter, one) == paint(painter, other)


def test_a_long_caption_stays_in_its_cell(painter: CellPainter) -> None:
    painter.captions = ("a caption far longer than a cell is wide",)
    image = paint(painter, Cell(0, 0, 64, 0, selected=False))
    white = QImage(64, 100, QImage.Format.Format_RGB32)
    white.fill(QColor("#ffffff"))
    assert image.copy(0, 0, 64, 100) == white
    assert image.copy(128, 0, 64, 100) == white
    painter.set_edge(168)
    assert paint(painter, Cell(0, 0, 0, 0, selected=False)) != image


def test_what_is_not_known_has_no_caption(painter: CellPainter, table: Table) -> None:
    bare = paint(painter, PLAIN)
    painter.column = "strokes"
    assert paint(painter, PLAIN) == bare
    table.fill(FACTS[0], 1, np.array([4], np.uint8))
    assert paint(painter, PLAIN) == bare
    table.fill(FACTS[0], 0, np.array([4], np.uint8))
    assert paint(painter, PLAIN) != bare


def test_selected_current_and_hovered_differ(painter: CellPainter) -> None:
    selected = Cell(0, 0, 0, 0, selected=True)
    pictures = [
        paint(painter, PLAIN),
        paint(painter, selected),
        paint(painter, PLAIN, current=0),
        paint(painter, PLAIN, hovered=0),
        paint(painter, selected, current=0),
    ]
    for place, picture in enumerate(pictures):
        assert picture not in pictures[:place]
    accent = QColor(light().accent)
    assert pictures[1].pixelColor(GAP - 1, 30) == accent
    assert pictures[2].pixelColor(30, GAP + 54) == accent
    assert paint(painter, selected, hovered=0) == pictures[1]


def test_marks_stand_in_corners_of_their_own(painter: CellPainter, table: Table) -> None:
    size = sign_size(painter.edge)
    far = GAP + painter.edge - size
    flags = np.zeros(len(table), np.bool_)
    flags[0] = True
    for column, words, corner in (
        (FAVOURITE, (), (far, GAP)),
        (NOTED, (), (GAP, GAP)),
        (COLOUR, ("none", "red", "green", "blue"), (GAP, far)),
    ):
        before = paint(painter, PLAIN)
        table.add(column, flags if not words else 2 * flags.astype(np.uint8), words=words)
        after = paint(painter, PLAIN)
        assert box(after, *corner, size) != box(before, *corner, size)
        other = Cell(0, 1, 0, 0, selected=False)
        assert box(paint(painter, other), *corner, size) != box(after, *corner, size)


def test_signs_are_sharp_and_told_apart_without_colour() -> None:
    assert sign("favourite", 12, 2.0).width() == 24
    grey = [
        sign(name, 14, 1.0).toImage().convertToFormat(QImage.Format.Format_Alpha8)
        for name in ("favourite", "noted", "1")
    ]
    assert all(picture not in grey[:place] for place, picture in enumerate(grey))
    numbers = [
        sign(name, 14, 1.0).toImage().convertToFormat(QImage.Format.Format_Mono)
        for name in ("1", "2", "3")
    ]
    assert all(picture not in numbers[:place] for place, picture in enumerate(numbers))


def test_captions_are_a_step_smaller(qapp: QApplication, painter: CellPainter) -> None:
    font = QFont(qapp.font())
    font.setPointSizeF(20)
    painter.captions = ("x",)
    larger = CellPainter(light(), painter.tiles, font)
    larger.captions = ("x",)
    assert larger.size().height() > painter.size().height()
