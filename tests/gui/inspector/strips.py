"""A filmstrip on screen, and where its pictures are."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from viewer.core.extract import Extraction
from viewer.gui.inspector.film_picture import EDGE
from viewer.gui.inspector.filmstrip import HEIGHT, Filmstrip
from viewer.gui.theme import light


def show_strip(qtbot: QtBot, digit: Extraction) -> Filmstrip:
    """Return a strip on screen that holds a digit."""
    made = Filmstrip(light())
    qtbot.addWidget(made)
    made.resize(480, HEIGHT)
    with qtbot.waitActive(made):
        made.show()
    QTest.mouseMove(made.viewport(), QPoint(470, 10))  # a move to where it is would be none
    made.show_strokes(digit)
    return made


def point_at(strip: Filmstrip, stroke: int, share: float) -> None:
    """Point at a share of a stroke's picture."""
    place = strip.place(stroke)
    x = place.left() + EDGE + share * (place.width() - 2 * EDGE)
    QTest.mouseMove(strip.viewport(), QPoint(round(x), 30))
