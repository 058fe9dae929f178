"""Sets are known by what they hold; names and places come second."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.idx_files import pack_gzip, pack_idx, write_mnist
from viewer.datasets import identity
from viewer.datasets.digits import Split
from viewer.datasets.families import FAMILIES
from viewer.datasets.identity import guess_family, identify, recognise_archive
from viewer.datasets.source import open_source

FASHION = (9, 2, 1, 1, 6, 1, 4, 6, 5, 7)


def fashion_labels() -> NDArray[np.uint8]:
    """Return labels with the first ones and the class sizes of Fashion-MNIST's test split."""
    rest = np.repeat(np.arange(10), 1000 - np.bincount(FASHION, minlength=10))
    return np.concatenate([FASHION, rest]).astype(np.uint8)


def write_as_mnist(folder: Path, labels: NDArray[np.uint8]) -> Path:
    folder.mkdir(parents=True)
    images = np.zeros((len(labels), 2, 2), np.uint8)
    (folder / "t10k-images-idx3-ubyte.gz").write_bytes(pack_gzip(pack_idx(images)))
    (folder / "t10k-labels-idx1-ubyte.gz").write_bytes(pack_gzip(pack_idx(labels)))
    return folder


def test_fashion_mnist_in_a_folder_called_mnist_is_not_called_so(tmp_path: Path) -> None:
    found = open_source(write_as_mnist(tmp_path / "MNIST" / "raw", fashion_labels()))
    assert (found.name, found.family) == ("Fashion-MNIST", "fashion")
    assert found.class_names[9] == "Ankle boot"


def test_a_full_split_with_other_labels_is_not_mnist(tmp_path: Path) -> None:
    labels = fashion_labels()[::-1].copy()
    found = open_source(write_as_mnist(tmp_path / "mnist", labels))
    assert (found.name, found.family, found.class_names) == ("mnist", "", ())


def test_archives_of_labels_are_known_by_their_checksum(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_as_mnist(tmp_path / "some folder", np.arange(10, dtype=np.uint8))
    packed = (folder / "t10k-labels-idx1-ubyte.gz").read_bytes()
    assert recognise_archive(packed) == ""
    monkeypatch.setitem(identity._ARCHIVES, hashlib.md5(packed).hexdigest(), "kmnist")
    assert open_source(folder).name == "Kuzushiji-MNIST"
    unpacked = folder / "t10k-labels-idx1-ubyte"
    unpacked.write_bytes(pack_idx(np.arange(10, dtype=np.uint8)))
    assert open_source(folder).name == "Kuzushiji-MNIST"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("MNIST", "mnist"),
        ("mnist.npz", "mnist"),
        ("mnist_train.csv", "mnist"),
        ("mnist_784", "mnist"),
        ("QMNIST", "qmnist"),
        ("xnist", "nist"),
        ("FashionMNIST", "fashion"),
        ("fashion-mnist_test.csv.gz", "fashion"),
        ("fmnist.npz", "fashion"),
        ("KMNIST", "kmnist"),
        ("kuzushiji-mnist", "kmnist"),
        ("emnist-balanced-train", "emnist-balanced"),
        ("emnist-mnist-test.csv", "emnist-mnist"),
        ("EMNIST", ""),
        ("sign_mnist_train.csv", ""),
        ("mnist-c", ""),
        ("notMNIST", ""),
        ("overhead-mnist", ""),
        ("digits", ""),
        ("", ""),
    ],
)
def test_names_mean_one_family_or_none(name: str, key: str) -> None:
    assert guess_family(name) == key
    assert key in {"", *FAMILIES}


def test_labels_that_cannot_be_outweigh_a_name() -> None:
    split = Split("train", np.zeros((3, 2, 2), np.uint8), np.array([1, 2, 12], np.uint8))
    assert identify([split], "mnist") == ("", False)
    assert identify([split], "emnist-letters") == ("emnist-letters", True)


def test_a_set_that_is_none_is_called_as_its_folder(tmp_path: Path) -> None:
    found = open_source(write_mnist(tmp_path / "my digits" / "raw"))
    assert (found.name, found.family) == ("my digits", "")


@pytest.mark.data
def test_mnist_is_known_wherever_it_lies(shared_data: Path, tmp_path: Path) -> None:
    home = tmp_path / "somewhere"
    home.mkdir()
    for path in (shared_data / "mnist").iterdir():
        (home / path.name).symlink_to(path)
    found = open_source(home)
    assert (found.name, found.family, found.class_names) == ("MNIST", "mnist", ())
    train = found.split("train")
    assert identify([Split("train", train.images)]) == ("mnist", True)
    assert identify([Split("a", 255 - train.images, train.labels)]) == ("mnist", False)
    assert identify([Split("a", 255 - train.images, train.labels)], "qmnist") == ("qmnist", True)
