"""One setting as a control, by keys, mouse and wheel."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from viewer.core.settings import FIELDS, SettingField
from viewer.gui.lab.editors import Editor, Value

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
FIELD = {field.name: field for field in FIELDS}
WORDS = SettingField("order", "Order", "A rule.", words=("nearest", "farthest"))


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """Return a page on screen that two editors stand on, so that one has no focus."""
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def put(page: QWidget, field: SettingField, value: Value) -> tuple[Editor, list[object]]:
    """Put an editor on the page and return it with what it will tell."""
    editor = Editor(field, value, page)
    told: list[object] = []
    layout = page.layout()
    assert layout is not None
    layout.addWidget(editor)
    editor.edited.connect(told.append)
    return editor, told


def click_box(editor: Editor) -> None:
    assert editor.box is not None
    QTest.mouseClick(editor.box, LEFT, pos=QPoint(8, editor.box.height() // 2))


def test_whole_numbers_are_typed_within_their_range(page: QWidget) -> None:
    editor, told = put(page, FIELD["threshold_step"], 25)
    assert editor.number is not None
    editor.number.selectAll()
    QTest.keyClicks(editor.number, "40")
    assert (told, editor.value) == ([4, 40], 40)
    QTest.keyClick(editor.number, Key.Key_Up)
    QTest.keyClick(editor.number, Key.Key_End)
    QTest.keyClicks(editor.number, "9")
    assert editor.value == 41, "there is no level 419"
    editor.show_value(7)
    assert told == [4, 40, 41]
    assert editor.value == 7


def test_shares_are_numbers_with_a_point(page: QWidget) -> None:
    editor, told = put(page, FIELD["threshold_keep"], 0.5)
    assert editor.number is not None
    QTest.keyClick(editor.number, Key.Key_Down)
    assert told == [0.45]
    editor.show_value(1)
    assert editor.value == 1.0


def test_passes_may_go_on_until_nothing_changes(page: QWidget) -> None:
    editor, told = put(page, FIELD["thinning_passes"], 3)
    assert editor.number is not None
    click_box(editor)
    assert told == [None]
    assert not editor.number.isEnabled()
    click_box(editor)
    assert told == [None, 3]
    assert editor.number.isEnabled()
    editor.show_value(None)
    assert editor.value is None
    assert len(told) == 2


def test_switches_and_words(page: QWidget) -> None:
    switch, told = put(page, FIELD["announce_last_jump"], False)
    click_box(switch)
    assert (told, switch.value) == ([True], True)
    choice, told = put(page, WORDS, "nearest")
    assert choice.choice is not None
    QTest.keyClick(choice.choice, Key.Key_Down)
    assert (told, choice.value) == (["farthest"], "farthest")


def test_the_wheel_turns_only_what_has_the_focus(page: QWidget) -> None:
    first, told = put(page, FIELD["threshold_step"], 25)
    second, _ = put(page, FIELD["minimum_component"], 3)
    page.activateWindow()
    assert first.number is not None
    assert second.number is not None

    def turn() -> None:
        assert first.number is not None
        place = QPointF(first.number.rect().center())
        event = QWheelEvent(
            place, QPointF(first.number.mapToGlobal(place)), QPoint(), QPoint(0, 120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(first.number, event)

    second.number.setFocus()
    turn()
    assert told == []
    first.number.setFocus()
    turn()
    assert told == [26]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_control_says_what_it_is(page: QWidget, field: SettingField) -> None:
    editor, _ = put(page, field, None if field.none else "nearest" if field.words else 1)
    for control in editor.controls:
        assert field.title in control.accessibleName()
        assert field.help in control.toolTip()
        assert field.range_words in control.toolTip()
