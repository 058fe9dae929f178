"""The inspector's actions, as rows of the program's table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.gui.actions import ActionSpec

if TYPE_CHECKING:
    from viewer.gui.inspector.inspector import Inspector


def actions_table(inspector: Inspector) -> list[ActionSpec]:
    """Return all actions of an inspector."""
    return [*_play(inspector), *_pace(inspector), *_view(inspector), *_arrangement(inspector)]


def _play(inspector: Inspector) -> list[ActionSpec]:
    player = inspector.player
    rows = (
        ("play", "&Play or pause", "Space", player.toggle, "Play the writing, or hold it"),
        ("restart", "&Restart", "Home", player.restart, "Put the pen on the first point"),
        ("end", "&End", "End", player.finish, "Show the whole digit"),
        ("point-back", "Point &back", ",", lambda: player.step(-1), "One point back"),
        ("point-on", "Point &on", ".", lambda: player.step(1), "One point on"),
        (
            "stroke-back",
            "S&troke back",
            "Shift+,",
            lambda: player.step_stroke(-1),
            "To the start of this stroke, or of the one before",
        ),
        (
            "stroke-on",
            "Stro&ke on",
            "Shift+.",
            lambda: player.step_stroke(1),
            "To the start of the next stroke, or to the end",
        ),
    )
    return [
        ActionSpec(name, "Replay", text, key, slot, help_text, section=name == "point-back")
        for name, text, key, slot, help_text in rows
    ]


def _pace(inspector: Inspector) -> list[ActionSpec]:
    player = inspector.player
    return [
        ActionSpec(
            "slower", "Replay", "&Slower", "[", lambda: player.change_speed(-1),
            "Let the pen move more slowly", section=True,
        ),
        ActionSpec(
            "faster", "Replay", "&Faster", "]", lambda: player.change_speed(1),
            "Let the pen move faster",
        ),
        ActionSpec(
            "loop", "Replay", "&Loop", "L", player.set_loop,
            "Start again after a pause at the end",
            checkable=True, checked=player.clock.loop, section=True,
        ),
        ActionSpec(
            "autoplay", "Replay", "Play on sele&ct", "", inspector.set_autoplay,
            "Play a digit as soon as it is shown; else it is shown whole",
            checkable=True, checked=inspector.autoplay,
        ),
    ]  # fmt: skip


def _view(inspector: Inspector) -> list[ActionSpec]:
    panels = inspector.panels
    return [
        ActionSpec(
            "fit", "View", "Fit the di&git", "0", panels.fit,
            "Show the whole image in all four panels; so does a double click", section=True,
        ),
        ActionSpec(
            "zoom-in", "View", "&Zoom in", "+ =", lambda: panels.zoom(1),
            "Look closer in all four panels; so does the wheel",
        ),
        ActionSpec(
            "zoom-out", "View", "Zoom &out", "-", lambda: panels.zoom(-1),
            "Look from farther in all four panels",
        ),
        ActionSpec(
            "details", "View", "D&etails", "F4", inspector.set_details_shown,
            "Fold metadata and sequence table away, or unfold them",
            checkable=True, checked=inspector.details_shown,
        ),
    ]  # fmt: skip


def _arrangement(inspector: Inspector) -> list[ActionSpec]:
    rows = (
        ("auto", "Arrange panels b&y space", "Use the arrangement that shows the digit larger"),
        ("row", "Panels in a &row", "Stand the four panels side by side"),
        ("square", "Panels in a s&quare", "Stand the four panels two by two"),
    )
    return [
        ActionSpec(
            f"panels-{name}",
            "View",
            text,
            "",
            lambda _on=True, name=name: inspector.arrange(name),
            help_text,
            checkable=True,
            checked=inspector.panels.arrangement == name,
            group="panels",
            section=name == "auto",
        )
        for name, text, help_text in rows
    ]
