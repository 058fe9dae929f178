"""The controls above the grid."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from viewer.catalog.columns import CLASS, FACTS, INDEX, MARKS, METADATA, SPLIT
from viewer.gui.browser.controls import BrowserControls


@pytest.fixture
def controls(qtbot: QtBot) -> BrowserControls:
    made = BrowserControls()
    qtbot.addWidget(made)
    return made


def test_every_control_has_a_name_and_a_tip(controls: BrowserControls) -> None:
    for control in (
        controls.cell_choice,
        controls.caption_choice,
        controls.count,
        controls.size_slider,
        controls.jump,
    ):
        assert control.accessibleName()
        assert control.toolTip()


def test_captions_are_offered_by_where_they_are_from(controls: BrowserControls) -> None:
    controls.set_captions((MARKS[0], FACTS[0], SPLIT, CLASS, METADATA[0], INDEX), "writer")
    assert controls.captions() == [
        "", "split", "index", "class", "writer", "strokes", "favourite",
    ]  # fmt: skip
    assert controls.caption_choice.currentText() == "Writer"


def test_a_chosen_caption_stays_on_offer(controls: BrowserControls) -> None:
    controls.set_captions((SPLIT,), "slant")
    assert controls.captions() == ["", "split", "slant"]
    assert controls.caption_choice.currentText() == "Slant"


def test_the_list_is_not_rebuilt_without_need(qtbot: QtBot, controls: BrowserControls) -> None:
    controls.set_captions((SPLIT, CLASS), "")
    with qtbot.assertNotEmitted(controls.caption_choice.model().rowsInserted):
        controls.set_captions((SPLIT, CLASS), "class")
    assert controls.caption_choice.currentText() == "Class"


def test_the_count_is_as_long_as_there_is_room(qtbot: QtBot, controls: BrowserControls) -> None:
    controls.resize(256, 80)
    controls.show()
    controls.set_count("402,953", "of 402,953")
    assert controls.count.text() == "402,953"
    controls.resize(480, 80)
    assert controls.count.text() == "402,953 of 402,953"
    controls.set_count("3", "digits")
    assert controls.count.text() == "3 digits"
    controls.set_count("", "")
    assert controls.count.text() == ""


def test_choosing_is_told_by_name(qtbot: QtBot, controls: BrowserControls) -> None:
    with qtbot.waitSignal(controls.cell_chosen) as cell:
        controls.cell_choice.activated.emit(2)
    assert cell.args == ["strokes"]
    controls.set_captions((SPLIT, CLASS), "")
    with qtbot.waitSignal(controls.caption_chosen) as caption:
        controls.caption_choice.activated.emit(2)
    assert caption.args == ["class"]


def test_without_a_set_nothing_can_be_chosen(controls: BrowserControls) -> None:
    controls.set_open(there=False)
    assert not controls.jump.isEnabled()
    assert not controls.cell_choice.isEnabled()
    controls.set_open(there=True)
    assert controls.size_slider.isEnabled()
