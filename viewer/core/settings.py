"""The settings of an extraction; the defaults are the published ones."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

ORDERS = ("nearest", "shortest", "natural")
MOST_PASSES = 32
"""More than the largest image needs until nothing changes."""


@dataclass(frozen=True, slots=True)
class ExtractionSettings:
    """How an image becomes a stroke sequence.

    Parameters
    ----------
    threshold_step : int
        Distance of the threshold levels in grey values, 1 to 255.
    threshold_keep : float
        Smallest share of the level-0 pixels that has to be left, 0 to 1.
    threshold_ceiling : int
        The first level that is never chosen, 1 to 255.
    thinning_passes : int or None
        Zhang-Suen passes of two sub-iterations each, 0 to 32; None thins until nothing
        changes.
    minimum_component : int
        8-connected parts of the skeleton with fewer pixels are removed, 1 to 64.
    order : str
        Rule that orders the skeleton's pixels, one of `ORDERS`.
    walking : bool
        Whether in order ``natural`` the pen stays down where it moves over ink, so that
        pixels may be drawn more than once.
    announce_last_jump : bool
        Whether a jump to the very last pixel gets its marker row. The published files
        leave that one out.

    Raises
    ------
    ValueError
        If a value is out of its range; the text names the setting.

    References
    ----------
    .. [1] E. D. de Jong (2016), The MNIST digits stroke sequence data set.
    """

    threshold_step: int = 25
    threshold_keep: float = 0.5
    threshold_ceiling: int = 250
    thinning_passes: int | None = 2
    minimum_component: int = 3
    order: str = "nearest"
    walking: bool = False
    announce_last_jump: bool = False

    def __post_init__(self) -> None:
        for field in FIELDS:
            value = getattr(self, field.name)
            if not field.accepts(value):
                raise ValueError(f"{field.name} must be {field.range_words}, not {value!r}")


@dataclass(frozen=True, slots=True)
class SettingField:
    """One setting as it is asked for.

    Parameters
    ----------
    name : str
        Name in `ExtractionSettings`.
    title : str
        Its name in words.
    help : str
        What it does, in a sentence.
    low, high : int or float
        The range of a number, both included; numbers of one type.
    none : str
        What None means, in words; "" where None is no value.
    words : tuple of str
        The values where these are words.
    """

    name: str
    title: str
    help: str
    low: float = 0
    high: float = 0
    none: str = ""
    words: tuple[str, ...] = ()

    @property
    def kind(self) -> type[bool] | type[int] | type[float] | type[str]:
        """The type of its values."""
        if self.words:
            return str
        return type(self.high) if self.high else bool

    @property
    def range_words(self) -> str:
        """The values it can have, in words."""
        if self.words:
            return f"one of {', '.join(self.words)}"
        if self.kind is bool:
            return "true or false"
        return f"{self.low} to {self.high}" + (f", or {self.none}" if self.none else "")

    def accepts(self, value: object) -> bool:
        """Tell whether something is a value of this setting."""
        if value is None:
            return bool(self.none)
        if self.kind is bool or isinstance(value, bool):
            return self.kind is bool and isinstance(value, bool)
        if self.words:
            return value in self.words
        if self.kind is float:
            return isinstance(value, int | float) and self.low <= value <= self.high
        return isinstance(value, int) and self.low <= value <= self.high

    def in_words(self, value: object) -> str:
        """Return a value as it is shown."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        return self.none if value is None else str(value)


FIELDS = (
    SettingField(
        "threshold_step", "Threshold step",
        "How far apart the levels are that the threshold tries, in grey values.", 1, 255,
    ),
    SettingField(
        "threshold_keep", "Pixels to keep",
        "The threshold stops before fewer than this share of the ink is left.", 0.0, 1.0,
    ),
    SettingField(
        "threshold_ceiling", "Threshold ceiling",
        "The first level that is never chosen, in grey values.", 1, 255,
    ),
    SettingField(
        "thinning_passes", "Thinning passes",
        "Zhang-Suen passes of two sub-iterations; the published skeletons have two, "
        "which leaves some strokes thicker than a pixel.",
        0, MOST_PASSES, none="until nothing changes",
    ),
    SettingField(
        "minimum_component", "Smallest part",
        "Parts of the skeleton with fewer pixels are removed.", 1, 64,
    ),
    SettingField("order", "Order", "The rule that orders the skeleton's pixels.", words=ORDERS),
    SettingField(
        "walking", "Walk over ink",
        "Whether in order natural the pen stays down where it moves over ink, as hands do; "
        "pixels may then be drawn more than once.",
    ),
    SettingField(
        "announce_last_jump", "Announce the last jump",
        "Whether a jump to the very last point gets its marker row, which the published "
        "files leave out.",
    ),
)  # fmt: skip
"""All settings, in the order in which an extraction uses them."""

PUBLISHED = ExtractionSettings()

PRESETS: dict[str, ExtractionSettings] = {
    "published": PUBLISHED,
    "thinned to the end": ExtractionSettings(thinning_passes=None),
    "fine threshold": ExtractionSettings(threshold_step=5),
    "all parts kept": ExtractionSettings(minimum_component=1),
    "shortest path": ExtractionSettings(order="shortest"),
    "natural order": ExtractionSettings(order="natural"),
    "natural order, walking": ExtractionSettings(order="natural", walking=True),
    "every jump announced": ExtractionSettings(announce_last_jump=True),
}
"""Settings that have a name."""


def preset_name(settings: ExtractionSettings) -> str:
    """Return the name that settings have among `PRESETS`, "" for none."""
    return next((name for name, preset in PRESETS.items() if preset == settings), "")


def difference(
    settings: ExtractionSettings, base: ExtractionSettings = PUBLISHED
) -> dict[str, bool | int | float | str | None]:
    """Return the values in which settings are not as others, by name."""
    values = dataclasses.asdict(settings)
    others = dataclasses.asdict(base)
    return {name: value for name, value in values.items() if value != others[name]}


def from_values(
    values: Mapping[str, object], base: ExtractionSettings = PUBLISHED
) -> ExtractionSettings:
    """Return settings with some values changed.

    Parameters
    ----------
    values : mapping of str to object
        By name, as `difference` returns them; they may come from a file.
    base : ExtractionSettings
        What they are changed from.

    Returns
    -------
    settings : ExtractionSettings

    Raises
    ------
    ValueError
        If there is no such setting, or a value is out of its range.
    """
    unknown = sorted(set(values) - {field.name for field in FIELDS})
    if unknown:
        raise ValueError(f"there is no setting {unknown[0]!r}")
    return dataclasses.replace(base, **values)  # type: ignore[arg-type]
