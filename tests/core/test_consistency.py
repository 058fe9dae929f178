from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from viewer.core.consistency import brighten, compare_orders, shift

IMAGE = np.array([[[0, 9, 0], [0, 5, 0], [0, 255, 0]]], dtype=np.uint8)
Order = list[tuple[int, int]]
orders = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=9)


def pack(*orders: Order) -> tuple[NDArray[np.int16], NDArray[np.int64]]:
    points = [np.array(order, dtype=np.int16).reshape(-1, 2) for order in orders]
    return np.concatenate(points), np.cumsum([0, *map(len, orders)])


@pytest.mark.parametrize(
    ("down", "right", "expected", "whole"),
    [
        (0, 1, [[0, 0, 9], [0, 0, 5], [0, 0, 255]], True),
        (0, -1, [[9, 0, 0], [5, 0, 0], [255, 0, 0]], True),
        (1, 0, [[0, 0, 0], [0, 9, 0], [0, 5, 0]], False),
        (-1, 0, [[0, 5, 0], [0, 255, 0], [0, 0, 0]], False),
        (0, 0, IMAGE[0].tolist(), True),
    ],
)
def test_shift(down: int, right: int, expected: list[list[int]], whole: bool) -> None:
    shifted, kept = shift(IMAGE, down, right)
    assert shifted[0].tolist() == expected
    assert kept.tolist() == [whole]


def test_ink_stays_ink_and_paper_paper() -> None:
    assert brighten(IMAGE, 8)[0, :, 1].tolist() == [17, 13, 255]
    assert brighten(IMAGE, -8)[0, :, 1].tolist() == [1, 1, 247]
    assert not brighten(IMAGE, 8)[0, :, [0, 2]].any()


A, B, C, D = (0, 0), (0, 1), (0, 2), (3, 3)


@pytest.mark.parametrize(
    ("one", "other", "changed", "reordered"),
    [
        ([A, B, C], [A, B, C], False, False),
        ([A, B, C], [C, B, A], True, True),
        ([A, B, C], [A, C, B], True, True),
        ([A, B, C], [A, B], True, False),
        ([A, B], [A, D, B, C], True, False),
        ([A, B], [D, B, A], True, True),
        ([A, B, A], [A, B], True, False),  # walked back: no pixel was visited in another order
        ([A, B, C, B], [A, C, B], True, True),
        ([A], [D], True, False),
        ([], [A], True, False),
        ([], [], False, False),
    ],
)
def test_what_differs(one: Order, other: Order, changed: bool, reordered: bool) -> None:
    found = compare_orders(*pack(one), *pack(other))
    assert (found.changed.tolist(), found.reordered.tolist()) == ([changed], [reordered])
    assert np.isnan(found.dtw[0]) == (not one or not other)


def test_how_far_two_orders_are_apart() -> None:
    found = compare_orders(*pack([A, B, C], [A, B], []), *pack([A, B, C], [B, A], [A]))
    assert found.dtw[:2].tolist() == [0.0, 1.0]
    assert np.isnan(found.dtw[2])


@settings(deadline=None)
@given(orders, orders)
def test_either_may_be_the_first(one: Order, other: Order) -> None:
    found, turned = (compare_orders(*pack(a), *pack(b)) for a, b in ((one, other), (other, one)))
    assert found.changed.tolist() == turned.changed.tolist() == [one != other]
    first, second = list(dict.fromkeys(one)), list(dict.fromkeys(other))
    both = set(first) & set(second)
    differs = [p for p in first if p in both] != [p for p in second if p in both]
    assert found.reordered.tolist() == turned.reordered.tolist() == [differs]
    np.testing.assert_allclose(found.dtw, turned.dtw)
