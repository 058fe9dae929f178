"""What marking and correcting have in common: what is kept, how that goes, and undo."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from viewer.catalog.keeper import Keeper
from viewer.catalog.table import Table

K = TypeVar("K", bound=Keeper[Any])


class Keeping(QObject, Generic[K]):
    """Changes what is kept about the digits of the set that is open.

    `made` is emitted after a change that can be undone, `said` with a few words for the
    status bar, `troubled` with a sentence for the banner. Who derives it answers `refresh`.

    Parameters
    ----------
    parent : QObject
    """

    made = Signal()
    said = Signal(str)
    troubled = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._kept: K | None = None
        self._table: Table | None = None
        self._told = 0
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._state_changed)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return self._kept is not None and self._kept.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to make once more."""
        return self._kept is not None and self._kept.can_redo

    def forget_undone(self) -> None:
        """Let nothing be made once more."""
        if self._kept is not None:
            self._kept.forget_undone()

    def flush(self) -> None:
        """Wait until all changes are on the disk."""
        if self._kept is not None:
            self._kept.flush()

    def refresh(self) -> None:
        """Take over what another window changed on the same set."""
        raise NotImplementedError

    def _change_set(self, kept: K | None, table: Table | None) -> None:
        """Change what is kept of another set from now on; its table gets the columns."""
        self.flush()
        self._kept, self._table, self._told = kept, table, 0
        if kept is not None and table is not None:
            kept.attach(table)
        self._tell_notes()

    def _tell_notes(self) -> None:
        """Pass on what there is to say about how it is kept."""
        if self._kept is not None and len(self._kept.notes) > self._told:
            self.troubled.emit("  ".join(self._kept.notes[self._told :]))
            self._told = len(self._kept.notes)

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        """Look for changes of other windows when the user comes back to this one."""
        if state == Qt.ApplicationState.ApplicationActive:
            self.refresh()
