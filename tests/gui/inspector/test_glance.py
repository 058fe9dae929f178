"""A look at another moment is over when the mouse leaves; what else happens stands."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.inspector.digits import draw
from tests.gui.inspector.strips import point_at, show_strip
from viewer.core.extract import Extraction
from viewer.gui.inspector.filmstrip import Filmstrip
from viewer.gui.inspector.glance import Glance
from viewer.gui.inspector.player import Player


def leave(strip: Filmstrip) -> None:
    QApplication.sendEvent(strip.viewport(), QEvent(QEvent.Type.Leave))


@pytest.fixture
def strip(qtbot: QtBot, digit: Extraction) -> Filmstrip:
    return show_strip(qtbot, digit)


@pytest.fixture
def player(strip: Filmstrip, digit: Extraction) -> Player:
    """Return a player that a strip on screen looks at, at position 2.5."""
    made = Player(strip)
    Glance(made, strip)
    made.load(digit.points, digit.stroke_offsets)
    made.seek(2.5)
    return made


def test_the_strip_follows_the_player(player: Player, strip: Filmstrip) -> None:
    player.finish()
    assert strip.current == 1
    player.restart()
    assert strip.current == 0


def test_pointing_shows_a_moment_and_leaving_takes_it_back(
    player: Player, strip: Filmstrip
) -> None:
    point_at(strip, 1, 0.5)
    assert player.clock.position == 8.5
    point_at(strip, 0, 1.0)
    assert player.clock.position == 6
    leave(strip)
    assert player.clock.position == 2.5
    assert not player.clock.playing


def test_a_replay_goes_on_after_the_look(player: Player, strip: Filmstrip) -> None:
    player.play()
    point_at(strip, 1, 0.5)
    assert not player.clock.playing
    leave(strip)
    assert player.clock.playing
    assert player.clock.position == 2.5


def test_a_click_stays(player: Player, strip: Filmstrip) -> None:
    point_at(strip, 0, 0.5)
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=strip.place(0).center())
    point_at(strip, 0, 0.4)
    assert player.clock.position == 6
    point_at(strip, 1, 0.5)
    leave(strip)
    assert player.clock.position == 6


def test_a_drag_stays(player: Player, strip: Filmstrip) -> None:
    left, viewport = Qt.MouseButton.LeftButton, strip.viewport()
    QTest.mousePress(viewport, left, pos=strip.place(0).topLeft() + QPoint(8, 30))
    point_at(strip, 0, 0.5)
    QTest.mouseRelease(viewport, left, pos=strip.place(0).topLeft() + QPoint(32, 30))
    assert player.clock.position == 3.5
    point_at(strip, 1, 0.5)
    leave(strip)
    assert player.clock.position == 3.5


def test_what_else_moved_the_pen_stands(player: Player, strip: Filmstrip) -> None:
    point_at(strip, 1, 0.5)
    player.step(1)
    leave(strip)
    assert player.clock.position == 9
    point_at(strip, 0, 0.5)
    player.play()
    leave(strip)
    assert player.clock.playing
    assert player.clock.position == 3.5


def test_another_digit_is_not_moved(player: Player, strip: Filmstrip) -> None:
    point_at(strip, 1, 0.5)
    other = draw("abcde\n.....\n.....\nfghij")
    player.load(other.points, other.stroke_offsets)
    player.seek(8.5)
    leave(strip)
    assert player.clock.position == 8.5


def test_a_digit_without_strokes_is_looked_at_in_vain(player: Player, strip: Filmstrip) -> None:
    strip.show_nothing()
    player.load(np.zeros((0, 2), np.int16), np.zeros(1, np.int64))
    QTest.mouseMove(strip.viewport(), QPoint(30, 30))
    leave(strip)
    assert player.clock.position == 0
