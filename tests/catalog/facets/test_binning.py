"""Bins of columns of every type, and the bin of each digit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.catalog.query.tables import mixed_table
from viewer.catalog.columns import Column, Kind
from viewer.catalog.facets.binning import Bins, bin_column
from viewer.catalog.query.tree import Range


def bins_of(
    values: Sequence[Any] | NDArray[Any],
    kind: Kind = "number",
    name: str = "x",
    words: Sequence[str] = (),
    known: Sequence[bool] | None = None,
) -> Bins:
    array = np.asarray(values)
    table = mixed_table(len(array))
    where = None if known is None else np.array(known)
    table.add(Column(name, "X", "X.", kind), array, known=where, words=words)
    return bin_column(table, name)


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int32, np.int64])
def test_few_numbers_have_a_bin_each(dtype: type[np.integer[Any]]) -> None:
    bins = bins_of(np.array([100, 3, 3, 9], dtype))
    assert bins.items == (3, 9, 100)
    assert bins.codes.tolist() == [2, 0, 0, 1]
    assert bins.totals.tolist() == [2, 1, 1]


def test_unknown_values_are_in_no_bin() -> None:
    bins = bins_of([0, 7, 0, 8], known=[False, True, False, True])
    assert bins.items == (7, 8)
    assert bins.codes.tolist() == [2, 0, 2, 1]
    assert bins_of([0, 0], known=[False, False]).items == ()


def test_nan_is_in_no_bin_and_infinity_at_an_end() -> None:
    bins = bins_of([0, 1, np.inf, -np.inf, np.nan, 0.5], "real")
    assert bins.codes[4] == len(bins.items)
    assert (bins.codes[3], bins.codes[2]) == (0, len(bins.items) - 1)
    assert bins.totals.sum() == 5


def test_flags_and_words_have_their_bins_even_if_empty() -> None:
    assert bins_of([True, True], "flag").totals.tolist() == [0, 2]
    assert bins_of(np.array([0, 1], np.uint8), "flag").items == (False, True)
    bins = bins_of([2, 2], "word", words=("a", "b", "c"))
    assert (bins.items, bins.totals.tolist()) == (("a", "b", "c"), [0, 0, 2])


def test_numbers_far_apart() -> None:
    bins = bins_of([0, 2**62, -(2**62), 5, 5, 5])
    assert bins.items == (-(2**62), 0, 5, 2**62)
    assert bins.codes.tolist() == [1, 3, 0, 2, 2, 2]
    many = bins_of(np.linspace(-(2**62), 2**62, 1000).astype(np.int64))
    assert all(isinstance(item, Range) for item in many.items)
    assert (np.diff(many.codes.astype(int)) >= 0).all()


def test_names_have_a_bin_each_however_many_and_far_apart() -> None:
    for step in (1, 1000):
        bins = bins_of(np.arange(400) * step, name="writer")
        assert bins.items == tuple(range(0, 400 * step, step))
        assert bins.codes.dtype == np.uint16
        assert bins.codes.tolist() == list(range(400))
    assert isinstance(bins_of(np.arange(400)).items[0], Range)
