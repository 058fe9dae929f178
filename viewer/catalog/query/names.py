"""Names in queries: which column or word is meant, and what may have been."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from viewer.catalog.columns import COLUMNS, CORRECTED, FACTS, MARKS, Column
from viewer.catalog.query.tokens import quote
from viewer.catalog.table import Table

MOST_LISTED = 12
"""So many values are named in a message."""


def offer_columns(table: Table) -> dict[str, Column]:
    """Return the columns that may be asked for, by name.

    Facts, marks and corrections may be, before any digit has them: they come while the set
    is in use.
    """
    there = table.columns
    known = {column.name for column in COLUMNS}
    named = [
        there.get(column.name, column)
        for column in COLUMNS
        if column.name in there or column in (*FACTS, *MARKS, CORRECTED)
    ]
    others = [column for name, column in there.items() if name not in known]
    return {column.name: column for column in (*named, *others)}


def find_named(name: str, columns: Iterable[Column]) -> Column | None:
    """Return the column of a name or an alias in any case; None if there is none."""
    wanted = name.casefold()
    aliased = None
    for column in columns:
        if column.name.casefold() == wanted:
            return column
        if wanted in (alias.casefold() for alias in column.aliases):
            aliased = aliased or column
    return aliased


def find_words(text: str, words: Iterable[str]) -> list[str]:
    """Return the words that a text means: itself, or else those that differ in case only."""
    words = list(words)
    if text in words:
        return [text]
    return [word for word in dict.fromkeys(words) if word.casefold() == text.casefold()]


def suggest(text: str, names: Sequence[str], aliases: Sequence[str] = ()) -> str:
    """Return advice that names what is like a text, or else what there is."""
    by_fold = {name.casefold(): name for name in (*names, *aliases)}
    close = get_close_matches(text.casefold(), by_fold, n=1)
    if close:
        return f"Did you mean {quote(by_fold[close[0]])}?"
    more = ", ..." if len(names) > MOST_LISTED else ""
    return f"There are {', '.join(map(quote, names[:MOST_LISTED]))}{more}."
