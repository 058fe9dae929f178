from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.format_files import (
    make_digits,
    make_labels,
    pack_npz,
    write_csv,
    write_parquet,
    write_pngs,
)
from tests.idx_files import write_mnist
from viewer.catalog.corrections import place as module
from viewer.catalog.corrections.corrections import Corrections
from viewer.catalog.corrections.place import FILE_NAME, find_place, own_folder
from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.fingerprint import fingerprint
from viewer.datasets.source import open_source


def digit_set(source: Path | str) -> DigitSet:
    split = Split("train", np.zeros((2, 3, 3), np.uint8))
    return DigitSet("Set", str(source), {"train": split})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "set"
    made.mkdir()
    return made


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of the user."""
    return tmp_path / "own"


def refuse(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    """Let these not be writable, whoever runs the tests."""
    access = os.access
    monkeypatch.setattr(
        os,
        "access",
        lambda path, mode: not (mode & os.W_OK and Path(path) in paths) and access(path, mode),
    )


def test_a_set_from_a_folder_a_file_or_a_part_of_a_folder(folder: Path, own: Path) -> None:
    (folder / "images.csv").touch()
    for source in (folder, folder / "images.csv", folder / "letters"):
        found = find_place(digit_set(source), own)
        assert (found.path, found.copied) == (folder / FILE_NAME, None)
    assert list(folder.iterdir()) == [folder / "images.csv"]


@pytest.mark.parametrize("source", ["", "sample", "nowhere", "nowhere/at/all", "bad\0name/x"])
def test_a_set_from_nowhere_is_the_users_own(
    own: Path, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sample").mkdir()
    dataset = digit_set(source)
    assert own_folder(dataset) is None
    found = find_place(dataset, own)
    assert (found.path, found.copied) == (own / f"{fingerprint(dataset)}.jsonl", None)


def test_a_relative_source_stays_where_it_is(
    folder: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    (folder / "images.csv").touch()
    for source in (".", "images.csv"):
        assert find_place(digit_set(source), own).path == folder / FILE_NAME


def test_a_folder_that_cannot_be_written(
    folder: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, folder)
    dataset = digit_set(folder)
    users = own / f"{fingerprint(dataset)}.jsonl"
    assert find_place(dataset, own).path == users
    (folder / FILE_NAME).touch()
    found = find_place(dataset, own)
    assert (found.path, found.copied) == (users, folder / FILE_NAME)
    own.mkdir()
    users.touch()
    found = find_place(dataset, own)
    assert (found.path, found.copied) == (users, None)


def test_a_file_beside_the_set_that_cannot_be_written_is_copied(
    folder: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / FILE_NAME).touch()
    refuse(monkeypatch, folder / FILE_NAME)
    found = find_place(digit_set(folder), own)
    assert found.path.parent == own
    assert found.copied == folder / FILE_NAME


def test_a_file_of_the_user_is_used_on_until_there_is_one_beside_the_set(
    folder: Path, own: Path
) -> None:
    dataset = digit_set(folder)
    own.mkdir()
    users = own / f"{fingerprint(dataset)}.jsonl"
    users.touch()
    assert find_place(dataset, own).path == users
    (folder / FILE_NAME).touch()
    assert find_place(dataset, own).path == folder / FILE_NAME


def test_a_folder_in_the_place_of_the_file_is_let_be(folder: Path, own: Path) -> None:
    (folder / FILE_NAME).mkdir()
    found = find_place(digit_set(folder), own)
    assert (found.path.parent, found.copied) == (own, None)


def test_without_a_home_only_what_lies_beside_the_set_can_be_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(module, "data_base", homeless)
    assert find_place(digit_set(folder)).path == folder / FILE_NAME
    with pytest.raises(RuntimeError, match="home"):
        find_place(digit_set("sample"))


@pytest.mark.parametrize(
    "write",
    [
        write_mnist,
        lambda folder: write_mnist(folder / "MNIST" / "raw"),
        lambda folder: write_pngs(folder, make_digits(6), [0, 1, 2] * 2),
        lambda folder: write_csv(folder / "digits.csv", make_digits(6), make_labels(6)),
        lambda folder: write_parquet(folder / "digits.parquet", [*make_digits(6)], [0, 1, 2] * 2),
        lambda folder: (folder / "mnist.npz").write_bytes(
            pack_npz(
                x_train=make_digits(6), y_train=make_labels(6),
                x_test=make_digits(6), y_test=make_labels(6),
            )
        ),
    ],
    ids=["idx", "torchvision", "png", "csv", "parquet", "npz"],
)  # fmt: skip
def test_a_folder_opens_with_corrections_in_it(
    folder: Path, write: Callable[[Path], object]
) -> None:
    write(folder)
    before = open_source(folder)
    corrections = Corrections.open(before)
    name, split = next(iter(before.splits.items()))
    strokes = (np.array([(1, 1)], np.int16),)
    corrections.set(name, 3, split.images[3], strokes)
    corrections.flush()
    (folder / f"{FILE_NAME}.damaged-1").write_bytes((folder / FILE_NAME).read_bytes())
    after = open_source(folder)
    assert fingerprint(after) == fingerprint(before)
    assert (after.name, after.notes) == (before.name, before.notes)
    again = Corrections.open(after)
    assert again.path == folder / FILE_NAME
    assert again.digits()[name].tolist() == [3]
