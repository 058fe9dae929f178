"""The settings of an extraction on the command line."""

from __future__ import annotations

import argparse

import pytest
from hypothesis import given

from tests.core.test_settings import VALUES
from viewer.core.settings import PRESETS, PUBLISHED, ExtractionSettings, from_values
from viewer.errors import UserError
from viewer.options import OPTIONS, add_arguments, names_settings, read_settings, write_options


def chosen(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(words)


def test_the_published_settings_need_no_options() -> None:
    assert read_settings(chosen()) == PUBLISHED
    assert not names_settings(chosen())
    assert write_options(PUBLISHED) == []


def test_options_have_their_say_over_a_preset() -> None:
    words = chosen("--preset", "thinned to the end", "--threshold-step", "5")
    assert names_settings(words)
    assert read_settings(words) == ExtractionSettings(thinning_passes=None, threshold_step=5)
    assert read_settings(chosen("--preset", "thinned to the end", "--passes", "2")) == PUBLISHED


@given(VALUES)
def test_what_is_written_is_read(values: dict[str, object]) -> None:
    settings = from_values(values)
    assert read_settings(chosen(*write_options(settings))) == settings


@pytest.mark.parametrize("name", PRESETS)
def test_presets(name: str) -> None:
    assert read_settings(chosen("--preset", name)) == PRESETS[name]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--preset", "best"], "there is no preset 'best'. There are published, "),
        (["--passes", "-1"], "--passes must be 0 to 32, or stable, not '-1'"),
        (["--passes", "none"], "--passes must be 0 to 32, or stable, not 'none'"),
        (["--threshold-step", "2.5"], "--threshold-step must be 1 to 255, not '2.5'"),
        (["--threshold-step", "stable"], "not 'stable'"),
        (["--threshold-keep", "nan"], "--threshold-keep must be 0.0 to 1.0, not 'nan'"),
        (["--order", "best"], "--order must be one of nearest.*, not 'best'"),
    ],
)
def test_options_that_cannot_be(words: list[str], message: str) -> None:
    with pytest.raises(UserError, match=message):
        read_settings(chosen(*words))


def test_every_setting_has_an_option() -> None:
    assert set(OPTIONS) == set(ExtractionSettings.__dataclass_fields__)
