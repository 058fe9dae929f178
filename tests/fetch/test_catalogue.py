"""The catalogue: every file has what it takes to fetch and check it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.idx_files import PACKINGS, make_classes, make_extended, make_images, pack_idx
from viewer.datasets.source import open_source
from viewer.errors import UserError
from viewer.fetch.catalogue import SETS, RemoteFile, RemoteSet, default_folder, find_set, megabytes
from viewer.fetch.part import is_right

FILES = {file.name: file for wanted in SETS.values() for file in wanted.files}


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_a_file_can_be_fetched_and_checked(file: RemoteFile) -> None:
    assert re.fullmatch("[0-9a-f]{64}", file.sha256)
    assert re.fullmatch("[0-9a-f]{32}|", file.md5)
    assert file.size is not None or file.md5
    assert 0 < file.likely_size <= file.largest <= 128_000_000
    assert file.beginning[:1] in (b"\x1f", b"\xfd")
    assert len(file.mirrors) >= 2
    for mirror in file.mirrors:
        assert re.fullmatch(r"https://[a-z0-9.-]+/[A-Za-z0-9./-]*/", mirror)


def test_checksums_are_all_different() -> None:
    assert len({file.sha256 for file in FILES.values()}) == len(FILES)


def test_the_sets() -> None:
    assert list(SETS) == ["mnist", "qmnist", "nist"]
    for name, wanted in SETS.items():
        assert wanted.name == name
        assert find_set(name) is wanted
    assert sum(wanted.digits for wanted in SETS.values()) == 70_000 + 120_000 + 402_953


@pytest.mark.parametrize("wanted", SETS.values(), ids=SETS)
def test_files_of_these_names_open_as_one_set(tmp_path: Path, wanted: RemoteSet) -> None:
    classes = make_classes(20)
    kinds: dict[str, NDArray[np.generic]] = {
        "images": make_images(20),
        "idx1": classes,
        "idx2": make_extended(classes),
    }
    for file in wanted.files:
        array = next(array for kind, array in kinds.items() if kind in file.name)
        (tmp_path / file.name).write_bytes(PACKINGS[file.name[-3:]](pack_idx(array)))
    opened = open_source(tmp_path)
    expected = {"mnist": ["train", "test"], "qmnist": ["train", "test"], "nist": ["nist"]}
    assert list(opened.splits) == expected[wanted.name]
    for split in opened.splits.values():
        assert len(split) == 20
        assert split.columns["writer"].tolist() == list(range(2100, 2120))


def test_a_set_that_is_not_there() -> None:
    with pytest.raises(UserError, match=r"no set 'cifar' to fetch\. There are: mnist, qmnist,"):
        find_set("cifar")


@pytest.mark.data
@pytest.mark.parametrize(
    "place",
    [
        "mnist/train-labels-idx1-ubyte.gz",
        "mnist/t10k-images-idx3-ubyte.gz",
        "mnist/t10k-labels-idx1-ubyte.gz",
        "qmnist/qmnist-train-labels-idx2-int.gz",
        "qmnist/qmnist-test-labels-idx2-int.gz",
        "qmnist/xnist-labels-idx2-int.xz",
    ],
)
def test_the_published_files_are_right(shared_data: Path, place: str) -> None:
    path = shared_data / place
    assert is_right(path, FILES[path.name])


@pytest.mark.data
def test_a_file_packed_anew_is_not_the_published_one(shared_data: Path) -> None:
    path = shared_data / "mnist" / "train-images-idx3-ubyte.gz"
    assert not is_right(path, FILES[path.name])


@pytest.mark.parametrize("wrong", ["size", "sha256", "md5", "too large", "short"])
def test_every_check_counts(tmp_path: Path, wrong: str) -> None:
    content = b"\x1f\x8b\x08" + bytes(100)
    sha256, md5 = hashlib.sha256(content).hexdigest(), hashlib.md5(content).hexdigest()
    path = tmp_path / "x.gz"
    path.write_bytes(content)
    assert is_right(path, RemoteFile("x.gz", (), sha256, md5, about=60))
    assert is_right(path, RemoteFile("x.gz", (), sha256, size=103))
    bad = {
        "size": RemoteFile("x.gz", (), sha256, md5, size=104),
        "short": RemoteFile("x.gz", (), sha256, md5, size=102),
        "too large": RemoteFile("x.gz", (), sha256, md5, about=51),
        "sha256": RemoteFile("x.gz", (), md5 * 2, md5, about=60),
        "md5": RemoteFile("x.gz", (), sha256, sha256[:32], about=60),
    }
    assert not is_right(path, bad[wrong])


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read: No such file"):
        is_right(tmp_path / "x.gz", FILES["train-images-idx3-ubyte.gz"])


def test_what_is_there_is_counted_by_size(tmp_path: Path) -> None:
    wanted = SETS["qmnist"]
    assert wanted.count_there(tmp_path) == 0
    for file in wanted.files:
        (tmp_path / file.name).write_bytes(b"x")
    assert wanted.count_there(tmp_path) == 2  # the images, whose sizes are not known
    assert wanted.count_there(Path("\0")) == 0


def test_without_a_home_there_is_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr("viewer.fetch.catalogue.data_base", no_home)
    with pytest.raises(UserError, match="no home folder"):
        default_folder()


@pytest.mark.parametrize(
    ("count", "words"),
    [(4542, "4.5 kB"), (463_024, "0.5 MB"), (9_912_422, "9.9 MB"), (1_234_000_000, "1,234 MB")],
)
def test_sizes_in_words(count: int, words: str) -> None:
    assert megabytes(count) == words
