"""The pixel pointed at: every part says where the mouse is and shows what is there."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.inspector.boards import METADATA, point_at
from tests.gui.inspector.digits import TWO_STROKES, blank, dense, draw
from viewer.core.extract import Extraction
from viewer.gui.inspector.cursor import Cursor, Spot
from viewer.gui.inspector.inspector import Inspector
from viewer.gui.inspector.transport import FINE
from viewer.gui.theme import light


@pytest.fixture
def cursor(digit: Extraction) -> Cursor:
    made = Cursor()
    made.take_digit(digit.image, digit)
    return made


def listen(cursor: Cursor) -> list[Spot | None]:
    said: list[Spot | None] = []
    cursor.moved.connect(said.append)
    return said


def row_place(inspector: Inspector, row: int) -> QPoint:
    table = inspector.details.table
    return table.visualRect(table.sequence.index(row, 1)).center()


def point_at_row(inspector: Inspector, row: int) -> None:
    QTest.mouseMove(inspector.details.table.viewport(), row_place(inspector, row))


def point_at_time(inspector: Inspector, point: int) -> None:
    slider = inspector.transport.slider
    x = round(slider.place(point * FINE))
    QTest.mouseMove(slider, QPoint(x, slider.height() // 2))


def point_at_board(inspector: Inspector, point: int) -> None:
    point_at(inspector.panels.thinned.board, *PLACES[point])


def point_at_row_of(inspector: Inspector, point: int) -> None:
    point_at_row(inspector, inspector.details.table.sequence.row(point))


PLACES: list[tuple[int, int]] = [(row, column) for row, column in draw(TWO_STROKES).points.tolist()]


def test_a_spot_is_what_the_stages_hold(cursor: Cursor) -> None:
    said = listen(cursor)
    cursor.point_at(1, 2)
    cursor.point_at(5, 1)
    cursor.point_at(2, 3)
    cursor.point_at(1, 6)
    assert said == [
        Spot(1, 2, 200, 0, 0, 0),
        Spot(5, 1, 200, 0, 6, 1),
        Spot(2, 3, 200, 3, -1, -1),
        Spot(1, 6, 20, 0, -1, -1),
    ]


def test_the_same_pixel_is_told_once_and_none_outside(cursor: Cursor) -> None:
    said = listen(cursor)
    for row, column in ((1, 2), (1, 2), (-1, 2), (10, 2), (2, 10), (1, 2)):
        cursor.point_at(row, column)
    cursor.leave()
    cursor.leave()
    first = Spot(1, 2, 200, 0, 0, 0)
    assert said == [first, None, first, None]


def test_a_point_is_pointed_at_by_its_number(cursor: Cursor) -> None:
    said = listen(cursor)
    for point in (9, -1, 99, 0):
        cursor.point_out(point)
    assert [spot and (spot.row, spot.column, spot.stroke) for spot in said] == [
        (6, 3, 1),
        None,
        (1, 2, 0),
    ]
    assert cursor.find_point(6, 3) == 9
    assert cursor.find_point(0, 0) == -1


def test_another_digit_is_read_at_the_same_pixel(cursor: Cursor, digit: Extraction) -> None:
    cursor.point_at(1, 2)
    cursor.take_digit(digit.image)
    assert cursor.spot == Spot(1, 2, 200)
    assert cursor.find_point(1, 2) == -1
    cursor.point_out(0)
    assert cursor.spot is None
    cursor.point_at(1, 2)
    small = blank(2, 2)
    cursor.take_digit(small.image, small)
    assert cursor.spot is None
    cursor.take_digit(None)
    cursor.point_at(0, 0)
    assert cursor.spot is None


@pytest.mark.parametrize("point_out", [point_at_board, point_at_row_of, point_at_time])
def test_wherever_the_mouse_is_all_parts_show_the_pixel(
    inspector: Inspector, point_out: Callable[[Inspector, int], None]
) -> None:
    inspector.resize(1000, 1000)
    table, transport, pen = inspector.details.table, inspector.transport, inspector.player.clock
    position, scrolled = pen.position, table.verticalScrollBar().value()
    for point in (0, 7, 3):
        row, column = PLACES[point]
        point_out(inspector, point)
        for panel in inspector.panels.panels:
            assert panel.board.mark.isVisible()
            assert (panel.board.mark.x(), panel.board.mark.y()) == (column, row)
        assert inspector.readout.texts()[0] == f"row {row}, column {column}"
        assert table.pointed_row == table.sequence.row(point)
        assert transport.slider.mark == point * FINE
        assert inspector.tools.plot.pixel == 200
        assert inspector.filmstrip.pointed == (point > 5)
        assert inspector.tools.thinning.slider.mark is None
    assert pen.position == position
    assert table.verticalScrollBar().value() == scrolled


def test_a_removed_pixel_is_shown_where_thinning_takes_it(inspector: Inspector) -> None:
    board, thinning = inspector.panels.source.board, inspector.tools.thinning
    for (row, column), sub_iteration in (((1, 1), 1), ((2, 6), 2), ((2, 4), 3)):
        point_at(board, row, column)
        assert thinning.slider.mark == sub_iteration - 1
    assert inspector.details.table.pointed_row == -1
    assert inspector.transport.slider.mark is None
    assert inspector.filmstrip.pointed == -1


def test_a_row_that_reaches_no_pixel_points_at_none(inspector: Inspector) -> None:
    lift = 6
    assert inspector.details.table.sequence.figures(lift)[7] == "lift"
    point_at_row(inspector, lift - 1)
    assert inspector.pointer.spot is not None
    point_at_row(inspector, lift)
    assert inspector.pointer.spot is None
    assert inspector.details.table.pointed_row == -1


@pytest.mark.parametrize("part", ["table", "time"])
def test_the_mouse_that_leaves_points_at_none(inspector: Inspector, part: str) -> None:
    if part == "table":
        point_at_row(inspector, 8)
        left = inspector.details.table.viewport()
    else:
        point_at_time(inspector, 2)
        left = inspector.transport.slider
    assert inspector.pointer.spot is not None
    QApplication.sendEvent(left, QEvent(QEvent.Type.Leave))
    assert inspector.pointer.spot is None
    assert not any(panel.board.mark.isVisible() for panel in inspector.panels.panels)
    assert inspector.readout.texts() == [""] * 5


def test_a_row_out_of_view_stays_there(inspector: Inspector) -> None:
    digit = dense()
    inspector.show_digit(digit, "train:1", METADATA)
    bar = inspector.details.table.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(0)
    far = tuple(digit.points[-1].tolist())
    point_at(inspector.panels.source.board, *far)
    assert inspector.details.table.pointed_row == inspector.details.table.sequence.rowCount() - 2
    assert bar.value() == 0


def test_the_wheel_points_at_the_row_that_comes_below_the_mouse(inspector: Inspector) -> None:
    inspector.show_digit(dense(), "train:1", METADATA)
    inspector.player.seek(1)
    table = inspector.details.table
    point_at_row(inspector, 2)
    before = inspector.pointer.spot
    place = QPointF(row_place(inspector, 2))
    wheel = QWheelEvent(
        place, table.viewport().mapToGlobal(place), QPoint(), QPoint(0, -240),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(table.viewport(), wheel)
    assert table.verticalScrollBar().value() > 0
    assert inspector.pointer.spot not in (before, None)
    assert table.pointed_row == table.indexAt(place.toPoint()).row()


def test_the_row_pointed_at_is_shaded_and_the_pens_row_stays_the_pens(
    inspector: Inspector,
) -> None:
    table, theme = inspector.details.table, light()
    inspector.player.seek(1)
    inspector.pointer.point_out(3)

    def ground(row: int, inside: int) -> str:
        rect = table.visualRect(table.sequence.index(row, 0))
        image = table.viewport().grab().toImage()
        place = QPoint(rect.left() + inside, rect.top() + 2) * image.devicePixelRatio()
        return image.pixelColor(place).name()

    assert ground(3, 8) == QColor(theme.hover).name()
    assert ground(3, 1) == QColor(theme.accent).name()
    assert ground(2, 8) == ground(2, 1) == QColor(theme.surface).name()
    inspector.pointer.point_out(0)
    assert ground(0, 8) == QColor(theme.accent).name()
    assert ground(3, 8) == QColor(theme.surface).name()


def test_another_level_is_read_at_the_pixel_below_the_mouse(inspector: Inspector) -> None:
    point_at(inspector.panels.source.board, 1, 3)
    inspector.show_variant(draw(TWO_STROKES.replace("1abcd", "1a2cd")))
    assert inspector.readout.texts()[3] == "thinned: removed in pass 1, sub-iteration 2"
    assert inspector.tools.thinning.slider.mark == 1
    assert inspector.panels.source.board.mark.isVisible()


def test_another_digit_is_pointed_at_by_the_next_move(
    inspector: Inspector, digit: Extraction
) -> None:
    point_at(inspector.panels.source.board, 1, 2)
    inspector.show_digit(dense(), "train:1", METADATA)
    assert inspector.pointer.spot is None
    assert not inspector.panels.source.board.mark.isVisible()
    inspector.show_source(digit.image, "train:13", METADATA, "Preparing")
    point_at(inspector.panels.source.board, 1, 3)
    assert inspector.readout.texts()[1] == "source: 200"
    inspector.show_nothing("No digit to show.")
    assert inspector.pointer.spot is None


def test_every_point_is_found_on_its_pixel() -> None:
    digit = dense(16)
    cursor = Cursor()
    cursor.take_digit(digit.image, digit)
    for point, (row, column) in enumerate(digit.points.tolist()):
        cursor.point_at(row, column)
        assert cursor.spot is not None
        stroke = int(np.flatnonzero(digit.stroke_offsets <= point)[-1])
        assert (cursor.spot.point, cursor.spot.stroke) == (point, stroke)
