"""What a query that is being written may go on with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from viewer.catalog.columns import Column
from viewer.catalog.query.names import offer_columns
from viewer.catalog.query.place import Place, find_place
from viewer.catalog.query.text import write_item, write_number
from viewer.catalog.query.tokens import quote
from viewer.catalog.query.tree import Range
from viewer.catalog.table import Table

MOST = 50
"""Completions that are offered at once."""
SIGNS = (
    ("=", "is, or is one of several: 2,5 or 2..4"),
    ("!=", "is none of these"),
    (">=", "is this or more"),
    (">", "is more than this"),
    ("<=", "is this or less"),
    ("<", "is less than this"),
)
JOINS = (("&", "and", "both must be so"), ("|", "or", "one of them must be so"))


@dataclass(frozen=True)
class Completion:
    """Text that may be put into a query.

    Parameters
    ----------
    start, end : int
        The characters it replaces.
    text : str
        What to put there.
    help : str
        What it means, in a few words.
    """

    start: int
    end: int
    text: str
    help: str


def complete(text: str, cursor: int, table: Table) -> list[Completion]:
    """Find what may stand at the cursor.

    Parameters
    ----------
    text : str
        A query, or the beginning of one.
    cursor : int
        Characters before the cursor.
    table : Table
        The table it is about.

    Returns
    -------
    completions : list of Completion
        Columns, signs, keywords or values with their counts, at most `MOST`. They begin
        as what is written up to the cursor; columns may also by an alias or their title.
    """
    columns = offer_columns(table)
    place = find_place(text, cursor, columns.values())
    if place.slot == "part":
        offered: Iterable[Completion] = _offer_parts(place, columns, cursor)
    elif place.slot == "compare" and place.column is not None:
        offered = _offer_signs(place, place.column, text[:cursor])
    elif place.slot in ("value", "bound") and place.column is not None:
        offered = _offer_values(place, place.column, table)
    elif place.slot == "after":
        offered = _offer_joins(place, text[:cursor])
    else:
        offered = ()
    return [one for one, _ in zip(offered, range(MOST), strict=False)]


def _offer_parts(place: Place, columns: dict[str, Column], cursor: int) -> Iterator[Completion]:
    """Offer columns by the beginning of their name, of an alias or of a word of their title."""
    prefix = place.prefix.casefold()
    ranked = []
    for column in columns.values():
        begins = [
            any(name.casefold().startswith(prefix) for name in names)
            for names in ((column.name,), column.aliases, column.title.split())
        ]
        if column.name.casefold() == prefix and place.end == cursor:
            yield from _offer_signs(Place("compare", column, "", cursor, cursor), column, "")
        elif any(begins):
            ranked.append((begins.index(True), column))
    for _, column in sorted(ranked, key=lambda pair: pair[0]):
        yield Completion(place.start, place.end, quote(column.name), column.help)
    if "not".startswith(prefix):
        yield Completion(place.start, place.end, "not ", "all but these digits")


def _offer_signs(place: Place, column: Column, before: str) -> Iterator[Completion]:
    """Offer what a column may be compared by."""
    if place.prefix:
        for word in ("in (", "not in ("):
            if word.startswith(place.prefix.casefold()):
                yield Completion(place.start, place.end, word, "is one of these, or none")
    elif column.kind == "flag":
        yield Completion(place.start, place.end, "=no", "known not to be so")
    else:
        is_word = column.kind == "word"
        for sign, meaning in SIGNS[:2] if is_word else SIGNS:
            yield Completion(place.start, place.end, sign, meaning)
    if column.kind == "flag":
        yield from _offer_joins(place, before)


def _offer_joins(place: Place, before: str) -> Iterator[Completion]:
    """Offer what joins clauses; as a word where one is begun."""
    space = "" if place.prefix or before.endswith(" ") else " "
    for sign, word, meaning in JOINS:
        if not place.prefix or word.startswith(place.prefix.casefold()):
            joined = word if place.prefix else sign
            yield Completion(place.start, place.end, f"{space}{joined} ", meaning)


def _offer_values(place: Place, column: Column, table: Table) -> Iterator[Completion]:
    """Offer the values or ranges of a column that begin as written, with their counts."""
    from viewer.catalog.facets.facet import facet_of  # facets are told in the terms of queries

    prefix = place.prefix.casefold()
    for part in facet_of(table, column.name).bins:
        help_text = f"{part.total:,} {'digit' if part.total == 1 else 'digits'}"
        if place.slot == "bound" and isinstance(part.item, Range):
            if part.item.low is None:
                continue
            written, help_text = write_number(part.item.low), ""
        else:
            written = write_item(part.item)
        if written.strip('"').casefold().startswith(prefix):
            yield Completion(place.start, place.end, written, help_text)
