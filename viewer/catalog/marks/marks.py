"""What a user noted about the digits of a set: favourites, colours, notes; kept on disk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.journal import Journal
from viewer.catalog.keeper import Keeper
from viewer.catalog.ledger import Digits, Step
from viewer.catalog.marks.change import NOTE_LIMIT, Value
from viewer.catalog.marks.columns import COLOURS, MarkColumns, add_columns, collect, fill_columns
from viewer.catalog.marks.state import MarkState
from viewer.catalog.table import Table
from viewer.places import data_base


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


class Marks(Keeper[MarkState]):
    """The marks of one set of digits; every change is kept at once and can be undone.

    Made by `open`. Where nothing can be kept, marks last as long as the object; `notes`
    says so in sentences, as it does of damage.

    Parameters
    ----------
    journal : Journal or None
        Where changes are kept; None for nowhere.
    """

    def __init__(self, journal: Journal | None) -> None:
        super().__init__(journal, MarkState, "marks")

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
            marks.notes.append(f"Marks are not kept on disk: {error}")
            return marks
        marks = cls(Journal(path))
        marks._ledger.begin()
        return marks

    def get(self, split: str, index: int) -> Mark:
        """Return the marks of a digit."""
        here = np.array([index], dtype=np.int64)
        favourite, colour = (
            int(self._ledger.state.codes(field, split, here)[0])
            for field in ("favourite", "colour")
        )
        return Mark(bool(favourite), colour, self._ledger.state.note(split, index))

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
        return collect(self._ledger.state, parts)

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
        return self._ledger.undo()

    def redo(self) -> Digits:
        """Make the change once more that was taken back last; return which digits changed."""
        return self._ledger.redo()

    def _change(self, field: str, value: Value, digits: Digits) -> Digits:
        """Give digits a value, as one step that can be undone."""
        return self._ledger.change(lambda: Step(*self._ledger.state.plan(field, value, digits)))

    def _add_columns(self, table: Table) -> None:
        add_columns(table, self._ledger.state)

    def _fill_columns(self, table: Table, changed: Digits) -> None:
        fill_columns(table, self._ledger.state, changed)
