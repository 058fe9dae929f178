"""The order in which digits are shown: as the set, by a column, or shuffled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.columns import COLUMNS
from viewer.catalog.table import Table

SHUFFLE = "shuffle:"
SEEDS = 1_000_000
"""Seeds of a shuffle are below this."""


@dataclass(frozen=True, slots=True)
class Order:
    """One order of digits; the set's own order without a column or a seed.

    Parameters
    ----------
    column : str
        Name of the column to sort by.
    descending : bool
        Whether its largest values are first.
    seed : int or None
        Seed of a shuffle.
    """

    column: str = ""
    descending: bool = False
    seed: int | None = None

    def __str__(self) -> str:
        if self.seed is not None:
            return f"{SHUFFLE}{self.seed}"
        return f"-{self.column}" if self.descending else self.column


def parse_order(text: str, table: Table) -> Order:
    """Read an order such as ``unusual``, ``-unusual`` (largest first) or ``shuffle:7``.

    Parameters
    ----------
    text : str
        What a window remembered; anything that is no order means the set's own.
    table : Table
        Its columns, and those that may still come, can be sorted by.

    Returns
    -------
    order : Order
    """
    seed = text.removeprefix(SHUFFLE)
    if seed != text:
        plain = seed.isascii() and seed.isdigit() and len(seed) <= len(str(SEEDS))
        return Order(seed=int(seed) % SEEDS) if plain else Order()
    name = text.removeprefix("-")
    if name in table.columns or any(name == column.name for column in COLUMNS):
        return Order(name, descending=name != text)
    return Order()


class Sorter:
    """Puts chosen digits of a table into an order, and remembers the last order of all.

    Strategy: all digits are sorted once for an order and a state of the table; what a
    query selects is then read off that permutation, which takes a few milliseconds.
    """

    def __init__(self) -> None:
        self._key: tuple[Table, int, Order] | None = None
        self._all: NDArray[np.int64] | None = None

    def arrange(self, table: Table, chosen: NDArray[np.bool_], order: Order) -> NDArray[np.int64]:
        """Return the positions of chosen digits in an order.

        Parameters
        ----------
        table : Table
        chosen : ndarray of bool, shape (n,)
            Which digits.
        order : Order
            A column that the table has not (yet) got leaves the set's own order.

        Returns
        -------
        positions : ndarray of int64, shape (k,)
            Equal values stay in the set's order, also from the largest down; digits whose
            value is not known come last.
        """
        if order.seed is None and order.column not in table.columns:
            return np.flatnonzero(chosen)
        key = (table, table.revision(order.column), order)
        if self._all is None or key != self._key:
            self._all, self._key = _sort(table, order), key
        arranged: NDArray[np.int64] = self._all[chosen[self._all]]
        return arranged


def _sort(table: Table, order: Order) -> NDArray[np.int64]:
    """Return all positions in an order."""
    if order.seed is not None:
        return np.random.default_rng(order.seed).permutation(len(table))
    values = table.values(order.column)
    known = table.known(order.column)
    everything = np.arange(len(table))
    among = everything if known is None else np.flatnonzero(known)
    if order.descending:
        # from the far end and back again, so that equal values keep their order
        ascending = rank_stably(values[among][::-1])
        ranks = len(among) - 1 - ascending[::-1]
    else:
        ranks = rank_stably(values[among])
    if known is None:
        return among[ranks]
    return np.concatenate((among[ranks], everything[~known]))


def rank_stably(values: NDArray[Any]) -> NDArray[np.int64]:
    """Return the order of values from the smallest up, equal ones as they stand.

    Strategy: of four bytes, a value and its place fit into one whole number of eight, and
    sorting those is some ten times faster than NumPy's stable sort of places. It is as
    fast for values of one or two bytes, and others are rare.

    Parameters
    ----------
    values : ndarray, shape (n,)
        Numbers or flags; n is below 2**32.

    Returns
    -------
    order : ndarray of int64, shape (n,)
    """
    if values.dtype == np.float32:
        bits = (values + np.float32(0)).view(np.uint32)  # -0.0 becomes 0.0, which equals it
        sign = np.uint32(1 << 31)
        keys = np.where(bits & sign, ~bits, bits | sign).astype(np.uint64)
    elif values.dtype.kind in "iu" and values.dtype.itemsize == 4:
        least = np.iinfo(values.dtype).min
        keys = (values.astype(np.int64) - least).astype(np.uint64)
    else:
        return np.argsort(values, kind="stable")
    keys <<= np.uint64(32)
    keys |= np.arange(len(values), dtype=np.uint64)
    keys.sort()
    keys &= np.uint64((1 << 32) - 1)
    return keys.astype(np.int64)
