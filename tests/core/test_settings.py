"""The settings of an extraction: ranges, presets, and the way through a file."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.core.settings import (
    FIELDS,
    PRESETS,
    PUBLISHED,
    ExtractionSettings,
    difference,
    from_values,
    preset_name,
)

VALUES = st.fixed_dictionaries(
    {},
    optional={
        "threshold_step": st.integers(1, 255),
        "threshold_keep": st.floats(0, 1),
        "threshold_ceiling": st.integers(1, 255),
        "thinning_passes": st.none() | st.integers(0, 32),
        "minimum_component": st.integers(1, 64),
        "announce_last_jump": st.booleans(),
    },
)


def test_every_setting_has_a_field() -> None:
    names = [field.name for field in dataclasses.fields(ExtractionSettings)]
    assert [field.name for field in FIELDS] == names
    assert all(field.accepts(getattr(PUBLISHED, field.name)) for field in FIELDS)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("threshold_step", 0, "threshold_step must be 1 to 255, not 0"),
        ("threshold_step", 2.5, "not 2.5"),
        ("threshold_step", True, "not True"),
        ("threshold_keep", 1.1, "threshold_keep must be 0.0 to 1.0, not 1.1"),
        ("threshold_keep", float("nan"), "not nan"),
        ("threshold_ceiling", 256, "not 256"),
        ("threshold_ceiling", None, "not None"),
        ("thinning_passes", -1, "0 to 32, or until nothing changes, not -1"),
        ("thinning_passes", 33, "not 33"),
        ("minimum_component", 0, "not 0"),
        ("order", "best", "order must be one of nearest.*, not 'best'"),
        ("announce_last_jump", 1, "true or false, not 1"),
        ("announce_last_jump", "yes", "not 'yes'"),
        ("wing", 1, "there is no setting 'wing'"),
    ],
)
def test_values_out_of_range(name: str, value: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        from_values({name: value})


def test_presets_have_names_of_their_own() -> None:
    assert next(iter(PRESETS)) == "published"
    assert len(set(PRESETS.values())) == len(PRESETS)
    assert {name: preset_name(preset) for name, preset in PRESETS.items()} == {
        name: name for name in PRESETS
    }
    assert preset_name(ExtractionSettings(threshold_step=7)) == ""


@given(VALUES)
def test_differences_lead_back_through_json(values: dict[str, object]) -> None:
    settings = from_values(values)
    told = difference(settings)
    assert set(told) <= set(values)
    assert from_values(json.loads(json.dumps(told))) == settings


def test_what_differs_from_others() -> None:
    base = ExtractionSettings(threshold_step=5, thinning_passes=3)
    assert difference(PUBLISHED, base) == {"threshold_step": 25, "thinning_passes": 2}
    assert difference(base, base) == {}


def test_values_in_words() -> None:
    passes = next(field for field in FIELDS if field.name == "thinning_passes")
    jump = FIELDS[-1]
    assert [passes.in_words(2), passes.in_words(None)] == ["2", "until nothing changes"]
    assert [jump.in_words(True), jump.in_words(False)] == ["yes", "no"]
