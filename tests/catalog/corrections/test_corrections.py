from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from viewer.catalog.corrections import place as module
from viewer.catalog.corrections.corrections import Corrections
from viewer.catalog.corrections.place import FILE_NAME
from viewer.catalog.corrections.state import image_key
from viewer.catalog.table import Table
from viewer.core.correction import Strokes
from viewer.datasets.digits import DigitSet, Split

ONE: Strokes = (np.array([(0, 0), (0, 1)], np.int16), np.array([(2, 3)], np.int16))
TWO: Strokes = (np.array([(2, 3)], np.int16), np.array([(0, 1), (0, 0)], np.int16))


@pytest.fixture
def dataset(tmp_path: Path) -> DigitSet:
    """Eight digits in a folder, all different."""
    return make_set(tmp_path / "set")


def make_set(folder: Path, first: int = 0) -> DigitSet:
    folder.mkdir(exist_ok=True)
    grey = np.arange(first, first + 8, dtype=np.uint8)
    images = np.repeat(grey, 16).reshape(8, 4, 4)
    splits = {name: Split(name, images[part::2]) for part, name in enumerate(("train", "test"))}
    return DigitSet("Set", str(folder), splits)


def path_of(dataset: DigitSet) -> Path:
    return Path(dataset.source) / FILE_NAME


def put(
    corrections: Corrections, dataset: DigitSet, name: str, index: int, strokes: Strokes | None
) -> None:
    corrections.set(name, index, dataset.splits[name].images[index], strokes)


def contents(corrections: Corrections) -> dict[str, list[list[int]]]:
    """Return all corrections: by digit, the points of each stroke."""
    found = {}
    for split, indices in corrections.digits().items():
        for index in indices.tolist():
            strokes = corrections.get(split, index)
            assert strokes is not None
            found[f"{split}:{index}"] = [stroke.ravel().tolist() for stroke in strokes]
    return found


FIRST, SECOND = ([[0, 0, 0, 1], [2, 3]], [[2, 3], [0, 1, 0, 0]])


def test_corrections_survive_beside_the_set(dataset: DigitSet) -> None:
    corrections = Corrections.open(dataset)
    assert corrections.get("train", 1) is None
    assert not path_of(dataset).exists()
    put(corrections, dataset, "train", 1, ONE)
    put(corrections, dataset, "train", 1, TWO)
    put(corrections, dataset, "test", 3, ONE)
    corrections.flush()
    assert corrections.path == path_of(dataset)
    again = Corrections.open(dataset)
    assert contents(again) == {"train:1": SECOND, "test:3": FIRST}
    assert {split: some.tolist() for split, some in again.digits().items()} == {
        "train": [1],
        "test": [3],
    }
    assert again.notes == []
    assert path_of(dataset).stat().st_size < 600
    put(again, dataset, "train", 1, None)
    assert contents(Corrections.open(dataset)) == {"test:3": FIRST}


def test_nothing_is_written_for_nothing(dataset: DigitSet) -> None:
    corrections = Corrections.open(dataset)
    put(corrections, dataset, "train", 1, None)
    assert not corrections.can_undo
    assert corrections.undo() is None
    assert corrections.redo() is None
    assert list(Path(dataset.source).iterdir()) == []
    put(corrections, dataset, "train", 1, ONE)
    size = path_of(dataset).stat().st_size
    put(corrections, dataset, "train", 1, ONE)
    assert path_of(dataset).stat().st_size == size


@pytest.mark.parametrize(
    ("strokes", "reason"),
    [((), "no strokes"), ((ONE[0], ONE[0]), "twice"), ((ONE[0][::-1] * 3,), "last point")],
)
def test_what_cannot_be_drawn_is_refused(dataset: DigitSet, strokes: Strokes, reason: str) -> None:
    corrections = Corrections.open(dataset)
    with pytest.raises(ValueError, match=reason):
        put(corrections, dataset, "train", 1, strokes)
    assert not path_of(dataset).exists()


def test_undo_and_redo_say_which_digit(dataset: DigitSet) -> None:
    corrections = Corrections.open(dataset)
    put(corrections, dataset, "train", 1, ONE)
    put(corrections, dataset, "test", 0, ONE)
    put(corrections, dataset, "train", 1, TWO)
    assert corrections.undo() == ("train", 1)
    assert corrections.undo() == ("test", 0)
    assert contents(Corrections.open(dataset)) == contents(corrections) == {"train:1": FIRST}
    assert corrections.redo() == ("test", 0)
    assert corrections.redo() == ("train", 1)
    assert contents(corrections) == {"train:1": SECOND, "test:0": FIRST}
    assert not corrections.can_redo
    put(corrections, dataset, "train", 1, None)
    assert corrections.undo() == ("train", 1)
    assert contents(corrections)["train:1"] == SECOND
    assert corrections.can_redo
    corrections.forget_undone()
    assert not corrections.can_redo
    assert corrections.redo() is None
    assert corrections.can_undo


def test_another_set_in_the_same_folder_is_not_touched(dataset: DigitSet) -> None:
    put(Corrections.open(dataset), dataset, "train", 1, ONE)
    other = make_set(Path(dataset.source), first=100)
    corrections = Corrections.open(other)
    assert corrections.get("train", 1) is None
    assert corrections.digits() == {}
    put(corrections, other, "train", 1, TWO)
    assert contents(corrections) == {"train:1": SECOND}
    assert contents(Corrections.open(dataset)) == {"train:1": FIRST}
    assert Corrections.open(dataset).get("valid", 0) is None
    assert Corrections.open(dataset).get("train", 10**9) is None


def test_two_windows_see_each_others_corrections(dataset: DigitSet) -> None:
    first, second = Corrections.open(dataset), Corrections.open(dataset)
    table = Table(dataset)
    second.attach(table)
    put(first, dataset, "train", 1, ONE)
    put(second, dataset, "test", 2, ONE)
    assert np.flatnonzero(table.values("corrected")).tolist() == [1, 6]
    put(first, dataset, "train", 1, TWO)
    assert {split: some.tolist() for split, some in second.refresh().items()} == {"train": [1]}
    assert contents(first) == contents(second) == contents(Corrections.open(dataset))
    assert second.undo() == ("test", 2)
    assert contents(first) | contents(second) == {"train:1": SECOND, "test:2": FIRST}
    assert second.undo() is None


def test_the_table_follows(dataset: DigitSet) -> None:
    table, corrections = Table(dataset), Corrections.open(dataset)
    put(corrections, dataset, "train", 3, ONE)
    corrections.attach(table)
    assert table.columns["corrected"].title == "Corrected"
    assert table.values("corrected").tolist() == [False] * 3 + [True] + [False] * 4
    assert table.known("corrected") is None
    revision = table.revision("corrected")
    put(corrections, dataset, "test", 0, ONE)
    assert table.revision("corrected") > revision
    assert np.flatnonzero(table.values("corrected")).tolist() == [3, 4]
    corrections.undo()
    put(corrections, dataset, "train", 3, None)
    assert not table.values("corrected").any()


def test_a_crash_at_every_byte_costs_the_last_correction_at_most(dataset: DigitSet) -> None:
    corrections = Corrections.open(dataset)
    states = []
    for index, strokes in ((0, ONE), (1, TWO), (0, None), (2, ONE)):
        put(corrections, dataset, "train", index, strokes)
        states.append(contents(corrections))
    corrections.flush()
    path = path_of(dataset)
    content = path.read_bytes()
    head, created, *_lines = content.splitlines(keepends=True)
    begun = len(head + created)
    for length in range(begun, len(content) + 1):
        path.write_bytes(content[:length])
        again = Corrections.open(dataset)
        assert contents(again) == states[content[begun : length + 1].count(b"\n")]
        whole = content[:length].endswith(b"\n") or content[length : length + 1] == b"\n"
        lost = "The last change of the corrections was written in part only; it is lost."
        assert again.notes == ([] if whole else [lost])
        put(again, dataset, "test", 3, ONE)
        assert contents(Corrections.open(dataset)) == contents(again)


def test_a_killed_process_loses_nothing(dataset: DigitSet) -> None:
    code = (
        "import os, sys, numpy as np; from pathlib import Path\n"
        "from tests.catalog.corrections.test_corrections import ONE, make_set, put\n"
        "from viewer.catalog.corrections.corrections import Corrections\n"
        "dataset = make_set(Path(sys.argv[1]))\n"
        "corrections = Corrections.open(dataset)\n"
        "for n in range(4): put(corrections, dataset, 'train', n, ONE)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, dataset.source], check=False, timeout=60)
    assert Corrections.open(dataset).digits()["train"].tolist() == [0, 1, 2, 3]


def test_a_damaged_file_is_set_aside_and_its_sound_lines_are_kept(dataset: DigitSet) -> None:
    corrections = Corrections.open(dataset)
    for index in range(3):
        put(corrections, dataset, "train", index, ONE)
    corrections.flush()
    path = path_of(dataset)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b'"index":1', b'"index":3')
    damaged = b"".join([*lines, b"\x00\xff\n"])
    path.write_bytes(damaged)
    again = Corrections.open(dataset)
    assert again.digits()["train"].tolist() == [0, 2]
    copy = Path(f"{path}.damaged-1")
    assert copy.read_bytes() == damaged
    assert again.notes == [
        "Damaged lines of the corrections were passed over: 2.",
        f"The file as it was: {copy}.",
    ]
    assert Corrections.open(dataset).notes == []


def test_a_file_beside_the_set_that_is_none_is_set_aside(dataset: DigitSet) -> None:
    path_of(dataset).write_bytes(b"%PDF-1.4\n\n\n%%EOF\n" * 30)
    corrections = Corrections.open(dataset)
    put(corrections, dataset, "train", 1, ONE)
    assert contents(Corrections.open(dataset)) == {"train:1": FIRST}
    assert Path(f"{path_of(dataset)}.damaged-1").read_bytes().startswith(b"%PDF")


def test_a_folder_that_cannot_be_written_is_read_and_let_be(
    dataset: DigitSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(Corrections.open(dataset), dataset, "train", 1, ONE)
    before = {path: path.read_bytes() for path in Path(dataset.source).iterdir()}
    access = os.access
    refused = (Path(dataset.source), path_of(dataset))
    monkeypatch.setattr(
        os,
        "access",
        lambda path, mode: not (mode & os.W_OK and Path(path) in refused) and access(path, mode),
    )
    corrections = Corrections.open(dataset, tmp_path / "own")
    assert contents(corrections) == {"train:1": FIRST}
    assert not (tmp_path / "own").exists()
    put(corrections, dataset, "test", 2, TWO)
    both = {"train:1": FIRST, "test:2": SECOND}
    assert contents(Corrections.open(dataset, tmp_path / "own")) == both
    assert {path: path.read_bytes() for path in Path(dataset.source).iterdir()} == before
    put(corrections, dataset, "train", 1, None)
    assert contents(Corrections.open(dataset, tmp_path / "own")) == {"test:2": SECOND}


def test_a_file_that_cannot_be_read_is_told(
    dataset: DigitSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.jsonl"
    places = iter([module.Found(path, copied=tmp_path), module.Found(path)])
    monkeypatch.setattr(
        "viewer.catalog.corrections.corrections.find_place", lambda *_arguments: next(places)
    )
    corrections = Corrections.open(dataset)
    (note,) = corrections.notes
    assert note.startswith(f"The corrections cannot be read: {tmp_path}: ")
    put(corrections, dataset, "train", 1, ONE)
    assert contents(Corrections.open(dataset)) == {"train:1": FIRST}


def test_where_nothing_can_be_written_it_is_told_once(tmp_path: Path) -> None:
    dataset = DigitSet("Set", "sample", make_set(tmp_path / "set").splits)
    (tmp_path / "own").write_bytes(b"")  # root may write everywhere but not into a file
    corrections = Corrections.open(dataset, tmp_path / "own")
    for index in range(3):
        put(corrections, dataset, "train", index, ONE)
    (note,) = corrections.notes
    assert note.startswith("Corrections are not kept on disk: ")
    assert corrections.undo() == ("train", 2)
    assert corrections.digits()["train"].tolist() == [0, 1]
    (tmp_path / "own").unlink()
    put(corrections, dataset, "test", 1, ONE)
    assert Corrections.open(dataset, tmp_path / "own").digits()["train"].tolist() == [0, 1]


def test_without_a_home_corrections_of_the_sample_last_as_long_as_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(module, "data_base", homeless)
    dataset = DigitSet("Set", "sample", make_set(tmp_path / "set").splits)
    corrections = Corrections.open(dataset)
    put(corrections, dataset, "train", 1, ONE)
    assert corrections.path is None
    assert contents(corrections) == {"train:1": FIRST}
    assert corrections.notes == [
        "Corrections are not kept on disk: Could not determine home directory."
    ]


def test_corrections_of_the_sample_are_kept_in_the_users_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "data_base", lambda: tmp_path)
    dataset = DigitSet("Set", "sample", make_set(tmp_path / "set").splits)
    put(Corrections.open(dataset), dataset, "train", 1, ONE)
    (path,) = (tmp_path / "corrections").glob("*.jsonl")
    assert Corrections.open(dataset).path == path


def test_images_of_digits_that_were_never_corrected_are_not_looked_at(
    dataset: DigitSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrections = Corrections(dataset, None)
    put(corrections, dataset, "train", 1, ONE)
    looked: list[int] = []

    def look(image: NDArray[np.uint8]) -> str:
        looked.append(int(image[0, 0]))
        return image_key(image)

    monkeypatch.setattr("viewer.catalog.corrections.corrections.image_key", look)
    assert corrections.get("train", 0) is None
    assert looked == []
    assert corrections.get("train", 1) is not None
    assert looked == [int(dataset.splits["train"].images[1, 0, 0])]
