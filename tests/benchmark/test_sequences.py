from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmark.making import draw_walks, make_rows, write_rows
from viewer.benchmark.sequences import (
    check_apart,
    read_choice,
    spans,
    step_spans,
    take,
    with_labels,
)
from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.sequences.rows import Rows
from viewer.errors import UserError

WALKS = draw_walks(1, 12)
ROWS = make_rows(WALKS, [digit % 10 for digit in range(12)])


def same(found: Rows, places: list[int]) -> bool:
    """Whether sequences are those of `ROWS` at some places, with all that is known."""
    assert found.label is not None
    assert ROWS.label is not None
    return (
        len(found) == len(places) == len(found.offsets) - 1
        and all(
            np.array_equal(found.sequence(digit), WALKS[place])
            for digit, place in enumerate(places)
        )
        and found.label.tolist() == ROWS.label[places].tolist()
        and found.index.tolist() == ROWS.index[places].tolist()
        and len(found.rows) == found.offsets[-1]
    )


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 6)), max_size=8))
def test_spans(pieces: list[tuple[int, int]]) -> None:
    columns = np.array(pieces, np.int64).reshape(-1, 2)
    rows, ends = spans(columns[:, 0], columns[:, 1])
    expected = [list(range(start, start + length)) for start, length in pieces]
    assert [rows[first:last].tolist() for first, last in pairwise(ends)] == expected
    assert len(rows) == ends[-1] == sum(map(len, expected))


@given(st.lists(st.integers(0, 11), max_size=15))
def test_take(places: list[int]) -> None:
    if places:
        assert same(take(ROWS, np.array(places)), places)


@pytest.mark.parametrize("longest", [None, 2, 5, 1000])
def test_steps_are_all_rows_but_the_first(longest: int | None) -> None:
    rows, ends = step_spans(ROWS.offsets, longest)
    for digit, walk in enumerate(WALKS):
        steps = ROWS.rows[rows[ends[digit] : ends[digit + 1]]]
        assert np.array_equal(steps, walk[1:longest])


@pytest.mark.parametrize(
    ("ending", "places"),
    [
        ("", range(12)),
        (":train", range(12)),
        (":train:0-3", range(4)),
        (":2,5-6", (2, 5, 6)),
        (":train:11", (11,)),
    ],
)
def test_a_file_and_some_of_its_digits(tmp_path: Path, ending: str, places: range) -> None:
    path = write_rows(tmp_path / "some.npz", ROWS)
    assert same(read_choice(f"{path}{ending}"), list(places))


def test_digits_are_indices_and_not_places(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "some.npz", replace(ROWS, index=ROWS.index + 100))
    found = read_choice(f"{path}:105-107")
    assert found.index.tolist() == [105, 106, 107]
    assert np.array_equal(found.sequence(0), WALKS[5])
    with pytest.raises(UserError, match="there is no sequence of digit 99"):
        read_choice(f"{path}:99-101")


def test_a_split_of_several(tmp_path: Path) -> None:
    split = np.where(np.arange(12) < 8, "train", "test")
    path = write_rows(tmp_path / "some.npz", replace(ROWS, split=split, index=np.arange(12) % 8))
    found = read_choice(f"{path}:test:1-2")
    assert (found.split.tolist(), found.index.tolist()) == (["test"] * 2, [1, 2])
    assert np.array_equal(found.sequence(0), WALKS[9])
    with pytest.raises(UserError, match="more than one split"):
        read_choice(f"{path}:0-1")


def test_a_colon_in_the_name_of_a_file(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "1:2.npz", ROWS)
    assert len(read_choice(str(path))) == 12
    assert len(read_choice(f"{path}:0-4")) == 5
    assert len(read_choice(f"{path}:train:0-4")) == 5


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        (":third", "there is no split 'third'. It has: train"),
        (":12", "there is no digit 12"),
        (":5-3", "reversed"),
        (":train:train", "train"),
        (".not", "some.npz.not"),
    ],
)
def test_what_is_not_there(tmp_path: Path, ending: str, words: str) -> None:
    path = write_rows(tmp_path / "some.npz", ROWS)
    with pytest.raises(UserError) as caught:
        read_choice(f"{path}{ending}")
    assert words in str(caught.value).replace("\n", " ")


def test_labels_come_from_a_set_by_split_and_index() -> None:
    images = np.zeros((20, 28, 28), np.uint8)
    labels = (np.arange(20) * 7 % 10).astype(np.uint8)
    digits = DigitSet("some", "some", {"train": Split("train", images, labels)})
    some = take(replace(ROWS, index=ROWS.index + 8), np.array([3, 0]))
    found = with_labels(some, digits).label
    assert found is not None
    assert found.tolist() == [labels[11], labels[8]]
    with pytest.raises(UserError, match="there is no digit train:20"):
        with_labels(replace(ROWS, index=ROWS.index + 9), digits)
    with pytest.raises(UserError, match="there is no split 'test'"):
        with_labels(make_rows(WALKS, split="test"), digits)
    bare = DigitSet("some", "some", {"train": Split("train", images)})
    with pytest.raises(UserError, match="have no labels"):
        with_labels(ROWS, bare)


def test_no_digit_may_be_learned_and_tested() -> None:
    check_apart(make_rows(WALKS), make_rows(WALKS, first=12))
    check_apart(make_rows(WALKS), make_rows(WALKS, split="test"))
    with pytest.raises(UserError, match=r"^2 digits are in the training and .*train:10"):
        check_apart(make_rows(WALKS), make_rows(WALKS, first=10))
