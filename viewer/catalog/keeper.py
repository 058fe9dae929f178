"""What marks and corrections have in common: a ledger, and a table that follows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from viewer.catalog.journal import Journal
from viewer.catalog.ledger import Digits, Ledger, State
from viewer.catalog.table import Table

S = TypeVar("S", bound=State)


class Keeper(Generic[S]):
    """Keeps something about the digits of one set; every change can be undone.

    Who derives it answers `_add_columns` and `_fill_columns`.

    Parameters
    ----------
    journal : Journal or None
        Where changes are kept; None for nowhere.
    make : callable
        Makes a state that keeps nothing.
    subject : str
        What is kept, as a word for notes.
    """

    def __init__(self, journal: Journal | None, make: Callable[[], S], subject: str) -> None:
        self._ledger = Ledger(journal, make, subject, self._show)
        self._table: Table | None = None

    @property
    def notes(self) -> list[str]:
        """What there is to tell about how it is kept, in sentences."""
        return self._ledger.notes

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._ledger.done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to make once more."""
        return bool(self._ledger.undone)

    def forget_undone(self) -> None:
        """Let nothing be made once more."""
        self._ledger.undone.clear()

    def refresh(self) -> Digits:
        """Take over what other windows changed on the same set; return which digits changed."""
        return self._ledger.refresh()

    def attach(self, table: Table) -> None:
        """Add columns of what is kept to the set's table, and keep them up to date."""
        self._table = table
        self._add_columns(table)

    def flush(self) -> None:
        """Wait until all changes are on the disk."""
        self._ledger.flush()

    def _show(self, changed: Digits) -> None:
        if self._table is not None:
            self._fill_columns(self._table, changed)

    def _add_columns(self, table: Table) -> None:
        """Add the columns of what is kept to a table."""
        raise NotImplementedError

    def _fill_columns(self, table: Table, changed: Digits) -> None:
        """Bring the columns up to date where digits changed."""
        raise NotImplementedError
