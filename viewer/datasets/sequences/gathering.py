"""Digits out of text, gathered one by one: strokes, a word for the class, and other facts."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.mnist import ANY_CLASSES
from viewer.datasets.sequences.drawn import NO_LABEL, Columns, Drawn
from viewer.datasets.sequences.offsets import MOST_POINTS, draw_points
from viewer.datasets.sequences.rows import MOST_DIGITS, check_splits, guess_split
from viewer.datasets.streams import GET_AGAIN
from viewer.errors import UserError

LONGEST_WORD = 64
MOST_COLUMNS = 64
FARTHEST_INDEX = 1 << 40
NO_COLUMNS = frozenset(
    {"split", "index", "label", "truth", "favourite", "colour", "note", "corrected"}
)
"""Facts that are no metadata: whose they are, classes and marks."""
_COLUMN = re.compile(r"[A-Za-z]\w{0,63}")
Facts = Mapping[str, object]


@dataclass
class Gathering:
    """Digits gathered so far.

    Parameters
    ----------
    path : path
        What errors name.
    """

    path: Path
    numbers: array[float] = field(default_factory=lambda: array("d"))
    """x and y of all points."""
    ends: array[int] = field(default_factory=lambda: array("q"))
    """Points before the end of each stroke."""
    offsets: array[int] = field(default_factory=lambda: array("q", [0]))
    words: list[str] = field(default_factory=list)
    splits: list[str] = field(default_factory=list)
    indices: array[int] = field(default_factory=lambda: array("q"))
    labels: array[int] = field(default_factory=lambda: array("q"))
    columns: dict[str, tuple[array[int], array[int]]] = field(default_factory=dict)
    """Values of each column, and which digits they are of."""

    def add_stroke(self, points: Sequence[float]) -> None:
        """Take in a stroke: x and y of its first point, of its second, and so on."""
        self.numbers.extend(points)
        self.end_stroke()

    def end_stroke(self) -> None:
        """End a stroke whose points were put behind `numbers`; one without points is none."""
        if len(self.numbers) > 2 * MOST_POINTS:
            raise self._too_many(f"{MOST_POINTS:,} points")
        end = len(self.numbers) // 2
        if end > (self.ends[-1] if self.ends else 0):
            self.ends.append(end)

    def end_digit(self, word: str, facts: Facts) -> None:
        """Take in the strokes since the digit before as a digit.

        Parameters
        ----------
        word : str
            Name of its class, "" if unknown.
        facts : mapping of str to object
            ``split``, ``index`` and ``label`` where known; other whole numbers are metadata.
        """
        place = len(self.words)
        if place >= MOST_DIGITS:
            raise self._too_many(f"{MOST_DIGITS:,} digits")
        self.offsets.append(len(self.numbers) // 2)
        if len(word) > LONGEST_WORD or not word.isprintable():
            raise self._fault(place, "has a class that is no word")
        self.words.append(word)
        split = facts.get("split")
        index, label = _whole(facts.get("index")), _whole(facts.get("label"))
        if split is not None and type(split) is not str:
            raise self._fault(place, "has a split that is no word")
        if index is not None and not 0 <= index < FARTHEST_INDEX:
            raise self._fault(place, "has an index that is none")
        if label is not None and not 0 <= label < ANY_CLASSES:
            raise self._fault(place, f"has the label {label}")
        self.splits.append(split or "")
        self.indices.append(-1 if index is None else index)
        self.labels.append(NO_LABEL if label is None else label)
        for name, value in facts.items():
            number = None if name in NO_COLUMNS else _whole(value)
            if number is not None and (name in self.columns or self._is_new(name)):
                values, places = self.columns[name]
                values.append(number)
                places.append(place)

    def finish(self, shift: float) -> Drawn:
        """Return all digits.

        Parameters
        ----------
        shift : float
            What is added to coordinates, so that the first pixel is at (1, 1).
        """
        count = len(self.words)
        if not count:
            raise UserError("it holds no drawings", path=self.path, advice="Open another file.")
        points = np.array(self.numbers, dtype=np.float64).reshape(-1, 2) + shift
        starts = np.zeros(len(points), dtype=np.bool_)
        ends = np.array(self.ends, dtype=np.int64)
        starts[np.concatenate([[0], ends])[: len(ends)]] = True
        split, index = self._identities(count)
        label, names = self._classes()
        return draw_points(
            points, starts, np.array(self.offsets, dtype=np.int64), self.path, split, index,
            label, self._metadata(count), names,
        )  # fmt: skip

    def _identities(self, count: int) -> tuple[NDArray[np.str_], NDArray[np.int64]]:
        """Return split and index of each digit; where some have none, all are counted."""
        index = np.array(self.indices, dtype=np.int64)
        if (index < 0).any() or not all(self.splits):
            return np.full(count, guess_split(self.path)), np.arange(count, dtype=np.int64)
        split = np.array(self.splits)
        check_splits(split, self.path)
        return split, index

    def _classes(self) -> tuple[NDArray[np.int16], tuple[str, ...]]:
        """Return labels, and the names of the classes where they are not the digits.

        Labels that are told count; else words that are digits stand for themselves, and
        others are numbered in the order of the alphabet.
        """
        label = np.array(self.labels, dtype=np.int16)
        words = sorted({word for word in self.words if word})
        if len(words) > ANY_CLASSES:
            raise UserError(
                f"there are more than {ANY_CLASSES} different classes",
                path=self.path,
                advice="Open a file with fewer.",
            )
        if (label != NO_LABEL).any():
            names = {
                int(number): word
                for number, word in zip(label, self.words, strict=True)
                if word and number != NO_LABEL
            }
            if all(str(number) == word for number, word in names.items()):
                return label, ()
            return label, tuple(names.get(n, str(n)) for n in range(max(names) + 1))
        digits = all(re.fullmatch("[0-9]", word) for word in words)
        numbers = {word: int(word) if digits else place for place, word in enumerate(words)}
        label = np.array([numbers.get(word, NO_LABEL) for word in self.words], dtype=np.int16)
        return label, () if digits else tuple(words)

    def _metadata(self, count: int) -> Columns:
        columns = {}
        for name, (values, places) in self.columns.items():
            known = np.zeros(count, dtype=np.bool_)
            known[np.array(places, dtype=np.int64)] = True
            column = np.zeros(count, dtype=np.int64)
            column[known] = values
            columns[name] = (column, known)
        return columns

    def _is_new(self, name: str) -> bool:
        """Make a column of a name, if it can be one."""
        if len(self.columns) >= MOST_COLUMNS or not _COLUMN.fullmatch(name):
            return False
        self.columns[name] = (array("q"), array("q"))
        return True

    def _fault(self, place: int, problem: str) -> UserError:
        return UserError(f"digit {place} {problem}", path=self.path, advice=GET_AGAIN)

    def _too_many(self, what: str) -> UserError:
        return UserError(
            f"it holds more than the {what} that are read",
            path=self.path,
            advice="Open a part of it.",
        )


def _whole(value: object) -> int | None:
    """Return a whole number of 64 bits, or None."""
    if type(value) is int and abs(value) < 1 << 63:
        return value
    return None
