"""The steps of thinning by mouse, keys and words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.inspector.digits import TWO_STROKES, blank, draw
from viewer.core.extract import Extraction, extract
from viewer.core.settings import PUBLISHED
from viewer.datasets.sample import open_sample
from viewer.gui.actions import check
from viewer.gui.inspector.cursor import Spot
from viewer.gui.inspector.thinning_commands import actions_table
from viewer.gui.inspector.thinning_legend import Entry
from viewer.gui.inspector.thinning_steps import ThinningSteps
from viewer.gui.theme import dark, light

LEFT = Qt.MouseButton.LeftButton


def with_passes(digit: Extraction, passes: int) -> Extraction:
    """Return a digit that was thinned by other passes."""
    settings = replace(PUBLISHED, thinning_passes=passes)
    return replace(digit, settings=settings, passes=passes)


@pytest.fixture
def digit() -> Extraction:
    return replace(draw(TWO_STROKES), passes=2)


@pytest.fixture
def steps(qtbot: QtBot, digit: Extraction) -> ThinningSteps:
    made = ThinningSteps(light())
    qtbot.addWidget(made)
    made.resize(240, made.height())
    made.show()
    qtbot.waitExposed(made)
    made.show_digit(digit)
    return made


def press(steps: ThinningSteps, share: float) -> None:
    """Press the slider at a share of its width."""
    x = round(share * (steps.slider.width() - 1))
    QTest.mouseClick(steps.slider, LEFT, pos=QPoint(x, steps.slider.height() // 2))


def test_it_starts_at_the_skeleton(steps: ThinningSteps) -> None:
    assert steps.step is None
    assert steps.label.text == "the skeleton: 10 pixels"
    assert steps.legend.shown == ["3 endpoints", "0 junctions"]
    assert steps.height() % 8 == 0


def test_every_step_says_what_goes(steps: ThinningSteps) -> None:
    chosen: list[int] = []
    steps.step_chosen.connect(chosen.append)
    words = []
    for share in (0, 0.25, 0.5, 0.75, 1):
        press(steps, share)
        words.append(steps.label.text)
    assert words == [
        "pass 1, first sub-iteration: 1 pixel goes",
        "pass 1, second sub-iteration: 1 pixel goes",
        "pass 2, first sub-iteration: 2 pixels go",
        "pass 2, second sub-iteration: none goes",
        "the skeleton: 10 pixels",
    ]
    assert chosen == [0, 1, 2, 3, 4]
    assert steps.step is None


def test_a_drag_follows_the_mouse_past_its_ends(steps: ThinningSteps) -> None:
    slider, y = steps.slider, steps.slider.height() // 2
    QTest.mousePress(slider, LEFT, pos=QPoint(slider.width() // 2, y))
    assert steps.step == 2
    QTest.mouseMove(slider, QPoint(-40, y))
    assert steps.step == 0
    QTest.mouseMove(slider, QPoint(slider.width() + 40, y))
    assert steps.step is None
    QTest.mouseRelease(slider, LEFT, pos=QPoint(slider.width() + 40, y))


def test_the_chosen_step_is_kept_for_other_digits(steps: ThinningSteps, digit: Extraction) -> None:
    press(steps, 0.75)
    assert steps.step == 3
    chosen: list[int] = []
    steps.step_chosen.connect(chosen.append)
    steps.show_digit(with_passes(digit, 1))
    assert steps.step is None
    steps.show_nothing()
    assert not steps.slider.isEnabled()
    steps.show_digit(with_passes(digit, 3))
    assert steps.step == 3
    press(steps, 1)
    steps.show_digit(digit)
    assert steps.step is None
    assert chosen == [6]


def test_digits_without_anything_to_thin(steps: ThinningSteps, digit: Extraction) -> None:
    steps.show_digit(blank())
    assert steps.label.text == "no skeleton"
    steps.show_digit(with_passes(digit, 0))
    assert not steps.slider.isEnabled()
    assert steps.label.text == "the skeleton: 10 pixels"
    steps.show_nothing()
    assert steps.label.text == ""
    assert steps.legend.shown == []


@pytest.mark.parametrize(
    ("asked", "took", "run"), [(2, 2, 2), (2, 1, 2), (9, 3, 4), (1, 1, 1), (None, 3, 3)]
)
def test_passes_asked_for_are_shown_up_to_one_that_finds_nothing(
    steps: ThinningSteps, digit: Extraction, asked: int | None, took: int, run: int
) -> None:
    settings = replace(PUBLISHED, thinning_passes=asked)
    steps.show_digit(replace(digit, settings=settings, passes=took))
    assert steps.slider.maximum() == 2 * run


def test_the_switch_and_the_legend_speak_of_marks(steps: ThinningSteps) -> None:
    told: list[bool] = []
    steps.marks_changed.connect(told.append)
    steps.resize(480, steps.height())
    assert steps.legend.shown == ["3 endpoints", "0 junctions", "2 in small parts"]
    QTest.mouseClick(steps.marks, LEFT)
    assert steps.legend.shown == ["2 in small parts"]
    steps.set_marks(True)
    assert told == [False, True]
    press(steps, 0)
    assert steps.legend.shown == ["first sub-iteration", "second"]


def test_signs_of_a_graph_come_first_and_replace_the_diamond(steps: ThinningSteps) -> None:
    steps.resize(480, steps.height())
    entries = [Entry("line", "#2f6f9f", "3 chains"), Entry("hatch", "#6d7178", "1 loop")]
    steps.legend.show_instead("diamond", entries)
    expected = ["3 chains", "1 loop", "3 endpoints", "2 in small parts"]
    assert steps.legend.shown == expected
    QTest.mouseClick(steps.marks, LEFT)
    assert steps.legend.shown == ["3 chains", "1 loop", "2 in small parts"]
    steps.set_marks(True)
    assert steps.legend.shown == expected
    assert "hatch: 1 loop" in steps.legend.accessibleDescription()
    assert not steps.legend.grab().isNull()
    steps.legend.show_instead("diamond", [])
    assert steps.legend.shown == ["3 endpoints", "0 junctions", "2 in small parts"]


def test_words_without_room_are_in_the_tool_tip(steps: ThinningSteps) -> None:
    steps.resize(168, steps.height())
    assert len(steps.legend.shown) < 3
    assert "small parts" in steps.legend.toolTip()
    press(steps, 0)
    assert steps.label.text == "pass 1, 1st: 1 pixel goes"
    assert "south-east" in steps.label.toolTip()
    steps.resize(480, steps.height())
    assert steps.label.text == "pass 1, first sub-iteration: 1 pixel goes"
    assert not steps.grab().isNull()


def test_keys_work_from_the_table_of_actions(steps: ThinningSteps) -> None:
    rows = {spec.name: spec for spec in check(actions_table(steps))}
    assert all(spec.shortcut and spec.help for spec in rows.values())
    rows["thinning-on"].slot()
    assert steps.step is None
    rows["thinning-back"].slot()
    assert steps.step == 3
    rows["thinning-back"].slot()
    rows["thinning-on"].slot()
    assert steps.step == 3
    rows["thinning-marks"].slot(False)
    assert not steps.marks.isChecked()
    steps.slider.setFocus()
    QTest.keyClick(steps.slider, Qt.Key.Key_Left)
    assert steps.step == 2


def test_passes_are_told_and_shown_as_the_digit_has_them(
    steps: ThinningSteps, digit: Extraction
) -> None:
    told: list[int | None] = []
    steps.passes_chosen.connect(told.append)
    steps.passes.setFocus()
    QTest.keyClick(steps.passes, Qt.Key.Key_Down)
    assert told == [3]
    assert steps.passes.passes == 2
    steps.show_digit(with_passes(digit, 3))
    assert steps.passes.passes == 3
    {spec.name: spec for spec in actions_table(steps)}["passes"].slot()
    assert told == [3, 4]
    steps.show_passes(None)
    assert steps.passes.currentText() == "until nothing changes"
    assert told == [3, 4]


def test_the_step_that_takes_a_pixel_is_marked(steps: ThinningSteps) -> None:
    for sub_iteration in (1, 3):
        steps.show_spot(Spot(0, 0, 200, removed_by=sub_iteration))
        assert steps.slider.mark == sub_iteration - 1
    steps.show_spot(Spot(0, 0, 200))
    assert steps.slider.mark is None
    steps.show_spot(Spot(0, 0, 200, removed_by=2))
    steps.show_spot(None)
    assert steps.slider.mark is None
    assert steps.step is None


def test_real_digits_lose_what_the_words_say(steps: ThinningSteps) -> None:
    for image in open_sample().splits["test"].images[:10]:
        digit = extract(image, replace(PUBLISHED, thinning_passes=None))
        steps.show_digit(digit)
        told = 0
        for step in range(2 * digit.passes):
            steps.slider.setValue(step)
            words = steps.label.text.rsplit(": ")[1].split()[0]
            told += 0 if words == "none" else int(words)
        steps.slider.setValue(2 * digit.passes)
        assert told == np.count_nonzero(digit.removed_by)
        assert steps.step is None


def test_both_themes_paint_and_controls_have_names(steps: ThinningSteps) -> None:
    images = []
    for theme in (light(), dark()):
        steps.set_theme(theme)
        images.append(steps.grab().toImage())
    assert images[0] != images[1]
    for widget in (steps.slider, steps.passes, steps.marks, steps.legend):
        assert widget.accessibleName()
        assert widget.toolTip()
