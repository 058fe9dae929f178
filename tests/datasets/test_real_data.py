"""MNIST and QMNIST themselves, byte for byte and in the time that a user waits."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from viewer.datasets.digits import DigitSet
from viewer.datasets.fingerprint import fingerprint
from viewer.datasets.idx import read_idx
from viewer.datasets.qmnist import read_extended
from viewer.datasets.source import open_source
from viewer.datasets.streams import Reader

pytestmark = pytest.mark.data
MD5 = {
    "train-images-idx3-ubyte.gz": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte.gz": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte.gz": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte.gz": "27ae3e4e09519cfbb04c329615203637",
}


@pytest.fixture(scope="module")
def mnist(shared_data: Path) -> DigitSet:
    return open_source(shared_data / "mnist")


@pytest.mark.parametrize("name", MD5)
def test_files_unpack_to_the_official_bytes(shared_data: Path, name: str) -> None:
    with Reader(shared_data / "mnist" / name) as reader:
        data = reader.read(1 << 27)
        assert reader.at_end()
    assert hashlib.md5(data, usedforsecurity=False).hexdigest() == MD5[name]
    array = read_idx(shared_data / "mnist" / name)
    assert array.tobytes() == data[-array.nbytes :]


def test_mnist_opens_with_all_it_has(mnist: DigitSet) -> None:
    assert (mnist.name, mnist.notes) == ("MNIST", ())
    assert {name: split.images.shape for name, split in mnist.splits.items()} == {
        "train": (60_000, 28, 28),
        "test": (10_000, 28, 28),
    }
    labels = mnist.split("train").labels
    assert labels is not None
    assert labels[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert np.bincount(labels).tolist() == [
        *(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949)
    ]


def test_writers_are_those_of_qmnist(mnist: DigitSet) -> None:
    train, test = (split.columns for split in mnist.splits.values())
    writers = np.unique(train["writer"])
    assert len(writers) == 539
    assert set(writers.tolist()) <= {*range(289), *range(2100, 2350)}
    assert set(np.unique(test["writer"]).tolist()) <= {*range(326, 611), *range(2350, 2600)}
    assert np.unique(train["hsf_series"]).tolist() == [0, 4]
    for columns in (train, test):
        assert not columns["duplicate"].any()
        assert len(np.unique(columns["global_index"])) == len(columns["writer"])


@pytest.mark.parametrize("split", ["train", "test"])
def test_both_forms_of_the_labels_say_the_same(shared_data: Path, split: str) -> None:
    folder = shared_data / "qmnist"
    table = read_extended(folder / f"qmnist-{split}-labels-idx2-int.gz")
    assert table.shape == (60_000, 8)
    np.testing.assert_array_equal(read_extended(folder / f"qmnist-{split}-labels.tsv.gz"), table)


def test_all_nist_labels_are_read(shared_data: Path) -> None:
    table = read_extended(shared_data / "qmnist" / "xnist-labels-idx2-int.xz")
    assert table.shape == (402_953, 8)
    assert table[:, 5].tolist() == list(range(len(table)))
    assert len(np.unique(table[:, 2])) == 3579
    duplicates = np.flatnonzero(table[:, 6])
    assert dict(zip(duplicates.tolist(), table[duplicates, 6].tolist(), strict=True)) == {
        95_988: 95_890,
        158_235: 158_226,
        223_125: 223_124,
    }


def test_mnist_in_the_file_of_keras_is_the_same_set(mnist: DigitSet, tmp_path: Path) -> None:
    arrays: dict[str, Any] = {}
    for name, split in mnist.splits.items():
        arrays |= {f"x_{name}": split.images, f"y_{name}": split.labels}
    np.savez(tmp_path / "numbers.npz", allow_pickle=True, **arrays)
    found = open_source(tmp_path)
    assert (found.name, found.family) == ("MNIST", "mnist")
    assert fingerprint(found) == fingerprint(mnist)
