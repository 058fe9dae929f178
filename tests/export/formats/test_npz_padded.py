from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings

from tests.export.formats.samples import (
    BLANK,
    DOT,
    MANY,
    NEAR_LIFT,
    Part,
    Rows,
    mixed_parts,
    read_npz,
    write,
)
from viewer.errors import UserError
from viewer.export.formats import padded
from viewer.export.formats.npz_padded import FORMAT
from viewer.export.formats.padded import pad_rows, write_padded


@settings(max_examples=60, deadline=None)
@given(rows=MANY)
def test_rows_come_back(rows: list[Rows]) -> None:
    arrays = read_npz(write(FORMAT, {"train": Part(rows, [3] * len(rows))}))
    longest = max(map(len, rows))
    assert arrays["rows"].shape == (len(rows), longest, 4)
    assert arrays["rows"].dtype == np.int8
    assert arrays["lengths"].dtype == np.int64
    assert arrays["lengths"].tolist() == [len(digit) for digit in rows]
    for digit, own in zip(arrays["rows"], rows, strict=True):
        np.testing.assert_array_equal(digit[: len(own)], own)
        assert not digit[len(own) :].any()


def test_a_length_that_is_asked_for() -> None:
    arrays = read_npz(write(FORMAT, mixed_parts(), {"length": 9}))
    assert arrays["rows"].shape == (8, 9, 4)
    assert arrays["rows"][1].tolist() == [[0, 0, 1, 1]] + [[0] * 4] * 8


def test_nothing_is_cut() -> None:
    parts = {"train": Part([DOT, NEAR_LIFT, BLANK], index=[4, 13, 20])}
    with pytest.raises(UserError, match="train:13 has 6 rows, more than length=5") as raised:
        write(FORMAT, parts, {"length": 5})
    assert "0" in raised.value.advice
    assert read_npz(write(FORMAT, parts, {"length": 6}))["rows"].shape == (3, 6, 4)


@pytest.mark.parametrize("block", [1, 2, 100])
def test_blocks_make_one_array(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr(padded, "BLOCK", block)
    rows = np.arange(12, dtype=">i2").reshape(6, 2)
    lengths = np.array([1, 0, 3, 2])
    file = io.BytesIO()
    write_padded(file, "x", rows, lengths, 4, (7, 8), {"other": lengths})
    arrays = read_npz(file.getvalue())
    assert list(arrays) == ["x", "lengths", "other"]
    assert arrays["x"].dtype == np.dtype("<i2")
    assert arrays["x"].tolist() == [
        [[0, 1], [7, 8], [7, 8], [7, 8]],
        [[7, 8], [7, 8], [7, 8], [7, 8]],
        [[2, 3], [4, 5], [6, 7], [7, 8]],
        [[8, 9], [10, 11], [7, 8], [7, 8]],
    ]
    np.testing.assert_array_equal(pad_rows(rows, lengths, 4, (7, 8)), arrays["x"])
