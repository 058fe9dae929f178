"""The inspector's actions, as rows of the program's table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from viewer.gui.actions import ActionSpec
from viewer.gui.inspector.player import Player

if TYPE_CHECKING:
    from viewer.gui.inspector.inspector import Inspector


class Boards(Protocol):
    """Boards under one lens."""

    def fit(self) -> None: ...

    def zoom(self, steps: int) -> None: ...


class Stage(Protocol):
    """What keys of the replay and of the zoom act on: an inspector, or digits compared."""

    @property
    def player(self) -> Player: ...

    @property
    def panels(self) -> Boards: ...


Shown = Callable[[], Stage]
"""Returns the stage that is on screen when a key is pressed."""


def actions_table(inspector: Inspector, shown: Shown) -> list[ActionSpec]:
    """Return all actions of an inspector; those of the replay act on the stage shown."""
    return [
        *_play(shown),
        *_pace(inspector, shown),
        *_view(inspector, shown),
        *_arrangement(inspector),
    ]


def _play(shown: Shown) -> list[ActionSpec]:
    rows: tuple[tuple[str, str, str, Callable[[Player], None], str], ...] = (
        ("play", "&Play or pause", "Space", Player.toggle, "Play the writing, or hold it"),
        ("restart", "&Restart", "Home", Player.restart, "Put the pen on the first point"),
        ("end", "&End", "End", Player.finish, "Show the whole digit"),
        ("point-back", "Point &back", ",", lambda player: player.step(-1), "One point back"),
        ("point-on", "Point &on", ".", lambda player: player.step(1), "One point on"),
        (
            "stroke-back",
            "S&troke back",
            "Shift+,",
            lambda player: player.step_stroke(-1),
            "To the start of this stroke, or of the one before",
        ),
        (
            "stroke-on",
            "Stro&ke on",
            "Shift+.",
            lambda player: player.step_stroke(1),
            "To the start of the next stroke, or to the end",
        ),
    )
    return [
        ActionSpec(
            name, "Replay", text, key, _act(shown, slot), help_text, section=name == "point-back"
        )
        for name, text, key, slot, help_text in rows
    ]


def _act(shown: Shown, slot: Callable[[Player], None]) -> Callable[[], None]:
    """Return a slot that acts on the player of the stage shown by then."""
    return lambda: slot(shown().player)


def _pace(inspector: Inspector, shown: Shown) -> list[ActionSpec]:
    return [
        ActionSpec(
            "slower", "Replay", "&Slower", "[", lambda: shown().player.change_speed(-1),
            "Let the pen move more slowly", section=True,
        ),
        ActionSpec(
            "faster", "Replay", "&Faster", "]", lambda: shown().player.change_speed(1),
            "Let the pen move faster",
        ),
        ActionSpec(
            "loop", "Replay", "&Loop", "L", lambda on: shown().player.set_loop(on),
            "Start again after a pause at the end",
            checkable=True, checked=inspector.player.clock.loop, section=True,
        ),
        ActionSpec(
            "loop-pause", "Replay", "Pa&use of the loop", "Shift+L",
            lambda: shown().player.next_end_pause(),
            "Hold the whole digit for half a second, one or two before a loop starts again",
        ),
        ActionSpec(
            "autoplay", "Replay", "Play on sele&ct", "A", inspector.set_autoplay,
            "Play a digit as soon as it is shown; else it is shown whole",
            checkable=True, checked=inspector.autoplay,
        ),
    ]  # fmt: skip


def _view(inspector: Inspector, shown: Shown) -> list[ActionSpec]:
    return [
        ActionSpec(
            "fit", "Stages", "&Fit the digit", "Ctrl+0", lambda: shown().panels.fit(),
            "Show the whole image in all panels; so does a double click on a stage", section=True,
        ),
        ActionSpec(
            "zoom-in", "Stages", "&Zoom in", "+ =", lambda: shown().panels.zoom(1),
            "Look closer in all panels; so does the wheel",
        ),
        ActionSpec(
            "zoom-out", "Stages", "Zoom &out", "-", lambda: shown().panels.zoom(-1),
            "Look from farther in all panels",
        ),
        ActionSpec(
            "tools", "Stages", "Level, thinning, films&trip", "F5", inspector.set_tools_shown,
            "Fold these away, or unfold them where there is room",
            checkable=True, checked=inspector.tools_shown,
        ),
        ActionSpec(
            "details", "Stages", "D&etails", "F4", inspector.set_details_shown,
            "Fold metadata and sequence table away, or unfold them",
            checkable=True, checked=inspector.details_shown,
        ),
    ]  # fmt: skip


def _arrangement(inspector: Inspector) -> list[ActionSpec]:
    rows = (
        ("auto", "Arrange panels b&y space", "F9", "A square where it shows digits much larger"),
        ("row", "Panels in a &row", "Shift+F9", "Stand the four panels side by side"),
        ("square", "Panels in a s&quare", "Ctrl+F9", "Stand the four panels two by two"),
    )
    return [
        ActionSpec(
            f"panels-{name}",
            "Stages",
            text,
            key,
            lambda _on=True, name=name: inspector.arrange(name),
            help_text,
            checkable=True,
            checked=inspector.panels.arrangement == name,
            group="panels",
            section=name == "auto",
        )
        for name, text, key, help_text in rows
    ]
