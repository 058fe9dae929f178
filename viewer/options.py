"""The settings of an extraction as options of the command line, both ways."""

from __future__ import annotations

import argparse

from viewer.core.settings import (
    FIELDS,
    PRESETS,
    ExtractionSettings,
    SettingField,
    difference,
    from_values,
)
from viewer.errors import UserError

OPTIONS = {
    "threshold_step": "--threshold-step",
    "threshold_keep": "--threshold-keep",
    "threshold_ceiling": "--threshold-ceiling",
    "thinning_passes": "--passes",
    "minimum_component": "--minimum-component",
    "order": "--order",
    "walking": "--walking",
    "announce_last_jump": "--announce-last-jump",
}
"""The option of each setting."""
STABLE = "stable"
"""How None is written, which thins until nothing changes."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a command the options of an extraction."""
    group = parser.add_argument_group("extraction", "the published settings by default")
    group.add_argument(
        "--preset", metavar="NAME", help=f"settings with a name: {', '.join(PRESETS)}"
    )
    for field in FIELDS:
        text = field.help[0].lower() + field.help[1:].rstrip(".").replace("%", "%%")
        if field.kind is bool:
            group.add_argument(
                OPTIONS[field.name], dest=field.name, default=None, help=text,
                action=argparse.BooleanOptionalAction,
            )  # fmt: skip
        else:
            group.add_argument(
                OPTIONS[field.name], dest=field.name, metavar=_metavar(field), help=text
            )


def names_settings(chosen: argparse.Namespace) -> bool:
    """Tell whether any option of `add_arguments` was given."""
    names = ("preset", *OPTIONS)
    return any(getattr(chosen, name, None) is not None for name in names)


def read_settings(chosen: argparse.Namespace) -> ExtractionSettings:
    """Return the settings that the options of `add_arguments` name.

    Raises
    ------
    UserError
        If there is no such preset, or a value is out of its range.
    """
    base = PRESETS["published"]
    if chosen.preset is not None:
        if chosen.preset not in PRESETS:
            raise UserError(
                f"there is no preset {chosen.preset!r}", advice=f"There are {', '.join(PRESETS)}."
            )
        base = PRESETS[chosen.preset]
    values = {
        field.name: _read(field, given)
        for field in FIELDS
        if (given := getattr(chosen, field.name)) is not None
    }
    return from_values(values, base)


def write_options(settings: ExtractionSettings) -> list[str]:
    """Return the options that stand for settings, none for the published ones."""
    words = []
    for name, value in difference(settings).items():
        if value is True:
            words.append(OPTIONS[name])
        else:
            words += [OPTIONS[name], STABLE if value is None else str(value)]
    return words


def _metavar(field: SettingField) -> str:
    if field.words:
        return "|".join(field.words)
    return f"N|{STABLE}" if field.none else "N"


def _read(field: SettingField, given: object) -> object:
    """Return the value of an option; a UserError where it has none in range."""
    value = given
    if isinstance(given, str) and field.kind in (int, float):
        try:
            value = None if field.none and given == STABLE else field.kind(given)
        except ValueError:
            value = given
    if not field.accepts(value):
        words = field.range_words.replace(field.none or STABLE, STABLE)
        raise UserError(f"{OPTIONS[field.name]} must be {words}, not {given!r}")
    return value
