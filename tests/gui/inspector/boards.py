"""Where things are on a board, and what colour they have."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from viewer.gui.inspector.board import Board

METADATA: dict[str, object] = {"Digit": "train:13", "Class": 6, "Writer": None}


def spot(board: Board, row: float, column: float) -> QPoint:
    """Return where a place of the image is in a board's viewport."""
    top, left = board.place(QPointF(0, 0))
    bottom, right = board.place(QPointF(100, 100))
    return QPoint(
        round((column - left) / (right - left) * 100), round((row - top) / (bottom - top) * 100)
    )


def point_at(board: Board, row: int, column: int) -> None:
    QTest.mouseMove(board.viewport(), spot(board, row + 0.5, column + 0.5))


def pixel(image: QImage, board: Board, row: int, column: int) -> str:
    """Return the colour in the middle of a pixel of a board."""
    ratio = image.devicePixelRatio()
    place = spot(board, row + 0.5, column + 0.5) * ratio
    return image.pixelColor(place).name()


def board_image(board: Board) -> QImage:
    image: QImage = board.viewport().grab().toImage()
    return image
