"""The replay by mouse and keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSlider, QWidget
from pytestqt.qtbot import QtBot

from viewer.gui.actions import check
from viewer.gui.inspector.inspector import Inspector

LEFT = Qt.MouseButton.LeftButton


def test_buttons_step_points_and_with_shift_strokes(inspector: Inspector) -> None:
    bar = inspector.transport
    QTest.mouseClick(bar.first, LEFT)
    assert bar.position.text() == "1/10"
    QTest.mouseClick(bar.forward, LEFT)
    assert bar.position.text() == "2/10"
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyPress(bar, Qt.Key.Key_Shift)
    QTest.mouseClick(bar.forward, LEFT, shift)
    assert bar.position.text() == "7/10"
    QTest.mouseClick(bar.back, LEFT, shift)
    assert bar.position.text() == "1/10"
    QTest.mouseClick(bar.last, LEFT)
    assert bar.position.text() == "10/10"
    QTest.mouseClick(bar.back, LEFT)
    assert bar.position.text() == "9/10"
    assert inspector.details.table.pen_row == 9


def test_play_ticks_to_the_end_and_rests(qtbot: QtBot, inspector: Inspector) -> None:
    inspector.player.set_speed(10)
    QTest.mouseClick(inspector.transport.play, LEFT)
    assert inspector.player.ticking
    assert inspector.transport.play.accessibleName() == "Pause"
    qtbot.waitUntil(lambda: not inspector.player.clock.playing, timeout=5000)
    assert inspector.player.clock.position == 10
    assert not inspector.player.ticking
    assert inspector.transport.play.accessibleName() == "Play"


def test_pause_holds_the_pen(qtbot: QtBot, inspector: Inspector) -> None:
    inspector.player.set_speed(0.5)
    QTest.mouseClick(inspector.transport.play, LEFT)
    qtbot.waitUntil(lambda: inspector.player.clock.position > 1.2, timeout=5000)
    QTest.mouseClick(inspector.transport.play, LEFT)
    held = inspector.player.clock.position
    qtbot.wait(60)
    assert inspector.player.clock.position == held
    assert 1.2 < held < 10


def test_nothing_ticks_while_hidden(qtbot: QtBot, inspector: Inspector) -> None:
    inspector.player.set_loop(True)
    inspector.player.play()
    assert inspector.player.ticking
    inspector.hide()
    assert not inspector.player.ticking
    held = inspector.player.clock.position
    qtbot.wait(60)
    assert inspector.player.clock.position == held
    inspector.show()
    assert inspector.player.ticking


def test_a_tick_repaints_the_strokes_board_alone(qtbot: QtBot, inspector: Inspector) -> None:
    painted: list[QObject] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint:
                painted.append(watched)
            return False

    watch = Watch()
    qtbot.wait(50)
    for panel in inspector.panels.panels:
        panel.board.viewport().installEventFilter(watch)
    inspector.player.set_speed(2)
    inspector.player.play()
    qtbot.waitUntil(lambda: len(painted) > 5, timeout=5000)
    inspector.player.pause()
    assert set(painted) == {inspector.panels.strokes.board.viewport()}


def test_the_scrub_bar_moves_the_pen(inspector: Inspector) -> None:
    slider = inspector.transport.slider
    QTest.mousePress(slider, LEFT, pos=QPoint(slider.width() // 2, slider.height() // 2))
    middle = inspector.player.clock.position
    assert 4.5 < middle < 6.5
    QTest.mouseMove(slider, QPoint(slider.width() - 1, slider.height() // 2))
    assert inspector.player.clock.position == 10
    QTest.mouseRelease(slider, LEFT, pos=QPoint(slider.width() - 1, slider.height() // 2))
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Left)
    assert inspector.player.clock.position == 9


def test_the_menu_of_the_loop_chooses_its_pause(qtbot: QtBot, inspector: Inspector) -> None:
    loop = inspector.transport.loop
    menu = loop.menu()
    icons = {loop.icon().cacheKey()}
    for index, seconds in ((2, 2.0), (0, 0.5), (1, 1.0)):
        menu.popup(loop.mapToGlobal(QPoint(0, loop.height())))
        qtbot.waitUntil(menu.isVisible)
        action = menu.actions()[index]
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
        assert inspector.player.clock.end_pause == seconds
        assert [other.isChecked() for other in menu.actions()].index(True) == index
        assert f"{seconds:g} s" in loop.toolTip()
        icons.add(loop.icon().cacheKey())
    assert len(icons) == 4
    assert not inspector.player.clock.loop
    QTest.mouseClick(loop, LEFT, pos=QPoint(8, 16))
    assert inspector.player.clock.loop
    assert not menu.isVisible()


def test_the_pause_of_a_loop_is_remembered(inspector: Inspector) -> None:
    player = inspector.player
    pauses = []
    for _ in range(4):
        player.next_end_pause()
        pauses.append(player.clock.end_pause)
    assert pauses == [2.0, 0.5, 1.0, 2.0]
    state = player.save_state()
    player.set_end_pause(0.5)
    for wrong in (0.9, "2", None, [2.0]):
        player.restore_state({"end_pause": wrong})
        assert player.clock.end_pause == 0.5
    player.restore_state(state)
    assert player.clock.end_pause == 2.0


def test_keys_work_from_the_table_of_actions(qtbot: QtBot, inspector: Inspector) -> None:
    keys = {}
    for spec in check(inspector.actions_table()):
        slot = spec.slot
        for key in spec.shortcut.split():
            checked = [True] if spec.checkable else []
            shortcut = QShortcut(key, inspector)
            shortcut.activated.connect(lambda slot=slot, checked=checked: slot(*checked))
            keys[spec.name] = shortcut
        assert spec.help
    inspector.activateWindow()
    inspector.setFocus()
    qtbot.waitActive(inspector)
    clock = inspector.player.clock
    QTest.keyClick(inspector, Qt.Key.Key_Home)
    assert clock.position == 1
    QTest.keyClick(inspector, Qt.Key.Key_Period)
    assert clock.position == 2
    QTest.keyClick(inspector, Qt.Key.Key_Period, Qt.KeyboardModifier.ShiftModifier)
    assert clock.position == 7
    QTest.keyClick(inspector, Qt.Key.Key_Comma, Qt.KeyboardModifier.ShiftModifier)
    assert clock.position == 1
    QTest.keyClick(inspector, Qt.Key.Key_BracketRight)
    assert clock.speed == 2
    QTest.keyClick(inspector, Qt.Key.Key_L)
    assert clock.loop
    QTest.keyClick(inspector, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    assert (clock.loop, clock.end_pause) == (True, 2)
    with qtbot.waitSignal(inspector.passes_chosen) as passes:
        QTest.keyClick(inspector, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert passes.args == [3]
    QTest.keyClick(inspector, Qt.Key.Key_Plus)
    assert not inspector.panels.lens.fitted
    QTest.keyClick(inspector, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert inspector.panels.lens.fitted
    QTest.keyClick(inspector, Qt.Key.Key_Space)
    assert clock.playing
    QTest.keyClick(inspector, Qt.Key.Key_End)
    assert clock.at_end
    assert not clock.playing


def test_controls_have_names_and_tool_tips(inspector: Inspector) -> None:
    kinds = (QAbstractButton, QComboBox, QSlider)
    controls = [
        widget
        for kind in kinds
        for widget in inspector.transport.findChildren(kind)
        if isinstance(widget, QWidget)
    ]
    assert len(controls) == 8
    for widget in [*controls, inspector.details.table, inspector.transport.position]:
        assert widget.accessibleName()
        assert widget.toolTip()
