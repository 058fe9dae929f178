from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from tests.format_files import make_digits, make_labels, write_parquet
from viewer.datasets.source import open_source
from viewer.errors import UserError

IMAGES, LABELS = make_digits(24), make_labels(24)
SHARDS = ("train-00000-of-00002", "train-00001-of-00002", "test-00000-of-00001")


@pytest.mark.parametrize("place", ["", "data", "mnist"])
def test_shards_open_as_one_set(tmp_path: Path, place: str) -> None:
    folder = tmp_path / "fashion_mnist" / place
    for name, part in zip(SHARDS, (slice(0, 10), slice(10, 24), slice(5)), strict=True):
        write_parquet(folder / f"{name}.parquet", list(IMAGES[part]), LABELS[part].tolist())
    found = open_source(tmp_path / "fashion_mnist")
    assert list(found.splits) == ["train", "test"]
    np.testing.assert_array_equal(found.split("train").images, IMAGES)
    np.testing.assert_array_equal(found.split("train").labels, LABELS)
    np.testing.assert_array_equal(found.split("test").images, IMAGES[:5])
    assert found.name == ("MNIST" if place == "mnist" else "Fashion-MNIST")


@pytest.mark.parametrize(("names", "kept"), [("ab", ("a", "b")), ("0123456789", ()), (None, ())])
def test_class_names_are_those_in_the_file(
    tmp_path: Path, names: str | None, kept: tuple[str, ...]
) -> None:
    path = tmp_path / "train-00000-of-00001-0123456789abcdef.parquet"
    write_parquet(path, list(IMAGES[:4]), [0, 1, 0, 1], names)
    found = open_source(path)
    assert (list(found.splits), found.class_names) == (["train"], kept)


def test_without_labels_a_note_says_so(tmp_path: Path) -> None:
    found = open_source(write_parquet(tmp_path / "mine.parquet", list(IMAGES[:4])))
    assert found.split("mine").labels is None
    assert found.notes == ("The digits of mine have no labels: the file holds none.",)


def test_without_pyarrow_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_parquet(tmp_path / "mine.parquet", list(IMAGES[:4]))
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(UserError, match=r"pip install 'digit-stroke-viewer\[parquet\]'"):
        open_source(path)


def test_another_size_names_the_row(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "a.parquet", [*IMAGES[:3], make_digits(1, 8)[0]])
    with pytest.raises(UserError, match="picture 3 has 8 x 8 pixels, the first 28 x 28"):
        open_source(path)
