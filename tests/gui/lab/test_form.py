"""All settings as a form: presets, changes, and what is marked as changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from viewer.core.settings import FIELDS, PRESETS, PUBLISHED, ExtractionSettings
from viewer.gui.lab.form import OWN, SettingsForm
from viewer.gui.theme import light

Key = Qt.Key


@pytest.fixture
def form(qtbot: QtBot) -> SettingsForm:
    made = SettingsForm(light())
    qtbot.addWidget(made)
    made.resize(400, 320)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def told(form: SettingsForm) -> list[ExtractionSettings]:
    """Return what the form tells."""
    found: list[ExtractionSettings] = []
    form.edited.connect(found.append)
    return found


def marked(form: SettingsForm) -> dict[str, str]:
    """Return what stands beside the settings that are marked, by name."""
    return {name: row.against.text for name, row in form.rows.items() if row.title.font().bold()}


def step_up(form: SettingsForm, name: str) -> None:
    number = form.rows[name].editor.number
    assert number is not None
    QTest.keyClick(number, Key.Key_Up)


def test_every_setting_has_a_row(form: SettingsForm) -> None:
    assert list(form.rows) == [field.name for field in FIELDS]
    assert form.tried == PUBLISHED
    assert form.preset.currentText() == "published"
    assert marked(form) == {}
    assert [row.against.text for row in form.rows.values()] == [""] * len(FIELDS)


def test_a_change_is_told_and_marked(form: SettingsForm, told: list[ExtractionSettings]) -> None:
    step_up(form, "threshold_step")
    step_up(form, "thinning_passes")
    other = replace(PUBLISHED, threshold_step=26)
    assert told == [other, replace(other, thinning_passes=3)]
    assert form.tried == told[-1]
    assert marked(form) == {"threshold_step": "A: 25", "thinning_passes": "A: 2"}
    assert form.rows["threshold_step"].title.text().startswith("•")
    assert form.preset.currentText() == OWN
    used = replace(PUBLISHED, thinning_passes=None)
    form.show_settings(other, used)
    assert marked(form) == {
        "threshold_step": "A: 25",
        "thinning_passes": "A: until nothing changes",
    }
    assert len(told) == 2


def test_presets_are_chosen_by_keys_and_own_settings_kept(
    form: SettingsForm, told: list[ExtractionSettings]
) -> None:
    step_up(form, "minimum_component")
    own = form.tried
    form.preset.setFocus()
    QTest.keyClick(form.preset, Key.Key_Home)
    assert form.tried == PUBLISHED
    QTest.keyClick(form.preset, Key.Key_Down)
    assert form.tried == list(PRESETS.values())[1]
    QTest.keyClick(form.preset, Key.Key_End)
    assert form.preset.currentText() == OWN
    assert form.tried == own
    assert told == [own, PUBLISHED, list(PRESETS.values())[1], own]


def test_without_own_settings_own_changes_nothing(
    form: SettingsForm, told: list[ExtractionSettings]
) -> None:
    form.preset.setFocus()
    QTest.keyClick(form.preset, Key.Key_End)
    assert form.preset.currentText() == "published"
    assert told == []


def test_values_finer_than_the_controls_are_kept(form: SettingsForm) -> None:
    fine = replace(PUBLISHED, threshold_keep=0.12345)
    form.show_settings(fine, fine)
    assert form.tried == fine
    step_up(form, "threshold_ceiling")
    assert form.tried == replace(fine, threshold_ceiling=251)
    assert marked(form) == {"threshold_ceiling": "A: 250"}
