"""Which digits of a table satisfy a query.

Strategy: each clause is one mask over its column, and the masks of clauses are kept, since
a query grows clause by clause as it is typed and as facets are clicked. Whole numbers are
compared as whole numbers of the column's own type, so nothing is converted.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.memo import Memos
from viewer.catalog.query.choice import as_range
from viewer.catalog.query.names import find_words
from viewer.catalog.query.query import Query
from viewer.catalog.query.tree import And, Clause, Item, Node, Not, Range
from viewer.catalog.table import Table
from viewer.errors import Cancelled

Mask = NDArray[np.bool_]
MANY = 6
"""From so many single values on, they are looked up together."""
_MASKS = Memos(12)
"""Masks of clauses; a byte a digit each."""


def select(
    query: Query, table: Table, *, cancelled: Callable[[], bool] | None = None
) -> NDArray[np.bool_]:
    """Find the digits that satisfy a query.

    Parameters
    ----------
    query : Query
        What is asked.
    table : Table
        The digits.
    cancelled : callable, optional
        Returns whether to stop; it is asked before each clause.

    Returns
    -------
    mask : ndarray of bool, shape (n,)
        Which digits do. It is the caller's own.

    Raises
    ------
    Cancelled
        If `cancelled` said so.
    """
    mask = find_mask(query.tree, table, cancelled)
    return mask if mask.flags.writeable else mask.copy()


def find_mask(node: Node, table: Table, cancelled: Callable[[], bool] | None = None) -> Mask:
    """Return the mask of a node, shape (n,), as `select` does; read-only if it is kept."""
    if isinstance(node, Clause):
        if cancelled is not None and cancelled():
            raise Cancelled
        return _find_clause(node, table)
    if isinstance(node, Not):
        return ~find_mask(node.node, table, cancelled)
    is_all = isinstance(node, And)
    join = np.logical_and if is_all else np.logical_or
    mask: Mask | None = None
    for part in node.nodes:
        found = find_mask(part, table, cancelled)
        mask = found if mask is None else join(mask, found, out=_writable(mask))
    return np.full(len(table), is_all) if mask is None else mask


def _writable(mask: Mask) -> Mask | None:
    """Return a mask to write to; None where a new one is needed."""
    return mask if mask.flags.writeable else None


def _find_clause(clause: Clause, table: Table) -> Mask:
    """Return the mask of a clause; nothing is known of a column that is not there yet."""
    if clause.column not in table.columns:
        return np.zeros(len(table), dtype=np.bool_)
    return _MASKS.of(table).get(table, clause.column, clause, lambda: _compare(clause, table))


def _compare(clause: Clause, table: Table) -> Mask:
    """Compare a column with the items of a clause."""
    values, known = table.values(clause.column), table.known(clause.column)
    mask = _match(values, _find_items(clause, table))
    if clause.negated:
        np.logical_not(mask, out=mask)
        if values.dtype.kind == "f":
            mask &= ~np.isnan(values)
    if known is not None:
        mask &= known
    mask.flags.writeable = False
    return mask


def _find_items(clause: Clause, table: Table) -> list[Item]:
    """Return the items as the column holds them: words by their codes."""
    words = table.words(clause.column)
    if table.columns[clause.column].kind != "word":
        return list(clause.items)
    texts = {word for item in clause.items for word in find_words(str(item), words)}
    return [code for code, word in enumerate(words) if word in texts]


def _match(values: NDArray[Any], items: list[Item]) -> Mask:
    """Return where values are among the items; NaN never is."""
    if values.dtype == np.bool_:
        values = values.view(np.uint8)
    shut = [_fit(as_range(item), values.dtype) for item in items if not isinstance(item, str)]
    ranges = dict.fromkeys(part for part in shut if part is not None)
    singles = [part.low for part in ranges if part.low == part.high is not None]
    masks = []
    if len(singles) >= MANY:
        masks.append(np.isin(values, np.array(singles, dtype=values.dtype)))
        ranges = {part: None for part in ranges if part.low != part.high or part.low is None}
    masks += [_between(values, part) for part in ranges]
    if not masks:
        return np.zeros(len(values), dtype=np.bool_)
    for mask in masks[1:]:
        masks[0] |= mask
    return masks[0]


def _between(values: NDArray[Any], part: Range) -> Mask:
    """Return where values lie in a range."""
    low, high = part.low, part.high
    if low == high:
        return np.asarray(values == (values if low is None else low))  # NaN equals nothing
    if low is None:
        return np.asarray(values < high if part.open_high else values <= high)
    mask: Mask = values > low if part.open_low else values >= low
    if high is not None:
        mask &= values < high if part.open_high else values <= high
    return mask


def _fit(part: Range, dtype: np.dtype[Any]) -> Range | None:
    """Return a range as numbers of a type; None if none of them lies in it."""
    if dtype.kind == "f":
        low, high = (None if end is None else _as_float(end, dtype) for end in part[:2])
        empty = low == high is not None and (part.open_low or part.open_high)
        return None if empty else Range(low, high, part.open_low, part.open_high)
    least, most = np.iinfo(dtype).min, np.iinfo(dtype).max
    low, high = part.low, part.high
    first = least if low is None else math.floor(low) + 1 if part.open_low else math.ceil(low)
    last = most if high is None else math.ceil(high) - 1 if part.open_high else math.floor(high)
    first, last = max(first, least), min(last, most)
    if first > last:
        return None
    if first == last:
        return Range(first, first)
    return Range(None if first == least else first, None if last == most else last)


def _as_float(number: float, dtype: np.dtype[Any]) -> float:
    """Return a number as a type of floats has it; beyond its largest, infinity."""
    largest = float(np.finfo(dtype).max)
    if abs(number) > largest:
        return math.copysign(math.inf, number)
    return float(dtype.type(number))
