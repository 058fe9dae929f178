from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.format_files import make_digits, make_labels, pack_png, write_pngs
from viewer.datasets.source import open_source
from viewer.errors import UserError

IMAGES, LABELS = make_digits(24), make_labels(24)


def test_numbered_pictures_keep_their_order(tmp_path: Path) -> None:
    write_pngs(tmp_path / "mnist_png" / "training", IMAGES, LABELS.tolist())
    write_pngs(tmp_path / "mnist_png" / "testing", IMAGES[:9], LABELS[:9].tolist())
    found = open_source(tmp_path / "mnist_png")
    assert (found.name, list(found.splits)) == ("MNIST", ["train", "test"])
    np.testing.assert_array_equal(found.split("train").images, IMAGES)
    np.testing.assert_array_equal(found.split("train").labels, LABELS)
    assert len(found.split("test")) == 9
    assert (found.class_names, found.notes) == ((), ())


def test_other_names_are_sorted_by_class_and_name(tmp_path: Path) -> None:
    for name, count in (("b", 2), ("a", 11)):
        (tmp_path / name).mkdir()
        for place in range(count):
            picture = pack_png(IMAGES[place + (20 if name == "b" else 0)])
            (tmp_path / name / f"x{place}.PNG").write_bytes(picture)
    (tmp_path / "a" / "notes.txt").write_text("not a picture")
    (tmp_path / "empty").mkdir()
    found = open_source(tmp_path)
    split = found.split("digits")
    assert found.class_names == ("a", "b")
    assert split.labels is not None
    assert split.labels.tolist() == [0] * 11 + [1] * 2
    np.testing.assert_array_equal(split.images, IMAGES[[*range(11), 20, 21]])


def test_numbers_beyond_the_digits_are_names(tmp_path: Path) -> None:
    found = open_source(write_pngs(tmp_path / "mine", IMAGES[:3], [10, 9, 2]))
    labels = found.split("digits").labels
    assert labels is not None
    assert (found.class_names, labels.tolist()) == (("2", "9", "10"), [2, 1, 0])


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "P", "LA", "I;16", "RGBA on nothing"])
def test_every_mode_gives_the_same_image(tmp_path: Path, mode: str) -> None:
    images = IMAGES[:4] // 16 * 16 if mode == "P" else IMAGES[:4]
    found = open_source(write_pngs(tmp_path / "mine", images, [0, 1, 2, 3], mode))
    np.testing.assert_array_equal(found.split("digits").images, images)


def test_one_bit_is_black_and_white(tmp_path: Path) -> None:
    images = np.where(IMAGES[:4] > 127, 255, 0).astype(np.uint8)
    found = open_source(write_pngs(tmp_path / "mine", images, [0, 1, 2, 3], "1"))
    np.testing.assert_array_equal(found.split("digits").images, images)


def test_ink_on_paper_is_inverted_and_said(tmp_path: Path) -> None:
    found = open_source(write_pngs(tmp_path / "mine", 255 - IMAGES[:6], LABELS[:6].tolist()))
    np.testing.assert_array_equal(found.split("digits").images, IMAGES[:6])
    assert "inverted" in found.notes[0]


def test_another_size_names_the_picture(tmp_path: Path) -> None:
    home = write_pngs(tmp_path / "mine", IMAGES[:6], [0, 1, 2, 3, 4, 5])
    odd = home / "3" / "3.png"
    odd.write_bytes(pack_png(make_digits(1, 20)[0]))
    with pytest.raises(UserError, match=r"20 x 20 pixels, 0\.png has 28 x 28") as caught:
        open_source(home)
    assert caught.value.path == odd


def test_progress_counts_pictures(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    home = write_pngs(tmp_path / "mine", IMAGES[:6], [0, 1, 2, 3, 4, 5])
    open_source(home, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(done, 6) for done in range(7)]


def test_names_of_folders_come_before_those_of_the_family(tmp_path: Path) -> None:
    found = open_source(write_pngs(tmp_path / "fashion-mnist", IMAGES[:3], ["Coat", "Bag", "Bag"]))
    assert (found.family, found.class_names) == ("fashion", ("Bag", "Coat"))
