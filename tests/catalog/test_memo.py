"""Results that are kept until their column changes."""

from __future__ import annotations

import gc
import weakref

import numpy as np

from tests.catalog.query.tables import mixed_table
from viewer.catalog.columns import find_column
from viewer.catalog.memo import Memo, Memos
from viewer.catalog.table import Table


def ask(memo: Memo, table: Table, name: str, key: str = "") -> bool:
    """Return whether a result is worked out anew."""
    worked = []
    memo.get(table, name, key or name, lambda: worked.append(True))
    return bool(worked)


def test_a_result_holds_until_its_column_changes() -> None:
    table, memo = mixed_table(6), Memo(9)
    assert [ask(memo, table, name) for name in ("class", "points", "class", "points")] == [
        True, True, False, False,
    ]  # fmt: skip
    table.fill(find_column("points"), 2, np.array([1], np.uint8))
    assert not ask(memo, table, "class")
    assert ask(memo, table, "points")
    table.add(find_column("class"), table.values("class").copy())
    assert ask(memo, table, "class")


def test_those_used_longest_ago_are_dropped() -> None:
    table, memo = mixed_table(6), Memo(2)
    for key in ("a", "b", "a", "c"):
        ask(memo, table, "class", key)
    assert [ask(memo, table, "class", key) for key in ("a", "c", "b")] == [False, False, True]


def test_a_result_from_before_a_change_is_not_used_after_it() -> None:
    table, memo = mixed_table(6), Memo(2)

    def work() -> int:
        table.fill(find_column("points"), 0, np.array([3], np.uint8))
        return 1

    memo.get(table, "points", "points", work)
    assert ask(memo, table, "points")


def test_each_table_has_its_own_memo_which_ends_with_it() -> None:
    memos = Memos(2)
    one, other = mixed_table(6), mixed_table(6)
    assert memos.of(one) is memos.of(one) is not memos.of(other)
    ended = weakref.ref(one)
    ask(memos.of(one), one, "class")
    del one
    gc.collect()
    assert ended() is None
