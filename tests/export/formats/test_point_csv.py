from __future__ import annotations

import csv
import io

from hypothesis import given, settings

from tests.export.formats.samples import (
    BLANK,
    LAST_JUMP,
    MANY,
    Part,
    Rows,
    mixed_parts,
    strokes_of,
    write,
)
from viewer.export.formats.point_csv import FORMAT

OWN = ["digit", "split", "index", "label", "stroke", "point", "x", "y"]


def read(content: bytes) -> list[dict[str, str]]:
    lines = list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))
    assert all(None not in line and None not in line.values() for line in lines)
    return lines


@settings(max_examples=60, deadline=None)
@given(rows=MANY)
def test_a_line_a_point(rows: list[Rows]) -> None:
    lines = read(write(FORMAT, {"train": Part(rows, range(len(rows)))}))
    expected = [
        [f"train:{index}", "train", index, index, number, place, x, y, "false"]
        for index, own in enumerate(rows)
        for number, stroke in enumerate(strokes_of(own))
        for place, (x, y) in enumerate(stroke)
    ]
    assert [list(line.values()) for line in lines] == [list(map(str, line)) for line in expected]


def test_columns_of_splits_that_know_different_things() -> None:
    content = write(FORMAT, mixed_parts())
    lines = read(content)
    marks = ["favourite", "colour", "note"]
    assert list(lines[0]) == [*OWN, "writer", "hand", "score", *marks, "corrected"]
    by_digit = {line["digit"]: list(line.values())[1:4] + list(line.values())[8:] for line in lines}
    assert by_digit == {
        "train:3": ["train", "3", "7", "2100", "'=left", "", "false", "none", "", "false"],
        "train:10": [
            "train", "10", "0", "7", 'a "b", c', "", "false", "red", "'+1 <&>", "true",
        ],
        "train:99": ["train", "99", "2", "8", "'-", "", "false", "blue", "", "false"],
        "train:100": [
            "train", "100", "7", "9", "x\ny", "", "false", "none", "two\r\nlines", "false",
        ],
        "train:70000": [
            "train", "70000", "9", "10", "é", "", "false", "none", "'+1 <&>", "false",
        ],
        "'@test, <2> & 'more':0": [
            "'@test, <2> & 'more'", "0", "", "", "", "0.5", "false", "none", "", "false",
        ],
    }  # fmt: skip
    assert b"train:4," not in content


def test_numbers_stay_numbers_and_text_never_becomes_a_formula() -> None:
    texts = ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "a=1", "'=1", "", '=1,"2"']
    parts = {
        "a": Part(
            [LAST_JUMP] * len(texts),
            None,
            {"text": texts, "number": [-5] * len(texts), "real": [-0.5] * len(texts)},
        )
    }
    lines = [line for line in read(write(FORMAT, parts)) if line["point"] == line["stroke"] == "0"]
    assert [line["text"] for line in lines] == [
        "'=1+1", "'+1", "'-1", "'@A1", "'\t=1", "'\r=1", "a=1", "'=1", "", "'=1,\"2\"",
    ]  # fmt: skip
    assert {(line["number"], line["real"], line["label"]) for line in lines} == {("-5", "-0.5", "")}


def test_digits_without_ink_leave_the_header() -> None:
    header = ",".join([*OWN, "corrected"]) + "\n"
    assert write(FORMAT, {"a": Part([BLANK, BLANK])}).decode() == header
    assert write(FORMAT, {}).decode() == header
