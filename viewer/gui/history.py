"""What undo and redo mean where several parts of the window can do them: the newest change."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from viewer.gui.actions import ActionSpec

STEPS = 1000
"""Changes whose order is remembered."""


class Part(Protocol):
    """One that makes changes and can take them back."""

    @property
    def made(self) -> SignalInstance: ...

    @property
    def can_undo(self) -> bool: ...

    @property
    def can_redo(self) -> bool: ...

    def undo(self) -> None: ...

    def redo(self) -> None: ...

    def forget_undone(self) -> None: ...


class History(QObject):
    """Takes back the newest change of all parts, and makes it once more.

    `said` is emitted with a few words for the status bar where there is none.

    Parameters
    ----------
    parts : sequence of Part
        Each emits `made` after a change that it can take back.
    """

    said = Signal(str)

    def __init__(self, *parts: Part, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._done: list[Part] = []
        self._undone: list[Part] = []
        for part in parts:
            part.made.connect(partial(self._made, part))

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return any(part.can_undo for part in self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to make once more."""
        return any(part.can_redo for part in self._undone)

    def undo(self) -> None:
        """Take the newest change back."""
        while self._done:
            part = self._done.pop()
            if part.can_undo:
                self._undone.append(part)
                part.undo()
                return
        self.said.emit("There is nothing to undo")

    def redo(self) -> None:
        """Make the change once more that was taken back last."""
        while self._undone:
            part = self._undone.pop()
            if part.can_redo:
                self._done.append(part)
                part.redo()
                return
        self.said.emit("There is nothing to redo")

    def forget(self) -> None:
        """Have nothing to undo or redo, since another set is on show."""
        self._done.clear()
        self._undone.clear()

    def actions_table(self) -> list[ActionSpec]:
        """Return the actions for the window's menus and keys."""
        return [
            ActionSpec(
                "undo", "Edit", "&Undo", "Ctrl+Z", self.undo,
                "Take the last mark or correction back",
            ),
            ActionSpec(
                "redo", "Edit", "&Redo", "Ctrl+Shift+Z", self.redo,
                "Make the mark or the correction once more that was taken back",
            ),
        ]  # fmt: skip

    def _made(self, part: Part) -> None:
        """Remember whose change is the newest; what was taken back is gone for all parts."""
        self._done = [*self._done[1 - STEPS :], part]
        self._undone.clear()
        for each in self._parts:
            each.forget_undone()
