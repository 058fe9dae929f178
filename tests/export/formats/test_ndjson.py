from __future__ import annotations

import json
from datetime import datetime
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from tests.export.formats.samples import (
    BLANK,
    DOT,
    LAST_JUMP,
    MANY,
    NEAR_LIFT,
    Part,
    Rows,
    mixed_parts,
    strokes_of,
    whole_of,
    write,
)
from viewer.core.sequence import encode
from viewer.errors import UserError
from viewer.export.formats.ndjson import FORMAT, check, key_of


def read(content: bytes) -> list[dict[str, Any]]:
    lines = content.decode("ascii").split("\n")
    assert lines.pop() == ""
    return [json.loads(line, parse_constant=pytest.fail) for line in lines]


@settings(max_examples=60, deadline=None)
@given(rows=MANY)
def test_raw_strokes(rows: list[Rows]) -> None:
    drawings = read(write(FORMAT, {"a": Part(rows)}, {"form": "raw", "milliseconds": 7}))
    for line, own in zip(drawings, rows, strict=True):
        found = [list(zip(xs, ys, strict=True)) for xs, ys, _times in line["drawing"]]
        assert found == strokes_of(own)
        times = [time for stroke in line["drawing"] for time in stroke[2]]
        assert times == [7 * place for place in range(len(times))]


@settings(max_examples=100, deadline=None)
@given(rows=MANY)
def test_simplified_strokes_fill_the_square(rows: list[Rows]) -> None:
    exact = read(write(FORMAT, {"a": Part(rows)}, {"epsilon": 0}))
    usual = read(write(FORMAT, {"a": Part(rows)}))
    for fine, coarse, own in zip(exact, usual, rows, strict=True):
        strokes = strokes_of(own)
        points = [point for stroke in strokes for point in stroke]
        assert len(fine["drawing"]) == len(coarse["drawing"]) == len(strokes)
        if not points:
            continue
        corner = [min(point[axis] for point in points) for axis in (0, 1)]
        side = max(max(p[axis] for p in points) - corner[axis] for axis in (0, 1))
        unit = Fraction(255, side or 1)
        for kept, less, stroke in zip(fine["drawing"], coarse["drawing"], strokes, strict=True):
            scaled = [
                tuple(round((point[axis] - corner[axis]) * unit) for axis in (0, 1))
                for point in stroke
            ]
            thick, thin = (list(zip(*some, strict=True)) for some in (kept, less))
            for some in (thick, thin):
                assert (some[0], some[-1]) == (scaled[0], scaled[-1])
                assert is_within(some, scaled)
            assert is_within(thin, thick)
        values = [value for stroke in fine["drawing"] for axis in stroke for value in axis]
        assert (min(values), max(values)) == (0, 255 if side else 0)
        for axis in (0, 1):
            assert min(value for stroke in fine["drawing"] for value in stroke[axis]) == 0
        assert max(v for s in coarse["drawing"] for axis in s for v in axis) >= max(values) - 3


def is_within(some: list[Any], all_: list[Any]) -> bool:
    """Return whether values stand in a list in the same order."""
    rest = iter(all_)
    return all(value in rest for value in some)


def test_epsilon_is_in_255ths_of_the_larger_side() -> None:
    bow = [(10, column) for column in range(52)]
    bow[25] = (11, 25)
    parts = {"a": Part([encode(np.array(bow)), encode(np.array([(0, 0), *bow]))])}
    counts = {
        epsilon: [
            len(line["drawing"][-1][0]) for line in read(write(FORMAT, parts, {"epsilon": epsilon}))
        ]
        for epsilon in (0, 4.9, 5.0)
    }
    assert counts == {0: [5, 5], 4.9: [3, 3], 5.0: [2, 2]}


def test_fields_as_published() -> None:
    parts = mixed_parts()
    lines = read(write(FORMAT, parts))
    assert [line["word"] for line in lines] == ["7", "1", "0", "2", "7", "9", "", ""]
    for line in lines:
        assert list(line) == [
            "word", "countrycode", "timestamp", "recognized", "key_id", "drawing", "source",
        ]  # fmt: skip
        assert (line["countrycode"], line["recognized"]) == ("", True)
        made = datetime.strptime(line["timestamp"], "%Y-%m-%d %H:%M:%S.%f UTC")
        assert made == datetime(1970, 1, 1)
        assert len(line["key_id"]) == 16
        assert 0 < int(line["key_id"]) < 2**64
        assert line["key_id"].endswith(f"{line['source']['index']:010}")
    assert len({line["key_id"] for line in lines}) == len(lines)
    assert lines[2]["source"] == {
        "split": "train",
        "index": 10,
        "label": 0,
        "writer": 7,
        "hand": 'a "b", c',
        "colour": "red",
        "note": "+1 <&>",
        "corrected": True,
    }
    assert lines[6]["source"] == {"split": "@test, <2> & 'more'", "index": 0, "score": 0.5}
    assert lines[1]["drawing"] == []
    assert lines[3]["drawing"] == [[[0], [0]]]


def test_words_are_the_names_of_the_classes() -> None:
    parts = {"a": Part([DOT, BLANK, LAST_JUMP, NEAR_LIFT], [1, 0, 2, 1]), "b": Part([DOT])}
    lines = read(write(FORMAT, parts, class_names=("zero", 'a "b"\n', "é")))
    assert [line["word"] for line in lines] == ['a "b"\n', "zero", "é", 'a "b"\n', ""]
    assert [line["source"].get("label") for line in lines] == [1, 0, 2, 1, None]
    rest = read(write(FORMAT, parts, class_names=("only",)))
    assert [line["word"] for line in rest] == ["1", "only", "2", "1", ""]


def test_splits_that_would_share_keys_are_refused() -> None:
    names = [f"split{number}" for number in range(3000)]
    first, second = next(
        pair for pair in combinations(names, 2) if key_of(pair[0], 0) == key_of(pair[1], 0)
    )
    options = FORMAT.complete({})
    check(whole_of({name: Part([DOT]) for name in (first, "train", "test")}), options)
    with pytest.raises(UserError, match=f"{first}.*{second}"):
        check(whole_of({name: Part([DOT]) for name in (first, second)}), options)
