"""What a user noted about the digits of a set: favourites, colours, notes; kept on disk."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.marks.change import NOTE_LIMIT, Change, Digits, Value, merge
from viewer.catalog.marks.columns import COLOURS, MarkColumns, add_columns, collect, fill_columns
from viewer.catalog.marks.journal import Journal, Reading
from viewer.catalog.marks.state import MarkState
from viewer.catalog.table import Table
from viewer.errors import UserError
from viewer.places import data_base

STEPS = 500
"""Changes that can be undone."""
SPARE = 100
"""Lines that a journal may hold beyond twice as many as needed, before it is rewritten."""


@dataclass(frozen=True)
class Mark:
    """The marks of one digit.

    Parameters
    ----------
    favourite : bool
    colour : int
        Place in `COLOURS`, 0 for none.
    note : str
        "" for none.
    """

    favourite: bool = False
    colour: int = 0
    note: str = ""


@dataclass(frozen=True)
class _Step:
    """A change that can be taken back."""

    forward: Change
    backward: Change


class Marks:
    """The marks of one set of digits; every change is kept at once and can be undone.

    Made by `open`. Where nothing can be kept, marks last as long as the object; `notes`
    says so in sentences, as it does of damage.

    Parameters
    ----------
    journal : Journal or None
        Where changes are kept; None for nowhere.
    """

    def __init__(self, journal: Journal | None) -> None:
        self.notes: list[str] = []
        self._journal = journal
        self._state = MarkState()
        self._unwritten: list[Change] = []
        self._told = False
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._table: Table | None = None

    @classmethod
    def open(cls, fingerprint: str, folder: Path | None = None) -> Marks:
        """Read the marks of a set.

        Parameters
        ----------
        fingerprint : str
            What the set is known by: 8 to 64 hexadecimal digits.
        folder : path, optional
            Where marks are kept; a folder of the user by default. It need not exist.

        Returns
        -------
        marks : Marks

        Raises
        ------
        ValueError
            If the fingerprint is none.
        """
        if not re.fullmatch("[0-9a-f]{8,64}", fingerprint):
            raise ValueError(f"{fingerprint!r} is not a fingerprint")
        try:
            path = (folder or data_base() / "marks") / f"{fingerprint}.jsonl"
        except RuntimeError as error:
            marks = cls(None)
            marks._tell(f"Marks are not kept on disk: {error}")
            return marks
        marks = cls(Journal(path))
        marks._begin()
        return marks

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to make once more."""
        return bool(self._undone)

    def get(self, split: str, index: int) -> Mark:
        """Return the marks of a digit."""
        here = np.array([index], dtype=np.int64)
        favourite, colour = (
            int(self._state.codes(field, split, here)[0]) for field in ("favourite", "colour")
        )
        return Mark(bool(favourite), colour, self._state.note(split, index))

    def collect(self, parts: Sequence[tuple[str, NDArray[np.int64]]]) -> MarkColumns:
        """Return the marks of many digits.

        Parameters
        ----------
        parts : sequence of (str, ndarray of int64)
            Names of splits and indices in each.

        Returns
        -------
        columns : MarkColumns
            In the order of the parts.
        """
        return collect(self._state, parts)

    def set_favourite(self, digits: Digits, on: bool) -> Digits:
        """Make digits favourites, or no longer; return which digits changed."""
        return self._change("favourite", int(on), digits)

    def set_colour(self, digits: Digits, colour: int) -> Digits:
        """Give digits a colour mark by its number, 0 for none; return which digits changed."""
        if not 0 <= colour < len(COLOURS):
            raise ValueError(f"there is no colour mark {colour}")
        return self._change("colour", colour, digits)

    def set_note(self, digits: Digits, text: str) -> Digits:
        """Put a note on digits, "" takes it away; return which digits changed."""
        return self._change("note", text.strip()[:NOTE_LIMIT], digits)

    def undo(self) -> Digits:
        """Take the last change back; return which digits changed, none if there was none."""
        if not self._done:
            return {}
        step = self._done.pop()
        self._undone.append(step)
        return self._commit(lambda: step.backward)

    def redo(self) -> Digits:
        """Make the change once more that was taken back last; return which digits changed."""
        if not self._undone:
            return {}
        step = self._undone.pop()
        self._done.append(step)
        return self._commit(lambda: step.forward)

    def refresh(self) -> Digits:
        """Take over what other windows changed on the same set; return which digits changed."""
        if self._journal is None:
            return {}
        try:
            changed = self._take_over(self._journal.read())
        except OSError:
            return {}
        self._show(changed)
        return changed

    def attach(self, table: Table) -> None:
        """Add the columns of marks to the set's table, and keep them up to date from now on."""
        self._table = table
        add_columns(table, self._state)

    def flush(self) -> None:
        """Wait until all changes are on the disk."""
        if self._journal is not None:
            self._journal.flush()

    def _change(self, field: str, value: Value, digits: Digits) -> Digits:
        """Give digits a value, as one step that can be undone."""

        def plan() -> Change:
            forward, backward = self._state.plan(field, value, digits)
            if forward:
                self._done = [*self._done[1 - STEPS :], _Step(forward, backward)]
                self._undone.clear()
            return forward

        return self._commit(plan)

    def _commit(self, make: Callable[[], Change]) -> Digits:
        """Apply and keep a change, made after what others changed is known."""
        with ExitStack() as stack:
            others = self._reach(stack)
            change = make()
            own = self._state.apply(change)
            if change:
                self._unwritten.append(change)
            if others is not None and self._unwritten:
                self._write()
        changed = merge(others or {}, own)
        self._show(changed)
        return changed

    def _reach(self, stack: ExitStack) -> Digits | None:
        """Lock the journal and take over its news; None where it cannot be reached."""
        if self._journal is None:
            return None
        try:
            stack.enter_context(self._journal.locked())
            return self._take_over(self._journal.read())
        except OSError as error:
            self._tell_unkept(error)
            return None

    def _write(self) -> None:
        """Add what is not written yet to the journal."""
        assert self._journal is not None
        try:
            try:
                self._journal.append(self._unwritten)
            except FileNotFoundError:
                self._journal.rewrite(self._state.records())
        except (OSError, UserError) as error:
            self._tell_unkept(error)
            return
        self._unwritten.clear()
        self._told = False

    def _take_over(self, reading: Reading) -> Digits:
        """Bring the state to what was read; return the digits that may have changed."""
        before: Digits = {}
        if reading.anew:
            before = self._state.marked()
            self._state = MarkState()
        lost = reading.damaged
        for record in reading.records:
            try:
                touched = self._state.apply(record)
                before = before if reading.anew else merge(before, touched)
            except ValueError:
                lost += 1
        if lost:
            self._tell(f"Damaged lines of the marks were passed over: {lost}.")
        if not reading.anew:
            return before
        for change in self._unwritten:
            self._state.apply(change)
        return merge(before, self._state.marked())

    def _begin(self) -> None:
        """Read what is kept; mend and shorten the journal where that is called for."""
        assert self._journal is not None
        try:
            reading = self._journal.read()
        except OSError as error:
            self._tell(f"The marks cannot be read: {self._journal.path}: {error.strerror}.")
            return
        self._take_over(reading)
        longest = SPARE + 2 * len(self._state.records())
        if self.notes or reading.torn or len(reading.records) > longest:
            self._mend(self._journal)

    def _mend(self, journal: Journal) -> None:
        """Keep a copy of a damaged journal, and write what is sound anew."""
        try:
            with journal.locked():
                self.notes.clear()
                reading = journal.read(anew=True)
                self._take_over(reading)
                if self.notes:
                    self._tell(f"The file as it was: {journal.set_aside()}.")
                elif reading.torn:
                    self._tell("The last change of the marks was written in part only; it is lost.")
                journal.rewrite(self._state.records())
        except (OSError, UserError) as error:
            self._tell_unkept(error)

    def _show(self, changed: Digits) -> None:
        """Bring the table up to date."""
        if self._table is not None and changed:
            fill_columns(self._table, self._state, changed)

    def _tell_unkept(self, error: OSError | UserError) -> None:
        """Say once that changes are in memory only."""
        if not self._told:
            assert self._journal is not None
            reason = error.strerror if isinstance(error, OSError) else error.problem
            self._tell(f"Marks are not kept on disk: {self._journal.path}: {reason}.")
        self._told = True

    def _tell(self, note: str) -> None:
        self.notes.append(note)
