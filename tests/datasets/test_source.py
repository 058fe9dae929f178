from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from tests.idx_files import make_classes, make_extended, make_images, pack_idx, write_mnist
from viewer.datasets.source import open_source
from viewer.errors import Cancelled, UserError


@pytest.mark.parametrize(
    ("stem", "name", "split"),
    [
        ("train", "MNIST", "train"),
        ("t10k", "MNIST", "test"),
        ("qmnist-train", "QMNIST", "train"),
        ("qmnist-test", "QMNIST", "test"),
        ("xnist", "NIST digits", "nist"),
        ("mine-test", "mine-test", "digits"),
    ],
)
def test_one_file_opens_with_its_labels(tmp_path: Path, stem: str, name: str, split: str) -> None:
    folder = tmp_path / "MNIST" / "raw"
    folder.mkdir(parents=True)
    source = folder / f"{stem}-images-idx3-ubyte"
    source.write_bytes(pack_idx(make_images(6)))
    (folder / f"{stem}-labels-idx1-ubyte").write_bytes(pack_idx(make_classes(6)))
    found = open_source(source)
    assert (found.name, found.source, list(found.splits)) == (name, str(source), [split])
    np.testing.assert_array_equal(found.split(split).images, make_images(6))
    np.testing.assert_array_equal(found.split(split).labels, make_classes(6))


def test_all_nist_digits_open_with_their_metadata(tmp_path: Path) -> None:
    source = tmp_path / "xnist-images-idx3-ubyte"
    source.write_bytes(pack_idx(make_images(6)))
    table = make_extended(make_classes(6))
    (tmp_path / "xnist-labels-idx2-int").write_bytes(pack_idx(table))
    split = open_source(source).split("nist")
    assert split.columns["writer"].tolist() == table[:, 2].tolist()
    np.testing.assert_array_equal(split.labels, make_classes(6))


def test_a_file_of_any_name_opens(tmp_path: Path) -> None:
    source = tmp_path / "mine.idx"
    source.write_bytes(pack_idx(make_images(2)))
    found = open_source(str(source))
    assert found.name == "mine.idx"
    assert found.split("digits").labels is None
    assert "have no labels" in found.notes[0]


def test_two_sets_in_one_place(tmp_path: Path) -> None:
    write_mnist(tmp_path)
    other = tmp_path / "qmnist-test-images-idx3-ubyte"
    other.write_bytes(pack_idx(make_images(2)))
    found = open_source(tmp_path)
    assert (found.name, len(found)) == (tmp_path.name, 20)
    assert found.notes == (f"QMNIST lies here too: open {other} for it.",)


def test_two_sets_as_torchvision_lays_them_out(tmp_path: Path) -> None:
    write_mnist(tmp_path / "MNIST" / "raw")
    raw = tmp_path / "QMNIST" / "raw"
    raw.mkdir(parents=True)
    (raw / "qmnist-test-images-idx3-ubyte").write_bytes(pack_idx(make_images(2)))
    assert open_source(tmp_path).notes == (f"QMNIST lies here too: open {raw} for it.",)
    assert open_source(raw.parent).name == "QMNIST"


def test_relative_sources_and_links_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_mnist(tmp_path / "mnist")
    (tmp_path / "link").symlink_to("mnist")
    monkeypatch.chdir(tmp_path / "mnist")
    for source in (".", "train-images-idx3-ubyte"):
        assert open_source(source).name == "MNIST"
    for link in ("../link", Path("../link")):
        assert open_source(link).name == "link"


def test_a_folder_may_be_called_like_the_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_mnist(tmp_path / "sample")
    monkeypatch.chdir(tmp_path)
    assert open_source("./sample").name == "sample"
    assert len(open_source(Path("sample"))) == 20


def test_labels_do_not_belong_to_the_sample(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="do not belong to the sample"):
        open_source("sample", labels=tmp_path)


def test_progress_counts_files(tmp_path: Path) -> None:
    write_mnist(tmp_path)
    (tmp_path / "qmnist-train-labels-idx2-int").write_bytes(
        pack_idx(make_extended(make_classes(12)))
    )
    steps: list[tuple[int, int]] = []
    open_source(tmp_path, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(done, 5) for done in range(6)]


@pytest.mark.parametrize("files", range(5))
def test_a_cancel_is_heard_between_files(tmp_path: Path, files: int) -> None:
    write_mnist(tmp_path)
    done: list[int] = []
    with pytest.raises(Cancelled):
        open_source(
            tmp_path,
            progress=lambda count, _: done.append(count),
            cancelled=lambda: len(done) > files,
        )
    assert done == list(range(files + 1))


def test_what_may_not_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_mnist(tmp_path)

    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(UserError, match="this may not be read"):
        open_source(tmp_path)
    monkeypatch.setattr(Path, "stat", lambda self, **_: refuse(self))
    with pytest.raises(UserError, match="this may not be read"):
        open_source(tmp_path)


def test_names_that_no_file_can_have(tmp_path: Path) -> None:
    for name in ("a\0b", "x" * 5000, "\udcff"):
        with pytest.raises(UserError) as caught:
            open_source(str(tmp_path / name))
        assert caught.value.path == tmp_path / name
