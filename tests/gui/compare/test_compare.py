"""Several digits at once: replay, keys, removal, states."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSlider
from pytestqt.qtbot import QtBot

from tests.gui.compare.conftest import Show, make_item, make_items
from viewer.gui.actions import check
from viewer.gui.compare.board_panel import PREPARING
from viewer.gui.compare.compare import CompareView
from viewer.gui.compare.item import CompareItem
from viewer.gui.compare.pace import WORDS
from viewer.gui.inspector.inspector import Inspector
from viewer.gui.inspector.panels import BLANK
from viewer.gui.jobs import Jobs
from viewer.gui.theme import dark, light

LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key


def drawn(view: CompareView) -> list[str]:
    """Return how far each digit is written, as the panels say it."""
    return [panel.progress.text() for panel in view.panels.shown]


def test_digits_stand_side_by_side_with_their_words(view: CompareView, show: Show) -> None:
    show([make_item(3), make_item(5, bars=2)])
    first, second = view.panels.shown
    assert (first.title.text, second.title.text) == ("train:3", "train:5")
    assert first.caption.text.startswith("class 3; 1 stroke, ")
    assert second.caption.text.endswith("1 pen lift")
    assert view.title.text == "2 digits compared"
    assert view.positions == (3, 5)
    assert drawn(view) == [f"{panel.points}/{panel.points}" for panel in (first, second)]


def test_fewer_or_more_digits_are_refused(view: CompareView) -> None:
    for count in (0, 1, 10):
        with pytest.raises(ValueError, match="2 to 9 digits"):
            view.show_digits(make_items(count))


def test_one_transport_plays_all(qtbot: QtBot, view: CompareView, show: Show) -> None:
    show([make_item(0), make_item(9)])
    short, long = (panel.points for panel in view.panels.shown)
    assert short < long
    QTest.mouseClick(view.transport.first, LEFT)
    assert drawn(view) == [f"1/{short}", f"1/{long}"]
    QTest.mouseClick(view.transport.forward, LEFT)
    assert drawn(view) == [f"2/{short}", f"2/{long}"]
    assert view.transport.position.text() == f"2/{long}"
    view.player.set_speed(10)
    QTest.mouseClick(view.transport.play, LEFT)
    qtbot.waitUntil(lambda: not view.player.clock.playing, timeout=5000)
    assert drawn(view) == [f"{short}/{short}", f"{long}/{long}"]


def test_the_pace_is_a_choice(qtbot: QtBot, view: CompareView, show: Show) -> None:
    show([make_item(0), make_item(9)])
    short, long = (panel.points for panel in view.panels.shown)
    view.player.seek(short)
    assert drawn(view) == [f"{short}/{short}", f"{short}/{long}"]
    view.paces.setFocus()
    with qtbot.waitSignal(view.switch_changed) as seen:
        QTest.keyClick(view.paces, Key.Key_Down)
    assert seen.args == ["end-together", True]
    assert view.pace == "share"
    assert view.paces.toolTip() == WORDS["share"][1]
    view.player.seek(long - 1)
    assert drawn(view)[0] == f"{short - 1}/{short}"
    view.player.finish()
    view.set_pace("points")
    assert view.player.clock.at_end


def test_digits_play_as_soon_as_they_are_there(view: CompareView, show: Show) -> None:
    view.autoplay = True
    show(make_items(3))
    assert view.player.ticking
    view.hide()
    assert not view.player.ticking
    view.show()
    assert view.player.ticking


def test_until_the_strokes_are_there_the_panels_say_so(view: CompareView) -> None:
    view.show_digits(make_items(2))
    assert view.preparing
    assert [panel.board.message for panel in view.panels.shown] == [PREPARING, PREPARING]
    assert not view.transport.play.isEnabled()


def test_only_the_last_wish_is_answered(qtbot: QtBot, view: CompareView) -> None:
    view.show_digits(make_items(9))
    view.show_digits([make_item(9), make_item(8)])
    qtbot.waitUntil(lambda: not view.preparing, timeout=30_000)
    assert view.positions == (9, 8)
    assert [panel.title.text for panel in view.panels.shown] == ["train:9", "train:8"]
    assert all(panel.points for panel in view.panels.shown)


def test_arrows_move_among_digits_and_enter_goes_to_one(
    qtbot: QtBot, view: CompareView, show: Show
) -> None:
    show(make_items(9))
    panels = view.panels.shown
    assert panels[0].hasFocus()
    for key, place in (
        (Key.Key_Right, 1), (Key.Key_Down, 4), (Key.Key_Down, 7), (Key.Key_Down, 7),
        (Key.Key_Left, 6), (Key.Key_Left, 6), (Key.Key_Up, 3),
    ):  # fmt: skip
        QTest.keyClick(view.focusWidget(), key)
        assert view.panels.current == place
        assert panels[place].hasFocus()
    with qtbot.waitSignal(view.digit_chosen) as seen:
        QTest.keyClick(panels[3], Key.Key_Return)
    assert seen.args == [3]


def test_a_double_click_goes_to_a_digit(qtbot: QtBot, view: CompareView, show: Show) -> None:
    show(make_items(4))
    with qtbot.waitSignal(view.digit_chosen) as seen:
        QTest.mouseDClick(view.panels.shown[2].board.viewport(), LEFT)
    assert seen.args == [2]


def test_a_click_makes_a_digit_the_current_one(view: CompareView, show: Show) -> None:
    show(make_items(4))
    QTest.mouseClick(view.panels.shown[2].board.viewport(), LEFT)
    assert view.panels.current == 2
    frames = [panel.frame_color for panel in view.panels.shown]
    assert frames == [light().border, light().border, light().accent, light().border]


def test_delete_takes_a_digit_away_and_the_replay_goes_on(view: CompareView, show: Show) -> None:
    show(make_items(4))
    view.player.restart()
    view.player.play()
    QTest.keyClick(view.focusWidget(), Key.Key_Right)
    QTest.keyClick(view.focusWidget(), Key.Key_Delete)
    assert view.positions == (0, 2, 3)
    assert [panel.title.text for panel in view.panels.shown] == ["train:0", "train:2", "train:3"]
    assert view.title.text == "3 digits compared"
    assert view.panels.current == 1
    assert view.panels.shown[1].hasFocus()
    assert view.player.ticking
    QTest.mouseClick(view.panels.shown[2].remove, LEFT)
    assert [panel.title.text for panel in view.panels.shown] == ["train:0", "train:2"]
    assert view.panels.current == 1


def test_the_last_but_one_ends_the_comparison(view: CompareView, show: Show) -> None:
    show([make_item(3), make_item(5)])
    heard: list[object] = []
    view.digit_chosen.connect(heard.append)
    view.closed.connect(lambda: heard.append("closed"))
    QTest.mouseClick(view.panels.shown[0].remove, LEFT)
    assert heard == [5, "closed"]


def test_tab_goes_through_the_digits_then_through_the_transport(
    view: CompareView, show: Show
) -> None:
    show(make_items(4))
    view.remove(1)
    show(make_items(4))
    seen = []
    for _ in range(5):
        seen.append(view.focusWidget())
        QTest.keyClick(view.focusWidget(), Key.Key_Tab)
    assert seen == [*view.panels.shown, view.transport.first]


def test_escape_and_back_close_it(qtbot: QtBot, view: CompareView, show: Show) -> None:
    show(make_items(2))
    stolen: list[str] = []
    shortcut = QShortcut("Esc", view)
    shortcut.activated.connect(lambda: stolen.append("Esc"))
    for place in (view.panels.shown[0], view.transport.slider, view.paces):
        place.setFocus()
        with qtbot.waitSignal(view.closed, timeout=1000):
            QTest.keyClick(place, Key.Key_Escape)
    with qtbot.waitSignal(view.closed, timeout=1000):
        QTest.mouseClick(view.back, LEFT)
    assert stolen == []


def test_the_inspectors_keys_act_on_the_comparison(
    qtbot: QtBot, view: CompareView, show: Show
) -> None:
    show(make_items(3))
    inspector = Inspector(light())
    qtbot.addWidget(inspector)
    table = check([*inspector.actions_table(lambda: view), *view.actions_table()])
    for spec in table:
        checked = [True] if spec.checkable else []
        for key in spec.shortcut.split():
            shortcut = QShortcut(key, view)
            shortcut.activated.connect(lambda slot=spec.slot, checked=checked: slot(*checked))
    clock = view.player.clock
    panel = view.panels.shown[0]
    QTest.keyClick(panel, Key.Key_Home)
    assert clock.position == 1
    QTest.keyClick(panel, Key.Key_Period)
    assert clock.position == 2
    QTest.keyClick(panel, Key.Key_Period, Qt.KeyboardModifier.ShiftModifier)
    assert clock.position == view.player.clock.timeline.stroke_starts()[1]
    QTest.keyClick(panel, Key.Key_BracketRight)
    assert clock.speed == 2
    QTest.keyClick(panel, Key.Key_L)
    assert clock.loop
    QTest.keyClick(panel, Key.Key_Plus)
    assert not any(shown.lens.fitted for shown in view.panels.shown)
    QTest.keyClick(panel, Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert all(shown.lens.fitted for shown in view.panels.shown)
    QTest.keyClick(panel, Key.Key_Y)
    assert view.pace == "share"
    QTest.keyClick(panel, Key.Key_Space)
    assert clock.playing
    QTest.keyClick(panel, Key.Key_End)
    assert clock.at_end
    assert inspector.player.clock.speed == 1
    QTest.keyClick(panel, Key.Key_Delete)
    assert view.positions == (1, 2)


def test_a_blank_image_and_one_too_large_say_so(view: CompareView, show: Show) -> None:
    blank = CompareItem(1, "train:1", "", np.zeros((28, 28), np.uint8))
    large = CompareItem(2, "train:2", "", np.full((65, 65), 255, np.uint8))
    show([make_item(0), blank, large])
    messages = [panel.board.message for panel in view.panels.shown]
    assert messages[:2] == ["", BLANK]
    assert messages[2].startswith("No strokes: ")
    assert view.transport.play.isEnabled()
    assert drawn(view)[1:] == ["", ""]


def test_digits_without_strokes_leave_nothing_to_play(view: CompareView, show: Show) -> None:
    none = np.zeros((28, 28), np.uint8)
    show([CompareItem(1, "train:1", "", none), CompareItem(2, "train:2", "", none)])
    assert not view.transport.play.isEnabled()
    assert view.transport.position.text() == "–"


def test_a_failure_is_said_on_every_digit(
    view: CompareView, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*, apart: bool, order: str) -> None:
        raise OSError(f"no kernels, {apart}")

    monkeypatch.setattr("viewer.jit.prepare", fail)
    show(make_items(2))
    messages = [panel.board.message for panel in view.panels.shown]
    assert messages == ["No strokes: no kernels, True"] * 2


def test_the_state_survives_json(view: CompareView, qtbot: QtBot, jobs: Jobs) -> None:
    view.player.set_speed(5)
    view.player.set_loop(True)
    view.set_pace("share")
    state = json.loads(json.dumps(view.save_state()))
    other = CompareView(light(), jobs)
    qtbot.addWidget(other)
    other.restore_state(state)
    assert other.save_state() == state
    assert other.paces.currentText() == "By share"
    other.restore_state({"speed": "fast", "loop": 1, "pace": []})
    other.restore_state({"speed": float("inf"), "pace": "time"})
    assert other.save_state() == state


def test_the_theme_changes_live(view: CompareView, show: Show) -> None:
    show(make_items(4))
    view.remove(3)
    view.set_theme(dark())
    assert view.panels.shown[1].frame_color == dark().border
    show(make_items(4))
    assert view.panels.shown[3].frame_color == dark().border
    assert view.panels.shown[0].frame_color == dark().accent


def test_controls_have_names_and_tool_tips(view: CompareView, show: Show) -> None:
    show(make_items(2))
    for kind in (QAbstractButton, QComboBox, QSlider):
        for widget in view.findChildren(kind):
            if widget.isVisible():
                assert widget.accessibleName(), widget
                assert widget.toolTip(), widget
    assert [panel.accessibleName() for panel in view.panels.shown] == [
        "Digit train:0",
        "Digit train:1",
    ]


@pytest.mark.data
def test_nine_sevens_of_mnist_are_written_together(
    view: CompareView, show: Show, shared_data: Path
) -> None:
    from viewer.catalog.table import Table
    from viewer.datasets.source import open_source

    table = Table(open_source(shared_data / "mnist"))
    sevens = np.flatnonzero(table.values("class") == 7)[:9].tolist()
    show([CompareItem(place, table.identity(place), "", table.image(place)) for place in sevens])
    view.set_pace("share")
    view.player.seek(view.player.clock.count / 2)
    assert view.positions == tuple(sevens)
    for panel in view.panels.shown:
        written, points = map(int, panel.progress.text().split("/"))
        assert 0.3 < written / points < 0.7
