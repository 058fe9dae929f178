from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from viewer.catalog import ledger
from viewer.catalog.journal import Journal
from viewer.catalog.ledger import Digits
from viewer.catalog.marks import marks as module
from viewer.catalog.marks.change import NOTE_LIMIT
from viewer.catalog.marks.marks import Mark, Marks
from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet, Split

KEY = "0123456789abcdef0123456789abcdef"


def digits(**splits: list[int]) -> Digits:
    return {split: np.array(indices) for split, indices in splits.items()}


def contents(marks: Marks) -> list[Mark]:
    return [marks.get(split, index) for split in ("train", "test") for index in range(8)]


def journal_of(folder: Path) -> Path:
    return folder / f"{KEY}.jsonl"


def make_history(folder: Path) -> list[list[Mark]]:
    """Make a journal of some changes; return the marks before the first and after each."""
    marks = Marks.open(KEY, folder)
    states = [contents(marks)]
    changes: list[Callable[[], object]] = [
        lambda: marks.set_favourite(digits(train=[1, 2, 3], test=[0]), True),
        lambda: marks.set_colour(digits(train=[2]), 1),
        lambda: marks.set_note(digits(test=[5]), "très\n\todd"),
        lambda: marks.set_favourite(digits(train=[2]), False),
        marks.undo,
        lambda: marks.set_note(digits(test=[5]), ""),
    ]
    for change in changes:
        change()
        states.append(contents(marks))
    marks.flush()
    return states


def test_marks_survive_and_unmarked_digits_have_none(tmp_path: Path) -> None:
    states = make_history(tmp_path)
    marks = Marks.open(KEY, tmp_path)
    assert contents(marks) == states[-1]
    assert marks.get("train", 2) == Mark(favourite=True, colour=1)
    assert marks.get("train", 10**9) == Mark()
    assert marks.notes == []
    assert Marks.open(KEY[::-1], tmp_path).get("train", 2) == Mark()


def test_nothing_is_written_before_something_is_marked(tmp_path: Path) -> None:
    marks = Marks.open(KEY, tmp_path / "marks")
    assert marks.set_colour(digits(train=[1]), 0) == {}
    assert marks.undo() == {}
    assert not journal_of(tmp_path / "marks").exists()


def test_a_crash_at_every_byte_costs_the_last_change_at_most(tmp_path: Path) -> None:
    states = make_history(tmp_path / "whole")
    content = journal_of(tmp_path / "whole").read_bytes()
    head, created, *_lines = content.splitlines(keepends=True)
    folder = tmp_path / "cut"
    folder.mkdir()
    begun = len(head + created)  # up to there the file appears in one piece
    for length in range(begun, len(content) + 1):
        journal_of(folder).write_bytes(content[:length])
        made = content[begun : length + 1].count(b"\n") + 1
        marks = Marks.open(KEY, folder)
        assert contents(marks) == states[made]
        cut = content[:length].rpartition(b"\n")[2] not in (b"", content[:length])
        lost = cut and content[length : length + 1] != b"\n"
        assert len(marks.notes) == lost
        marks.set_colour(digits(train=[7]), 3)
        marks.flush()
        again = Marks.open(KEY, folder)
        assert contents(again) == contents(marks)
        assert again.get("train", 7) == Mark(colour=3)
        assert again.notes == []
        assert {path.name for path in folder.iterdir()} == {f"{KEY}.jsonl", f".{KEY}.lock"}


def test_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    code = (
        "import os, sys, numpy as np; from pathlib import Path\n"
        "from viewer.catalog.marks.marks import Marks\n"
        f"marks = Marks.open('{KEY}', Path(sys.argv[1]))\n"
        "for n in range(20): marks.set_favourite({'train': np.array([n])}, True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, timeout=60)
    marks = Marks.open(KEY, tmp_path)
    assert all(marks.get("train", n).favourite for n in range(20))


def test_damaged_lines_are_told_and_the_file_is_kept_aside(tmp_path: Path) -> None:
    states = make_history(tmp_path)
    path = journal_of(tmp_path)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[-1] = lines[-1].replace(b'""', b'"x"')
    damaged = b"".join([*lines, b"\x00\xff\n"])
    path.write_bytes(damaged)
    marks = Marks.open(KEY, tmp_path)
    assert contents(marks) == states[-2]
    copy = Path(f"{path}.damaged-1")
    assert copy.read_bytes() == damaged
    assert marks.notes == [
        "Damaged lines of the marks were passed over: 2.",
        f"The file as it was: {copy}.",
    ]
    again = Marks.open(KEY, tmp_path)
    assert (contents(again), again.notes) == (states[-2], [])


def test_lines_of_another_program_are_kept_aside_too(tmp_path: Path) -> None:
    path = journal_of(tmp_path)
    Journal(path).rewrite([[["favourite", 1, {"train": "3"}]], [["size", 9, {"train": "3"}]]])
    marks = Marks.open(KEY, tmp_path)
    assert marks.get("train", 3).favourite
    assert len(marks.notes) == 2
    assert Path(f"{path}.damaged-1").exists()


def test_a_file_that_is_no_journal_is_kept_aside(tmp_path: Path) -> None:
    journal_of(tmp_path).write_bytes(b"%PDF-1.4\n\n\n%%EOF\n" * 30)
    marks = Marks.open(KEY, tmp_path)
    marks.set_favourite(digits(train=[1]), True)
    assert Marks.open(KEY, tmp_path).get("train", 1).favourite
    assert Path(f"{journal_of(tmp_path)}.damaged-1").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("place", ["marks", "marks/deep"])
def test_a_folder_that_cannot_be_written(tmp_path: Path, place: str) -> None:
    (tmp_path / "marks").write_bytes(b"")  # root may write everywhere but not into a file
    marks = Marks.open(KEY, tmp_path / place)
    assert marks.notes == []
    for index in range(3):
        marks.set_favourite(digits(train=[index]), True)
    (note,) = marks.notes
    assert note.startswith("Marks are not kept on disk: ")
    assert marks.get("train", 2).favourite
    marks.undo()
    assert marks.get("train", 2) == Mark()


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    journal_of(tmp_path).mkdir()
    marks = Marks.open(KEY, tmp_path)
    (note,) = marks.notes
    assert note.startswith("The marks cannot be read: ")
    marks.set_favourite(digits(train=[1]), True)
    assert len(marks.notes) == 2


def test_what_could_not_be_written_is_written_later(tmp_path: Path) -> None:
    folder = tmp_path / "marks"
    folder.write_bytes(b"")
    marks = Marks.open(KEY, folder)
    marks.set_favourite(digits(train=[1]), True)
    marks.set_colour(digits(train=[1]), 2)
    folder.unlink()
    marks.set_note(digits(test=[1]), "late")
    other = Marks.open(KEY, folder)
    assert other.get("train", 1) == Mark(favourite=True, colour=2)
    assert other.get("test", 1) == Mark(note="late")


def test_without_a_home_marks_last_as_long_as_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(module, "data_base", homeless)
    marks = Marks.open(KEY)
    marks.set_favourite(digits(train=[1]), True)
    assert marks.get("train", 1).favourite
    assert marks.refresh() == {}
    assert marks.notes == ["Marks are not kept on disk: Could not determine home directory."]


def test_marks_are_kept_in_the_users_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "data_base", lambda: tmp_path)
    Marks.open(KEY).set_favourite(digits(train=[1]), True)
    assert journal_of(tmp_path / "marks").is_file()


@pytest.mark.parametrize("name", ["", "xyz", "../../etc/passwd", "ABCDEF01", "a" * 65])
def test_the_fingerprint_is_no_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="fingerprint"):
        Marks.open(name, tmp_path)


def test_two_windows_see_each_others_marks(tmp_path: Path) -> None:
    first, second = Marks.open(KEY, tmp_path), Marks.open(KEY, tmp_path)
    first.set_favourite(digits(train=[1]), True)
    second.set_favourite(digits(train=[2]), True)
    first.set_colour(digits(train=[2], test=[3]), 2)
    assert first.get("train", 2) == Mark(favourite=True, colour=2)
    changed = second.refresh()
    assert {split: some.tolist() for split, some in changed.items()} == {"train": [2], "test": [3]}
    assert contents(second) == contents(first) == contents(Marks.open(KEY, tmp_path))
    assert second.refresh() == {}


def test_undo_takes_back_only_what_this_window_did(tmp_path: Path) -> None:
    first, second = Marks.open(KEY, tmp_path), Marks.open(KEY, tmp_path)
    first.set_favourite(digits(train=[1, 2]), True)
    second.set_colour(digits(train=[2]), 1)
    first.undo()
    assert first.get("train", 2) == Mark(colour=1)
    assert not first.can_undo
    assert second.undo()
    assert contents(Marks.open(KEY, tmp_path)) == [Mark()] * 16


def test_a_window_outlives_that_another_shortens_the_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "SPARE", 0)
    first = Marks.open(KEY, tmp_path)
    for on in (True, False, True, False, True):
        first.set_favourite(digits(train=[1]), on)
    first.set_note(digits(train=[1]), "here")
    long = journal_of(tmp_path).stat().st_size
    second = Marks.open(KEY, tmp_path)
    assert journal_of(tmp_path).stat().st_size < long
    second.set_colour(digits(train=[1]), 1)
    first.set_colour(digits(train=[3]), 2)
    assert first.get("train", 1) == Mark(favourite=True, colour=1, note="here")
    assert contents(first) == contents(Marks.open(KEY, tmp_path))


def test_a_deleted_journal_comes_back_with_the_next_mark(tmp_path: Path) -> None:
    marks = Marks.open(KEY, tmp_path)
    marks.set_favourite(digits(train=[1]), True)
    journal_of(tmp_path).unlink()
    marks.set_colour(digits(train=[2]), 1)
    assert contents(Marks.open(KEY, tmp_path)) == contents(marks)
    assert marks.get("train", 1).favourite


def test_undo_and_redo_of_a_selection(tmp_path: Path) -> None:
    marks = Marks.open(KEY, tmp_path)
    marks.set_colour(digits(train=[1]), 1)
    marks.set_colour(digits(train=[2]), 2)
    mixed = contents(marks)
    changed = marks.set_colour(digits(train=[1, 2, 3], test=[4]), 2)
    assert {split: some.tolist() for split, some in changed.items()} == {
        "train": [1, 3],
        "test": [4],
    }
    after = contents(marks)
    marks.undo()
    assert contents(marks) == mixed
    marks.redo()
    assert contents(marks) == after
    assert not marks.can_redo
    marks.undo()
    marks.set_favourite(digits(train=[0]), True)
    assert marks.redo() == {}


def test_steps_that_can_be_undone_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "STEPS", 3)
    marks = Marks.open(KEY, tmp_path)
    for index in range(5):
        marks.set_favourite(digits(train=[index]), True)
    while marks.can_undo:
        marks.undo()
    assert [marks.get("train", index).favourite for index in range(5)] == [True] * 2 + [False] * 3


def test_notes_are_trimmed_and_bounded(tmp_path: Path) -> None:
    marks = Marks.open(KEY, tmp_path)
    marks.set_note(digits(train=[1]), "  \n odd \n")
    assert marks.get("train", 1).note == "odd"
    marks.set_note(digits(train=[1]), "x" * (NOTE_LIMIT + 5))
    assert len(marks.get("train", 1).note) == NOTE_LIMIT
    marks.set_note(digits(train=[1]), " ")
    assert marks.get("train", 1) == Mark()


def test_there_are_three_colours(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no colour mark 4"):
        Marks.open(KEY, tmp_path).set_colour(digits(train=[1]), 4)


def make_table() -> Table:
    image = np.zeros((1, 4, 4), np.uint8)
    splits = {name: Split(name, np.repeat(image, 4, axis=0)) for name in ("train", "test")}
    return Table(DigitSet("", "", splits))


def test_the_table_follows(tmp_path: Path) -> None:
    table, marks = make_table(), Marks.open(KEY, tmp_path)
    other = Marks.open(KEY, tmp_path)
    marks.set_colour(digits(train=[1], valid=[2], test=[9]), 3)
    marks.attach(table)
    assert table.words("colour") == ("none", "red", "green", "blue")
    assert table.values("colour").tolist() == [0, 3, 0, 0, 0, 0, 0, 0]
    assert table.known("favourite") is None
    version = table.revision("favourite")
    marks.set_favourite(digits(test=[0, 1]), True)
    assert table.revision("favourite") > version
    assert np.flatnonzero(table.values("favourite")).tolist() == [4, 5]
    assert table.values("favourite").dtype == np.bool_
    other.set_note(digits(train=[3]), "odd")
    marks.refresh()
    assert np.flatnonzero(table.values("noted")).tolist() == [3]
    marks.undo()
    assert not table.values("favourite").any()


def test_marks_of_many_digits_side_by_side(tmp_path: Path) -> None:
    marks = Marks.open(KEY, tmp_path)
    marks.set_favourite(digits(train=[1]), True)
    marks.set_colour(digits(test=[0]), 2)
    marks.set_note(digits(train=[2], test=[0]), "odd")
    marks.set_note(digits(train=[1]), "even")
    columns = marks.collect([("train", np.array([0, 1, 2])), ("test", np.array([0]))])
    assert columns.favourite.tolist() == [False, True, False, False]
    assert columns.colour.tolist() == [0, 0, 0, 2]
    assert [columns.notes[code] for code in columns.note] == ["", "even", "odd", "odd"]
