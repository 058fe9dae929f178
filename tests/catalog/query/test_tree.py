"""Joining nodes keeps the tree flat."""

from __future__ import annotations

from viewer.catalog.query.tree import (
    EVERYTHING,
    And,
    Clause,
    Not,
    Or,
    find_columns,
    join_all,
    join_any,
)

A, B, C = (Clause(name, (1,)) for name in "abc")


def test_a_conjunction_is_flat() -> None:
    assert join_all([]) == EVERYTHING
    assert join_all([A]) == A
    assert join_all([And((A, B)), C]) == And((A, B, C))
    assert join_all([Or((A, B)), C]) == And((Or((A, B)), C))
    assert join_all([EVERYTHING, A]) == A


def test_a_disjunction_is_flat() -> None:
    assert join_any([A]) == A
    assert join_any([Or((A, B)), And((A, C))]) == Or((A, B, And((A, C))))


def test_columns_of_a_tree() -> None:
    assert find_columns(Or((Not(And((A, B))), A))) == {"a", "b"}
    assert find_columns(EVERYTHING) == set()
