"""One digit under both settings: looked at once a frame, and only where it can be seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from viewer.catalog.table import Table
from viewer.core import extract as module
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.gui.jobs import Jobs
from viewer.gui.lab.parting import SAME
from viewer.gui.lab.trial import NO_DIGIT, PREPARING, Trial
from viewer.gui.theme import dark, light

FEW_LEVELS = replace(PUBLISHED, threshold_ceiling=60)


@pytest.fixture
def trial(qtbot: QtBot, jobs: Jobs, table: Table) -> Trial:
    """Return a trial on screen that shows the first digit under the same settings."""
    made = Trial(light(), jobs)
    qtbot.addWidget(made)
    made.resize(368, 300)
    made.show_digit(table.image(0), "train:0")
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: made.words.text == SAME, timeout=60_000)
    return made


def wait(qtbot: QtBot, trial: Trial) -> None:
    """Wait until the digit is looked at."""
    qtbot.waitUntil(lambda: not trial._frame.isActive())


def test_what_differs_is_said_marked_and_explained(qtbot: QtBot, trial: Trial) -> None:
    assert trial.legend.shown == []
    trial.set_settings(PUBLISHED, FEW_LEVELS)
    wait(qtbot, trial)
    assert trial.words.text.startswith("Level 50 instead of ")
    assert {"only in B", "orders part"} <= set(trial.legend.shown)
    assert [side.title.text for side in trial.pair.sides] == [
        "A: in use, published", "B: tried, own",
    ]  # fmt: skip
    trial.set_settings(FEW_LEVELS, FEW_LEVELS)
    wait(qtbot, trial)
    assert (trial.words.text, trial.legend.shown) == (SAME, [])


def test_hidden_it_extracts_nothing(
    qtbot: QtBot, trial: Trial, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial.hide()
    with monkeypatch.context() as patch:
        patch.setattr(module, "extract", lambda *_: pytest.fail("extracted"))
        trial.set_settings(PUBLISHED, FEW_LEVELS)
        trial.show_digit(table.image(1), "train:1")
        wait(qtbot, trial)
    assert trial.words.text == SAME
    trial.show()
    assert trial.words.text.startswith("Level 50 instead of ")


def test_both_themes_paint(trial: Trial) -> None:
    image = trial.grab().toImage()
    trial.set_theme(dark())
    assert trial.grab().toImage() != image


def test_many_changes_are_one_look(
    qtbot: QtBot, trial: Trial, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[ExtractionSettings] = []
    extract = module.extract

    def look(image: NDArray[np.uint8], settings: ExtractionSettings) -> module.Extraction:
        looks.append(settings)
        return extract(image, settings)

    monkeypatch.setattr(module, "extract", look)
    trial.show_digit(table.image(0), "train:0")
    for number in range(2, 50):
        trial.set_settings(PUBLISHED, replace(PUBLISHED, threshold_step=number))
    qtbot.waitUntil(lambda: bool(looks))
    assert looks == [PUBLISHED, replace(PUBLISHED, threshold_step=49)]


def test_digits_that_cannot_be_extracted_say_why(qtbot: QtBot, trial: Trial, table: Table) -> None:
    trial.show_digit(table.image(table.first("large")), "large:0")
    wait(qtbot, trial)
    assert trial.pair.sides[0].board.message.startswith("No strokes: ")
    assert trial.words.text == ""
    trial.show_digit(None, "")
    wait(qtbot, trial)
    assert trial.pair.sides[0].board.message == NO_DIGIT


def test_until_the_kernels_are_there_it_says_so(qtbot: QtBot, jobs: Jobs, table: Table) -> None:
    made = Trial(light(), jobs)
    qtbot.addWidget(made)
    made.show_digit(table.image(0), "train:0")
    made.show()
    assert made.pair.sides[0].board.message == PREPARING
    qtbot.waitUntil(lambda: made.words.text == SAME, timeout=60_000)
