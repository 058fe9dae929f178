"""What a query asks, as a tree: clauses over one column each, and how they are joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

Value = bool | int | float | str
"""A flag, a number, or a word."""


class Range(NamedTuple):
    """Numbers between two ends, which belong to it unless said otherwise.

    Parameters
    ----------
    low, high : int or float or None
        The ends; None where there is none.
    open_low, open_high : bool
        Whether that end itself is left out.
    """

    low: float | None = None
    high: float | None = None
    open_low: bool = False
    open_high: bool = False


Item = Value | Range
"""One thing a clause looks for."""


@dataclass(frozen=True)
class Clause:
    """What is asked of one column: one of some values and ranges, or none of them.

    A digit whose value is unknown satisfies no clause, negated or not.

    Parameters
    ----------
    column : str
        Name of the column.
    items : tuple of bool, int, float, str or Range
        What is looked for.
    negated : bool
        Whether a value must be none of the items.
    """

    column: str
    items: tuple[Item, ...]
    negated: bool = False


@dataclass(frozen=True)
class Not:
    """Every digit that does not satisfy a node, unknown values included."""

    node: Node


@dataclass(frozen=True)
class And:
    """Digits that satisfy all of some nodes; all digits if there are none."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Or:
    """Digits that satisfy one of some nodes or more."""

    nodes: tuple[Node, ...]


Node = Clause | Not | And | Or
EVERYTHING = And()


def join_all(nodes: list[Node]) -> Node:
    """Return the conjunction of nodes, flat: no `And` in an `And`, nor one of a single node."""
    flat = [part for node in nodes for part in (node.nodes if isinstance(node, And) else (node,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def join_any(nodes: list[Node]) -> Node:
    """Return the disjunction of nodes, flat: no `Or` in an `Or`, nor one of a single node."""
    flat = [part for node in nodes for part in (node.nodes if isinstance(node, Or) else (node,))]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def find_columns(node: Node) -> set[str]:
    """Return the names of the columns that a node asks about."""
    if isinstance(node, Clause):
        return {node.column}
    if isinstance(node, Not):
        return find_columns(node.node)
    return {name for part in node.nodes for name in find_columns(part)}
