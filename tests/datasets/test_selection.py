from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.selection import parse_digits, parse_identity
from viewer.errors import UserError

EMPTY = np.zeros((300, 1, 1), np.uint8)
DIGITS = DigitSet("d", "d", {"train": Split("train", EMPTY), "a:b": Split("a:b", EMPTY[:5])})


@pytest.mark.parametrize(
    ("text", "indices"),
    [
        ("7", [7]),
        ("0-3,205", [0, 1, 2, 3, 205]),
        ("205,0-3", [0, 1, 2, 3, 205]),
        ("2-4,3-5,4,4", [2, 3, 4, 5]),
        (" 1 , 3 - 4 ", [1, 3, 4]),
        ("007-0008", [7, 8]),
        ("299", [299]),
        ("0-299", list(range(300))),
    ],
)
def test_ranges(text: str, indices: list[int]) -> None:
    found = parse_digits(text, 300)
    assert found.tolist() == indices
    assert found.dtype == np.int64


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=1))
def test_any_ranges_are_their_union(ranges: list[tuple[int, int]]) -> None:
    pairs = [(min(pair), max(pair)) for pair in ranges]
    text = ",".join(f"{first}-{last}" for first, last in pairs)
    expected = {index for first, last in pairs for index in range(first, last + 1)}
    assert parse_digits(text, 100).tolist() == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        *("", ",", "1,", "1,,2", "-1", "1-", "1-2-3", "a", "1.5", "1e3", "1_0", "+1", "0x1", "²"),
        *("٣", "1;2", "1 2", "1\n", "\t1", "train:1", "3-1", "300", "0-300", "0-" + "9" * 19),
        "9" * 5000,
    ],
)
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_digits(text, 300)
    assert caught.value.advice
    assert len(str(caught.value)) < 100


@given(st.text(alphabet="0123456789-, ", max_size=12))
def test_nothing_but_indices_or_an_error_comes_of_a_text(text: str) -> None:
    try:
        found = parse_digits(text, 50)
    except UserError:
        return
    assert len(found)
    assert (np.diff(found) > 0).all()
    assert 0 <= found[0] <= found[-1] < 50


def test_of_no_digits_none_can_be_named() -> None:
    with pytest.raises(UserError, match="There are no digits"):
        parse_digits("0", 0)


@pytest.mark.parametrize(
    ("text", "identity"),
    [("train:13", ("train", 13)), ("a:b:4", ("a:b", 4)), (" train : 0 ", ("train", 0))],
)
def test_identities(text: str, identity: tuple[str, int]) -> None:
    assert parse_identity(text, DIGITS) == identity


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("13", "such as train:13"),
        ("train", "does not name a digit"),
        ("train:", "does not name a digit"),
        ("train:-1", "does not name a digit"),
        ("train:1x", "does not name a digit"),
        ("", "does not name a digit"),
        ("train:300", "indices are 0 to 299"),
        ("train:" + "9" * 5000, "indices are 0 to 299"),
        ("test:1", "It has: train, a:b"),
        (":1", "no split ''"),
    ],
)
def test_what_names_no_digit(text: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        parse_identity(text, DIGITS)
