"""What a clause compares a column with: numbers, ranges, words, yes and no."""

from __future__ import annotations

from viewer.catalog.columns import Column
from viewer.catalog.query.names import find_words, suggest
from viewer.catalog.query.stream import VALUES, TokenStream, refusal
from viewer.catalog.query.tokens import LONGEST_NUMBER, Token, quote, shorten
from viewer.catalog.query.tree import Item, Range
from viewer.catalog.table import Table

FLAGS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def read_items(stream: TokenStream, column: Column, table: Table) -> tuple[Item, ...]:
    """Read what a column is compared with.

    Parameters
    ----------
    stream : TokenStream
        It stands before one item or several, with or without parentheses.
    column : Column
        The column.
    table : Table
        The table, whose words may be named.

    Returns
    -------
    items : tuple of bool, int, float, str or Range

    Raises
    ------
    QueryError
        If they are anything else, or no values of such a column.
    """
    opened = stream.take("(")
    items = _read_item(stream, column, table)
    while stream.take(","):
        items += _read_item(stream, column, table)
    if opened:
        stream.need("the list is not closed", "Close it with ).", ")")
    return tuple(items)


def read_number(stream: TokenStream, column: Column) -> float:
    """Read a number; an int if it is written as one.

    Parameters
    ----------
    stream : TokenStream
        It stands before a value.
    column : Column
        The column that is compared with it.

    Returns
    -------
    number : int or float

    Raises
    ------
    QueryError
        If it is no number, or one too long.
    """
    token = _read_value(stream, column, "a number, such as 2")
    if token.kind != "number":
        advice = f"Compare {column.name} with a number, as in {quote(column.name)}=2..4."
        ends = token.text.split("-")
        if len(ends) == 2 and all(end.isdecimal() for end in ends):
            advice = f"Write a range as {'..'.join(ends)}."
        raise refusal(f"{shorten(token.text)} is not a number", advice, token)
    if len(token.text) > LONGEST_NUMBER:
        raise refusal("this number is too long", "", token)
    return float(token.text) if "." in token.text else int(token.text)


def give_example(column: Column, table: Table) -> str:
    """Return a clause over a column as it could be."""
    name = quote(column.name)
    if column.kind == "flag":
        return f"{name}=yes"
    if column.kind == "word":
        words = _find_words_of(column, table)
        return f"{name}={quote(words[0]) if words else 'none'}"
    return f"{name}=2..4"


def _read_item(stream: TokenStream, column: Column, table: Table) -> list[Item]:
    """Read one value or range; a word that differs in case may mean several."""
    if column.kind == "flag":
        return [_read_flag(stream, column)]
    if column.kind == "word":
        return list(_read_words(stream, column, table))
    low = None if stream.next.kind == "range" else read_number(stream, column)
    dots = stream.take("range")
    if dots is not None:
        high = read_number(stream, column) if stream.next.kind in VALUES else None
        return [_make_range(low, high, dots)]
    return [] if low is None else [low]


def _make_range(low: float | None, high: float | None, dots: Token) -> Range:
    """Return a range; a QueryError if it is reversed or leaves out an end it lacks."""
    open_low, open_high = dots.text[0] == "<", dots.text[-1] == "<"
    if (low is None and (open_low or high is None)) or (high is None and open_high):
        raise refusal("the range lacks an end", "Write it as 2..4, or 2.. or ..4.", dots)
    if low is not None and high is not None and low > high:
        raise refusal(f"the range {low}..{high} is reversed", f"Write {high}..{low}.", dots)
    return Range(low, high, open_low, open_high)


def _read_flag(stream: TokenStream, column: Column) -> bool:
    """Read yes or no."""
    token = _read_value(stream, column, f"{quote(column.name)}=yes")
    if token.text.lower() not in FLAGS:
        raise refusal(
            f"{column.name} is yes or no, not {shorten(token.text)}",
            f"Write {column.name}=yes or {column.name}=no.",
            token,
        )
    return FLAGS[token.text.lower()]


def _read_words(stream: TokenStream, column: Column, table: Table) -> list[str]:
    """Read a word and return those of the column that are meant; any, if it has none yet."""
    token = _read_value(stream, column, give_example(column, table))
    words = _find_words_of(column, table)
    found = find_words(token.text, words) if words else [token.text]
    if not found:
        problem = f"there is no {column.name} {shorten(quote(token.text))}"
        raise refusal(problem, suggest(token.text, words), token)
    return found


def _read_value(stream: TokenStream, column: Column, example: str) -> Token:
    """Read a value, whatever it is."""
    return stream.need(f"a value of {column.name} is missing", f"Write {example}.", *VALUES)


def _find_words_of(column: Column, table: Table) -> tuple[str, ...]:
    """Return the words of a column; none of one that is not there yet."""
    return table.words(column.name) if column.name in table.columns else ()
