"""Orders: stable, unknown values last, repeatable."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.gui.conftest import make_split
from viewer.catalog.columns import FACTS
from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet
from viewer.gui.filter.sorting import Order, Sorter, parse_order, rank_stably

STROKES = FACTS[0]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("", Order()),
        ("strokes", Order("strokes")),
        ("-unusual", Order("unusual", descending=True)),
        ("shuffle:7", Order(seed=7)),
        ("-", Order()),
        ("--class", Order()),
        ("shuffle:", Order()),
        ("shuffle:-1", Order()),
        ("shuffle:99999999999", Order()),
        ("shuffle:²", Order()),
        ("height", Order()),
        ("-writer", Order("writer", descending=True)),
    ],
)
def test_what_is_no_order_is_the_sets_own(table: Table, text: str, order: Order) -> None:
    assert parse_order(text, table) == order


def test_an_order_reads_back_as_it_is_written(table: Table) -> None:
    for order in (Order(), Order("class"), Order("class", descending=True), Order(seed=0)):
        assert parse_order(str(order), table) == order


@given(
    values=st.lists(st.tuples(st.integers(0, 4), st.booleans(), st.booleans()), min_size=1),
    descending=st.booleans(),
)
def test_sorting_is_stable_and_leaves_the_unknown_to_the_end(
    values: list[tuple[int, bool, bool]], descending: bool
) -> None:
    table = Table(DigitSet("Bars", "bars", {"train": make_split("train", len(values))}))
    numbers, known, chosen = (np.array(column) for column in zip(*values, strict=True))
    table.add(STROKES, numbers.astype(np.uint8), known=known)
    order = Order("strokes", descending=descending)
    found = Sorter().arrange(table, chosen, order)

    def rank(position: int) -> tuple[bool, int]:
        value = int(numbers[position]) if known[position] else 0
        return not known[position], -value if descending else value

    assert found.tolist() == sorted(np.flatnonzero(chosen).tolist(), key=rank)


def test_a_column_that_was_filled_since_is_sorted_anew(table: Table) -> None:
    sorter, everything = Sorter(), np.ones(85, np.bool_)
    before = sorter.arrange(table, everything, Order("strokes"))
    assert before[-5:].tolist() == [80, 81, 82, 83, 84]
    table.fill(STROKES, 80, np.zeros(5, np.uint8))
    after = sorter.arrange(table, everything, Order("strokes"))
    assert after[:5].tolist() == [80, 81, 82, 83, 84]


def test_a_column_that_is_not_there_leaves_the_sets_order(table: Table) -> None:
    chosen = np.arange(85) % 2 == 0
    assert Sorter().arrange(table, chosen, Order("unusual")).tolist() == list(range(0, 85, 2))


def test_a_seed_shuffles_alike_each_time_whatever_is_chosen(table: Table) -> None:
    everything, odd = np.ones(85, np.bool_), np.arange(85) % 2 == 1
    whole = Sorter().arrange(table, everything, Order(seed=7))
    again = Sorter().arrange(table, odd, Order(seed=7))
    assert sorted(whole.tolist()) == list(range(85))
    assert whole.tolist() != list(range(85))
    assert again.tolist() == [position for position in whole.tolist() if position % 2]
    assert Sorter().arrange(table, everything, Order(seed=8)).tolist() != whole.tolist()


@given(
    values=st.lists(st.integers(-3, 3)),
    dtype=st.sampled_from(["u1", "?", "i2", "i4", "u4", "f4", "f8"]),
    factor=st.sampled_from([1, -0.5, 1e30, 700_000_000, 1_400_000_000]),
)
def test_ranks_are_those_of_a_stable_sort(values: list[int], dtype: str, factor: float) -> None:
    numbers = np.array(values, np.float64) * factor
    limits = {"u1": (0, 255), "?": (0, 1), "i2": (-(2**15), 2**15 - 1)}
    limits |= {"i4": (-(2**31), 2**31 - 1), "u4": (0, 2**32 - 1)}
    made = numbers.clip(*limits.get(dtype, (-np.inf, np.inf))).astype(dtype)
    assert rank_stably(made).tolist() == np.argsort(made, kind="stable").tolist()
