"""Quick, Draw! ndjson."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from tests.datasets.sequences.reading import read, unpack
from tests.datasets.sequences.sequence_files import (
    DIGITS,
    LABELS,
    PLUS,
    drawing,
    ndjson,
    rows_of,
)
from viewer.datasets.sequences.rows import load_rows
from viewer.errors import UserError

LINE = {
    "word": "cat",
    "countrycode": "VE",
    "timestamp": "2017-03-02 23:25:10.07453 UTC",
    "recognized": True,
    "key_id": "5201136883597312",
}


def test_simplified_drawings_are_read(tmp_path: Path) -> None:
    cat = [[[0, 255, 130], [0, 40, 100]], [[3], [9]]]
    path = tmp_path / "cat.ndjson"
    path.write_text(ndjson([LINE | {"drawing": cat}, LINE | {"word": "ant", "drawing": [cat[1]]}]))
    drawn = read(path)
    assert unpack(drawn) == [[[(1, 1), (256, 41), (131, 101)], [(4, 10)]], [[(4, 10)]]]
    assert (drawn.on_pixels, drawn.class_names) == (False, ("ant", "cat"))
    assert (drawn.label.tolist(), drawn.split.tolist()) == ([1, 0], ["train", "train"])
    assert load_rows(path).sequence(0).tolist() == [
        [1, 1, 0, 0], [255, 40, 0, 0], [-125, 60, 0, 0], [-127, -91, 0, 0], [0, 0, 1, 1],
    ]  # fmt: skip


def test_raw_drawings_are_read(tmp_path: Path) -> None:
    strokes = [[[1.5, 2, 3.25], [4, 5, 6.0], [0, 20, 31]], [[700, 800], [0, 1], [50, 90]]]
    path = tmp_path / "raw.ndjson.gz"
    path.write_bytes(gzip.compress(ndjson([LINE | {"drawing": strokes}]).encode()))
    drawn = read(path)
    assert unpack(drawn) == [[[(2.5, 5), (3, 6), (4.25, 7)], [(701, 1), (801, 2)]]]
    with pytest.raises(UserError, match="digit 0 have points between whole numbers"):
        load_rows(path)


def test_pixels_with_their_source_are_read_exactly(tmp_path: Path) -> None:
    entries = [
        {
            "word": str(label),
            "drawing": drawing(digit),
            "source": {"split": "test", "index": 9 - place, "label": label, "writer": 3 + place,
                       "slant": 0.5, "favourite": True, "note": "x"},
        }
        for place, (digit, label) in enumerate(zip(DIGITS, LABELS, strict=True))
    ]  # fmt: skip
    path = tmp_path / "a.json"
    path.write_bytes(b"\xef\xbb\xbf\r\n" + ndjson(entries).replace("\n", "\r\n\n").encode()[:-3])
    drawn = read(path)
    assert drawn.on_pixels
    assert unpack(drawn) == DIGITS
    assert (drawn.label.tolist(), drawn.class_names) == (LABELS, ())
    assert list(drawn.columns) == ["writer"]
    rows = load_rows(path)
    assert (rows.index.tolist(), set(rows.split.tolist())) == ([9, 8, 7, 6, 5, 4], {"test"})
    assert [rows.sequence(digit).tolist() for digit in range(6)] == [*map(rows_of, DIGITS)]


def test_words_are_classes(tmp_path: Path) -> None:
    def labels(*words: str) -> tuple[list[int], tuple[str, ...]]:
        path = tmp_path / "a.ndjson"
        path.write_text(ndjson([{"word": word, "drawing": drawing(PLUS)} for word in words]))
        drawn = read(path)
        return drawn.label.tolist(), drawn.class_names

    assert labels("3", "0", "3") == ([3, 0, 3], ())
    assert labels("3", "", "x") == ([0, -1, 1], ("3", "x"))
    assert labels("12", "3") == ([0, 1], ("12", "3"))
    assert labels("") == ([-1], ())


def test_labels_that_are_told_keep_their_names(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    told = [("b", 2), ("a", 0), ("", 4)]
    path.write_text(ndjson([{"word": w, "drawing": [], "source": {"label": n}} for w, n in told]))
    drawn = read(path)
    assert (drawn.label.tolist(), drawn.class_names) == ([2, 0, 4], ("a", "1", "b"))


def test_metadata_of_some_digits(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    sources = [{"writer": 7}, {}, {"writer": 2, "bad name!": 1, "big": 1 << 70}]
    path.write_text(ndjson([{"drawing": [], "source": source} for source in sources]))
    values, known = read(path).columns["writer"]
    assert (values.tolist(), known.tolist()) == ([7, 0, 2], [True, False, True])
    assert list(read(path).columns) == ["writer"]


def test_digits_partly_with_an_identity_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "test.ndjson"
    sources = [{"split": "train", "index": 5}, {"split": "train"}]
    path.write_text(ndjson([{"drawing": [], "source": source} for source in sources]))
    drawn = read(path)
    assert (drawn.split.tolist(), drawn.index.tolist()) == (["test", "test"], [0, 1])


def test_lines_that_span_pieces_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viewer.datasets.sequences.ndjson.PIECE", 7)
    path = tmp_path / "a.ndjson"
    path.write_text(json.dumps({"drawing": drawing(PLUS)}))
    assert unpack(read(path)) == [PLUS]


def test_many_points_are_paired(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    points = rng.integers(0, 255, (2, 1000))
    path = tmp_path / "a.ndjson"
    path.write_text(ndjson([{"drawing": [points.tolist()]}]))
    np.testing.assert_array_equal(read(path).points.T - 1, points)
