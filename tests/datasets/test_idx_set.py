"""Sets of IDX files beside MNIST: torchvision's folders, EMNIST's variants, QMNIST's parts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.idx_files import make_classes, make_extended, pack_gzip, pack_idx, pack_xz, write_mnist
from viewer.datasets.families import EMNIST_VARIANTS, FAMILIES
from viewer.datasets.idx_set import ROWS
from viewer.datasets.source import open_source
from viewer.errors import UserError


def make_images(count: int) -> NDArray[np.uint8]:
    """Return small images, none of them symmetric."""
    return (np.arange(count * 16).reshape(count, 4, 4) % 251).astype(np.uint8)


def write_idx(folder: Path, stem: str, labels: NDArray[np.uint8]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    images = folder / f"{stem}-images-idx3-ubyte.gz"
    images.write_bytes(pack_gzip(pack_idx(make_images(len(labels)))))
    (folder / f"{stem}-labels-idx1-ubyte.gz").write_bytes(pack_gzip(pack_idx(labels)))
    return images


def write_qmnist(folder: Path, count: int) -> Path:
    """Write QMNIST's test files with so many digits, and all of NIST with five."""
    folder.mkdir(parents=True, exist_ok=True)
    for stem, digits in (("qmnist-test", count), ("xnist", 5)):
        table = make_extended(make_classes(digits))
        (folder / f"{stem}-images-idx3-ubyte.xz").write_bytes(
            pack_xz(pack_idx(make_images(digits)))
        )
        (folder / f"{stem}-labels-idx2-int.xz").write_bytes(pack_xz(pack_idx(table)))
    return folder


@pytest.mark.parametrize(
    ("folder", "key"),
    [("FashionMNIST/raw", "fashion"), ("KMNIST/raw", "kmnist"), ("KMNIST", "kmnist")],
)
def test_torchvision_folders_tell_what_they_hold(tmp_path: Path, folder: str, key: str) -> None:
    write_mnist(tmp_path / folder)
    for opened in (tmp_path, tmp_path / folder, tmp_path / folder / "train-images-idx3-ubyte"):
        found = open_source(opened)
        assert (found.family, found.name) == (key, FAMILIES[key].name)
        assert found.class_names == FAMILIES[key].class_names
        assert not found.notes


def test_a_root_of_many_sets_opens_the_first_and_names_the_others(tmp_path: Path) -> None:
    for name in ("MNIST", "FashionMNIST", "KMNIST"):
        write_mnist(tmp_path / name / "raw")
    write_idx(tmp_path / "EMNIST" / "raw", "emnist-letters-train", np.ones(3, np.uint8))
    found = open_source(tmp_path)
    assert found.name == "MNIST"
    assert [note.partition(" lies")[0] for note in found.notes] == [
        *("Fashion-MNIST", "Kuzushiji-MNIST", "EMNIST letters")
    ]
    for note in found.notes:
        where = note.partition("open ")[2].removesuffix(" for it.")
        assert note.startswith(open_source(where).name)


@pytest.mark.parametrize("variant", EMNIST_VARIANTS)
def test_emnist_is_turned_upright_and_has_its_names(tmp_path: Path, variant: str) -> None:
    family = FAMILIES[f"emnist-{variant}"]
    first = int(variant == "letters")
    labels = np.arange(first, family.class_count, dtype=np.uint8)
    for split in ("train", "test"):
        write_idx(tmp_path / "EMNIST" / "raw", f"emnist-{variant}-{split}", labels)
    found = open_source(tmp_path)
    assert (found.family, list(found.splits)) == (family.key, ["train", "test"])
    assert (found.name, found.class_names) == (f"EMNIST {variant}", family.class_names)
    np.testing.assert_array_equal(
        found.split("test").images, make_images(len(labels)).transpose(0, 2, 1)
    )
    np.testing.assert_array_equal(found.split("test").labels, labels)
    write_idx(tmp_path / "EMNIST" / "raw", f"emnist-{variant}-test", labels + np.uint8(1))
    with pytest.raises(UserError, match=f"is {family.class_count}"):
        open_source(tmp_path)


def test_a_variant_of_emnist_may_be_named(tmp_path: Path) -> None:
    for variant in ("digits", "letters"):
        for split in ("train", "test"):
            write_idx(tmp_path, f"emnist-{variant}-{split}", np.ones(4, np.uint8))
    found = open_source(tmp_path)
    assert found.name == "EMNIST letters"
    assert found.notes == (
        f"EMNIST digits lies here too: open {tmp_path / 'emnist-digits'} for it.",
    )
    for name in ("digits", "emnist-digits"):
        named = open_source(tmp_path / name)
        assert (named.name, list(named.splits)) == ("EMNIST digits", ["train", "test"])
        assert named.source == str(tmp_path / name)


def test_a_table_of_characters_names_classes(tmp_path: Path) -> None:
    images = write_idx(tmp_path, "mine-train", np.array([1, 2, 0], np.uint8))
    (tmp_path / "mine-mapping.txt").write_text("1 65 97\r\n2 66\r\n")
    assert open_source(images).class_names == ("N/A", "a", "B")
    (tmp_path / "mine-mapping.txt").write_text("0 65\n1 66\n")
    with pytest.raises(UserError, match="the label of digit 1 is 2"):
        open_source(images)


def test_classes_beyond_the_digits_are_for_sets_of_other_names(tmp_path: Path) -> None:
    labels = np.array([3, 40, 255], np.uint8)
    opened = open_source(write_idx(tmp_path, "mine", labels)).split("digits")
    np.testing.assert_array_equal(opened.labels, labels)
    write_idx(tmp_path, "train", labels)
    with pytest.raises(UserError, match="the label of digit 1 is 40"):
        open_source(tmp_path)


@pytest.mark.parametrize(
    ("part", "first", "count"), [("test10k", 0, 10_000), ("test50k", 10_000, 7)]
)
def test_parts_of_qmnist_are_those_of_its_loader(
    tmp_path: Path, part: str, first: int, count: int
) -> None:
    write_qmnist(tmp_path / "QMNIST" / "raw", 10_007)
    whole = open_source(tmp_path).split("test")
    for root in (tmp_path, tmp_path / "QMNIST", tmp_path / "QMNIST" / "raw"):
        found = open_source(root / part)
        assert (found.name, list(found.splits)) == ("QMNIST", [part])
        split = found.split(part)
        assert (split.name, len(split)) == (part, count)
        rows = slice(first, first + count)
        np.testing.assert_array_equal(split.images, whole.images[rows])
        np.testing.assert_array_equal(
            split.labels, whole.labels[rows] if whole.labels is not None else ()
        )
        np.testing.assert_array_equal(split.columns["writer"], whole.columns["writer"][rows])


def test_nist_lies_beside_qmnist(tmp_path: Path) -> None:
    folder = write_qmnist(tmp_path / "QMNIST", 20)
    found = open_source(folder)
    images = folder / "xnist-images-idx3-ubyte.xz"
    assert found.notes == (f"NIST digits lies here too: open {images} for it.",)
    for source in (folder / "nist", images):
        nist = open_source(source)
        assert (nist.name, nist.family, list(nist.splits)) == ("NIST digits", "nist", ["nist"])
        assert nist.split("nist").columns["writer"].tolist() == list(range(2100, 2105))
    assert set(ROWS) == {"test10k", "test50k"}
    with pytest.raises(UserError, match="it has no part test50k: it holds 20 digits"):
        open_source(folder / "test50k")


@pytest.mark.parametrize(("part", "first"), [("test10k", 0), ("test50k", 10_000)])
def test_a_part_with_a_file_of_its_own(tmp_path: Path, part: str, first: int) -> None:
    images = tmp_path / f"qmnist-{part}-images-idx3-ubyte"
    images.write_bytes(pack_idx(make_images(7)))
    own = make_extended(make_classes(7))
    (tmp_path / f"qmnist-{part}-labels-idx2-int").write_bytes(pack_idx(own))
    split = open_source(images).split(part)
    assert split.columns["writer"].tolist() == own[:, 2].tolist()


def test_the_last_rows_of_the_test_labels_are_those_of_test50k(tmp_path: Path) -> None:
    images = tmp_path / "qmnist-test50k-images-idx3-ubyte"
    images.write_bytes(pack_idx(make_images(7)))
    table = make_extended(make_classes(10_007))
    (tmp_path / "qmnist-test-labels-idx2-int.gz").write_bytes(pack_gzip(pack_idx(table)))
    split = open_source(images).split("test50k")
    assert split.columns["writer"].tolist() == table[10_000:, 2].tolist()


def test_one_split_may_be_named_behind_its_folder(tmp_path: Path) -> None:
    write_mnist(tmp_path / "mnist")
    assert list(open_source(tmp_path / "mnist" / "test").splits) == ["test"]
    with pytest.raises(UserError, match="no such file or folder"):
        open_source(tmp_path / "mnist" / "test10k")
    (tmp_path / "mnist" / "t10k-images-idx3-ubyte").write_bytes(b"\0\0")
    with pytest.raises(UserError, match="ends within its IDX header"):
        open_source(tmp_path / "mnist" / "test")


def test_a_folder_of_all_nist_alone_opens(tmp_path: Path) -> None:
    folder = write_qmnist(tmp_path / "nist", 1)
    for path in folder.glob("qmnist*"):
        path.unlink()
    found = open_source(folder)
    assert (found.name, found.family, list(found.splits)) == ("NIST digits", "nist", ["nist"])
    assert (len(found), found.notes) == (5, ())
