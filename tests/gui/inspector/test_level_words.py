"""What the threshold's plot says."""

from __future__ import annotations

import numpy as np
import pytest

from tests.gui.inspector.digits import TWO_STROKES, draw
from viewer.core.threshold import STOPS, measure_levels
from viewer.gui.inspector.level_words import (
    counts_sentence,
    legend_words,
    level_words,
    stop_words,
)


@pytest.mark.parametrize(
    ("level", "longest", "shortest"),
    [
        (175, "level 175: the automatic choice", "level 175"),
        (112, "level 112: 63 below the automatic 175", "112 (−63)"),
        (200, "level 200: 25 above the automatic 175", "200 (+25)"),
    ],
)
def test_a_level_is_compared_with_the_automatic_one(
    level: int, longest: str, shortest: str
) -> None:
    forms = level_words(level, 175)
    assert (forms[0], forms[-1]) == (longest, shortest)
    assert sorted(forms, key=len, reverse=True) == list(forms)


@pytest.mark.parametrize(
    ("rule", "longest"),
    [
        ("components4", "stop at 50: 4-connected parts 1 → 2"),
        ("components8", "stop at 50: 8-connected parts 1 → 2"),
        ("pixels", "stop at 50: under 50% of the pixels left"),
        ("ceiling", "stop at 50: the ceiling of 250"),
    ],
)
def test_every_stop_rule_has_its_words(rule: str, longest: str) -> None:
    assert rule in STOPS
    forms = stop_words(draw(TWO_STROKES, stopped_by=rule))
    assert forms[0] == longest
    assert forms[-1] == "stop"
    assert sorted(forms, key=len, reverse=True) == list(forms)


def test_counts_are_named_in_the_right_number() -> None:
    counts = measure_levels(np.array([[9, 0, 7, 7]], np.uint8))
    assert counts_sentence(counts, 0) == (
        "Above level 0: 3 pixels, 2 4-connected parts, 2 8-connected parts."
    )
    assert counts_sentence(counts, 8) == (
        "Above level 8: 1 pixel, 1 4-connected part, 1 8-connected part."
    )
    forms = legend_words(1, 2, 1)
    assert forms[0] == ("1 pixel kept", "2 4-connected parts", "1 8-connected part")
    assert forms[-1] == ("1", "4:2", "8:1")
