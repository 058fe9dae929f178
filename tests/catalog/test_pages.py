"""Pages against plain loops over a small table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from viewer.catalog.columns import FACTS
from viewer.catalog.pages import (
    class_sheet,
    odd_page,
    similar_page,
    writer_of,
    writer_page,
)
from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet, Split
from viewer.errors import UserError

STROKES, UNUSUAL = FACTS[0], FACTS[-1]
CLASSES = [3, 1, 3, 0, 1, 3, 0, 3]
WRITERS = [7, 7, 9, 7, 8, 7, 9, 7]
ORDER = [5, 2, 0, 9, 0, 3, 1, 3]


def make_table(
    *, columns: bool = True, labels: bool = True, class_names: tuple[str, ...] = ()
) -> Table:
    """Return eight digits in one split, and four more without metadata in another."""
    images = np.zeros((12, 4, 4), np.uint8)
    metadata: dict[str, NDArray[Any]] = {
        "writer": np.array(WRITERS, np.int32),
        "digit_index": np.array(ORDER, np.int32),
        "hsf_series": np.array([0, 0, 4, 0, 1, 0, 1, 0], np.int8),
    }
    splits = {
        "train": Split(
            "train",
            images[:8],
            np.array(CLASSES, np.uint8) if labels else None,
            metadata if columns else {},
        ),
        "test": Split("test", images[8:]),
    }
    return Table(DigitSet("Set", "set", splits, class_names=class_names))


def test_a_writer_s_digits_stand_class_by_class_in_the_order_of_writing() -> None:
    page = writer_page(make_table(), 7)
    assert page.positions.tolist() == [3, 1, 5, 7, 0]
    assert page.positions.dtype == np.int64
    assert page.sections == (("Class 0   1", 0), ("Class 1   1", 1), ("Class 3   3", 2))
    assert page.title == "Writer 7"
    assert page.subtitle == "5 digits, HSF series 0"
    assert (page.previous, page.next) == (None, "8")


def test_writers_are_turned_to_in_turn() -> None:
    table = make_table()
    assert (writer_page(table, 8).previous, writer_page(table, 8).next) == ("7", "9")
    assert writer_page(table, 8).subtitle == "1 digit, HSF series 1"
    assert writer_page(table, 9).next is None
    assert writer_page(table, 9).subtitle == "2 digits"


def test_classes_with_names_are_called_by_them() -> None:
    page = writer_page(make_table(class_names=("shirt", "boot", "bag", "coat")), 7)
    assert [title for title, _start in page.sections] == ["shirt   1", "boot   1", "coat   3"]


def test_digits_without_a_class_come_first() -> None:
    page = writer_page(make_table(labels=False), 9)
    assert page.sections == (("Class unknown   2", 0),)


def test_who_wrote_a_digit() -> None:
    assert writer_of(make_table(), 4) == 8
    with pytest.raises(UserError, match="test:1 is not known"):
        writer_of(make_table(), 9)


@pytest.mark.parametrize("columns", [True, False])
def test_a_writer_that_is_not_there_is_told(columns: bool) -> None:
    with pytest.raises(UserError, match="by writer 10" if columns else "does not say who"):
        writer_page(make_table(columns=columns), 10)


def test_a_sheet_draws_some_of_each_class() -> None:
    table = make_table()
    drawn_from = np.array([7, 0, 1, 2, 3, 9])
    page = class_sheet(table, drawn_from, 2, seed=4)
    assert np.isin(page.positions, drawn_from).all()
    assert page.sections == (("Class 0   1", 0), ("Class 1   1", 1), ("Class 3   2 of 3", 2))
    classes = [CLASSES[position] for position in page.positions]
    assert classes == [0, 1, 3, 3]
    assert len(set(page.positions.tolist())) == 4


def test_a_sheet_depends_on_its_seed_alone() -> None:
    labels = (np.arange(400) % 4).astype(np.uint8)
    split = Split("train", np.zeros((400, 4, 4), np.uint8), labels)
    table, everything = Table(DigitSet("Set", "set", {"train": split})), np.arange(400)
    first, again, other = (class_sheet(table, everything, 9, seed) for seed in (1, 1, 2))
    assert first.positions.tolist() == again.positions.tolist()
    assert first.positions.tolist() != other.positions.tolist()
    assert first.subtitle == "9 of each class, drawn from 400 digits"
    drawn = [position // 4 for position in first.positions.tolist()]
    assert drawn[:9] != drawn[9:18]


def test_a_sheet_of_nothing_is_empty() -> None:
    page = class_sheet(make_table(), np.empty(0, np.int64), 5, seed=0)
    assert len(page.positions) == 0
    assert page.sections == ()


def test_a_set_without_classes_has_no_sheet() -> None:
    with pytest.raises(UserError, match="does not say what its digits are"):
        class_sheet(make_table(labels=False), np.arange(8), 5, seed=0)


def test_a_set_without_classes_has_odd_ones_all_the_same() -> None:
    images = np.zeros((4, 4, 4), np.uint8)
    table = Table(DigitSet("Set", "set", {"train": Split("train", images)}))
    table.add(UNUSUAL, np.array([10, 30, 20, 40], np.float32))
    page = odd_page(table, np.array([0, 1, 2]), 2)
    assert page.positions.tolist() == [1, 2]
    assert page.sections == (("Class unknown   2 of 3", 0),)


def with_shapes(table: Table) -> Table:
    table.shapes = np.zeros((12, 100), np.uint8)
    table.shapes[:, 0] = [10, 50, 12, 90, 11, 10, 200, 0, 30, 60, 70, 80]
    return table


def test_the_like_stand_behind_the_digit_nearest_first() -> None:
    table = with_shapes(make_table())
    table.add(STROKES, np.ones(12, np.uint8))
    page = similar_page(table, 5, 4)
    assert page.positions.tolist() == [5, 0, 4, 2, 7]
    assert page.captions == ("", "0", "1", "2", "10")
    assert page.sections == (("This digit", 0), ("Nearest first", 1))
    assert page.title == "Like train:5"


def test_only_digits_whose_strokes_are_known_are_like() -> None:
    table = with_shapes(make_table())
    table.fill(STROKES, 2, np.ones(6, np.uint8))
    assert similar_page(table, 5, 3).positions.tolist() == [5, 4, 2, 7]
    assert len(similar_page(table, 5, 100).positions) == 6
    with pytest.raises(UserError, match="not extracted yet"):
        similar_page(table, 0, 3)
    with pytest.raises(UserError, match="not extracted yet"):
        similar_page(make_table(), 0, 3)


def test_a_digit_alone_has_nothing_like_it() -> None:
    table = with_shapes(make_table())
    table.fill(STROKES, 2, np.ones(1, np.uint8))
    page = similar_page(table, 2, 5)
    assert page.positions.tolist() == [2]
    assert page.sections == (("This digit", 0),)


def test_the_odd_of_each_class_stand_in_order() -> None:
    table = make_table()
    table.fill(UNUSUAL, 0, np.array([5, 99, 70, 10, 98, 100, 20], np.float32))
    page = odd_page(table, np.array([0, 1, 2, 3, 5, 6, 7, 8]), 2)
    assert page.positions.tolist() == [6, 3, 1, 5, 2]
    assert page.captions == ("20.0", "10.0", "99.0", "100.0", "70.0")
    assert page.sections == (("Class 0   2", 0), ("Class 1   1", 2), ("Class 3   2 of 3", 3))


def test_what_is_odd_is_not_known_before_the_end() -> None:
    with pytest.raises(UserError, match="not known yet"):
        odd_page(make_table(), np.arange(8), 2)
