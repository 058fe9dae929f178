"""Correcting strokes in an inspector by mouse and keys, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.inspector.boards import METADATA, spot
from tests.gui.inspector.digits import blank, draw
from viewer.catalog.corrections.corrections import Corrections
from viewer.catalog.table import Table
from viewer.core.extract import Extraction
from viewer.datasets.digits import DigitSet, Split
from viewer.gui.actions import check
from viewer.gui.correcting import BY_HAND, Correcting
from viewer.gui.inspector.correction_bar import COMPUTED, CORRECTED, UNFIT
from viewer.gui.inspector.inspector import Inspector
from viewer.gui.theme import light

LEFT = Qt.MouseButton.LeftButton
PICTURE = """
    ..........
    .abcd.....
    ..........
    ..e...i...
    ..f...j...
    ..g...k...
    ..h.......
    ..........
    .........l
    .........m
"""
"""Strokes abcd, efgh, ijk and lm."""
LETTERS = "abcdefghijklm"


class Desk:
    """An inspector that shows the first digit of a set, its bar unfolded."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.digit = draw(PICTURE)
        self.folder = folder
        images = np.stack([self.digit.image, 255 - self.digit.image])
        split = Split("train", images, np.array([7, 8], np.uint8), {})
        self.dataset = DigitSet("Drawn", "drawn", {"train": split}, ())
        self.table = Table(self.dataset)
        self.page = QWidget()
        qtbot.addWidget(self.page)
        self.inspector = Inspector(light())
        self.bar = self.inspector.correction
        column = QVBoxLayout(self.page)
        column.addWidget(self.inspector, 1)
        self.page.resize(1000, 850)
        self.inspector.set_autoplay(False)
        self.correcting = Correcting(self.inspector, self.page)
        self.changed: list[int] = []
        self.made: list[bool] = []
        self.said: list[str] = []
        self.troubled: list[str] = []
        self.switches: list[bool] = []
        self.correcting.changed.connect(self.changed.append)
        self.correcting.made.connect(lambda: self.made.append(True))
        self.correcting.said.connect(self.said.append)
        self.correcting.troubled.connect(self.troubled.append)
        self.bar.switched.connect(self.switches.append)
        self._add_keys()
        self.store = self.open()
        self.correcting.set_corrections(self.store, self.table)
        self.page.show()
        qtbot.waitExposed(self.page)
        self.show(self.digit)

    def open(self) -> Corrections:
        return Corrections.open(self.dataset, self.folder)

    def _add_keys(self) -> None:
        for spec in check(self.correcting.actions_table()):
            shortcut = QShortcut(spec.shortcut, self.page)
            if spec.checkable:
                shortcut.activated.connect(partial(self._switch, spec.slot))
            else:
                shortcut.activated.connect(spec.slot)

    def _switch(self, slot: Callable[[bool], None]) -> None:
        slot(not self.bar.unfolded)

    def show(self, extraction: Extraction) -> None:
        shown = self.correcting.show(extraction, "train", 0)
        self.inspector.show_digit(shown, "train:0", METADATA)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        QTest.keyClick(self.page, key, modifier or Qt.KeyboardModifier.NoModifier)

    def pen_to(self, letter: str) -> None:
        """Click the pixel of a letter on the Strokes board."""
        row, column = self.digit.points[LETTERS.index(letter)].tolist()
        board = self.inspector.panels.strokes.board
        QTest.mouseClick(board.viewport(), LEFT, pos=spot(board, row + 0.5, column + 0.5))

    def spell(self) -> str:
        """Return the strokes on show as letters, as the sequence table has them."""
        points = self.digit.points.tolist()
        table = self.inspector.details.table.sequence
        words: list[str] = []
        seen = -1
        for row in range(table.rowCount()):
            if (point := table.point(row)) == seen or point < 0:
                words.append(" ")
                continue
            seen = point
            words.append(LETTERS[points.index(self.shown.points[point].tolist())])
        return "".join(words).strip()

    @property
    def shown(self) -> Extraction:
        return self.correcting.apply(self.digit, "train", 0)

    @property
    def pen(self) -> str:
        """The letter that the pen stands on."""
        place = self.shown.points[self.inspector.player.clock.drawn - 1].tolist()
        return LETTERS[self.digit.points.tolist().index(place)]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    made = Desk(qtbot, tmp_path)
    with qtbot.waitActive(made.page):
        made.page.activateWindow()
    made.page.setFocus()
    qtbot.waitUntil(made.page.hasFocus)
    made.press(Qt.Key.Key_E)
    return made


def test_the_keys(desk: Desk) -> None:
    keys = {spec.name: spec.shortcut for spec in check(desk.correcting.actions_table())}
    assert keys == {
        "correct": "E",
        "correct-reverse": "V",
        "correct-earlier": "Ctrl+Up",
        "correct-later": "Ctrl+Down",
        "correct-split": "B",
        "correct-join": "J",
        "correct-start": "H",
        "correct-take-back": "Ctrl+Backspace",
    }
    assert desk.switches == [True]
    assert desk.spell() == "abcd efgh ijk lm"


def test_a_clicked_stroke_is_reversed_by_key_and_kept(desk: Desk) -> None:
    desk.pen_to("f")
    assert desk.bar.stroke.text == "Stroke 2 of 4"
    assert desk.bar.state.text == COMPUTED
    desk.press(Qt.Key.Key_V)
    assert desk.spell() == "abcd hgfe ijk lm"
    assert desk.pen == "f"
    assert desk.bar.state.text == CORRECTED
    assert "corrected by hand" in desk.inspector.panels.strokes.caption.text
    assert (desk.changed, desk.made) == ([0], [True])
    assert desk.said == ["Stroke reversed: train:0"]
    desk.store.flush()
    kept = desk.open().get("train", 0)
    assert kept is not None
    assert kept[1].tolist() == desk.digit.points[7:3:-1].tolist()
    assert desk.table.values("corrected").tolist() == [True, False]


def test_the_stroke_worked_on_stays_the_one_meant(desk: Desk) -> None:
    desk.pen_to("k")
    control = Qt.KeyboardModifier.ControlModifier
    desk.press(Qt.Key.Key_Up, control)
    desk.press(Qt.Key.Key_Up, control)
    desk.press(Qt.Key.Key_V)
    assert desk.spell() == "kji abcd efgh lm"
    assert desk.bar.stroke.text == "Stroke 1 of 4"
    desk.press(Qt.Key.Key_Down, control)
    assert desk.spell() == "abcd kji efgh lm"


def test_the_buttons_split_join_and_start(desk: Desk) -> None:
    desk.pen_to("g")
    QTest.mouseClick(desk.bar.buttons["split"], LEFT)
    assert desk.spell() == "abcd ef gh ijk lm"
    assert (desk.pen, desk.bar.stroke.text) == ("g", "Stroke 3 of 5")
    assert not desk.bar.buttons["split"].isEnabled()
    QTest.mouseClick(desk.bar.buttons["start"], LEFT)
    assert desk.spell() == "gh abcd ef ijk lm"
    assert desk.bar.stroke.text == "Stroke 1 of 5"
    QTest.mouseClick(desk.bar.buttons["join"], LEFT)
    assert desk.spell() == "ghabcd ef ijk lm"
    assert desk.pen == "d"
    assert len(desk.made) == 3


def test_what_leads_back_to_the_computed_order_is_no_correction(desk: Desk) -> None:
    desk.pen_to("b")
    desk.press(Qt.Key.Key_V)
    desk.press(Qt.Key.Key_V)
    assert desk.bar.state.text == COMPUTED
    assert desk.store.get("train", 0) is None
    assert not desk.table.values("corrected").any()
    assert not desk.shown.corrected


def test_all_is_taken_back_at_once(desk: Desk) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    desk.press(Qt.Key.Key_Backspace, control)
    assert desk.said == ["Take back the correction: the order is the computed one"]
    desk.pen_to("b")
    desk.press(Qt.Key.Key_V)
    desk.press(Qt.Key.Key_B)
    desk.press(Qt.Key.Key_Backspace, control)
    assert desk.spell() == "abcd efgh ijk lm"
    assert desk.said[-1] == "Correction taken back: train:0"
    desk.correcting.undo()
    assert desk.spell() == "dc ba efgh ijk lm"


def test_undo_and_redo_show_the_digit_again(desk: Desk) -> None:
    assert not desk.correcting.can_undo
    desk.pen_to("f")
    desk.press(Qt.Key.Key_V)
    desk.correcting.undo()
    assert desk.spell() == "abcd efgh ijk lm"
    assert desk.pen == "f"
    assert (desk.said[-1], desk.changed) == ("Correction undone: train:0", [0, 0])
    assert desk.correcting.can_redo
    desk.correcting.redo()
    assert desk.spell() == "abcd hgfe ijk lm"
    assert desk.said[-1] == "Correction redone: train:0"
    assert desk.made == [True]
    desk.correcting.undo()
    desk.correcting.forget_undone()
    assert not desk.correcting.can_redo


def test_undo_of_another_digit_leaves_the_one_on_show(desk: Desk) -> None:
    desk.pen_to("b")
    desk.press(Qt.Key.Key_V)
    other = draw("ab...")
    desk.inspector.show_digit(desk.correcting.show(other, "train", 1), "train:1", METADATA)
    desk.correcting.undo()
    assert desk.inspector.title.text == "train:1"
    assert desk.inspector.player.clock.count == 2
    assert desk.changed == [0, 0]


def test_the_first_and_the_last_stroke_have_less_to_offer(desk: Desk) -> None:
    desk.pen_to("a")
    buttons = desk.bar.buttons
    off = {name for name, button in buttons.items() if not button.isEnabled()}
    assert off >= {"earlier", "split", "take-back"}
    assert buttons["later"].isEnabled()
    assert "this is the first stroke" in buttons["earlier"].toolTip()
    desk.pen_to("m")
    off = {name for name, button in buttons.items() if not button.isEnabled()}
    assert off == {"later", "join", "take-back"}
    desk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert desk.said == ["Stroke later: this is the last stroke"]
    assert (desk.changed, desk.made) == ([], [])


def test_the_bar_follows_the_replay(qtbot: QtBot, desk: Desk) -> None:
    desk.press(Qt.Key.Key_E)
    desk.inspector.player.restart()
    desk.press(Qt.Key.Key_E)
    assert desk.bar.stroke.text == "Stroke 1 of 4"
    desk.inspector.player.set_speed(5)
    desk.inspector.player.play()
    qtbot.waitUntil(lambda: desk.bar.stroke.text == "Stroke 3 of 4", timeout=5000)
    qtbot.waitUntil(lambda: not desk.inspector.player.clock.playing, timeout=5000)
    assert desk.bar.stroke.text == "Stroke 4 of 4"
    assert desk.bar.buttons["split"].isEnabled()


def test_keys_do_nothing_while_the_bar_is_folded(desk: Desk) -> None:
    desk.pen_to("f")
    desk.press(Qt.Key.Key_E)
    assert not desk.bar.unfolded
    desk.press(Qt.Key.Key_V)
    assert desk.spell() == "abcd efgh ijk lm"
    assert desk.said == ["Strokes are corrected with the bar unfolded (E)"]
    assert desk.switches == [True, False]


def test_at_a_level_chosen_by_hand_nothing_is_corrected(desk: Desk) -> None:
    object.__setattr__(desk.digit, "level_asked", desk.digit.threshold.level + 1)
    desk.show(desk.digit)
    desk.press(Qt.Key.Key_V)
    assert desk.said == [f"Reverse the stroke: {BY_HAND}"]
    assert not any(button.isEnabled() for button in desk.bar.buttons.values())
    object.__setattr__(desk.digit, "level_asked", desk.digit.threshold.level)
    desk.show(desk.digit)
    desk.press(Qt.Key.Key_V)
    assert desk.spell() == "abcd efgh ijk ml"


def test_a_correction_that_does_not_fit_is_kept_and_told(desk: Desk) -> None:
    desk.pen_to("b")
    desk.press(Qt.Key.Key_V)
    other = draw(PICTURE.replace("k", "."))
    shown = desk.correcting.show(other, "train", 0)
    assert shown is other
    desk.inspector.show_digit(shown, "train:0", METADATA)
    assert desk.bar.state.text == UNFIT
    assert desk.bar.buttons["take-back"].isEnabled()
    desk.show(desk.digit)
    assert desk.bar.state.text == CORRECTED
    assert desk.spell() == "dcba efgh ijk lm"
    desk.inspector.show_digit(desk.correcting.show(other, "train", 0), "train:0", METADATA)
    desk.press(Qt.Key.Key_V)
    assert desk.said[-1] == "Stroke reversed, in the place of what did not fit: train:0"


@pytest.mark.parametrize("there", [True, False], ids=["a blank digit", "no digit"])
def test_where_nothing_is_drawn_nothing_is_offered(desk: Desk, there: bool) -> None:
    if there:
        desk.show(blank(10, 10))
    else:
        desk.correcting.show_nothing()
    assert desk.bar.stroke.text == "No stroke"
    assert not any(button.isEnabled() for button in desk.bar.buttons.values())
    desk.press(Qt.Key.Key_V)
    assert desk.said == ["Reverse the stroke: there are no strokes"]
    assert desk.changed == []


def test_without_a_store_all_is_computed(desk: Desk) -> None:
    desk.pen_to("b")
    desk.press(Qt.Key.Key_V)
    desk.correcting.set_corrections(None, None)
    desk.show(desk.digit)
    desk.press(Qt.Key.Key_V)
    desk.correcting.undo()
    desk.correcting.redo()
    assert desk.spell() == "abcd efgh ijk lm"
    assert not desk.correcting.can_undo
    assert len(desk.changed) == 1


def test_corrections_of_another_window_come_when_this_one_is_used_again(desk: Desk) -> None:
    other = desk.open()
    points = desk.digit.points
    other.set("train", 0, desk.digit.image, (points[7:], points[:7]))
    other.flush()
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert desk.spell() == "hijklm abcdefg"
    assert desk.changed == [0]
    assert desk.said == []


def test_trouble_with_the_disk_is_said_once(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    desk.folder = tmp_path / "file" / "deep"
    desk.correcting.set_corrections(desk.open(), desk.table)
    desk.show(desk.digit)
    first = len(desk.troubled)
    desk.press(Qt.Key.Key_V)
    desk.press(Qt.Key.Key_B)
    assert len(desk.troubled) == first + 1
    assert "Corrections are not kept on disk" in desk.troubled[-1]
    assert len(desk.changed) == 2


def test_buttons_leave_the_focus_where_it_is(desk: Desk) -> None:
    desk.page.setFocus()
    button = desk.bar.buttons["reverse"]
    QTest.mouseClick(button, LEFT, pos=QPoint(4, 4))
    assert desk.page.hasFocus()
