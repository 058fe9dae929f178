from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from tests.format_files import kaggle_header, make_digits, make_labels, write_csv
from viewer.datasets.source import open_source
from viewer.errors import Cancelled, UserError

IMAGES, LABELS = make_digits(30), make_labels(30)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_files_of_kaggle_open_as_one_set(tmp_path: Path, end: str) -> None:
    home = tmp_path / "digit-recognizer"
    write_csv(home / "train.csv", IMAGES, LABELS, kaggle_header(), end=end)
    write_csv(home / "test.csv", IMAGES[:7], None, kaggle_header(label=False), end=end)
    (home / "sample_submission.csv").write_text("ImageId,Label\n1,0\n")
    found = open_source(home)
    assert (found.name, found.family) == ("digit-recognizer", "")
    assert list(found.splits) == ["train", "test"]
    np.testing.assert_array_equal(found.split("train").images, IMAGES)
    np.testing.assert_array_equal(found.split("train").labels, LABELS)
    np.testing.assert_array_equal(found.split("test").images, IMAGES[:7])
    assert found.split("test").labels is None
    assert found.notes == ("The digits of test have no labels: the file holds none.",)


@pytest.mark.parametrize("labelled", [True, False])
def test_without_names_the_first_column_is_the_label(tmp_path: Path, labelled: bool) -> None:
    write_csv(tmp_path / "mnist_test.csv", IMAGES, LABELS if labelled else None)
    found = open_source(tmp_path / "mnist_test.csv")
    assert (found.name, list(found.splits)) == ("MNIST", ["test"])
    split = found.split("test")
    np.testing.assert_array_equal(split.images, IMAGES)
    assert (split.labels is not None) == labelled


@pytest.mark.parametrize("column", [0, 300, 784])
def test_a_named_label_may_stand_anywhere(tmp_path: Path, column: int) -> None:
    header = kaggle_header(label=False)
    header.insert(column, '"class"')
    write_csv(tmp_path / "a.csv", IMAGES, LABELS, header, column)
    split = open_source(tmp_path / "a.csv").split("digits")
    np.testing.assert_array_equal(split.images, IMAGES)
    np.testing.assert_array_equal(split.labels, LABELS)


def test_emnist_is_turned_upright_and_has_its_names(tmp_path: Path) -> None:
    labels = np.arange(1, 27, dtype=np.uint8)
    turned = IMAGES[:26].transpose(0, 2, 1)
    write_csv(tmp_path / "emnist-letters-train.csv", turned, labels)
    write_csv(tmp_path / "emnist-letters-test.csv", turned[:5], labels[:5])
    write_csv(tmp_path / "emnist-digits-test.csv", turned[:5], labels[:5])
    found = open_source(tmp_path / "emnist-letters-train.csv")
    assert (found.name, found.family, len(found)) == ("EMNIST letters", "emnist-letters", 26)
    np.testing.assert_array_equal(found.split("train").images, IMAGES[:26])
    assert found.class_names[1:] == tuple("abcdefghijklmnopqrstuvwxyz")
    found = open_source(tmp_path)
    assert found.name == "EMNIST digits"
    other = tmp_path / "emnist-letters-test.csv"
    assert found.notes == (f"Another set lies here too: open {other} for it.",)


def test_packed_marked_and_unended_files_open(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", IMAGES, LABELS, kaggle_header())
    text = b"\xef\xbb\xbf" + path.read_bytes().rstrip(b"\n")
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(text))
    split = open_source(tmp_path / "b.csv.gz").split("digits")
    np.testing.assert_array_equal(split.images, IMAGES)
    np.testing.assert_array_equal(split.labels, LABELS)


def test_blocks_join_without_a_seam(tmp_path: Path) -> None:
    images, labels = make_digits(1500), make_labels(1500)
    path = write_csv(tmp_path / "a.csv", images, labels)
    assert path.stat().st_size > 3 << 20
    seen: list[tuple[int, int]] = []
    found = open_source(path, progress=lambda done, total: seen.append((done, total)))
    np.testing.assert_array_equal(found.split("digits").images, images)
    np.testing.assert_array_equal(found.split("digits").labels, labels)
    assert len(seen) >= 4
    assert seen[-1] == (path.stat().st_size, path.stat().st_size)
    with pytest.raises(Cancelled):
        open_source(path, cancelled=lambda: len(seen) > 0)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (b"\n7,", b"\n300,", "line 3 holds '300', not a number from 0 to 255"),
        (b"\n7,", b"\n7.0,", "line 3 holds '7.0', not a number"),
        (b"\n7,", b"\n-7,", "line 3 holds '-7', not a number"),
        (b"\n7,", b"\n,", "line 3 holds '', not a number"),
        (b"\n7,", b"\n7,7,", "line 3 has 786 columns, not 785"),
        (b"\n7,", b"\n\n7,", "line 3 is empty"),
        (b"\n7,", b"\n7;", "line 3 has 784 columns, not 785"),
    ],
)
def test_a_faulty_line_is_named(tmp_path: Path, old: bytes, new: bytes, problem: str) -> None:
    path = write_csv(tmp_path / "a.csv", IMAGES, LABELS, kaggle_header())
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    with pytest.raises(UserError) as caught:
        open_source(path)
    assert problem in caught.value.problem


def test_a_name_that_only_ends_like_a_split_is_none(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "latest.csv", IMAGES, LABELS)
    write_csv(tmp_path / "train.csv", IMAGES[:3], LABELS[:3])
    write_csv(tmp_path / "train.csv.gz", IMAGES[:4], LABELS[:4])
    assert list(open_source(path).splits) == ["digits"]
    found = open_source(tmp_path)
    assert (found.name, list(found.splits)) == ("latest", ["digits"])
    path.unlink()
    assert len(open_source(tmp_path)) == 3
