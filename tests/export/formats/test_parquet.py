from __future__ import annotations

import io
import sys
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings

from tests.export.formats.samples import ALL, DOT, MANY, Part, Rows, mixed_parts, whole_of, write
from viewer.errors import UserError
from viewer.export.formats import parquet
from viewer.export.formats.parquet import FORMAT, check

pa, pq = import_module("pyarrow"), import_module("pyarrow.parquet")


def read(content: bytes) -> Any:
    return pq.read_table(io.BytesIO(content))


@settings(max_examples=40, deadline=None)
@given(rows=MANY)
def test_rows_come_back(rows: list[Rows]) -> None:
    table = read(write(FORMAT, {"train": Part(rows, [1] * len(rows))}))
    lists = [table.column(name).to_pylist() for name in ("dx", "dy", "eos", "eod")]
    found = [[list(row) for row in zip(*four, strict=True)] for four in zip(*lists, strict=True)]
    assert found == [own.tolist() for own in rows]


def test_columns_types_and_nulls() -> None:
    table = read(write(FORMAT, mixed_parts()))
    list_ = pa.list_(pa.int8())
    assert {field.name: field.type for field in table.schema} == {
        "split": pa.string(),
        "index": pa.int64(),
        "label": pa.uint8(),
        "dx": list_,
        "dy": list_,
        "eos": list_,
        "eod": list_,
        "writer": pa.int64(),
        "hand": pa.string(),
        "score": pa.float64(),
        "favourite": pa.bool_(),
        "colour": pa.string(),
        "note": pa.string(),
        "corrected": pa.bool_(),
    }
    digits = table.to_pylist()
    assert [digit["index"] for digit in digits] == [3, 4, 10, 99, 100, 70_000, 0, 5]
    assert digits[2] == {
        "split": "train",
        "index": 10,
        "label": 0,
        "dx": [64, 0, 0, -1, 0, 0],
        "dy": [64, -1, 0, 0, 1, 0],
        "eos": [0, 0, 1, 0, 0, 1],
        "eod": [0, 0, 0, 0, 0, 1],
        "writer": 7,
        "hand": 'a "b", c',
        "score": None,
        "favourite": False,
        "colour": "red",
        "note": "+1 <&>",
        "corrected": True,
    }
    assert (digits[1]["dx"], digits[1]["eod"]) == ([0], [1])
    assert [digits[6][name] for name in ("label", "writer", "hand", "score")] == [None] * 3 + [0.5]
    assert [digit["note"] for digit in digits[4:]] == ["two\r\nlines", "+1 <&>", "", "last"]


def test_without_any_label_there_is_no_label() -> None:
    table = read(write(FORMAT, {"a": Part(ALL)}))
    assert table.schema.names == ["split", "index", "dx", "dy", "eos", "eod", "corrected"]
    assert len(read(write(FORMAT, {}))) == 0


@pytest.mark.parametrize("size", [1, 3, 4, 5, 1000])
def test_row_groups_do_not_depend_on_chunks(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(parquet, "GROUP", 4)
    parts = {"a": Part(ALL * 4, [1] * 16), "b": Part(ALL * 4)}
    parts["b"].rows = [*parts["b"].rows, DOT]
    content = write(FORMAT, parts, size=size)
    assert content == write(FORMAT, parts, size=2)
    about = pq.ParquetFile(io.BytesIO(content)).metadata
    counts = [about.row_group(group).num_rows for group in range(about.num_row_groups)]
    assert counts == [4] * 8 + [1]
    assert read(content)["split"].to_pylist() == ["a"] * 16 + ["b"] * 17


def test_pyarrow_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(UserError, match="pyarrow") as raised:
        check(whole_of({"a": Part(ALL)}), {})
    assert "digit-stroke-viewer[parquet]" in raised.value.advice
    assert FORMAT.needs == "parquet"
