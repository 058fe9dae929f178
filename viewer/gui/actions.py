"""The actions of the program as a table; menus and the sheet of keys are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

MENUS = ("File", "Edit", "View", "Stages", "Go", "Mark", "Correct", "Replay", "Tools", "Help")
"""The menus, from left to right."""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing the user can do.

    Parameters
    ----------
    name : str
        Unique name in the program, such as ``play``.
    menu : str
        One of `MENUS`.
    text : str
        The words in the menu.
    shortcut : str
        Key in Qt's portable form, several separated by a blank; "" for none. ``Space`` and
        ``Ctrl+E`` are single keys.
    slot : callable
        Called when the action is triggered; a checkable action passes its state.
    help : str
        One sentence for the tool tip, the status bar and the sheet of keys.
    checkable : bool
        Whether the action is a switch.
    checked : bool
        The state a switch starts with.
    group : str
        Switches with the same group exclude each other.
    section : bool
        Whether a line stands above it in the menu.
    """

    name: str
    menu: str
    text: str
    shortcut: str
    slot: Callable[..., Any]
    help: str
    checkable: bool = False
    checked: bool = False
    group: str = ""
    section: bool = False


def check(specs: Iterable[ActionSpec]) -> list[ActionSpec]:
    """Return the table as a list; ValueError where a name, a key or a mnemonic is used twice."""
    table = list(specs)
    names: set[str] = set()
    keys: dict[str, str] = {}
    letters: dict[tuple[str, str], str] = {}
    for spec in table:
        if spec.menu not in MENUS:
            raise ValueError(f"action {spec.name}: there is no menu {spec.menu!r}")
        if spec.name in names:
            raise ValueError(f"action {spec.name} is there twice")
        names.add(spec.name)
        letter = spec.text.partition("&")[2][:1].lower()
        if not letter:
            raise ValueError(f"action {spec.name} has no mnemonic")
        if (spec.menu, letter) in letters:
            other = letters[spec.menu, letter]
            raise ValueError(f"&{letter} in {spec.menu} stands for {other} and for {spec.name}")
        letters[spec.menu, letter] = spec.name
        for key in spec.shortcut.split():
            if key in keys:
                raise ValueError(f"{key} is the key of {keys[key]} and of {spec.name}")
            keys[key] = spec.name
    return table
