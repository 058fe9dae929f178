from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.idx_files import PACKINGS, make_classes, make_images, pack_idx, write_mnist
from viewer.datasets.mnist import read_classes, read_images
from viewer.datasets.source import open_source
from viewer.errors import UserError


@pytest.mark.parametrize("separator", ["-", "."])
@pytest.mark.parametrize("ending", PACKINGS)
@pytest.mark.parametrize("place", ["", "raw", "MNIST/raw", "MNIST"])
def test_opens_every_layout(tmp_path: Path, place: str, ending: str, separator: str) -> None:
    write_mnist(tmp_path / place, ending=ending, separator=separator)
    found = open_source(tmp_path)
    name = "MNIST" if place.startswith("MNIST") else tmp_path.name
    assert (found.name, found.source, found.notes) == (name, str(tmp_path), ())
    assert [(name, len(split)) for name, split in found.splits.items()] == [
        ("train", 12),
        ("test", 8),
    ]
    for name, split in found.splits.items():
        assert split.name == name
        assert split.columns == {}
        np.testing.assert_array_equal(split.images, make_images(len(split)))
        np.testing.assert_array_equal(split.labels, make_classes(len(split)))


@pytest.mark.parametrize(("train", "test"), [(12, 0), (0, 8)])
def test_one_split_is_enough(tmp_path: Path, train: int, test: int) -> None:
    found = open_source(write_mnist(tmp_path, train=train, test=test))
    assert list(found.splits) == ["train" if train else "test"]
    assert not found.notes


def test_without_labels_a_note_says_so(tmp_path: Path) -> None:
    write_mnist(tmp_path)
    (tmp_path / "train-labels-idx1-ubyte").unlink()
    found = open_source(tmp_path)
    assert found.split("train").labels is None
    assert found.split("test").labels is not None
    assert found.notes == ("The digits of train have no labels: there is no file of them.",)


def test_the_unpacked_file_comes_before_the_packed_one(tmp_path: Path) -> None:
    write_mnist(tmp_path)
    for path in list(tmp_path.iterdir()):
        path.with_name(f"{path.name}.gz").write_bytes(b"old")
    assert len(open_source(tmp_path)) == 20


def test_a_folder_of_the_same_name_does_not_hide_a_file(tmp_path: Path) -> None:
    write_mnist(tmp_path, separator=".")
    (tmp_path / "train-images-idx3-ubyte").mkdir()
    assert len(open_source(tmp_path)) == 20


@pytest.mark.parametrize("shape", [(1, 1, 1), (2, 64, 64), (3, 5, 64)])
def test_images_of_any_size_that_can_be_worked_on(
    tmp_path: Path, shape: tuple[int, int, int]
) -> None:
    images = np.arange(np.prod(shape)).reshape(shape).astype(np.uint8)
    path = tmp_path / "images"
    path.write_bytes(pack_idx(images))
    np.testing.assert_array_equal(read_images(path), images)


def test_labels_of_another_count_name_their_file(tmp_path: Path) -> None:
    path = tmp_path / "labels"
    path.write_bytes(pack_idx(make_classes(5)))
    assert read_classes(path, 5).tolist() == [0, 3, 6, 9, 2]
    with pytest.raises(UserError, match="5 labels for 6 images") as caught:
        read_classes(path, 6)
    assert caught.value.path == path
