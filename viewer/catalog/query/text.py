"""The one text of a query that means the same: what `parse` reads back."""

from __future__ import annotations

import numpy as np

from viewer.catalog.query.tokens import quote
from viewer.catalog.query.tree import And, Clause, Item, Node, Not, Range


def write_node(node: Node) -> str:
    """Write a node as text; "" for everything.

    Parameters
    ----------
    node : Clause, Not, And or Or
        What is asked.

    Returns
    -------
    text : str
        Such as ``class=7 & strokes>=2``.
    """
    if isinstance(node, Clause):
        return write_clause(node)
    if isinstance(node, Not):
        return f"not {_write_part(node.node, Clause, Not)}"
    if isinstance(node, And):
        return " & ".join(_write_part(part, Clause, Not) for part in node.nodes)
    return " | ".join(_write_part(part, Clause, Not, And) for part in node.nodes)


def write_clause(clause: Clause) -> str:
    """Write a clause as text, such as ``class=7,9``."""
    name = quote(clause.column)
    if clause.items == (True,) and clause.items[0] is True and not clause.negated:
        return name
    if len(clause.items) == 1 and not clause.negated and isinstance(clause.items[0], Range):
        low, high, open_low, open_high = clause.items[0]
        if high is None and low is not None:
            return f"{name}{'>' if open_low else '>='}{write_number(low)}"
        if low is None and high is not None:
            return f"{name}{'<' if open_high else '<='}{write_number(high)}"
    items = ",".join(write_item(item) for item in clause.items)
    return f"{name}{'!=' if clause.negated else '='}{items}"


def write_item(item: Item) -> str:
    """Write a value or a range as text, such as ``2..4``."""
    if isinstance(item, Range):
        low = "" if item.low is None else write_number(item.low)
        high = "" if item.high is None else write_number(item.high)
        return f"{low}{'<' * item.open_low}..{'<' * item.open_high}{high}"
    if isinstance(item, bool):
        return "yes" if item else "no"
    if isinstance(item, str):
        return quote(item)
    return write_number(item)


def write_number(number: float) -> str:
    """Write a number without an exponent, in as few digits as say which it is."""
    if isinstance(number, int):
        return str(number)
    return np.format_float_positional(number, trim="-")


def _write_part(node: Node, *plain: type[Node]) -> str:
    """Write a part of a node, in parentheses unless it is of a plain kind."""
    text = write_node(node)
    return text if isinstance(node, plain) else f"({text})"
