"""Where things lie in the threshold's plot."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QFont, QFontMetricsF
from pytestqt.qtbot import QtBot

from viewer.core.threshold import measure_levels
from viewer.gui.inspector.level_field import LAST, LevelField


@pytest.fixture
def field(qtbot: QtBot) -> LevelField:
    image = np.array([[200, 100, 200], [0, 0, 0], [100, 0, 0]], np.uint8)
    made = LevelField(measure_levels(image))
    made.lay_out(400, 136, QFontMetricsF(QFont()))
    return made


@pytest.mark.parametrize("level", [0, 1, 100, 128, 254, 255])
def test_a_level_is_found_again_at_its_place(field: LevelField, level: int) -> None:
    assert field.level_at(field.place(level) - 0.5) == level


def test_places_outside_are_the_first_and_the_last_level(field: LevelField) -> None:
    assert (field.level_at(-50), field.level_at(9000)) == (0, LAST)
    assert field.place(400) == field.place(LAST)


def test_the_field_leaves_room_for_scales_and_numbers(field: LevelField) -> None:
    assert 0 < field.rect.left() < field.rect.right() < field.width
    assert field.line < field.rect.top() < field.rect.bottom() < 136 - field.line


def test_the_hill_falls_from_all_pixels_to_none(field: LevelField) -> None:
    hill = field.hill(measure_levels(np.array([[9, 9, 5, 5]], np.uint8)).pixels)
    assert field.most_pixels == 4
    assert hill[0].y() == pytest.approx(field.rect.top())
    assert hill[5].y() == pytest.approx(field.rect.center().y())
    assert hill[LAST].y() == pytest.approx(field.rect.bottom())
    assert [spot.x() for spot in hill] == sorted(spot.x() for spot in hill)


def test_steps_stand_on_their_levels_and_reach_the_last(field: LevelField) -> None:
    parts = measure_levels(np.array([[200, 100, 200]], np.uint8)).components4
    corners = field.steps(parts)
    one, two, none = (field.rect.bottom() - n / 2 * field.rect.height() for n in (1, 2, 0))
    at = field.place
    expected = [(at(0), one), (at(100), one), (at(100), two), (at(200), two), (at(200), none)]
    for corner, (x, y) in zip(corners, expected, strict=False):
        assert corner.x() == x
        assert corner.y() == pytest.approx(y, abs=1)
    assert len(corners) == 6
    assert corners[-1].x() == at(LAST)


def test_an_image_without_ink_has_a_flat_field(qtbot: QtBot) -> None:
    counts = measure_levels(np.zeros((2, 2), np.uint8))
    field = LevelField(counts)
    field.lay_out(120, 136, QFontMetricsF(QFont()))
    assert {spot.y() for spot in field.hill(counts.pixels)} == {field.rect.bottom()}
