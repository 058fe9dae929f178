"""Level, thinning steps and filmstrip inside the inspector and the window."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from viewer.core.extract import Extraction, extract
from viewer.gui.inspector.inspector import Inspector
from viewer.gui.inspector.words import threshold_caption
from viewer.gui.opening import OpenRequest
from viewer.gui.window import MainWindow

LEFT = Qt.MouseButton.LeftButton


def test_an_inspector_asks_for_another_level(inspector: Inspector, digit: Extraction) -> None:
    asked: list[object] = []
    inspector.level_chosen.connect(asked.append)
    inspector.tools.plot.change(-7)
    assert asked == [digit.level - 7]
    inspector.show_variant(extract(digit.image, level=digit.level - 7))
    assert "by hand" in inspector.panels.thresholded.caption.text
    inspector.tools.plot.reset()
    assert asked[-1] is None


def test_a_level_by_hand_is_said() -> None:
    image = np.zeros((9, 9), np.uint8)
    image[2:7, 4] = (90, 120, 250, 120, 90)
    assert threshold_caption(extract(image, level=200)).text == "level 200, by hand"
    chosen = extract(image).threshold.level
    assert threshold_caption(extract(image, level=chosen)).text.startswith(f"level {chosen}: ")


def test_thinning_steps_move_the_dots(inspector: Inspector) -> None:
    dots = inspector.panels.dots
    before = inspector.panels.thinned.board.viewport().grab().toImage()
    inspector.tools.thinning.move_step(-2)
    assert inspector.panels.thinned.board.viewport().grab().toImage() != before
    inspector.tools.thinning.move_step(2)
    assert inspector.panels.thinned.board.viewport().grab().toImage() == before
    assert dots.isVisible()


def test_the_filmstrip_seeks_and_a_look_comes_back(qtbot: QtBot, inspector: Inspector) -> None:
    strip = inspector.filmstrip
    inspector.player.seek(2)
    QTest.mouseMove(strip.viewport(), strip.place(0).center())
    assert inspector.player.clock.position != 2
    QApplication.sendEvent(strip.viewport(), QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: inspector.player.clock.position == 2)
    QTest.mouseClick(strip.viewport(), LEFT, pos=strip.place(0).center())
    assert inspector.player.clock.position > 2


def test_tools_fold_by_hand_and_where_there_is_no_room(inspector: Inspector) -> None:
    inspector.resize(900, 900)
    assert inspector.tools.isVisible()
    assert inspector.filmstrip.isVisible()
    inspector.set_tools_shown(False)
    assert not inspector.tools.isVisible()
    assert inspector.save_state()["tools"] is False
    inspector.set_tools_shown(True)
    assert inspector.tools.isVisible()
    inspector.resize(900, inspector.minimumSizeHint().height() + 40)
    assert not inspector.tools.isVisible()
    assert inspector.tools_shown
    inspector.resize(900, 900)
    assert inspector.tools.isVisible()


def test_dragging_the_level_moves_all_stages_of_the_window(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.resize(1440, 960)
    with qtbot.waitSignal(window.digit_shown):
        window.open(OpenRequest("sample"))
    inspector = window.inspector
    plot = inspector.tools.plot
    rows = inspector.details.table.text()
    start = plot.place(plot.level).toPoint()
    end = plot.place(250).toPoint()
    QTest.mousePress(plot, LEFT, pos=start)
    QTest.mouseMove(plot, end)
    QTest.mouseRelease(plot, LEFT, pos=end)
    qtbot.waitUntil(lambda: plot.level > 230)
    qtbot.waitUntil(lambda: inspector.details.table.text() != rows)
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: inspector.details.table.text() == rows)
