"""Sequences opened as sets of digits."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.datasets.sequences.sequence_files import (
    BAR,
    BLANK,
    DIGITS,
    DOT,
    LABELS,
    PLUS,
    Digit,
    drawing,
    inkml,
    ndjson,
    objects,
    published_files,
    ragged,
    stroke5,
    write_folder,
    write_npz,
    write_tar,
)
from tests.idx_files import write_mnist
from viewer.core.truth import Truth
from viewer.datasets.digits import DigitSet
from viewer.datasets.source import WHAT_OPENS, open_source
from viewer.errors import Cancelled, UserError

STROKE3 = {"train": objects(DIGITS), "train_label": np.array(LABELS)}
DRAWINGS = [
    {"word": str(label), "drawing": drawing(digit), "source": {"label": label}}
    for digit, label in zip(DIGITS, LABELS, strict=True)
]


def paths(dataset: DigitSet, split: str = "train") -> list[Digit]:
    """Return the true paths of a split as strokes of pixels, 1-based."""
    part = dataset.split(split)
    found = [part.pen_path(index) or () for index in range(len(part))]
    return [[[(c + 1, r + 1) for r, c in stroke.tolist()] for stroke in path] for path in found]


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.npz", lambda path: write_npz(path, ragged(DIGITS, label=LABELS))),
        ("b.npz", lambda path: write_npz(path, stroke5(DIGITS, label=LABELS))),
        ("c.npz", lambda path: write_npz(path, STROKE3)),
        ("sequences.tar.gz", lambda path: write_tar(path, published_files(labels=LABELS))),
        ("published", lambda path: write_folder(path, published_files(labels=LABELS))),
        ("d.inkml", lambda path: path.write_text(inkml(DIGITS, LABELS))),
        ("e.ndjson", lambda path: path.write_text(ndjson(DRAWINGS))),
    ],
)
def test_all_forms_open_with_images_and_paths(
    tmp_path: Path, name: str, write: Callable[[Path], object]
) -> None:
    write(tmp_path / name)
    found = open_source(tmp_path / name)
    split = found.split("train")
    assert (found.name, found.source) == (name, str(tmp_path / name))
    assert found.family == ""
    assert paths(found) == DIGITS
    assert split.pen_path(4) is None
    assert split.images.shape == (6, 28, 28)
    assert not split.images[4].any()
    if name != "d.inkml":  # where the number of a class says nothing
        assert split.labels is not None
        assert split.labels.tolist() == LABELS
    assert "drawn by this program" in found.notes[0]
    assert "scaled" not in found.notes[0]
    for index, digit in enumerate(DIGITS):
        for stroke in digit:
            for x, y in stroke:
                assert split.images[index][y - 1, x - 1] > 200


def test_images_lie_under_their_paths(tmp_path: Path) -> None:
    """Ink is near the path, and nowhere else."""
    split = open_source(write_npz(tmp_path / "a.npz", ragged(DIGITS))).split("train")
    for index, image in enumerate(split.images):
        path = split.pen_path(index)
        if path is not None:
            points = Truth.of([path], 0.25).points
            for pixel in np.argwhere(image):
                assert np.hypot(*(points - pixel).T).min() < 2.1


def test_images_are_as_large_as_needed(tmp_path: Path) -> None:
    arrays = ragged([BAR, [[(40, 31)]], DOT], split=["train", "train", "test"], index=[0, 1, 0])
    found = open_source(write_npz(tmp_path / "a.npz", arrays))
    assert found.split("train").images.shape == (2, 40, 40)
    assert found.split("test").images.shape == (1, 28, 28)
    assert found.split("train").images[1, 30, 39] == 255


def test_what_is_not_on_pixels_is_scaled_and_centred(tmp_path: Path) -> None:
    entries: list[dict[str, Any]] = [
        {"drawing": [[[0, 255], [0, 255]], [[255], [0]]]},
        {"drawing": []},
        {"drawing": [[[50, 50], [0, 100]]]},
    ]
    (tmp_path / "a.ndjson").write_text(ndjson(entries))
    found = open_source(tmp_path / "a.ndjson")
    split = found.split("train")
    assert found.notes[0].endswith("They are scaled and centred as MNIST's digits are.")
    rows, columns = np.nonzero(split.images[0])
    assert [int(np.ptp(places)) for places in (rows, columns)] == [19, 19]
    assert not split.images[1].any()
    assert split.pen_path(1) is None
    path = split.pen_path(0)
    assert path is not None
    first, second = path
    assert first[0, 0] < first[1, 0], "downward as in the file"
    assert first[0, 1] < first[1, 1]
    assert second[0].tolist() == [first[0, 0], first[1, 1]]
    bar = split.pen_path(2)
    assert bar is not None
    assert bar[0][0, 1] == bar[0][1, 1]


def test_indices_that_are_not_counted_are_kept(tmp_path: Path) -> None:
    arrays = ragged(
        DIGITS, index=[30, 10, 50, 0, 1, 2], split=["train"] * 3 + ["test"] * 3, label=LABELS,
        writer=range(6), known_writer=[True] * 4 + [False] * 2,
    )  # fmt: skip
    found = open_source(write_npz(tmp_path / "a.npz", arrays))
    train, test = found.split("train"), found.split("test")
    assert train.columns["source_index"].tolist() == [10, 30, 50]
    assert train.columns["writer"].tolist() == [1, 0, 2]
    assert paths(found) == [PLUS, BAR, DIGITS[2]]
    assert train.labels is not None
    assert train.labels.tolist() == [4, 1, 8]
    assert dict(test.columns) == {}, "it is not known of all"


def test_missing_labels_are_told(tmp_path: Path) -> None:
    arrays = ragged(DIGITS, label=LABELS, known_label=[True] * 5 + [False])
    found = open_source(write_npz(tmp_path / "a.npz", arrays))
    assert found.split("train").labels is None
    assert found.notes[1] == "The file has labels for all but 1 of the digits of train."
    write_npz(tmp_path / "b.npz", ragged(DIGITS))
    assert open_source(tmp_path / "b.npz").notes[1] == (
        "The file has no labels of the digits of train."
    )


def test_folders_of_sequences_open(tmp_path: Path) -> None:
    write_folder(tmp_path / "mine" / "sequences", published_files())
    for folder in (tmp_path / "mine", tmp_path / "mine" / "sequences"):
        assert (open_source(folder).name, paths(open_source(folder))) == ("mine", DIGITS)
    (tmp_path / "inks").mkdir()
    for name in ("a.inkml", "b.inkml"):
        (tmp_path / "inks" / name).write_text(inkml([PLUS]))
    found = open_source(tmp_path / "inks")
    assert paths(found) == [PLUS]
    assert found.notes[-1].startswith("Other drawings lie here too: open ")
    (tmp_path / "arrays").mkdir()
    write_npz(tmp_path / "arrays" / "a.npz", ragged([BAR]))
    assert paths(open_source(tmp_path / "arrays")) == [BAR]


def test_images_come_before_sequences(tmp_path: Path) -> None:
    write_mnist(tmp_path / "mnist")
    write_folder(tmp_path / "mnist", published_files())
    write_npz(tmp_path / "mnist" / "a.npz", ragged(DIGITS))
    assert open_source(tmp_path / "mnist").name == "MNIST"
    images = {"x_train": np.ones((6, 28, 28), np.uint8)}
    found = open_source(write_npz(tmp_path / "b.npz", {**images, **ragged(DIGITS)}))
    assert found.split("train").pen_paths is None


def test_a_set_without_ink_opens(tmp_path: Path) -> None:
    found = open_source(write_npz(tmp_path / "a.npz", ragged([BLANK, BLANK])))
    assert not found.split("train").images.any()
    assert found.split("train").pen_path(0) is None
    (tmp_path / "a.ndjson").write_text(ndjson([{"drawing": []}]))
    assert not open_source(tmp_path / "a.ndjson").split("train").images.any()


def test_labels_do_not_belong_to_sequences(tmp_path: Path) -> None:
    path = write_npz(tmp_path / "a.npz", ragged(DIGITS))
    with pytest.raises(UserError, match="joined to IDX files only"):
        open_source(path, labels=tmp_path)


def test_opening_reports_and_can_be_ended(tmp_path: Path) -> None:
    path = write_npz(tmp_path / "a.npz", ragged(DIGITS))
    seen: list[tuple[int, int]] = []
    open_source(path, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (6, 6)
    with pytest.raises(Cancelled):
        open_source(path, cancelled=lambda: True)


def test_too_many_images_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viewer.datasets.sequences.images.LARGEST", 6 * 28 * 28 - 1)
    with pytest.raises(UserError, match="its images would take more than"):
        open_source(write_npz(tmp_path / "a.npz", ragged(DIGITS)))


def test_what_opens_is_said() -> None:
    for word in ("sequences.tar.gz", "ndjson", "InkML", "published"):
        assert word in WHAT_OPENS


@pytest.mark.data
def test_the_published_sequences_open(shared_data: Path, tmp_path: Path) -> None:
    path = shared_data / "published-sequences" / "train-00000-09999.npz"
    open_source(write_npz(tmp_path / "a.npz", ragged(DIGITS)))  # so that kernels are loaded
    began = time.process_time()
    found = open_source(path)
    assert time.process_time() - began < 2
    split = found.split("train")
    assert split.images.shape == (10_000, 28, 28)
    with np.load(path) as stored:
        rows, offsets = stored["rows"], stored["offsets"]
    for index in range(0, 10_000, 997):
        own: Any = rows[offsets[index] : offsets[index + 1]]
        expected = np.cumsum(own[own[:, 2] == 0, :2], axis=0)[:, ::-1] - 1
        path_of = split.pen_path(index)
        assert path_of is not None
        np.testing.assert_array_equal(np.concatenate(path_of), expected)
    shutil.copytree(shared_data / "published-sequences" / "figures", tmp_path / "figures")
    assert len(open_source(tmp_path / "figures")) == 6
