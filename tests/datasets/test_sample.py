from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

import viewer.resources
from viewer.datasets import sample
from viewer.datasets.sample import open_sample, write_sample
from viewer.datasets.synthetic import TURN, generate
from viewer.datasets.synthetic.__main__ import SEED, TEST, TRAIN, main
from viewer.errors import UserError
from viewer.resources import resource_path


def test_sample_says_that_it_is_synthetic() -> None:
    digits = open_sample()
    assert (digits.name, digits.source) == ("Sample", "sample")
    assert list(digits.splits) == ["train", "test"]
    assert "synthetic" in digits.notes[0]


@pytest.mark.parametrize(("name", "count", "first"), [("train", TRAIN, 0), ("test", TEST, TURN)])
def test_sample_is_what_the_generator_makes(name: str, count: int, first: int) -> None:
    stored = open_sample().split(name)
    made = generate(count, SEED, first=first, name=name)
    assert stored.name == made.name
    assert np.array_equal(stored.images, made.images)
    assert stored.labels is not None
    assert made.labels is not None
    assert np.array_equal(stored.labels, made.labels)
    assert list(stored.columns) == list(made.columns)
    for column in made.columns:
        assert stored.columns[column].dtype == np.int32
        assert np.array_equal(stored.columns[column], made.columns[column])
    assert stored.pen_paths is not None
    assert made.pen_paths is not None
    for part in (0, 1):
        assert stored.pen_paths[part].dtype == made.pen_paths[part].dtype
        assert np.array_equal(stored.pen_paths[part], made.pen_paths[part])


def test_every_class_is_there_and_no_writer_is_in_both_splits() -> None:
    splits = open_sample().splits
    for split in splits.values():
        assert split.labels is not None
        assert np.bincount(split.labels, minlength=10).min() >= 5
    writers = [set(split.columns["writer"].tolist()) for split in splits.values()]
    assert not writers[0] & writers[1]


def test_sample_is_small() -> None:
    assert resource_path("sample.npz").stat().st_size < 150_000


def test_opening_needs_no_generator() -> None:
    code = (
        "import sys; from viewer.datasets.sample import open_sample; open_sample();"
        "sys.exit('viewer.datasets.synthetic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_command_writes_the_same_bytes_again(tmp_path: Path) -> None:
    paths = [tmp_path / "a.npz", tmp_path / "b.npz"]
    for path in paths:
        assert main(["--output", str(path), "--seed", "5", "--train", "12", "--test", "3"]) == 0
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("damage", ["short", "empty", "text", "flipped"])
def test_damaged_sample_is_a_clear_error(
    damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = resource_path("sample.npz").read_bytes()
    path = tmp_path / "sample.npz"
    flipped = whole[:5000] + bytes([whole[5000] ^ 0xFF]) + whole[5001:]
    contents = {"short": whole[:5000], "empty": b"", "text": b"no sample", "flipped": flipped}
    path.write_bytes(contents[damage])
    monkeypatch.setattr(sample, "resource_path", lambda name: path)
    with pytest.raises(UserError, match="damaged"):
        open_sample()


def test_sample_without_an_array_is_a_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sample.npz"
    with ZipFile(path, "w") as archive, archive.open("train/images.npy", "w") as member:
        np.save(member, np.zeros((1, 28, 28), np.uint8))
    monkeypatch.setattr(sample, "resource_path", lambda name: path)
    with pytest.raises(UserError, match="damaged"):
        open_sample()


def test_paths_off_the_grid_are_not_stored() -> None:
    split = generate(3, 1)
    assert split.pen_paths is not None
    points, offsets = split.pen_paths
    moved = replace(split, pen_paths=(points + np.float32(0.001), offsets))
    with pytest.raises(ValueError, match="grid"):
        write_sample(io.BytesIO(), [moved])


def test_missing_resource_is_a_user_error() -> None:
    with pytest.raises(UserError, match="missing"):
        resource_path("no-such-file.npz")


def test_resources_in_the_package_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel, checkout = tmp_path / "wheel", tmp_path / "checkout"
    monkeypatch.setattr(viewer.resources, "_PLACES", (wheel, checkout))
    checkout.mkdir()
    (checkout / "thing").touch()
    assert resource_path("thing") == checkout / "thing"
    wheel.mkdir()
    (wheel / "thing").touch()
    assert resource_path("thing") == wheel / "thing"
