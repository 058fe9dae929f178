"""What marks and corrections share, on a state of plain numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from viewer.catalog import ledger as module
from viewer.catalog.journal import Journal
from viewer.catalog.ledger import Digits, Ledger, Step, merge


class Numbers:
    """The number that each digit of one split has, 0 for none."""

    def __init__(self) -> None:
        self.held: dict[int, int] = {}

    def apply(self, record: object) -> Digits:
        if not isinstance(record, list) or len(record) != 2:
            raise ValueError("no change")
        index, number = record
        self.held[index] = number
        return {"train": np.array([index])}

    def records(self) -> list[list[int]]:
        return [[index, number] for index, number in self.held.items() if number]

    def digits(self) -> Digits:
        return {"train": np.array(sorted(index for index, number in self.held.items() if number))}


class Kept:
    """A ledger of numbers, and what it showed."""

    def __init__(self, path: Path | None) -> None:
        self.shown: list[list[int]] = []
        self.ledger = Ledger(
            None if path is None else Journal(path),
            Numbers,
            "numbers",
            lambda changed: self.shown.append(changed["train"].tolist()),
        )
        if path is not None:
            self.ledger.begin()

    def set(self, index: int, number: int) -> Digits:
        old = self.ledger.state.held.get(index, 0)
        same = old == number
        return self.ledger.change(
            lambda: Step([], []) if same else Step([index, number], [index, old])
        )

    @property
    def numbers(self) -> list[int]:
        return [self.ledger.state.held.get(index, 0) for index in range(3)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "numbers.jsonl"


@pytest.fixture
def kept(path: Path) -> Iterator[Kept]:
    made = Kept(path)
    yield made
    made.ledger.flush()


def test_changes_are_kept_undone_and_made_once_more(kept: Kept, path: Path) -> None:
    kept.set(0, 7)
    kept.set(1, 8)
    kept.set(1, 8)
    assert kept.ledger.undo()["train"].tolist() == [1]
    assert kept.numbers == Kept(path).numbers == [7, 0, 0]
    kept.ledger.redo()
    assert kept.numbers == Kept(path).numbers == [7, 8, 0]
    assert kept.shown == [[0], [1], [1], [1]]
    assert kept.ledger.redo() == {}
    kept.ledger.undo()
    kept.set(2, 9)
    assert (kept.ledger.undone, kept.numbers) == ([], [7, 0, 9])
    kept.ledger.undo()
    kept.ledger.undo()
    assert kept.ledger.undo() == {}
    assert Kept(path).numbers == [0, 0, 0]


def test_the_oldest_steps_are_forgotten(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STEPS", 2)
    for number in (1, 2, 3):
        kept.set(0, number)
    while kept.ledger.done:
        kept.ledger.undo()
    assert kept.numbers == [1, 0, 0]


def test_what_others_wrote_is_taken_over_first(kept: Kept, path: Path) -> None:
    other = Kept(path)
    other.set(1, 5)
    assert {split: some.tolist() for split, some in kept.set(0, 4).items()} == {"train": [0, 1]}
    assert kept.numbers == [4, 5, 0]
    assert other.ledger.refresh()["train"].tolist() == [0]
    assert other.shown == [[1], [0]]
    assert other.ledger.refresh() == {}
    assert other.shown == [[1], [0]]


def test_a_ledger_may_begin_with_what_another_holds(tmp_path: Path, path: Path) -> None:
    first = Kept(path)
    first.set(0, 7)
    content = path.read_bytes()
    second = Kept(tmp_path / "own.jsonl")
    second.ledger.begin_with(Journal(path))
    assert second.numbers == [7, 0, 0]
    assert not (tmp_path / "own.jsonl").exists()
    second.set(1, 8)
    assert path.read_bytes() == content
    assert Kept(tmp_path / "own.jsonl").numbers == [7, 8, 0]


def test_damage_is_told_with_the_name_of_what_is_kept(path: Path) -> None:
    Journal(path).rewrite([[0, 7], ["no", "change", "this"]])
    kept = Kept(path)
    assert kept.numbers == [7, 0, 0]
    assert kept.ledger.notes == [
        "Damaged lines of the numbers were passed over: 1.",
        f"The file as it was: {path}.damaged-1.",
    ]


def test_without_a_journal_changes_last_as_long_as_the_object() -> None:
    kept = Kept(None)
    kept.set(0, 7)
    kept.ledger.undo()
    kept.ledger.redo()
    kept.ledger.flush()
    assert kept.ledger.refresh() == {}
    assert (kept.numbers, kept.ledger.notes) == ([7, 0, 0], [])


def test_digits_of_one_or_the_other() -> None:
    both = merge({"a": np.array([1, 3]), "b": np.array([2])}, {"a": np.array([2, 3])})
    assert {split: some.tolist() for split, some in both.items()} == {"a": [1, 2, 3], "b": [2]}
