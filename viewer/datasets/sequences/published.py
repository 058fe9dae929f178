"""The published text files: in their folder, in their archive, or one alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.layout import Listing
from viewer.datasets.sequences.drawn import NO_LABEL, Drawn, draw_rows
from viewer.datasets.sequences.rows import MOST_DIGITS, MOST_ROWS, Rows, check_rows, narrow
from viewer.datasets.sequences.tables import LineError, read_tables
from viewer.datasets.sequences.tar import read_members
from viewer.datasets.steps import Steps
from viewer.datasets.streams import GET_AGAIN, explain
from viewer.errors import UserError

FOLDER = "sequences"
"""Name of the published folder and of the archive of it."""
LARGEST_FILE = 1 << 20
"""Bytes of a sequence at most: a 64 x 64 image has a fiftieth of that."""
LARGEST_LABELS = 8 << 20
AT_ONCE = 4 << 20
"""Bytes of text that are read in one go."""
MOST_SPARE = 256 << 20
"""Bytes of targets that wait for their inputs; all published ones have a third of that."""
SPLITS = ("train", "test")
COLUMNS, CLASSES = 4, 10
_NAME = re.compile(r"(train|test)img-([0-9]{1,9})-(input|target)data\.txt")
_LABELS = re.compile(r"(train|test)labels\.txt")
Digit = tuple[str, int]
"""Split and index."""


@dataclass
class _Found:
    """What has been read so far; texts wait until there are enough of them.

    Sequences are taken from ``inputdata``, and from ``targetdata`` where there is no such
    file; labels from the list of them, and from ``targetdata`` where there is none.
    """

    path: Path
    inputs: dict[Digit, bytes] = field(default_factory=dict)
    targets: dict[Digit, bytes] = field(default_factory=dict)
    waiting: int = 0
    spare: int = 0
    seen: set[Digit] = field(default_factory=set)
    """Digits whose inputs were found."""
    digits: list[Digit] = field(default_factory=list)
    rows: list[NDArray[np.int8] | NDArray[np.int64]] = field(default_factory=list)
    counts: list[NDArray[np.int64]] = field(default_factory=list)
    classes: dict[Digit, int] = field(default_factory=dict)
    labels: dict[str, NDArray[np.int64]] = field(default_factory=dict)

    def add(self, name: str, text: bytes) -> None:
        """Take in a file."""
        if match := _LABELS.fullmatch(name):
            self._add_labels(match[1], name, text)
            return
        match = _NAME.fullmatch(name)
        if match is None:
            return
        digit = (match[1], int(match[2]))
        if match[3] == "input":
            if digit in self.seen:
                raise self._twice(name)
            self.seen.add(digit)
            self.inputs[digit] = text
            self.waiting += len(text)
            self.spare -= len(self.targets.pop(digit, b""))
        else:
            if digit in self.classes:
                raise self._twice(name)
            self.classes[digit] = self._read_class(name, text)
            if digit not in self.seen:
                self.targets[digit] = text
                self.spare += len(text)
        if max(len(self.seen), len(self.classes)) > MOST_DIGITS or self.spare > MOST_SPARE:
            raise UserError(
                "there are more sequences than are read",
                path=self.path,
                advice="Open a part of them.",
            )
        if self.waiting > AT_ONCE:
            self._read_inputs()

    def finish(self) -> Drawn:
        """Return all sequences, by split and index."""
        self._read_inputs()
        self._read(self.targets, "target", CLASSES + COLUMNS)
        if not self.digits:
            raise UserError(
                "there are no sequences here",
                path=self.path,
                advice="They are looked for in files such as trainimg-0-inputdata.txt.",
            )
        lengths = np.concatenate(self.counts)
        offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
        rows: NDArray[np.integer] = np.concatenate(self.rows)
        check_rows(rows, offsets, self.path, lambda place: _name(self.digits[place], "input"))
        order = np.array(sorted(range(len(lengths)), key=self._rank), dtype=np.int64)
        ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths[order])])
        first = np.repeat(offsets[:-1][order] - ends[:-1], lengths[order])
        digits = [self.digits[place] for place in order.tolist()]
        label = np.array([self._label(digit) for digit in digits], dtype=np.int16)
        return draw_rows(
            Rows(
                narrow(rows[np.arange(ends[-1]) + first]),
                ends,
                None if (label == NO_LABEL).any() else label.astype(np.uint8),
                np.array([split for split, _ in digits]),
                np.array([index for _, index in digits], dtype=np.int64),
            ),
            label,
        )

    def _rank(self, place: int) -> tuple[int, int]:
        split, index = self.digits[place]
        return SPLITS.index(split), index

    def _label(self, digit: Digit) -> int:
        """Return the class of a digit."""
        split, index = digit
        listed = self.labels.get(split)
        if listed is None:
            return self.classes.get(digit, NO_LABEL)
        if index >= len(listed):
            raise UserError(
                f"{split}labels.txt has {len(listed):,} labels, but there is "
                f"{_name(digit, 'input')}",
                path=self.path,
                advice=GET_AGAIN,
            )
        return int(listed[index])

    def _add_labels(self, split: str, name: str, text: bytes) -> None:
        if split in self.labels:
            raise self._twice(name)
        try:
            values, _ = read_tables([text], 1)
        except LineError as error:
            raise self._fault(name, error, "one label") from error
        labels = values.ravel()
        if labels.min(initial=0) < 0 or labels.max(initial=0) > 255:
            line = int(np.argmax((labels < 0) | (labels > 255))) + 1
            raise UserError(
                f"line {line} of {name} is no class", path=self.path, advice="They are 0 to 255."
            )
        self.labels[split] = labels

    def _read_class(self, name: str, text: bytes) -> int:
        """Return the class that the first line of a target file tells."""
        words = text.partition(b"\n")[0].split()[:CLASSES]
        if len(words) < CLASSES or any(word not in (b"0", b"1") for word in words):
            raise self._fault(name, LineError(0, 1), "ten classes and a row of four")
        classes = [place for place, word in enumerate(words) if word == b"1"]
        if len(classes) > 1:
            raise UserError(
                f"line 1 of {name} names {len(classes)} classes", path=self.path, advice=GET_AGAIN
            )
        return classes[0] if classes else NO_LABEL

    def _read_inputs(self) -> None:
        self._read(self.inputs, "input", COLUMNS)
        self.inputs, self.waiting = {}, 0

    def _read(self, texts: dict[Digit, bytes], kind: str, columns: int) -> None:
        """Read texts into rows."""
        digits = list(texts)
        try:
            values, counts = read_tables(list(texts.values()), columns)
        except LineError as error:
            name = _name(digits[error.text], kind)
            raise self._fault(name, error, f"{columns} whole numbers") from error
        if not counts.all():
            name = _name(digits[int(np.argmin(counts))], kind)
            raise UserError(f"{name} is empty", path=self.path, advice=GET_AGAIN)
        self.digits += digits
        self.counts.append(counts)
        self.rows.append(narrow(values[:, -COLUMNS:]))
        if sum(map(len, self.rows)) > MOST_ROWS:
            raise UserError(
                f"there are more than {MOST_ROWS:,} rows",
                path=self.path,
                advice="Open a part of them.",
            )

    def _fault(self, name: str, error: LineError, what: str) -> UserError:
        return UserError(
            f"line {error.line} of {name} does not hold {what}", path=self.path, advice=GET_AGAIN
        )

    def _twice(self, name: str) -> UserError:
        return UserError(
            f"{name} is there twice", path=self.path, advice="Every digit can have one sequence."
        )


def _name(digit: Digit, kind: str) -> str:
    """Return the name of a digit's file."""
    return f"{digit[0]}img-{digit[1]}-{kind}data.txt"


def is_published_name(name: str) -> bool:
    """Return whether a file name is that of a published sequence."""
    return _NAME.fullmatch(name) is not None


def find_published(folder: Path) -> list[Path]:
    """Find published text files in a folder, or in one named ``sequences`` in it.

    Parameters
    ----------
    folder : path
        The folder.

    Returns
    -------
    paths : list of path
        Sequences and labels; nothing if there is no sequence.
    """
    for place in (folder, folder / FOLDER):
        if place == folder or place.is_dir():
            paths = Listing(place).files(".txt")
            if any(is_published_name(path.name) for path in paths):
                return [path for path in paths if _is_wanted(path.name)]
    return []


def read_published(path: Path, files: Iterable[Path], steps: Steps) -> Drawn:
    """Read published text files.

    Parameters
    ----------
    path : path
        What errors name: their folder, or the file.
    files : iterable of path
        Other files than sequences and labels are passed over.
    steps : Steps
        Counts the files.

    Returns
    -------
    drawn : Drawn
        The digits of ``train`` before those of ``test``, by index.

    Raises
    ------
    UserError
        If a file cannot be read or is no sequence, or labels are missing in a list of them.
    """
    files = list(files)
    steps.begin(len(files))
    inputs = {file.name for file in files if file.name.endswith("-inputdata.txt")}
    listed = {match[1] for file in files if (match := _LABELS.fullmatch(file.name))}
    found = _Found(path)
    for name, text in _read_files(files, inputs, listed, steps):
        found.add(name, text)
    return found.finish()


def read_archive(path: Path, steps: Steps) -> Drawn:
    """Read the published text files out of a tar archive, plain or packed; see `read_published`.

    Nothing of it is written to disk.
    """
    try:
        steps.begin(path.stat().st_size)
    except OSError as error:
        raise explain(error, path) from error
    found = _Found(path)
    for name, text in read_members(path, _is_wanted, LARGEST_LABELS, steps):
        if len(text) > LARGEST_FILE and _LABELS.fullmatch(name) is None:
            raise _too_long(name, path)
        found.add(name, text)
    return found.finish()


def _is_wanted(name: str) -> bool:
    return is_published_name(name) or _LABELS.fullmatch(name) is not None


def _read_files(
    files: Iterable[Path], inputs: set[str], listed: set[str], steps: Steps
) -> Iterator[tuple[str, bytes]]:
    """Read those files that tell something the others do not."""
    for file in files:
        match = _NAME.fullmatch(file.name)
        steps.advance()
        spare = match and match[3] == "target" and match[1] in listed
        if spare and file.name.replace("target", "input") in inputs:
            continue
        largest = LARGEST_FILE if match else LARGEST_LABELS
        try:
            with file.open("rb") as opened:
                text = opened.read(largest + 1)
        except OSError as error:
            raise explain(error, file) from error
        if len(text) > largest:
            raise _too_long(file.name, file)
        yield file.name, text


def _too_long(name: str, path: Path) -> UserError:
    return UserError(f"{name} is too long for a sequence", path=path, advice=GET_AGAIN)
