"""A set as one table: positions, columns of several splits, columns filled bit by bit."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.catalog.columns import COLUMNS, FACTS, Column, find_column
from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet, Split

STROKES = FACTS[0]


def make_table(class_names: tuple[str, ...] = ()) -> Table:
    images = np.zeros((5, 4, 4), np.uint8)
    images[:, 0, 0] = np.arange(5)
    writers = np.array([7, 8, 9], np.int32)
    splits = {
        "train": Split("train", images[:3], np.array([1, 0, 1], np.uint8), {"writer": writers}),
        "test": Split("test", images[3:], np.array([0, 1], np.uint8)),
    }
    return Table(DigitSet("Set", "set", splits, class_names=class_names))


def test_names_of_columns_are_one_of_a_kind() -> None:
    names = [name for column in COLUMNS for name in (column.name, *column.aliases)]
    assert len(names) == len(set(names))
    assert all(name.replace("_", "").isalpha() and name.islower() for name in names)


def test_metadata_is_found_by_its_old_name() -> None:
    assert find_column("hsf_series").name == "hsf"
    assert find_column("pen width").name == "pen_width"
    assert find_column("2nd").name == "column_2nd"


def test_positions_count_through_the_splits() -> None:
    table = make_table()
    assert len(table) == 5
    assert [table.identity(position) for position in (0, 2, 3, 4)] == [
        "train:0", "train:2", "test:0", "test:1",
    ]  # fmt: skip
    assert table.position("test", 1) == 4
    assert table.image(4)[0, 0] == 4
    assert table.words("split") == ("train", "test")
    assert table.values("index").tolist() == [0, 1, 2, 0, 1]


def test_positions_are_divided_among_the_splits() -> None:
    parts = make_table().by_split(np.array([4, 1, 0, 1]))
    assert [(split.name, indices.tolist()) for split, indices in parts] == [
        ("train", [0, 1]),
        ("test", [1]),
    ]
    assert make_table().by_split(np.array([], np.int64)) == []


def test_digits_of_the_splits_are_joined() -> None:
    table = make_table()
    digits = {"test": np.array([0, 1, 2]), "train": np.array([1, 2]), "dev": np.array([0])}
    assert table.positions(digits).tolist() == [1, 2, 3, 4]
    assert table.positions({"dev": np.array([0])}).tolist() == []
    assert table.positions({}).dtype == np.int64
    there = np.array([0, 2, 4])
    parts = {split.name: indices for split, indices in table.by_split(there)}
    assert table.positions(parts).tolist() == there.tolist()


def test_what_a_split_lacks_is_unknown() -> None:
    table = make_table()
    assert table.known("class") is None
    known = table.known("writer")
    assert known is not None
    assert known.tolist() == [True, True, True, False, False]
    assert table.values("class").tolist() == [1, 0, 1, 0, 1]


def test_classes_with_names_are_words() -> None:
    assert make_table().columns["class"].kind == "number"
    table = make_table(class_names=("shirt", "boot"))
    assert table.columns["class"].kind == "word"
    assert table.words("class") == ("shirt", "boot")


def test_a_column_is_filled_bit_by_bit() -> None:
    table = make_table()
    before = table.revision("strokes")
    assert not table.is_complete("strokes")
    table.fill(STROKES, 1, np.array([4, 5], np.uint8))
    assert not table.is_complete("strokes")
    assert table.revision("strokes") > before
    known = table.known("strokes")
    assert known is not None
    table.fill(STROKES, 0, np.array([3], np.uint8))
    table.fill(STROKES, 3, np.array([6, 7], np.uint8))
    assert known.tolist() == [False, True, True, False, False]  # as it was handed out
    assert table.known("strokes") is None
    assert table.is_complete("strokes")
    values = table.values("strokes")
    assert values.tolist() == [3, 4, 5, 6, 7]
    table.fill(STROKES, 4, np.array([9], np.uint8))
    assert values.tolist() == [3, 4, 5, 6, 7]  # as it was handed out
    assert table.values("strokes").tolist() == [3, 4, 5, 6, 9]


def test_a_column_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="must have 5 values"):
        make_table().add(Column("x", "X", "X."), np.zeros(4))
