"""From the text of a query to its tree.

The grammar, loosest first; keywords and columns in any case::

    query   = [any]
    any     = all { ("or" | "|") all }
    all     = no { ("and" | "&") no }
    no      = { "not" | "!" } part
    part    = "(" any ")" | clause
    clause  = flag
            | column ("<" | "<=" | ">" | ">=") number
            | column ("=" | "==" | "!=" | ["not"] "in") items
    items   = item { "," item } | "(" item { "," item } ")"
    item    = value | [number] ".." [number]

A ``<`` beside the dots leaves that end of the range out: ``10..<20``. Words that are not
of letters, digits, ``_``, ``-``, ``+`` and ``/`` alone stand between quotes.
"""

from __future__ import annotations

from viewer.catalog.columns import COLUMNS, Column
from viewer.catalog.query.items import give_example, read_items, read_number
from viewer.catalog.query.names import find_named, offer_columns, suggest
from viewer.catalog.query.query import Query
from viewer.catalog.query.stream import TokenStream, refusal
from viewer.catalog.query.tokens import Token, quote, shorten
from viewer.catalog.query.tree import EVERYTHING, Clause, Node, Not, Range, join_all, join_any
from viewer.catalog.table import Table

DEEPEST = 40
"""Parentheses and negations within one another."""


def parse(text: str, table: Table) -> Query:
    """Read a query.

    Parameters
    ----------
    text : str
        Such as ``class=7 & strokes>=2``; see the grammar above. Empty text asks for every
        digit.
    table : Table
        The table it is about: its columns, and their words. Facts and marks may be named
        before the table has them.

    Returns
    -------
    query : Query

    Raises
    ------
    QueryError
        If the text is anything else; it says where.
    """
    return Query(_Parser(TokenStream(text), table).read_query())


class _Parser:
    """Reads a query by recursive descent."""

    def __init__(self, stream: TokenStream, table: Table) -> None:
        self._stream = stream
        self._table = table
        self._columns = offer_columns(table)
        self._depth = 0

    def read_query(self) -> Node:
        if self._stream.take("end"):
            return EVERYTHING
        node = self._read_any()
        if not self._stream.take("end"):
            self._stream.refuse_rest()
        return node

    def _read_any(self) -> Node:
        nodes = [self._read_all()]
        while self._stream.take("or"):
            nodes.append(self._read_all())
        return join_any(nodes)

    def _read_all(self) -> Node:
        nodes = [self._read_no()]
        while self._stream.take("and"):
            nodes.append(self._read_no())
        return join_all(nodes)

    def _read_no(self) -> Node:
        token = self._stream.take("not", "(")
        if token is None:
            return self._read_clause()
        self._depth += 1
        if self._depth > DEEPEST:
            raise refusal("too much is nested here", "Write it flatter.", token)
        node = Not(self._read_no()) if token.kind == "not" else self._read_group(token)
        self._depth -= 1
        return node

    def _read_group(self, opened: Token) -> Node:
        """Read what is in parentheses, up to the one that closes them."""
        node = self._read_any()
        if not self._stream.take(")"):
            if self._stream.next.kind != "end":
                self._stream.refuse_rest()
            raise refusal("this parenthesis is not closed", "Close it with ).", opened)
        return node

    def _read_clause(self) -> Node:
        stream = self._stream
        name = stream.need("a column is missing", "Name one, as in class=7.", "word", "quoted")
        column = self._find_column(name)
        compare = stream.take("compare")
        if compare is not None and compare.text[0] in "<>":
            return self._read_bound(column, compare)
        if compare is not None:
            items = read_items(stream, column, self._table)
            return Clause(column.name, items, negated=compare.text == "!=")
        negated = stream.next.kind == "not" and stream.after_next.kind == "in"
        if negated:
            stream.take("not")
        if stream.take("in"):
            return Clause(column.name, read_items(stream, column, self._table), negated)
        if column.kind == "flag":
            return Clause(column.name, (True,))
        ended = stream.next.kind in ("end", "and", "or", ")")
        problem = f"what {column.name} should be is missing"
        advice = f"Compare it, as in {give_example(column, self._table)}."
        raise refusal(problem, advice, name if ended else stream.next)

    def _find_column(self, name: Token) -> Column:
        column = find_named(name.text, self._columns.values())
        if column is not None:
            return column
        absent = find_named(name.text, COLUMNS)
        if absent is not None:
            there = [name for name in self._columns if name in self._table.columns]
            raise refusal(
                f"the {absent.title} of these digits is not known",
                f"There are {', '.join(there)}, and what extraction finds.",
                name,
            )
        aliases = [alias for one in self._columns.values() for alias in one.aliases]
        advice = suggest(name.text, list(self._columns), aliases)
        raise refusal(f"there is no column {shorten(quote(name.text))}", advice, name)

    def _read_bound(self, column: Column, compare: Token) -> Clause:
        """Read the number after a sign such as ``<``."""
        if column.kind in ("word", "flag"):
            raise refusal(
                f"{column.name} has no order for {compare.text} to go by",
                f"Use = or !=, as in {give_example(column, self._table)}.",
                compare,
            )
        number = read_number(self._stream, column)
        is_open = len(compare.text) == 1
        if compare.text[0] == "<":
            return Clause(column.name, (Range(high=number, open_high=is_open),))
        return Clause(column.name, (Range(low=number, open_low=is_open),))
