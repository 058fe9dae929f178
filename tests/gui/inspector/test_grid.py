"""Hair lines between pixels: where they are, and that small pixels have none."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage

from tests.gui.inspector.boards import METADATA, board_image, pixel, spot
from tests.gui.inspector.digits import dense
from viewer.core.extract import Extraction
from viewer.gui.inspector.board import Board
from viewer.gui.inspector.grid import SMALLEST
from viewer.gui.inspector.inspector import Inspector
from viewer.gui.theme import light


def boards(inspector: Inspector) -> list[Board]:
    return [panel.board for panel in inspector.panels.panels]


def show_grid(inspector: Inspector, *, on: bool = True) -> None:
    for board in boards(inspector):
        board.grid.setVisible(on)


def between(image: QImage, board: Board, row: int, column: float) -> set[str]:
    """Return the colours around a place between two pixels of a row."""
    place = spot(board, row + 0.5, column) * image.devicePixelRatio()
    return {image.pixelColor(place.x() + off, place.y()).name() for off in (-1, 0, 1)}


def test_lines_stand_between_pixels_on_all_boards(inspector: Inspector, digit: Extraction) -> None:
    for board in boards(inspector):
        assert len(between(board_image(board), board, 8, 8)) == 1
    show_grid(inspector)
    for board in boards(inspector):
        image = board_image(board)
        for column in (0, 5, 8, 10):
            assert len(between(image, board, 8, column)) == 2
        assert pixel(image, board, 8, 8) == light().paper
    bright = board_image(inspector.panels.thresholded.board)
    assert len(between(bright, inspector.panels.thresholded.board, 1, 4)) == 2


def test_only_lines_are_added(inspector: Inspector) -> None:
    board = inspector.panels.source.board
    before = board_image(board)
    show_grid(inspector)
    after = board_image(board)
    changed = sum(
        before.pixel(x, y) != after.pixel(x, y)
        for x in range(before.width())
        for y in range(before.height())
    )
    scale = inspector.panels.lens.scale
    side = round(10 * scale) + 1
    assert changed == pytest.approx(2 * 11 * side - 11 * 11, abs=2 * side)
    show_grid(inspector, on=False)
    assert board_image(board) == before


def test_small_pixels_have_no_lines_until_they_are_large(inspector: Inspector) -> None:
    inspector.show_digit(dense(), "train:1", METADATA)
    board = inspector.panels.source.board
    before = board_image(board)
    ratio = board.devicePixelRatioF()
    assert inspector.panels.lens.scale / ratio < SMALLEST
    show_grid(inspector)
    assert board_image(board) == before
    inspector.panels.zoom(8)
    assert inspector.panels.lens.scale / ratio >= SMALLEST
    large = board_image(board)
    show_grid(inspector, on=False)
    assert board_image(board) != large


def test_thinned_pixels_lie_below_the_lines_and_strokes_above(inspector: Inspector) -> None:
    show_grid(inspector)
    inspector.tools.thinning.slider.setValue(0)
    thinned = inspector.panels.thinned.board
    assert len(between(board_image(thinned), thinned, 1, 4)) == 2
    strokes = inspector.panels.strokes.board
    drawn = between(board_image(strokes), strokes, 6, 2)
    assert drawn == {light().stroke_colors[1]}
