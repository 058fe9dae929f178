"""Which digits of a set are marked."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.ledger import Digits, merge
from viewer.catalog.marks.change import CODES, Change, Value, parse_change
from viewer.catalog.marks.ranges import format_ranges


class MarkState:
    """The marks of a set at one moment."""

    def __init__(self) -> None:
        self._codes: dict[str, dict[str, NDArray[np.uint8]]] = {field: {} for field in CODES}
        self._notes: dict[str, dict[int, str]] = {}

    def splits(self) -> set[str]:
        """Return the names of the splits that may hold marks."""
        return {*self._notes, *(split for held in self._codes.values() for split in held)}

    def codes(self, field: str, split: str, indices: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Return favourites as 0 and 1, or colours, of some digits of a split, shape (n,)."""
        held = self._codes[field].get(split, np.zeros(0, np.uint8))
        found = np.zeros(len(indices), dtype=np.uint8)
        inside = indices < len(held)
        found[inside] = held[indices[inside]]
        return found

    def column(self, field: str, split: str, count: int) -> NDArray[np.uint8]:
        """Return a field of the first digits of a split, shape (count,); notes as 0 and 1."""
        found = np.zeros(count, dtype=np.uint8)
        if field == "note":
            found[_below(self.noted(split), count)] = 1
        else:
            held = self._codes[field].get(split, found)[:count]
            found[: len(held)] = held
        return found

    def note(self, split: str, index: int) -> str:
        """Return the note on a digit, "" where there is none."""
        return self._notes.get(split, {}).get(index, "")

    def noted(self, split: str) -> NDArray[np.int64]:
        """Return the digits of a split that have a note, ascending."""
        return np.sort(np.array(list(self._notes.get(split, ())), dtype=np.int64))

    def plan(self, field: str, value: Value, digits: Digits) -> tuple[Change, Change]:
        """Return the change that gives digits a value, and its inverse; both may be empty."""
        forward: dict[str, str] = {}
        backward: dict[Value, dict[str, str]] = {}
        for split, indices in digits.items():
            groups = [
                (old, those) for old, those in self._groups(field, split, indices) if old != value
            ]
            if groups:
                changed = np.concatenate([those for _old, those in groups])
                forward[split] = format_ranges(changed if len(groups) == 1 else np.sort(changed))
            for old, those in groups:
                backward.setdefault(old, {})[split] = format_ranges(those)
        if not forward:
            return [], []
        return [(field, value, forward)], [(field, old, to) for old, to in backward.items()]

    def apply(self, record: object) -> Digits:
        """Apply a change, all of it or nothing.

        Parameters
        ----------
        record : Change
            As it was made here or came from a file.

        Returns
        -------
        digits : Digits
            What it is about.

        Raises
        ------
        ValueError
            If it is no change.
        """
        touched: Digits = {}
        for field, value, digits in parse_change(record):
            for split, indices in digits.items():
                self._assign(field, value, split, indices)
            touched = merge(touched, digits)
        return touched

    def records(self) -> list[Change]:
        """Return the changes that lead from no marks to these, a line each."""
        values = [(field, code) for field, count in CODES.items() for code in range(1, count)]
        records: list[Change] = []
        for field, value in values:
            digits = {
                split: format_ranges(np.flatnonzero(held == value))
                for split, held in sorted(self._codes[field].items())
                if (held == value).any()
            }
            if digits:
                records.append([(field, value, digits)])
        by_text: dict[str, dict[str, str]] = {}
        for split in sorted(self._notes):
            for text, those in self._groups("note", split, self.noted(split)):
                by_text.setdefault(str(text), {})[split] = format_ranges(those)
        return records + [[("note", text, digits)] for text, digits in by_text.items()]

    def digits(self) -> Digits:
        """Return all digits with any mark."""
        found: dict[str, NDArray[np.int64]] = {}
        for split in self.splits():
            parts = [self.noted(split)]
            parts += [np.flatnonzero(held[split]) for held in self._codes.values() if split in held]
            found[split] = np.unique(np.concatenate(parts))
        return found

    def _groups(
        self, field: str, split: str, indices: NDArray[np.int64]
    ) -> Iterator[tuple[Value, NDArray[np.int64]]]:
        """Yield the values that digits have, and which of them have each."""
        if field != "note":
            codes = self.codes(field, split, indices)
            for code in np.flatnonzero(np.bincount(codes)).tolist():
                yield code, indices[codes == code]
            return
        noted = np.intersect1d(indices, self.noted(split))
        bare = np.setdiff1d(indices, noted)
        if len(bare):
            yield "", bare
        by_text: dict[str, list[int]] = {}
        for index in noted.tolist():
            by_text.setdefault(self.note(split, index), []).append(index)
        for text, those in by_text.items():
            yield text, np.array(those, dtype=np.int64)

    def _assign(self, field: str, value: Value, split: str, indices: NDArray[np.int64]) -> None:
        if field == "note":
            notes = self._notes.setdefault(split, {})
            if value:
                notes.update(dict.fromkeys(indices.tolist(), str(value)))
            else:
                for index in indices.tolist():
                    notes.pop(index, None)
            return
        held = self._codes[field].get(split, np.zeros(0, np.uint8))
        missing = int(indices[-1]) + 1 - len(held)
        if missing > 0:
            held = np.concatenate((held, np.zeros(missing, np.uint8)))
            self._codes[field][split] = held
        held[indices] = value


def _below(indices: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    return indices[indices < count]
