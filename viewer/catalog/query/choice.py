"""What is chosen of one column: values and ranges, any of which will do."""

from __future__ import annotations

import math
from dataclasses import dataclass

from viewer.catalog.query.tree import Clause, Item, Node, Or, Range, Value


@dataclass(frozen=True)
class Choice:
    """A choice within one column, as a facet shows and makes it.

    Parameters
    ----------
    values : frozenset of bool, int, float or str
        Values that will do.
    ranges : tuple of Range
        Ranges that will do.
    """

    values: frozenset[Value] = frozenset()
    ranges: tuple[Range, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.values or self.ranges)

    @property
    def items(self) -> tuple[Item, ...]:
        """The values in ascending order and then the ranges."""
        ordered = sorted(self.values, key=lambda value: (isinstance(value, str), value))
        return (*ordered, *self.ranges)

    def covers(self, item: Item) -> bool:
        """Return whether all of a value or a range is chosen by one of the items."""
        if not isinstance(item, Range) and item in self.values:
            return True
        if isinstance(item, str):
            return False
        inner = as_range(item)
        return any(_intersect(inner, outer) == inner for outer in self.ranges)


def read_choice(node: Node) -> tuple[str, Choice] | None:
    """Return the column and the choice of a node that makes a plain choice in one column.

    Parameters
    ----------
    node : Clause, Not, And or Or
        Plain are a clause that is not negated, and several over one column joined by or.

    Returns
    -------
    column : str
        Name of the column.
    choice : Choice
        What is chosen there. None is returned in place of both for any other node.
    """
    parts = node.nodes if isinstance(node, Or) else (node,)
    clauses = [part for part in parts if isinstance(part, Clause) and not part.negated]
    names = {clause.column for clause in clauses}
    if len(clauses) < len(parts) or len(names) != 1:
        return None
    items = [item for clause in clauses for item in clause.items]
    return names.pop(), make_choice(items)


def make_choice(items: list[Item]) -> Choice:
    """Return the choice of some values and ranges."""
    values = frozenset(item for item in items if not isinstance(item, Range))
    ranges = dict.fromkeys(item for item in items if isinstance(item, Range))
    return Choice(values, tuple(ranges))


def intersect_choices(one: Choice, other: Choice) -> Choice:
    """Return what both of two choices choose."""
    items: list[Item] = []
    for mine in one.items:
        for theirs in other.items:
            if isinstance(mine, str) or isinstance(theirs, str):
                items += [mine] if mine == theirs else []
                continue
            common = _intersect(as_range(mine), as_range(theirs))
            if common is not None:
                single = (item for item in (mine, theirs) if not isinstance(item, Range))
                items.append(next(single, common))
    return make_choice(items)


def as_range(item: bool | float | Range) -> Range:
    """Return a value as the range from it to itself."""
    return item if isinstance(item, Range) else Range(item, item)


def _intersect(one: Range, other: Range) -> Range | None:
    """Return what two ranges have in common."""
    low, open_low = max(
        (-math.inf if part.low is None else part.low, part.open_low) for part in (one, other)
    )
    high, shut_high = min(
        (math.inf if part.high is None else part.high, not part.open_high) for part in (one, other)
    )
    if low > high or (low == high and (open_low or not shut_high)):
        return None
    return Range(
        None if low == -math.inf else low,
        None if high == math.inf else high,
        open_low,
        not shut_high,
    )
