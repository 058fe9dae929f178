"""The right column: which of its views is on show, and what keys act on then."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from tests.gui.conftest import make_split
from viewer.catalog.table import Table
from viewer.core.settings import ExtractionSettings
from viewer.datasets.digits import DigitSet, Split
from viewer.gui.compare.orders.offers import TRUE_PATH
from viewer.gui.jobs import Jobs
from viewer.gui.menus import build_menus
from viewer.gui.stage import NO_DIGIT, Stage
from viewer.gui.theme import light

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    assert made.close()


@pytest.fixture
def stage(qtbot: QtBot, jobs: Jobs) -> Iterator[Stage]:
    """Return a stage in a window with its menus."""
    frame = QMainWindow()
    made = Stage(light(), jobs)
    frame.setCentralWidget(made)
    build_menus(frame, made.actions_table())
    qtbot.addWidget(frame)
    frame.resize(900, 700)
    frame.show()
    qtbot.waitExposed(frame)
    frame.activateWindow()
    qtbot.waitActive(frame)
    made.inspector.autoplay = False
    yield made
    frame.close()


@pytest.fixture
def table() -> Table:
    """Return bars in a split whose true paths are known, and one where they are not."""
    known, unknown = make_split("known", 5), make_split("unknown", 5)
    points = np.array([(20, 6, 0), (8, 6, 0), (4, 6, 0)] * 5, np.float32)
    paths = (points, np.arange(0, 16, 3, dtype=np.int64))
    with_paths = Split("known", known.images, known.labels, known.columns, paths)
    return Table(DigitSet("Bars", "bars", {"known": with_paths, "unknown": unknown}))


def wait(qtbot: QtBot, stage: Stage) -> None:
    qtbot.waitUntil(lambda: not stage.orders.preparing, timeout=120_000)


def press_orders(stage: Stage) -> None:
    QTest.keyClick(stage.window(), Qt.Key.Key_J, CONTROL)


def test_a_key_shows_the_orders_and_goes_back(qtbot: QtBot, stage: Stage, table: Table) -> None:
    stage.set_digit(table, 2)
    press_orders(stage)
    assert stage.ordering
    wait(qtbot, stage)
    assert stage.orders.title.text.startswith("known:2, class 2, writer 2102: ")
    assert TRUE_PATH in stage.orders.writings
    assert stage.orders.panels.shown[0].hasFocus()
    press_orders(stage)
    assert not stage.ordering
    assert stage.currentWidget() is stage.inspector
    assert stage.orders.position == -1
    press_orders(stage)
    wait(qtbot, stage)
    QTest.keyClick(stage.orders.focusWidget(), Qt.Key.Key_Escape)
    assert not stage.ordering


def test_the_orders_stay_with_another_digit(qtbot: QtBot, stage: Stage, table: Table) -> None:
    stage.set_digit(table, 2)
    press_orders(stage)
    wait(qtbot, stage)
    stage.set_digit(table, 6)
    wait(qtbot, stage)
    assert stage.ordering
    assert stage.orders.title.text.startswith("unknown:1, ")
    assert TRUE_PATH not in stage.orders.writings
    stage.set_digit(table, -1)
    assert not stage.ordering


def test_without_a_digit_there_are_no_orders(qtbot: QtBot, stage: Stage, table: Table) -> None:
    for digit in (None, (table, -1)):
        if digit is not None:
            stage.set_digit(*digit)
        with qtbot.waitSignal(stage.said) as said:
            press_orders(stage)
        assert said.args == [NO_DIGIT]
        assert not stage.ordering


def test_a_comparison_closes_with_another_digit_and_gives_way_to_orders(
    qtbot: QtBot, stage: Stage, table: Table
) -> None:
    stage.set_digit(table, 2)
    stage.compare_digits(table, [0, 1])
    assert (stage.comparing, stage.ordering) == (True, False)
    press_orders(stage)
    assert (stage.comparing, stage.ordering) == (False, True)
    stage.compare_digits(table, [0, 1])
    assert (stage.comparing, stage.ordering) == (True, False)
    stage.set_digit(table, 3)
    assert stage.currentWidget() is stage.inspector
    qtbot.waitUntil(lambda: not stage.compare.preparing, timeout=120_000)


def test_keys_of_the_replay_act_on_the_orders(qtbot: QtBot, stage: Stage, table: Table) -> None:
    seen: dict[str, bool] = {}
    stage.switch_changed.connect(seen.__setitem__)
    stage.set_digit(table, 2)
    press_orders(stage)
    wait(qtbot, stage)
    window, orders = stage.window(), stage.orders
    assert orders.player.clock.at_end
    QTest.keyClick(window, Qt.Key.Key_Home)
    assert orders.player.clock.position == 1
    QTest.keyClick(window, Qt.Key.Key_Y)
    assert (orders.pace, stage.compare.pace) == ("share", "points")
    assert seen["end-together"]
    QTest.keyClick(window, Qt.Key.Key_L)
    assert orders.player.clock.loop
    assert not stage.inspector.player.clock.loop
    QTest.keyClick(window, Qt.Key.Key_Plus)
    assert not orders.panels.shown[0].lens.fitted
    press_orders(stage)
    assert not seen["loop"]
    press_orders(stage)
    assert seen["loop"]
    assert seen["end-together"]


def test_the_way_of_drawing_is_that_of_the_stage(qtbot: QtBot, stage: Stage, table: Table) -> None:
    stage.drawing.set_palette("rainbow")
    stage.set_digit(table, 2)
    press_orders(stage)
    wait(qtbot, stage)
    colors = {panel.drawing.color(0).name() for panel in stage.orders.panels.shown}
    assert colors == {stage.inspector.panels.drawing.color(0).name()}


def test_settings_and_corrections_reach_the_orders(
    qtbot: QtBot, stage: Stage, table: Table
) -> None:
    asked: list[int] = []

    def correct(position: int, extraction: object) -> object:
        asked.append(position)
        return extraction

    stage.compare.correct = correct  # type: ignore[assignment]
    stage.set_settings(ExtractionSettings(order="shortest"))
    stage.set_digit(table, 3)
    press_orders(stage)
    wait(qtbot, stage)
    assert stage.orders.panels.shown[1].title.text == "Shortest, in use"
    assert set(asked) == {3}


def test_the_state_of_all_views_is_remembered(qtbot: QtBot, stage: Stage, jobs: Jobs) -> None:
    stage.orders.set_pace("share")
    stage.compare.player.set_loop(True)
    assert Stage(light(), jobs).save_state()["orders"] == {}
    other = Stage(light(), jobs)
    qtbot.addWidget(other)
    other.restore_state(stage.save_state())
    assert other.save_state() == stage.save_state()
    other.restore_state({"orders": 3, "compare": [], "drawing": None})
    assert other.save_state() == stage.save_state()
