"""Changes of marks: plain JSON that is applied, written to the journal and kept for undo.

Strategy: a change is a list of assignments, each a field, a value and the digits that get
it. The inverse of a change is the change that puts back what the digits had. Assignments
are absolute, so that applying one twice does no harm.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from viewer.catalog.ledger import Digits
from viewer.catalog.marks.ranges import parse_ranges

Value: TypeAlias = int | str
Change: TypeAlias = list[tuple[str, Value, dict[str, str]]]
"""Assignments: a field, its value, and ranges of indices by split."""

CODES = {"favourite": 2, "colour": 4}
"""How many values the fields of numbers have; the field ``note`` holds text."""
NOTE_LIMIT = 2000
"""Characters of the longest note."""


def parse_change(record: object) -> list[tuple[str, Value, Digits]]:
    """Check a change and read its ranges.

    Parameters
    ----------
    record : Change
        As it was made here, or as it was read from a file.

    Returns
    -------
    assignments : list of (str, value, Digits)

    Raises
    ------
    ValueError
        If it is no change.
    """
    if not isinstance(record, list):
        raise ValueError("a change is a list of assignments")
    return [_parse_assignment(item) for item in record]


def _parse_assignment(item: Any) -> tuple[str, Value, Digits]:
    """Check one assignment and read its ranges."""
    if not isinstance(item, list | tuple) or len(item) != 3 or not isinstance(item[0], str):
        raise ValueError("an assignment is a field, a value and digits")
    field, value, digits = item
    if not isinstance(digits, dict) or not all(isinstance(text, str) for text in digits.values()):
        raise ValueError("digits are ranges by split")
    if field == "note":
        valid = isinstance(value, str) and len(value) <= NOTE_LIMIT
    else:
        valid = isinstance(value, int) and 0 <= value < CODES.get(field, 0)
    if not valid:
        raise ValueError(f"{field!r} cannot be {value!r}")
    return field, value, {split: parse_ranges(text) for split, text in digits.items()}
