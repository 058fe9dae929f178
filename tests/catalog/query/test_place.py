"""What may stand at each place of a query that is being written."""

from __future__ import annotations

import pytest

from tests.catalog.query.tables import mixed_table
from viewer.catalog.query.names import offer_columns
from viewer.catalog.query.place import find_place

COLUMNS = list(offer_columns(mixed_table(4)).values())


@pytest.mark.parametrize(
    ("text", "slot", "column", "prefix"),
    [
        ("", "part", None, ""),
        ("cl", "part", None, "cl"),
        ("not ", "part", None, ""),
        ("class ", "compare", "class", ""),
        ("LABEL no", "compare", "class", "no"),
        ("class not ", "compare", "class", ""),
        ("class=", "value", "class", ""),
        ("class in (", "value", "class", ""),
        ("class not in (7, 1", "value", "class", "1"),
        ("class<", "bound", "class", ""),
        ("class=7..", "end", "class", ""),
        ("class=7.. ", "end", "class", ""),
        ("class=7..|", "part", "class", ""),
        ("class=7 ", "after", "class", ""),
        ("class=7 an", "after", "class", "an"),
        ("(exact)", "after", "exact", ""),
        ("exact and poi", "part", "exact", "poi"),
        ("colour='deep b", "value", "colour", "deep b"),
        ("writer=-", "value", "writer", "-"),
        ("xyz ", "nothing", None, ""),
        ("class=7 8 ", "nothing", "class", ""),
        ("; ", "nothing", None, ""),
    ],
)
def test_slots(text: str, slot: str, column: str | None, prefix: str) -> None:
    place = find_place(text, len(text), COLUMNS)
    name = place.column.name if place.column else None
    assert (place.slot, place.prefix) == (slot, prefix)
    if slot != "part":
        assert name == column


def test_the_word_around_the_cursor_is_replaced() -> None:
    place = find_place("exact & class=7", 10, COLUMNS)
    assert (place.start, place.end, place.prefix) == (8, 13, "cl")
