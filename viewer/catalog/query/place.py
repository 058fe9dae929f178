"""What may stand at a place in a query that is still being written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from viewer.catalog.columns import Column
from viewer.catalog.query.names import find_named
from viewer.catalog.query.tokens import KEYWORDS, NUMBER, WORD, QueryError, Token, tokenize

Slot = Literal["part", "compare", "value", "bound", "end", "after", "nothing"]


@dataclass(frozen=True)
class Place:
    """A place in a query.

    Parameters
    ----------
    slot : str
        What may stand there: a ``part`` (a clause, ``not`` or a parenthesis), a sign that
        may ``compare`` a column, a ``value``, a ``bound`` to compare with, the ``end`` of
        a range, what comes ``after`` a clause, or ``nothing``.
    column : Column or None
        The column of the clause it is in.
    prefix : str
        What is written of it already.
    start, end : int
        The characters that what comes there replaces.
    """

    slot: Slot
    column: Column | None
    prefix: str
    start: int
    end: int


def find_place(text: str, cursor: int, columns: Iterable[Column]) -> Place:
    """Tell what may stand at the cursor.

    Parameters
    ----------
    text : str
        A query, or the beginning of one.
    cursor : int
        Characters before the cursor.
    columns : iterable of Column
        The columns that may be named.

    Returns
    -------
    place : Place
    """
    before = text[:cursor]
    prefix, start, end = "", cursor, cursor
    try:
        tokens = tokenize(before)[:-1]
    except QueryError as error:
        start, prefix = error.start, before[error.start :]
        if prefix[0] not in "\"'" and prefix != "-":
            return Place("nothing", None, "", cursor, cursor)
        prefix = prefix.lstrip("\"'")
        tokens = tokenize(before[:start])[:-1]
    else:
        if tokens and tokens[-1].end == cursor and _is_begun(tokens[-1]):
            prefix, start = before[tokens[-1].start :], tokens[-1].start
            written = NUMBER.match(text, start) or WORD.match(text, start)
            end = written.end() if written else cursor
            tokens.pop()
    slot, column = _walk(tokens, list(columns))
    return Place(slot, column, prefix, start, end)


def _is_begun(token: Token) -> bool:
    """Return whether a token may go on behind its end: a number, a word or a keyword."""
    keyword = token.kind in KEYWORDS.values() and token.text.isalpha()
    return keyword or token.kind in ("word", "number")


def _walk(tokens: list[Token], columns: list[Column]) -> tuple[Slot, Column | None]:
    """Return what may follow some tokens, and the column they are about."""
    slot: Slot = "part"
    column = None
    for token in tokens:
        if slot == "part" and token.kind in ("word", "quoted"):
            column = find_named(token.text, columns)
            if column is None:
                return "nothing", None
        slot = _step(slot, token, column)
        if slot == "nothing":
            break
    return slot, column


def _step(slot: Slot, token: Token, column: Column | None) -> Slot:
    """Return what may follow a token that stands in a slot."""
    kind = token.kind
    is_value = kind in ("word", "number", "quoted")
    is_flag = column is not None and column.kind == "flag"
    if slot == "part":
        return "compare" if is_value else "part" if kind in ("not", "(") else "nothing"
    if slot == "compare":
        if kind == "compare":
            return "bound" if token.text[0] in "<>" else "value"
        if kind in ("in", "not"):
            return "value" if kind == "in" else "compare"
        slot = "after" if is_flag else "nothing"
    if slot in ("value", "bound", "end"):
        if kind == "(" and slot == "value":
            return "value"
        return "end" if kind == "range" else "after" if is_value else _step("after", token, column)
    if slot == "after":
        if kind in ("and", "or"):
            return "part"
        return {",": "value", "range": "end", ")": "after"}.get(kind, "nothing")  # type: ignore[return-value]
    return "nothing"
