"""Words for values: units, flags, words, and what is not known."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.catalog.columns import FACTS, MARKS
from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet, Split
from viewer.gui.describe import metadata, tool_tip, value_text

FACT = {column.name: column for column in FACTS}


@pytest.fixture
def table() -> Table:
    images = np.zeros((3, 4, 4), np.uint8)
    first = Split("train", images[:2], np.array([1, 0], np.uint8), {"pen_kind": np.array([3, 4])})
    return Table(
        DigitSet("Set", "set", {"train": first, "test": Split("test", images[2:])},
                 class_names=("shirt", "boot"))
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("strokes", np.uint8(2), "2"),
        ("points", np.uint16(41), "41 px"),
        ("travel", np.float32(3.25), "3.2 px"),
        ("aspect", np.float32(0.666), "0.67"),
        ("slant", np.float32(-12.34), "-12.3°"),
        ("order_gap", np.float32(1.249), "1.2 px"),
        ("unusual", np.float32(99.96), "100.0 %"),
        ("exact", np.bool_(True), "yes"),
        ("exact", np.bool_(False), "no"),
    ],
)
def test_values_are_written_with_their_units(
    table: Table, name: str, value: np.generic, text: str
) -> None:
    table.add(FACT[name], np.array([value] * 3))
    assert value_text(table, name, 1) == text


def test_words_are_written_out_and_the_unknown_is_not(table: Table) -> None:
    assert value_text(table, "class", 0) == "boot"
    assert value_text(table, "class", 2) is None
    assert value_text(table, "split", 2) == "test"


def test_what_is_known_is_told_in_order(table: Table) -> None:
    table.add(FACT["strokes"], np.array([2, 1, 3], np.uint8))
    assert metadata(table, 0) == {
        "Digit": "train:0", "Class": "boot", "Pen kind": "3", "Strokes": "2",
    }  # fmt: skip
    assert list(metadata(table, 0)) == ["Digit", "Class", "Pen kind", "Strokes"]
    assert tool_tip(table, 2) == "Digit test:0\nStrokes 3"


def test_marks_are_told_where_there_are_some(table: Table) -> None:
    favourite, colour, noted = MARKS
    table.add(favourite, np.array([True, False, False]))
    table.add(colour, np.array([0, 2, 0], np.uint8), words=("none", "red", "green", "blue"))
    table.add(noted, np.zeros(3, np.bool_))
    assert tool_tip(table, 0).endswith("Favourite yes")
    assert tool_tip(table, 1).endswith("Colour mark green")
    assert tool_tip(table, 2) == "Digit test:0"
