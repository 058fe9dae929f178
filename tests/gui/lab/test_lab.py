"""The lab as a whole: A and B on a digit and on the digits shown."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QMainWindow,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from viewer.catalog.table import Table
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.gui.actions import check
from viewer.gui.jobs import Jobs
from viewer.gui.lab.lab import LabDock
from viewer.gui.lab.parting import SAME
from viewer.gui.lab.trial import NO_DIGIT
from viewer.gui.menus import build_menus
from viewer.gui.theme import dark, light

LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key
OTHER = replace(PUBLISHED, threshold_step=5)


def show(qtbot: QtBot, lab: LabDock, table: Table, position: int = 0) -> None:
    """Show a digit and wait until it is looked at."""
    with qtbot.waitSignal(lab.trial._frame.timeout):
        lab.show_digit(table.image(position), table.identity(position))


def page(lab: LabDock) -> QScrollArea:
    """Return what scrolls."""
    area = lab.widget()
    assert isinstance(area, QScrollArea)
    return area


def step(qtbot: QtBot, lab: LabDock, name: str, key: Key) -> None:
    """Press a key on a number and wait until the digit is looked at."""
    number = lab.form.rows[name].editor.number
    assert number is not None
    with qtbot.waitSignal(lab.trial._frame.timeout):
        QTest.keyClick(number, key)


def test_the_same_settings_make_the_same(qtbot: QtBot, lab: LabDock, table: Table) -> None:
    assert lab.trial.pair.sides[1].board.message == NO_DIGIT
    show(qtbot, lab, table)
    assert lab.trial.words.text == SAME
    assert lab.trial.name.text == "train:0"
    assert [side.title.text for side in lab.trial.pair.sides] == [
        "A: in use, published",
        "B: tried, published",
    ]
    assert lab.trial.legend.shown == []
    assert not lab.use.isEnabled()
    assert not lab.back.isEnabled()
    assert not lab.published.isEnabled()


def test_a_change_shows_at_once(qtbot: QtBot, lab: LabDock, table: Table) -> None:
    show(qtbot, lab, table)
    for _ in range(8):
        step(qtbot, lab, "threshold_ceiling", Key.Key_PageDown)
        step(qtbot, lab, "threshold_ceiling", Key.Key_PageDown)
    assert lab.tried == replace(PUBLISHED, threshold_ceiling=90)
    assert lab.trial.words.text.startswith("Level 75 instead of ")
    a, b = lab.trial.pair.sides
    assert b.caption.text.startswith("level 75, ")
    assert a.caption.text != b.caption.text
    assert b.title.text == "B: tried, own"
    assert "only in B" in lab.trial.legend.shown
    assert b.marks.own
    assert a.marks.missing == b.marks.own


def test_b_is_put_to_use(qtbot: QtBot, lab: LabDock) -> None:
    lab.try_settings(OTHER)
    with qtbot.waitSignal(lab.use_wanted) as asked:
        QTest.mouseClick(lab.use, LEFT)
    assert asked.args == [OTHER]
    lab.set_used(OTHER)
    assert lab.used == lab.tried == OTHER
    assert not lab.use.isEnabled()
    assert lab.back.text() == "Back to B"
    QTest.mouseClick(lab.back, LEFT)
    assert lab.tried == PUBLISHED, "what was in use before is tried again"
    with qtbot.assertNotEmitted(lab.use_wanted):
        lab.try_settings(OTHER)
        lab.use_tried()


def test_back_goes_to_a_and_again_to_b(lab: LabDock) -> None:
    lab.try_settings(OTHER)
    assert lab.back.text() == "Back to A"
    QTest.mouseClick(lab.back, LEFT)
    assert lab.tried == PUBLISHED
    assert (lab.back.text(), lab.back.isEnabled()) == ("Back to B", True)
    QTest.mouseClick(lab.back, LEFT)
    assert lab.tried == OTHER


def test_b_follows_a_until_it_is_another(lab: LabDock) -> None:
    lab.set_used(OTHER)
    assert lab.tried == OTHER
    QTest.mouseClick(lab.published, LEFT)
    assert lab.tried == PUBLISHED
    third = replace(PUBLISHED, minimum_component=9)
    lab.set_used(third)
    assert (lab.used, lab.tried) == (third, PUBLISHED)
    assert lab.form.rows["minimum_component"].against.text == "A: 9"


def test_the_digits_shown_are_counted_and_can_be_shown(
    qtbot: QtBot, lab: LabDock, table: Table
) -> None:
    lab.set_scope(table, np.arange(30))
    lab.try_settings(replace(OTHER, thinning_passes=None))
    qtbot.waitUntil(lambda: lab.effect.complete, timeout=30_000)
    assert " of 30 digits change (" in lab.effect_row.words.text
    with qtbot.waitSignal(lab.show_wanted) as asked:
        QTest.mouseClick(lab.effect_row.showing, LEFT)
    positions, words = asked.args
    assert positions.tolist() == lab.effect.changes.changed.tolist()
    assert words == "change with threshold step 5, thinning passes until nothing changes"
    lab.try_settings(PUBLISHED)
    assert not lab.effect.begun
    assert lab.effect_row.words.text == "A and B are the same: nothing changes."


def test_while_hidden_nothing_happens(
    qtbot: QtBot, lab: LabDock, jobs: Jobs, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab.hide()
    with monkeypatch.context() as patch:
        patch.setattr("viewer.core.extract.extract", lambda *_: pytest.fail("extracted"))
        patch.setattr("viewer.core.batch.extract_batch", lambda *_: pytest.fail("counted"))
        lab.set_scope(table, np.arange(30))
        lab.show_digit(table.image(3), "train:3")
        lab.try_settings(OTHER)
        with qtbot.waitSignal(lab.trial._frame.timeout), qtbot.assertNotEmitted(lab.use_wanted):
            lab.use_tried()
            lab.go_back()
        assert lab.tried == OTHER
        assert lab.effect.total == 0
        assert not jobs.running
    lab.show()
    assert lab.trial.words.text
    qtbot.waitUntil(lambda: lab.effect.complete, timeout=30_000)
    lab.hide()
    lab.show()
    assert lab.effect.complete, "what was counted to the end is kept"


def test_hiding_stops_the_count(qtbot: QtBot, lab: LabDock, jobs: Jobs, table: Table) -> None:
    lab.set_scope(table, np.arange(30))
    lab.try_settings(OTHER)
    lab.effect.start()
    lab.hide()
    assert not lab.effect.begun
    qtbot.waitUntil(lambda: not jobs.running, timeout=30_000)
    assert len(lab.effect.changes) == 0


def test_b_is_remembered(lab: LabDock) -> None:
    assert lab.save_state() == {}
    tried = ExtractionSettings(threshold_keep=0.25, thinning_passes=None, announce_last_jump=True)
    lab.try_settings(tried)
    state = json.loads(json.dumps(lab.save_state()))
    lab.try_settings(PUBLISHED)
    lab.restore_state(state)
    assert lab.tried == tried
    damaged: list[dict[str, object]] = [
        {}, {"tried": 3}, {"tried": {"threshold_step": 0}}, {"tried": {"threshold_step": "7"}},
        {"tried": {"unknown": 1}}, {"tried": {"order": []}}, {"tried": {"thinning_passes": True}},
    ]  # fmt: skip
    for state in damaged:
        lab.restore_state(state)
        assert lab.tried == tried


def test_keys_work_from_the_menu(qtbot: QtBot, jobs: Jobs) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    made = LabDock(light(), jobs, window)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, made)
    actions = build_menus(window, check(made.actions_table()))
    made.switch_changed.connect(lambda name, on: actions[name].setChecked(on))
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    assert not made.isVisible()
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Key.Key_L, control)
    assert made.isVisible()
    made.try_settings(OTHER)
    with qtbot.waitSignal(made.use_wanted):
        QTest.keyClick(window, Key.Key_U, control | shift)
    QTest.keyClick(window, Key.Key_B, control | shift)
    assert made.tried == PUBLISHED
    made.close()
    assert not actions["lab"].isChecked()
    QTest.keyClick(window, Key.Key_L, control)
    assert made.isVisible()
    assert actions["lab"].isChecked()
    qtbot.waitUntil(lambda: not jobs.running, timeout=60_000)


def test_figures_can_be_typed_where_figures_are_keys(qtbot: QtBot, jobs: Jobs) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    made = LabDock(light(), jobs, window)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, made)
    window.addAction("Mark").setShortcut("1")
    window.show()
    made.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    number = made.form.rows["threshold_step"].editor.number
    assert number is not None
    number.setFocus()
    number.selectAll()
    QTest.keyClicks(number, "11")
    assert made.tried.threshold_step == 11
    qtbot.waitUntil(lambda: not jobs.running, timeout=60_000)


def test_a_low_lab_scrolls_and_both_themes_paint(qtbot: QtBot, lab: LabDock, table: Table) -> None:
    show(qtbot, lab, table)
    lab.resize(360, 300)
    page(lab).ensureWidgetVisible(lab.trial.pair)
    image = lab.grab().toImage()
    lab.set_theme(dark())
    assert lab.grab().toImage() != image
    page(lab).ensureWidgetVisible(lab.effect_row.showing)
    corner = lab.effect_row.showing.mapTo(lab, QPoint(0, 0))
    assert 0 < corner.y() < 300


def test_controls_have_names_and_tool_tips(lab: LabDock) -> None:
    kinds: tuple[type[QWidget], ...] = (QAbstractButton, QAbstractSpinBox, QComboBox)
    mine = [part for kind in kinds for part in lab.widget().findChildren(kind)]
    assert len(mine) > 12
    for part in mine:
        assert part.accessibleName(), part
        assert part.toolTip(), part
