"""What a user keeps about digits: a state, the journal of its changes, and undo.

Strategy: a change is a record, plain JSON, that is applied to the state and added to the
journal at once. Records are absolute, so that applying one twice does no harm, and taking
a change back is one more change. Several windows may keep a ledger together: what others
wrote is taken over before each change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Generic, Protocol, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.journal import Journal, Reading
from viewer.errors import UserError

Digits: TypeAlias = Mapping[str, NDArray[np.int64]]
"""Ascending indices by the name of their split."""

STEPS = 500
"""Changes that can be undone."""
SPARE = 100
"""Lines that a journal may hold beyond twice as many as needed, before it is rewritten."""


class State(Protocol):
    """What is kept at one moment; a new one keeps nothing."""

    def apply(self, record: object) -> Digits:
        """Apply a change, all of it or nothing; return the digits it is about.

        Raises
        ------
        ValueError
            If it is no change.
        """
        ...

    def records(self) -> Sequence[object]:
        """Return the changes that lead from nothing to this state."""
        ...

    def digits(self) -> Digits:
        """Return all digits about which something is kept."""
        ...


@dataclass(frozen=True)
class Step:
    """A change and the one that takes it back; empty records where nothing changes."""

    forward: object
    backward: object


S = TypeVar("S", bound=State)


class Ledger(Generic[S]):
    """A state that is kept on disk, and whose changes can be undone.

    Where nothing can be kept, it lasts as long as the object; `notes` says so in
    sentences, as it does of damage.

    Parameters
    ----------
    journal : Journal or None
        Where changes are kept; None for nowhere.
    make : callable
        Makes a state that keeps nothing.
    subject : str
        What is kept, as a word for notes, such as ``marks``.
    show : callable
        Called with the digits that may have changed, where there are any.
    """

    def __init__(
        self,
        journal: Journal | None,
        make: Callable[[], S],
        subject: str,
        show: Callable[[Digits], None],
    ) -> None:
        self.notes: list[str] = []
        self.state = make()
        self.done: list[Step] = []
        self.undone: list[Step] = []
        self._journal = journal
        self._make = make
        self._subject = subject
        self._show = show
        self._unwritten: list[object] = []
        self._told = False

    def begin(self) -> None:
        """Read what is kept; mend and shorten the journal where that is called for."""
        assert self._journal is not None
        try:
            reading = self._journal.read()
        except OSError as error:
            self.notes.append(
                f"The {self._subject} cannot be read: {self._journal.path}: {error.strerror}."
            )
            return
        self._take_over(reading)
        longest = SPARE + 2 * len(self.state.records())
        if self.notes or reading.torn or len(reading.records) > longest:
            self._mend(self._journal)

    def begin_with(self, copied: Journal) -> None:
        """Take over what another journal holds, which itself stays as it is.

        Raises
        ------
        OSError
            If it cannot be read.
        """
        self._take_over(copied.read())

    def change(self, plan: Callable[[], Step]) -> Digits:
        """Make a change that can be undone, and keep it.

        Parameters
        ----------
        plan : callable
            Returns the change; called when what others changed is known.

        Returns
        -------
        digits : Digits
            What may have changed, by this or by others.
        """

        def make() -> object:
            step = plan()
            if step.forward:
                self.done = [*self.done[1 - STEPS :], step]
                self.undone.clear()
            return step.forward

        return self._commit(make)

    def undo(self) -> Digits:
        """Take the last change back, if there is one; return the digits that may have changed."""
        if not self.done:
            return {}
        step = self.done.pop()
        self.undone.append(step)
        return self._commit(lambda: step.backward)

    def redo(self) -> Digits:
        """Make the change once more that was taken back last; return what may have changed."""
        if not self.undone:
            return {}
        step = self.undone.pop()
        self.done.append(step)
        return self._commit(lambda: step.forward)

    def refresh(self) -> Digits:
        """Take over what others changed; return the digits that may have."""
        if self._journal is None:
            return {}
        try:
            changed = self._take_over(self._journal.read())
        except OSError:
            return {}
        self._report(changed)
        return changed

    def flush(self) -> None:
        """Wait until all changes are on the disk."""
        if self._journal is not None:
            self._journal.flush()

    def _commit(self, make: Callable[[], object]) -> Digits:
        """Apply and keep a change, made after what others changed is known."""
        own: Digits = {}
        with ExitStack() as stack:
            others = self._reach(stack)
            change = make()
            if change:
                own = self.state.apply(change)
                self._unwritten.append(change)
            if others is not None and self._unwritten:
                self._write()
        changed = merge(others or {}, own)
        self._report(changed)
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
                self._journal.rewrite(self.state.records())
        except (OSError, UserError) as error:
            self._tell_unkept(error)
            return
        self._unwritten.clear()
        self._told = False

    def _take_over(self, reading: Reading) -> Digits:
        """Bring the state to what was read; return the digits that may have changed."""
        before: Digits = {}
        if reading.anew:
            before = self.state.digits()
            self.state = self._make()
        lost = reading.damaged
        for record in reading.records:
            try:
                touched = self.state.apply(record)
                before = before if reading.anew else merge(before, touched)
            except ValueError:
                lost += 1
        if lost:
            self.notes.append(f"Damaged lines of the {self._subject} were passed over: {lost}.")
        if not reading.anew:
            return before
        for change in self._unwritten:
            self.state.apply(change)
        return merge(before, self.state.digits())

    def _mend(self, journal: Journal) -> None:
        """Keep a copy of a damaged journal, and write what is sound anew."""
        try:
            with journal.locked():
                self.notes.clear()
                reading = journal.read(anew=True)
                self._take_over(reading)
                if self.notes:
                    self.notes.append(f"The file as it was: {journal.set_aside()}.")
                elif reading.torn:
                    self.notes.append(
                        f"The last change of the {self._subject} was written in part only; "
                        "it is lost."
                    )
                journal.rewrite(self.state.records())
        except (OSError, UserError) as error:
            self._tell_unkept(error)

    def _report(self, changed: Digits) -> None:
        """Pass on what may have changed."""
        if changed:
            self._show(changed)

    def _tell_unkept(self, error: OSError | UserError) -> None:
        """Say once that changes are in memory only."""
        if not self._told:
            assert self._journal is not None
            reason = error.strerror if isinstance(error, OSError) else error.problem
            subject = self._subject.capitalize()
            self.notes.append(f"{subject} are not kept on disk: {self._journal.path}: {reason}.")
        self._told = True


def merge(first: Digits, second: Digits) -> Digits:
    """Return the digits that are in one or the other."""
    both = {split: np.union1d(first[split], second[split]) for split in first if split in second}
    return {**first, **second, **both}
