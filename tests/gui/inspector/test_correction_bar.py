"""The bar that corrects strokes: words or signs, reasons, folding, light and dark."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from viewer.gui.inspector.correction_bar import CORRECTED, CorrectionBar
from viewer.gui.inspector.correction_glyphs import correction_glyph
from viewer.gui.inspector.operations import OPERATIONS
from viewer.gui.theme import Theme, dark, light

LEFT = Qt.MouseButton.LeftButton
WIDE, NARROW = 824, 402


@pytest.fixture
def bar(qtbot: QtBot) -> CorrectionBar:
    made = CorrectionBar(light())
    qtbot.addWidget(made)
    made.resize(WIDE, made.height())
    made.set_unfolded(True)
    qtbot.waitExposed(made)
    made.show_stroke(2, 3)
    made.show_order("Order: computed")
    made.show_reasons({})
    return made


def picture(button: QToolButton) -> QImage:
    image: QImage = button.grab().toImage()
    return image


def test_it_is_folded_at_first_and_says_when_it_unfolds(qtbot: QtBot) -> None:
    made = CorrectionBar(light())
    qtbot.addWidget(made)
    said: list[bool] = []
    made.switched.connect(said.append)
    assert not made.unfolded
    made.set_unfolded(False)
    made.set_unfolded(True)
    made.set_unfolded(True)
    assert made.unfolded
    made.set_unfolded(False)
    assert said == [True, False]


def test_each_button_asks_for_its_operation(bar: CorrectionBar) -> None:
    asked: list[str] = []
    bar.operation_wanted.connect(asked.append)
    for operation in OPERATIONS:
        QTest.mouseClick(bar.buttons[operation.name], LEFT)
    assert asked == [operation.name for operation in OPERATIONS]


def test_what_cannot_be_done_takes_no_press_and_says_why(bar: CorrectionBar) -> None:
    asked: list[str] = []
    bar.operation_wanted.connect(asked.append)
    bar.show_reasons({"later": "this is the last stroke"})
    later, earlier = bar.buttons["later"], bar.buttons["earlier"]
    QTest.mouseClick(later, LEFT)
    assert asked == []
    assert later.toolTip().endswith("(Ctrl+Down)\nNot now: this is the last stroke")
    assert later.accessibleDescription() == "this is the last stroke"
    assert "Not now" not in earlier.toolTip()
    bar.show_reasons({})
    QTest.mouseClick(later, LEFT)
    assert asked == ["later"]
    assert "Not now" not in later.toolTip()
    assert later.accessibleDescription() == ""


def test_a_key_presses_the_button_that_has_the_focus(bar: CorrectionBar) -> None:
    asked: list[str] = []
    bar.operation_wanted.connect(asked.append)
    bar.buttons["reverse"].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(bar.buttons["reverse"], Qt.Key.Key_Space)
    assert asked == ["reverse"]


def test_it_says_which_stroke_and_which_order(bar: CorrectionBar) -> None:
    assert bar.stroke.shown == ["Stroke 2 of 3"]
    assert bar.state.shown == ["Order: computed"]
    bar.show_nothing()
    assert (bar.stroke.text, bar.state.text) == ("No stroke", "")
    bar.resize(NARROW, bar.height())
    assert bar.stroke.shown == ["–"]
    bar.show_stroke(12, 34)
    assert bar.stroke.shown == ["12/34"]
    bar.resize(WIDE, bar.height())
    assert bar.stroke.shown == ["Stroke 12 of 34"]
    bar.show_order(CORRECTED)
    assert bar.state.shown == [CORRECTED]
    assert not any(button.isEnabled() for button in bar.buttons.values())


def test_words_give_way_to_signs_where_there_is_no_room(bar: CorrectionBar) -> None:
    words = Qt.ToolButtonStyle.ToolButtonTextOnly
    for width in (WIDE, NARROW, WIDE):
        bar.resize(width, bar.height())
        styles = {button.toolButtonStyle() for button in bar.buttons.values()}
        assert (styles == {words}) is (width == WIDE)
        ends = [
            (button.mapTo(bar, QPoint(0, 0)).x(), button.width()) for button in bar.buttons.values()
        ]
        for (left, wide), (following, _) in pairwise(ends):
            assert left + wide <= following
        assert bar.stroke.geometry().right() < ends[0][0]
        assert sum(ends[-1]) < bar.state.geometry().left()
        assert bar.state.width() > 0
        for button in bar.buttons.values():
            assert button.sizeHint().width() <= button.width()
    assert bar.minimumSizeHint().width() <= NARROW
    assert bar.height() == 32


def test_every_control_has_a_name_and_a_tool_tip(bar: CorrectionBar) -> None:
    for operation in OPERATIONS:
        button = bar.buttons[operation.name]
        assert button.accessibleName() == operation.word
        assert f"({operation.key})" in button.toolTip()
    for label in (bar.stroke, bar.state):
        assert label.accessibleName()


@pytest.mark.parametrize("theme", [light(), dark()], ids=["light", "dark"])
def test_signs_differ_and_fade_where_they_cannot_be_pressed(
    bar: CorrectionBar, theme: Theme
) -> None:
    bar.set_theme(theme)
    bar.resize(NARROW, bar.height())
    bar.setFocus()
    pictures = [picture(button) for button in bar.buttons.values()]
    assert all(image not in pictures[:place] for place, image in enumerate(pictures))
    bar.show_nothing()
    faded = [picture(button) for button in bar.buttons.values()]
    assert all(one != other for one, other in zip(pictures, faded, strict=True))


def test_signs_are_sharp_on_a_dense_screen() -> None:
    icon = correction_glyph("split", light())
    sizes = {size.width() for size in icon.availableSizes()}
    assert sizes == {16, 32, 48}
