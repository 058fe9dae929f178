"""Bins of a column: one a value where there are few, else a histogram.

Strategy: a column becomes one small code a digit, its bin, once per state of the column;
counting is then a count of codes. What a bin holds is said as a query says it, so that the
digits of a bin are those that choosing it selects.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.columns import Column
from viewer.catalog.facets.histogram import SAMPLE, make_histogram
from viewer.catalog.query.tree import Item
from viewer.catalog.table import Table

FEW = 16
"""Most values of a column of numbers that have a bin each."""
NAMED = ("writer",)
"""Columns of numbers that are names, not amounts: never a histogram."""
WIDEST = 1 << 16
"""Most distance between values that are counted in a table."""


@dataclass(frozen=True)
class Bins:
    """The bins of a column, and the bin of each digit.

    Parameters
    ----------
    items : tuple of bool, int, float, str or Range
        What each bin holds, in the terms of queries.
    codes : ndarray of unsigned int, shape (n,)
        Bin of each digit; `len(items)` where the value is unknown.
    totals : ndarray of int64, shape (len(items),)
        Digits in each bin.
    """

    items: tuple[Item, ...]
    codes: NDArray[Any]
    totals: NDArray[np.int64]


def bin_column(table: Table, name: str) -> Bins:
    """Divide the values of a column into bins.

    Parameters
    ----------
    table : Table
        The digits.
    name : str
        Name of a column that is there.

    Returns
    -------
    bins : Bins
        Without any item where no value is known.
    """
    column, values, known = table.columns[name], table.values(name), table.known(name)
    if values.dtype.kind == "f" and (nothing := np.isnan(values)).any():
        known = ~nothing if known is None else known & ~nothing
    some = values if known is None else values[known]
    items: list[Item] = []
    places: NDArray[Any] = np.zeros(len(values), dtype=np.uint8)
    if column.kind in ("word", "flag"):
        items, places = _bin_choices(table, column)
    elif len(some):
        even = values if known is None else np.where(known, values, some[0])
        items, places = _bin_numbers(even, some, name in NAMED)
    codes = places.astype(np.min_scalar_type(len(items)))
    if known is not None:
        codes[~known] = len(items)
    totals = np.bincount(codes, minlength=len(items) + 1)[: len(items)]
    return Bins(tuple(items), codes, totals.astype(np.int64, copy=False))


def _bin_choices(table: Table, column: Column) -> tuple[list[Item], NDArray[Any]]:
    """Give each word, or no and yes, a bin."""
    words = table.words(column.name)
    items: list[Item] = list(words) if column.kind == "word" else [False, True]
    return items, np.minimum(table.values(column.name), len(items))


def _bin_numbers(
    values: NDArray[Any], some: NDArray[Any], named: bool
) -> tuple[list[Item], NDArray[Any]]:
    """Give each of few whole numbers, and each that is a name, a bin; others a range."""
    there = _find_values(some, named) if some.dtype.kind != "f" else None
    if there is not None and (named or len(there) <= FEW):
        items: list[Item] = list(there.tolist())
        least, width = int(there[0]), int(there[-1]) - int(there[0]) + 1
        if width > WIDEST:
            return items, np.searchsorted(there, values)
        lookup = np.zeros(width, dtype=np.uint16)
        lookup[there - least] = np.arange(len(there))
        return items, np.take(lookup, np.subtract(values, least, dtype=np.intp), mode="clip")
    histogram = make_histogram(some)
    if histogram is None:
        return [], np.zeros(len(values), dtype=np.uint8)
    return list(histogram.ranges), histogram.place(values)


def _find_values(some: NDArray[Any], named: bool) -> NDArray[np.int64] | None:
    """Return the whole numbers that occur, ascending; None if there are many."""
    least, most = int(some.min()), int(some.max())
    if most - least < WIDEST:
        counts = np.bincount(np.subtract(some, least, dtype=np.intp))
        return np.flatnonzero(counts).astype(np.int64) + least
    if not named and len(np.unique(some[:: max(1, len(some) // SAMPLE)])) > FEW:
        return None
    return np.unique(some).astype(np.int64)
