from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.format_files import make_digits, make_labels, pack_npz
from viewer.datasets.source import open_source
from viewer.errors import UserError

DIGITS = {"x_train": make_digits(9), "y_train": make_labels(9)}
DIGITS |= {"x_test": make_digits(5), "y_test": make_labels(5)}


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_the_file_of_keras_opens(tmp_path: Path, save: Callable[..., None]) -> None:
    save(tmp_path / "mnist.npz", **DIGITS)
    found = open_source(tmp_path / "mnist.npz")
    assert (found.name, found.family, found.notes) == ("MNIST", "mnist", ())
    assert found.source == str(tmp_path / "mnist.npz")
    for name in ("train", "test"):
        np.testing.assert_array_equal(found.split(name).images, DIGITS[f"x_{name}"])
        np.testing.assert_array_equal(found.split(name).labels, DIGITS[f"y_{name}"])
    assert list(found.splits) == ["train", "test"]


def test_its_folder_opens_too(tmp_path: Path) -> None:
    (tmp_path / "digits.npz").write_bytes(pack_npz(**DIGITS))
    found = open_source(tmp_path)
    assert (found.name, found.family, len(found)) == ("digits.npz", "", 14)


def test_wide_labels_and_a_last_axis_of_one_are_taken(tmp_path: Path) -> None:
    images, labels = make_digits(6), make_labels(6).astype(np.int64)
    np.savez(tmp_path / "a.npz", x_train=images[..., None], y_train=labels[:, None])
    split = open_source(tmp_path / "a.npz").split("train")
    np.testing.assert_array_equal(split.images, images)
    assert split.labels is not None
    assert split.labels.dtype == np.uint8
    assert split.labels.tolist() == labels.tolist()


def test_other_names_and_the_order_of_fortran(tmp_path: Path) -> None:
    images = np.asfortranarray(make_digits(6))
    np.savez(tmp_path / "a.npz", train_images=images, val_images=images[:2])
    found = open_source(tmp_path / "a.npz")
    assert list(found.splits) == ["train", "validation"]
    np.testing.assert_array_equal(found.split("train").images, images)
    assert found.split("train").images.flags.c_contiguous
    assert found.notes[0] == "The digits of train have no labels: the file holds none."


def test_what_is_no_set_says_what_it_holds(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", tables=np.zeros((3, 4), np.int8), ends=np.zeros(2))
    with pytest.raises(UserError, match="it holds ends, tables"):
        open_source(tmp_path / "a.npz")


def test_floats_are_refused_by_name(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x_train=make_digits(2) / 255)
    with pytest.raises(UserError, match="x_train holds float64 2 x 28 x 28, not images"):
        open_source(tmp_path / "a.npz")
