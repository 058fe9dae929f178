"""Facets: the values of a column with how many digits of a query have each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.columns import Column
from viewer.catalog.facets.binning import FEW, Bins, bin_column
from viewer.catalog.memo import Memos
from viewer.catalog.query.choice import Choice, make_choice
from viewer.catalog.query.evaluate import find_mask
from viewer.catalog.query.names import offer_columns
from viewer.catalog.query.query import Query, is_choice_in
from viewer.catalog.query.text import write_item, write_number
from viewer.catalog.query.tree import Item, Range
from viewer.catalog.table import Table
from viewer.errors import Cancelled

Form = Literal["values", "histogram", "names"]
_BINS = Memos(64)
_FACETS = Memos(64)
"""Of so many columns at most, for each table."""


@dataclass(frozen=True)
class Bin:
    """One bar of a facet.

    Parameters
    ----------
    item : bool, int, float, str or Range
        What it holds, in the terms of queries.
    label : str
        The same for people.
    total : int
        Digits of the whole set in it.
    """

    item: Item
    label: str
    total: int


@dataclass(frozen=True)
class Facet:
    """What there is to choose from in a column.

    Parameters
    ----------
    column : Column
        The column.
    form : str
        ``values``: a bin a value; ``histogram``: neighbouring ranges; ``names``: a bin a
        value, too many to list them all.
    bins : tuple of Bin
        In the order of their values; empty while nothing is known.
    """

    column: Column
    form: Form
    bins: tuple[Bin, ...]

    def choose(self, chosen: Iterable[int]) -> Choice | None:
        """Return the choice of some bins.

        Parameters
        ----------
        chosen : iterable of int
            Which bins. Ranges beside each other become one.

        Returns
        -------
        choice : Choice or None
            None if there are none of them.
        """
        items: list[Item] = []
        places = set(chosen)
        for place in sorted(places):
            item = self.bins[place].item
            before = items[-1] if place - 1 in places else None
            if isinstance(item, Range) and isinstance(before, Range):
                items[-1] = Range(before.low, item.high, before.open_low, item.open_high)
            else:
                items.append(item)
        return make_choice(items) or None

    def chosen(self, choice: Choice | None) -> list[int]:
        """Return the bins that are chosen as a whole, ascending."""
        if choice is None:
            return []
        return [place for place, part in enumerate(self.bins) if choice.covers(part.item)]


def facet_of(table: Table, name: str) -> Facet:
    """Return the facet of a column.

    Parameters
    ----------
    table : Table
        The digits.
    name : str
        Name of a column, which need not be there yet.

    Returns
    -------
    facet : Facet
        Kept until the column changes.

    Raises
    ------
    KeyError
        If no column of the name may be asked for.
    """
    if name not in table.columns:
        return Facet(offer_columns(table)[name], "values", ())
    return _FACETS.of(table).get(table, name, name, lambda: _make_facet(table, name))


def count_facets(
    table: Table,
    query: Query,
    names: Iterable[str],
    *,
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, NDArray[np.int64]]:
    """Count the digits of a query in the bins of facets.

    In a facet that the query makes a choice in, the digits are counted as if it made none
    there: each bin shows what choosing it would bring.

    Parameters
    ----------
    table : Table
        The digits.
    query : Query
        What is asked.
    names : iterable of str
        Names of columns, which need not be there yet.
    cancelled : callable, optional
        Returns whether to stop; it is asked before each facet.

    Returns
    -------
    counts : dict of str to ndarray of int64
        For each facet a count a bin, in the order of `Facet.bins`.

    Raises
    ------
    Cancelled
        If `cancelled` said so.
    """
    parts = query.parts
    masks = [find_mask(part, table, cancelled) for part in parts]
    whole = None
    counts = {}
    for name in names:
        if cancelled is not None and cancelled():
            raise Cancelled
        if name not in table.columns:
            counts[name] = np.zeros(0, dtype=np.int64)
            continue
        bins = _find_bins(table, name)
        own = [is_choice_in(part, name) for part in parts]
        if any(own):
            others = [mask for mask, is_own in zip(masks, own, strict=True) if not is_own]
            counts[name] = _Rows(others, len(table)).count(bins)
        else:
            whole = whole or _Rows(masks, len(table))
            counts[name] = whole.count(bins)
    return counts


class _Rows:
    """The digits that satisfy all of some masks, or else the fewer that do not.

    Counting gathers codes row by row; of most digits the others are taken off the totals.
    """

    def __init__(self, masks: list[NDArray[np.bool_]], count: int) -> None:
        mask = np.ones(count, dtype=np.bool_)
        for part in masks:
            mask &= part
        self._most = 2 * int(np.count_nonzero(mask)) > count
        self._rows = np.flatnonzero(~mask if self._most else mask)

    def count(self, bins: Bins) -> NDArray[np.int64]:
        """Return how many of the digits are in each bin."""
        if not len(self._rows):
            return bins.totals.copy() if self._most else np.zeros_like(bins.totals)
        size = len(bins.items)
        there = np.bincount(bins.codes[self._rows], minlength=size + 1)[:size]
        return bins.totals - there if self._most else there.astype(np.int64, copy=False)


def _find_bins(table: Table, name: str) -> Bins:
    """Return the bins of a column, kept until it changes."""
    return _BINS.of(table).get(table, name, name, lambda: bin_column(table, name))


def _make_facet(table: Table, name: str) -> Facet:
    """Return the facet of a column that is there."""
    bins = _find_bins(table, name)
    few = len(bins.items) <= FEW or table.columns[name].kind == "flag"
    form: Form = "values" if few else "names"
    if any(isinstance(item, Range) for item in bins.items):
        form = "histogram"
    return Facet(
        table.columns[name],
        form,
        tuple(
            Bin(item, _label(item), int(total))
            for item, total in zip(bins.items, bins.totals, strict=True)
        ),
    )


def _label(item: Item) -> str:
    """Return a value or a range as people read it."""
    if not isinstance(item, Range):
        return item if isinstance(item, str) else write_item(item)
    low, high = (None if end is None else write_number(end) for end in item[:2])
    if low is None:
        return f"below {high}" if item.open_high else f"to {high}"
    if high is None:
        return f"from {low}"
    return low if low == high else f"{low} to {high}"
