"""A small table with every kind of column, and the same as plain rows."""

from __future__ import annotations

from typing import Any

import numpy as np

from viewer.catalog.columns import find_column
from viewer.catalog.query import QueryError, parse
from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet, Split

Row = dict[str, Any]
COLOURS = ("none", "Red", "deep blue", "7", "not")


def mixed_table(count: int = 60, seed: int = 1) -> Table:
    """Return digits with numbers, reals, flags and words, many of them unknown."""
    draws = np.random.default_rng(seed)
    images = np.zeros((count, 1, 1), np.uint8)
    half = count // 2
    labels = draws.integers(0, 10, count).astype(np.uint8)
    writers = draws.integers(-3, 12, half).astype(np.int32)
    splits = {
        "train": Split("train", images[:half], labels[:half], {"writer": writers}),
        "test": Split("test", images[half:], labels[half:]),
    }
    table = Table(DigitSet("Set", "set", splits))
    reals = (draws.integers(-8, 9, count) / 4).astype(np.float32)
    reals[::7] = np.nan
    table.add(find_column("slant"), reals, known=draws.random(count) < 0.8)
    table.add(find_column("points"), draws.integers(0, 256, count).astype(np.uint8))
    table.add(find_column("exact"), draws.random(count) < 0.5, known=draws.random(count) < 0.8)
    codes = draws.integers(0, len(COLOURS), count).astype(np.uint8)
    table.add(find_column("colour"), codes, words=COLOURS)
    return table


def rows_of(table: Table) -> list[Row]:
    """Return the digits as rows of Python values, None where a value is unknown."""
    rows: list[Row] = [{} for _ in range(len(table))]
    for name in table.columns:
        values, known, words = table.values(name).tolist(), table.known(name), table.words(name)
        for place, row in enumerate(rows):
            value = words[values[place]] if words else values[place]
            nothing = value != value or (known is not None and not known[place])
            row[name] = None if nothing else value
    return rows


def find_error(text: str, table: Table) -> QueryError | None:
    """Return what is wrong with a query."""
    try:
        parse(text, table)
    except QueryError as error:
        return error
    return None
