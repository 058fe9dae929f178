from __future__ import annotations

import numpy as np
import pytest

from tests.export.formats.samples import (
    BLANK,
    DOT,
    Part,
    chunks_of,
    marks_of,
    mixed_parts,
    read_npz,
    whole_of,
    write,
)
from viewer.errors import UserError
from viewer.export.formats import npz, npz_padded
from viewer.export.formats.columns import (
    check_columns,
    columns_of,
    facts_of,
    join_columns,
)


@pytest.mark.parametrize("size", [1, 2, 1000])
def test_joined_columns(size: int) -> None:
    parts = mixed_parts()
    found = join_columns([columns_of(c) for c in chunks_of(parts, size)], whole_of(parts))
    odd = "@test, <2> & 'more'"
    assert {name: array.tolist() for name, array in found.items() if name != "score"} == {
        "index": [3, 4, 10, 99, 100, 70_000, 0, 5],
        "split": ["train"] * 6 + [odd] * 2,
        "label": [7, 1, 0, 2, 7, 9, 0, 0],
        "known_label": [True] * 6 + [False] * 2,
        "writer": [2100, -5, 7, 8, 9, 10, 0, 0],
        "known_writer": [True] * 6 + [False] * 2,
        "hand": ["=left", "", 'a "b", c', "-", "x\ny", "é", "", ""],
        "known_hand": [True] * 6 + [False] * 2,
        "known_score": [False] * 6 + [True] * 2,
        "favourite": [False, True, *[False] * 6],
        "colour": ["none", "none", "red", "blue", "none", "none", "none", "green"],
        "note": [0, 0, 1, 0, 2, 1, 0, 3],
        "notes": ["", "+1 <&>", "two\r\nlines", "last"],
        "corrected": [False, False, True, *[False] * 5],
    }
    np.testing.assert_array_equal(found["score"], [0] * 6 + [0.5, np.nan])
    assert found["label"].dtype == np.uint8
    assert found["note"].dtype == np.int32


def test_notes_are_numbered_in_the_order_of_the_digits() -> None:
    parts = {
        "a": Part([DOT, DOT], marks=marks_of([False] * 2, [0] * 2, ["y", ""], ["", "x", "y"])),
        "b": Part([DOT, DOT], marks=marks_of([False] * 2, [0] * 2, ["x", "y"], ["", "y", "x"])),
    }
    for size in (1, 2):
        found = join_columns([columns_of(c) for c in chunks_of(parts, size)], whole_of(parts))
        assert found["notes"][found["note"]].tolist() == ["y", "", "x", "y"]
        assert found["notes"].tolist() == ["", "y", "x"]


def test_what_says_nothing_is_left_out() -> None:
    parts = {"a": Part([DOT, BLANK], marks=marks_of([False] * 2, [0, 0], ["", ""]))}
    found = join_columns([columns_of(c) for c in chunks_of(parts, 1)], whole_of(parts))
    assert list(found) == ["index", "split"]


def test_no_digits_have_empty_columns() -> None:
    found = join_columns([], whole_of({}))
    assert {name: (array.shape, array.dtype.kind) for name, array in found.items()} == {
        "index": ((0,), "i"),
        "split": ((0,), "U"),
    }


def test_facts_leave_out_what_is_unknown_or_idle() -> None:
    parts = mixed_parts()
    facts = [fact for chunk in chunks_of(parts, 4) for fact in facts_of(chunk)]
    odd = "@test, <2> & 'more'"
    assert facts[1:3] + facts[-2:] == [
        {"split": "train", "index": 4, "label": 1, "writer": -5, "hand": "", "favourite": True},
        {
            "split": "train",
            "index": 10,
            "label": 0,
            "writer": 7,
            "hand": 'a "b", c',
            "colour": "red",
            "note": "+1 <&>",
            "corrected": True,
        },
        {"split": odd, "index": 0, "score": 0.5},
        {"split": odd, "index": 5, "colour": "green", "note": "last"},
    ]


@pytest.mark.parametrize("name", ["split", "note", "extra"])
def test_a_column_may_not_have_the_name_of_another(name: str) -> None:
    with pytest.raises(UserError, match=f"may not be named {name}"):
        check_columns(whole_of({"a": Part([DOT], columns={name: [1], "writer": [2]})}), "extra")


def test_the_npz_formats_have_the_same_columns() -> None:
    ragged = read_npz(write(npz.FORMAT, mixed_parts()))
    padded = read_npz(write(npz_padded.FORMAT, mixed_parts()))
    for name in set(padded) - {"rows", "lengths"}:
        np.testing.assert_array_equal(padded[name], ragged[name])
    assert set(ragged) - set(padded) == {"offsets"}
