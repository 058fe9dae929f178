from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.idx_files import (
    make_classes,
    make_extended,
    make_images,
    pack_gzip,
    pack_idx,
    pack_tsv,
    pack_xz,
    write_mnist,
)
from viewer.datasets.digits import DigitSet
from viewer.datasets.source import open_source
from viewer.errors import UserError

WRITERS = {"train": 12, "test": 8}


def write_extended(folder: Path, *, train: int = 12, test: int = 30, first: int = 0) -> Path:
    """Write tables of extended labels whose classes are shifted by `first`."""
    folder.mkdir(parents=True, exist_ok=True)
    for split, count in (("train", train), ("test", test)):
        table = make_extended((make_classes(count) + first) % 10)
        (folder / f"qmnist-{split}-labels-idx2-int.gz").write_bytes(pack_gzip(pack_idx(table)))
    return folder


def has_writers(dataset: DigitSet) -> bool:
    """Return whether every split has its writers."""
    return all(
        "writer" in split.columns
        and split.columns["writer"].tolist() == list(range(2100, 2100 + len(split)))
        for split in dataset.splits.values()
    )


@pytest.mark.parametrize(
    ("images", "labels"),
    [
        ("", ""),
        ("mnist", "qmnist"),
        ("mnist", "QMNIST"),
        ("", "qmnist"),
        ("MNIST/raw", "QMNIST/raw"),
        ("MNIST/raw", "qmnist"),
        ("a/mnist", "qmnist"),
    ],
)
def test_labels_are_found_by_themselves(tmp_path: Path, images: str, labels: str) -> None:
    write_mnist(tmp_path / images)
    write_extended(tmp_path / labels)
    opened = tmp_path / images.removesuffix("MNIST/raw")
    found = open_source(opened)
    assert has_writers(found)
    assert not found.notes


def test_without_any_there_are_no_columns(tmp_path: Path) -> None:
    write_mnist(tmp_path / "mnist")
    write_extended(tmp_path / "elsewhere")
    assert not has_writers(open_source(tmp_path / "mnist"))


@pytest.mark.parametrize("below", ["", "QMNIST/raw"])
def test_a_folder_of_labels_may_be_named(tmp_path: Path, below: str) -> None:
    write_mnist(tmp_path / "mnist")
    write_extended(tmp_path / "elsewhere" / below)
    assert has_writers(open_source(tmp_path / "mnist", labels=tmp_path / "elsewhere"))


def test_a_file_of_labels_may_be_named(tmp_path: Path) -> None:
    folder = write_extended(tmp_path / "elsewhere")
    found = open_source(
        write_mnist(tmp_path / "mnist"), labels=str(folder / "qmnist-test-labels-idx2-int.gz")
    )
    assert list(found.split("train").columns) == []
    assert len(found.split("test").columns) == 7


def test_a_file_of_any_name_fits_the_only_split(tmp_path: Path) -> None:
    write_mnist(tmp_path / "one", train=0)
    write_mnist(tmp_path / "two")
    table = tmp_path / "table"
    table.write_bytes(pack_xz(pack_tsv(make_extended(make_classes(8)))))
    assert has_writers(open_source(tmp_path / "one", labels=table))
    with pytest.raises(UserError, match="no extended labels of train or test here"):
        open_source(tmp_path / "two", labels=table)


def test_named_labels_come_before_found_ones(tmp_path: Path) -> None:
    write_extended(write_mnist(tmp_path / "mnist"), first=1)
    write_extended(tmp_path / "right")
    with pytest.raises(UserError, match="does not belong to these images"):
        open_source(tmp_path / "mnist")
    assert has_writers(open_source(tmp_path / "mnist", labels=tmp_path / "right"))


def test_named_labels_have_to_fit(tmp_path: Path) -> None:
    write_mnist(tmp_path / "mnist")
    wrong = write_extended(tmp_path / "wrong", first=1)
    with pytest.raises(UserError, match="does not belong to these images"):
        open_source(tmp_path / "mnist", labels=wrong)
    with pytest.raises(UserError, match="no such file or folder"):
        open_source(tmp_path / "mnist", labels=tmp_path / "nothing")
    with pytest.raises(UserError, match="no extended labels of train or test here"):
        open_source(tmp_path / "mnist", labels=tmp_path / "mnist")
    with pytest.raises(UserError, match="not QMNIST's extended labels"):
        open_source(
            write_mnist(tmp_path / "one", test=0),
            labels=tmp_path / "mnist" / "train-labels-idx1-ubyte",
        )


def test_labels_nearby_that_do_not_fit_are_left_out(tmp_path: Path) -> None:
    write_mnist(tmp_path / "mnist")
    write_extended(tmp_path / "qmnist", first=1)
    found = open_source(tmp_path / "mnist")
    assert not has_writers(found)
    assert [len(split) for split in found.splits.values()] == [12, 8]
    assert len(found.notes) == 2
    assert "nearby were left out" in found.notes[0]
    assert "qmnist-train-labels-idx2-int.gz" in found.notes[0]


def test_labels_nearby_that_are_no_files_are_passed_over(tmp_path: Path) -> None:
    write_mnist(tmp_path / "mnist")
    (tmp_path / "qmnist" / "qmnist-train-labels-idx2-int").mkdir(parents=True)
    write_extended(tmp_path / "QMNIST")
    assert has_writers(open_source(tmp_path / "mnist"))


def test_extended_labels_stand_in_for_missing_ones(tmp_path: Path) -> None:
    write_extended(write_mnist(tmp_path, test=0))
    (tmp_path / "train-labels-idx1-ubyte").unlink()
    found = open_source(tmp_path)
    np.testing.assert_array_equal(found.split("train").labels, make_classes(12))
    assert found.notes == ("The labels of train are QMNIST's: there is no file of MNIST's own.",)


@pytest.mark.parametrize("place", ["", "QMNIST/raw", "QMNIST", "qmnist"])
def test_qmnist_opens(tmp_path: Path, place: str) -> None:
    folder = write_extended(tmp_path / place, test=14)
    for name, count in (("train", 12), ("test", 14)):
        data = pack_gzip(pack_idx(make_images(count)))
        (folder / f"qmnist-{name}-images-idx3-ubyte.gz").write_bytes(data)
    (folder / "qmnist-test-labels-idx1-ubyte").write_bytes(pack_idx(make_classes(14)))
    found = open_source(tmp_path)
    assert (found.name, found.notes) == ("QMNIST", ())
    assert has_writers(found)
    for split in found.splits.values():
        np.testing.assert_array_equal(split.images, make_images(len(split)))
        np.testing.assert_array_equal(split.labels, make_classes(len(split)))
    (folder / "qmnist-test-labels-idx1-ubyte").write_bytes(pack_idx(make_classes(14)[::-1]))
    with pytest.raises(UserError, match="does not belong"):
        open_source(tmp_path)
