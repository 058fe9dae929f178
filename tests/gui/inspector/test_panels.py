"""The four panels: one mark, one lens, crisp digits, at every size."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.inspector.boards import METADATA, board_image, pixel, point_at, spot
from tests.gui.inspector.digits import blank, dense, draw
from viewer.core.extract import Extraction
from viewer.gui.inspector.inspector import Inspector
from viewer.gui.theme import light

LEFT = Qt.MouseButton.LeftButton


def test_pointing_at_a_pixel_marks_and_reads_it_in_all_four(inspector: Inspector) -> None:
    boards = [panel.board for panel in inspector.panels.panels]
    for board in boards:
        point_at(boards[0], 0, 0)
        point_at(board, 2, 3)
        assert [other.mark.isVisible() for other in boards] == [True] * 4
        assert {(other.mark.x(), other.mark.y()) for other in boards} == {(3, 2)}
        assert inspector.readout.texts() == [
            "row 2, column 3",
            "source: 200",
            "thresholded: kept",
            "thinned: removed in pass 2, sub-iteration 1",
            "strokes: none",
        ]


def test_leaving_the_image_clears_mark_and_reading(inspector: Inspector) -> None:
    boards = [panel.board for panel in inspector.panels.panels]
    point_at(boards[1], 2, 3)
    before = inspector.readout.geometry()
    point_at(boards[1], -1, 3)
    assert not any(board.mark.isVisible() for board in boards)
    assert inspector.readout.texts() == [""] * 5
    assert inspector.readout.geometry() == before


def test_digits_are_crisp_and_ink_is_white(inspector: Inspector, digit: Extraction) -> None:
    board = inspector.panels.thresholded.board
    image = board_image(board)
    theme = light()
    for row, column in itertools.product(range(10), range(10)):
        expected = theme.ink if digit.thresholded[row, column] else theme.paper
        if digit.image[row, column] == 20:
            continue
        assert pixel(image, board, row, column) == expected
    steps = np.arange(1.05, 5.95, 0.05)
    places = [spot(board, 1.5, column) * image.devicePixelRatio() for column in steps]
    colors = {image.pixelColor(place).name() for place in places}
    assert colors == {theme.ink}


def test_wheel_drag_and_double_click_move_all_four_together(inspector: Inspector) -> None:
    board = inspector.panels.thinned.board
    home = inspector.panels.lens.visible()
    place = QPointF(spot(board, 2.5, 3.5))
    wheel = QWheelEvent(
        place,
        board.viewport().mapToGlobal(place),
        QPoint(0, 0),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(board.viewport(), wheel)
    zoomed = inspector.panels.lens.visible()
    assert zoomed[2] < home[2]
    QTest.mousePress(board.viewport(), LEFT, pos=QPoint(60, 60))
    QTest.mouseMove(board.viewport(), QPoint(90, 80))
    QTest.mouseRelease(board.viewport(), LEFT, pos=QPoint(90, 80))
    panned = inspector.panels.lens.visible()
    assert panned[0] < zoomed[0]
    assert panned[1] < zoomed[1]
    for panel in inspector.panels.panels:
        x, y = panel.board._box.viewRange()
        assert (x[0], y[0], x[1] - x[0], y[1] - y[0]) == pytest.approx(panned)
    QTest.mouseDClick(board.viewport(), LEFT, pos=QPoint(50, 50))
    assert inspector.panels.lens.visible() == home


def test_strokes_are_coloured_and_the_rest_is_a_ghost(inspector: Inspector) -> None:
    theme = light()
    board = inspector.panels.strokes.board
    inspector.go_to_end()
    image = board_image(board)
    assert pixel(image, board, 1, 2) == theme.stroke_colors[0]
    assert pixel(image, board, 5, 1) == theme.stroke_colors[1]
    inspector.player.seek(1)
    image = board_image(board)
    assert pixel(image, board, 1, 4) == theme.ghost
    assert pixel(image, board, 6, 2) == theme.ghost


@pytest.mark.parametrize("size", [(420, 420), (700, 500), (1000, 800), (1600, 700)])
@pytest.mark.parametrize(
    "extraction",
    [draw("a"), dense(), blank(1, 64), draw("ab\n*.")],
    ids=["1x1", "64x64", "1x64", "2x2"],
)
def test_every_size_paints(
    qtbot: QtBot, inspector: Inspector, extraction: Extraction, size: tuple[int, int]
) -> None:
    inspector.resize(*size)
    inspector.show_digit(extraction, "train:1", METADATA)
    for position in (0.5, 1.5, math.inf):
        inspector.player.seek(position)
        assert not inspector.grab().isNull()
    sizes = {panel.board.viewport().size().toTuple() for panel in inspector.panels.panels}
    assert len(sizes) == 1
    parts: list[QWidget] = [
        *inspector.panels.panels,
        inspector.title,
        inspector.readout,
        inspector.transport,
        inspector.details,
    ]
    places = [part.rect().translated(part.mapTo(inspector, QPoint(0, 0))) for part in parts]
    for one, other in itertools.combinations(places, 2):
        assert not one.intersects(other)
    assert all(inspector.rect().contains(place) for place in places)


def test_the_panels_take_the_arrangement_that_shows_more(
    qtbot: QtBot, inspector: Inspector
) -> None:
    def columns() -> int:
        return len({panel.x() for panel in inspector.panels.panels})

    assert columns() == 4
    inspector.resize(640, 1100)
    assert columns() == 2
    inspector.arrange("row")
    assert columns() == 4
    inspector.resize(1000, 800)
    inspector.arrange("square")
    assert columns() == 2


def test_captions_never_leave_their_width(inspector: Inspector) -> None:
    inspector.resize(420, 420)
    QApplication.processEvents()
    for panel in inspector.panels.panels:
        caption = panel.caption
        assert len(caption.shown) <= 2
        for line in caption.shown:
            assert caption.fontMetrics().horizontalAdvance(line) <= caption.width()
        if any(line.endswith("…") for line in caption.shown):
            assert caption.text in caption.toolTip()
