from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from viewer.datasets.digits import DigitSet, Split
from viewer.errors import UserError
from viewer.export.formats.identifiers import read_identifiers
from viewer.export.run import export_digits


def test_a_line_a_digit(tmp_path: Path, digits: DigitSet) -> None:
    path = export_digits(
        digits,
        {"test": [11, 0], "train": [7, 3, 7]},
        format="identifiers",
        output=tmp_path / "a.txt",
    )
    assert path.read_bytes() == b"train:3\ntrain:7\ntest:0\ntest:11\n"


def test_round_trip(tmp_path: Path, digits: DigitSet) -> None:
    strange = Split("my split: é", digits.split("train").images)
    both = DigitSet("", "", {**digits.splits, strange.name: strange})
    chosen = {"train": [3, 7], "my split: é": [0, 11]}
    path = export_digits(both, chosen, format="identifiers", output=tmp_path / "a.txt")
    found = read_identifiers(path, both)
    assert {split: indices.tolist() for split, indices in found.items()} == chosen


def test_what_people_write(tmp_path: Path, digits: DigitSet) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbftest:2\r\n# sevens\n\n  train : 3  \ntest:1\ntest:2\n   ")
    found = read_identifiers(path, digits)
    assert [(split, indices.tolist()) for split, indices in found.items()] == [
        ("train", [3]),
        ("test", [1, 2]),
    ]
    assert found["test"].dtype == np.int64


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"train:3\n\ntrain:x\n", "line 3: 'train:x' does not name a digit"),
        (b"train:12\n", "line 1: there is no digit 12"),
        (b"valid:1\n", "line 1: there is no split 'valid'"),
        (b"7\n", "line 1: '7' does not name a digit"),
        (b"\xff\xfe", "not plain text"),
    ],
)
def test_lines_that_name_no_digit(
    tmp_path: Path, digits: DigitSet, content: bytes, message: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(UserError, match=message) as error:
        read_identifiers(path, digits)
    assert error.value.path == path


def test_files_that_cannot_be_read(
    tmp_path: Path, digits: DigitSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match="No such file"):
        read_identifiers(tmp_path / "none", digits)
    with pytest.raises(UserError, match="directory"):
        read_identifiers(tmp_path, digits)
    with pytest.raises(UserError, match="cannot be read"):
        read_identifiers(Path("a\0"), digits)
    monkeypatch.setattr("viewer.export.formats.identifiers.LARGEST_FILE", 7)
    (tmp_path / "a").write_bytes(b"train:1\n")
    with pytest.raises(UserError, match="longer than 7 bytes"):
        read_identifiers(tmp_path / "a", digits)


@pytest.mark.parametrize("name", ["#a", " a", "a\nb", "a\tb", ""])
def test_splits_whose_names_would_not_read_back(
    tmp_path: Path, digits: DigitSet, name: str
) -> None:
    one = DigitSet("", "", {name: Split(name, digits.split("train").images)})
    with pytest.raises(UserError, match="cannot stand in a list"):
        export_digits(one, {name: [0]}, format="identifiers", output=tmp_path / "a.txt")
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_stays(tmp_path: Path, digits: DigitSet) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"mine")
    with pytest.raises(UserError, match="exists already"):
        export_digits(digits, {"train": [0]}, format="identifiers", output=path)
    assert path.read_bytes() == b"mine"
    export_digits(digits, {"train": [0]}, format="identifiers", output=path, overwrite=True)
    assert path.read_bytes() == b"train:0\n"
