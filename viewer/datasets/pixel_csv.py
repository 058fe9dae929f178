"""CSV files with a digit a line, its label and its pixels, as on Kaggle.

Strategy: whole blocks of lines are parsed at once. All bytes that are no digits are
separators; the number before a separator is made of the one to three bytes before it. What
is wrong is searched for line by line only once a block is known to be faulty.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.emnist import turn_upright
from viewer.datasets.identity import guess_family
from viewer.datasets.idx import LARGEST
from viewer.datasets.layout import ENDINGS, Listing, own_name
from viewer.datasets.mnist import LARGEST_SIDE
from viewer.datasets.steps import Steps
from viewer.datasets.streams import GET_AGAIN, PIECE, Reader, explain
from viewer.errors import UserError

ENDINGS_CSV = tuple(f".csv{ending}" for ending in ENDINGS)
LONGEST_LINE = 1 << 17
"""Most bytes of a line: 64 x 64 pixels of three figures and their names take half of it."""
LEAST_SIDE = 4
LABEL_NAMES = ("label", "labels", "class", "digit", "target", "y")
_SPLIT = re.compile(r"(?:(.*)[-_. ])?(train|test)(?:ing)?", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(rb"[0-9]{1,3}")
_COMMA, _LINE = ord(","), ord("\n")


@dataclass(frozen=True)
class _Form:
    """Which column is what.

    Parameters
    ----------
    side : int
        Rows and columns of an image.
    label : int
        Column of the label, -1 if there is none.
    has_header : bool
        Whether the first line names the columns.
    """

    side: int
    label: int
    has_header: bool

    @property
    def columns(self) -> int:
        return self.side * self.side + (self.label >= 0)


def is_csv_name(name: str) -> bool:
    """Return whether a file name is one of a CSV file, which may be packed."""
    return name.lower().endswith(ENDINGS_CSV)


def is_pixel_csv(path: Path) -> bool:
    """Return whether the first line of a file is one of labels and pixels, or names them."""
    try:
        with Reader(path) as reader:
            return _tell_form(reader.read(LONGEST_LINE)) is not None
    except UserError:
        return False


def open_csv_folder(folder: Path, steps: Steps) -> DigitSet | None:
    """Open the CSV files of pixels in a folder, ``train`` and ``test`` of one set together.

    None is returned if there are none; else see `open_csv`.
    """
    sets: dict[str, dict[str, Path]] = {}
    for path in Listing(folder).files(*ENDINGS_CSV):
        if is_pixel_csv(path):
            stem, split = _split_name(path)
            sets.setdefault(stem, {}).setdefault(split, path)
    if not sets:
        return None
    first, *others = sets.values()
    draft = open_csv([first[split] for split in sorted(first, reverse=True)], steps)
    notes = (
        f"Another set lies here too: open {next(iter(other.values()))} for it." for other in others
    )
    return DigitSet(draft.name, "", draft.splits, (*draft.notes, *notes), draft.family)


def open_csv(paths: Sequence[Path], steps: Steps) -> DigitSet:
    """Open CSV files of pixels.

    Parameters
    ----------
    paths : sequence of path
        A digit a line: grey levels 0 to 255, row by row, and perhaps a label, whose column
        is called ``label`` in the first line or, without such a line, the first one. Plain,
        gzip or xz. EMNIST's files, known by their names, have their pixels column by column.
    steps : Steps
        Counts bytes.

    Returns
    -------
    draft : DigitSet
        Not yet named; splits are ``train``, ``test`` or ``digits``, by the files' names.

    Raises
    ------
    UserError
        If a file is damaged, or a line of it is something else.
    """
    try:
        steps.begin(sum(path.stat().st_size for path in paths))
    except OSError as error:
        raise explain(error, paths[0]) from error
    stem = _split_name(paths[0])[0]
    family = guess_family(stem) or guess_family(own_name(paths[0].parent))
    splits: dict[str, Split] = {}
    for path in paths:
        name = _split_name(path)[1]
        images, labels = _read(path, steps)
        if family.startswith("emnist"):
            images = turn_upright(images)
        splits[name] = Split(name, images, labels)
    notes = tuple(
        f"The digits of {name} have no labels: the file holds none."
        for name, split in splits.items()
        if split.labels is None
    )
    return DigitSet(stem or own_name(paths[0].parent), "", splits, notes, family)


def _split_name(path: Path) -> tuple[str, str]:
    """Return what set and split a file is of, by its name."""
    stem = re.sub(r"\.csv(?:\.gz|\.xz)?$", "", path.name, flags=re.IGNORECASE)
    match = _SPLIT.fullmatch(stem)
    return (match[1] or "", match[2].lower()) if match else (stem, "digits")


def _tell_form(start: bytes) -> _Form | None:
    """Tell the columns from the first bytes of a file; None if it is no table of pixels."""
    line, found, _ = start.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    if not found and len(start) >= LONGEST_LINE:
        return None
    cells = [cell.strip(b"\"' \r").lower() for cell in line.split(b",")]
    has_header = not all(cell.isdigit() for cell in cells)
    label = -1
    if has_header:
        names = [name.encode() for name in LABEL_NAMES if name.encode() in cells]
        label = cells.index(names[0]) if names else -1
    elif math.isqrt(len(cells)) ** 2 != len(cells):
        label = 0
    side = math.isqrt(len(cells) - (label >= 0))
    form = _Form(side, label, has_header)
    fits = form.columns == len(cells) and LEAST_SIDE <= side <= LARGEST_SIDE
    return form if fits else None


def _read(path: Path, steps: Steps) -> tuple[NDArray[np.uint8], NDArray[np.uint8] | None]:
    """Read the images of a file, and their labels if it has any."""
    images = np.empty((0, 0), np.uint8)
    count, line, rest, seen = 0, 1, b"", 0
    with Reader(path) as reader:
        form = None
        while piece := reader.read(PIECE):
            steps.advance(reader.packed_bytes - seen)
            seen = reader.packed_bytes
            block = rest + piece
            if form is None:
                form, block = _begin(block, path)
                images = np.empty((0, form.columns), np.uint8)
                line += form.has_header
            whole, newline, rest = block.rpartition(b"\n")
            rows = _parse(whole + newline, form.columns, line, path)
            images = _append(images, count, rows, path)
            count, line = count + len(rows), line + len(rows)
            if len(rest) > LONGEST_LINE:
                raise UserError(f"line {line} does not end", path=path, advice=GET_AGAIN)
        if form is None or not count + len(rest):
            raise UserError("it holds no digits", path=path, advice="Open another file.")
        if rest:
            rows = _parse(rest + b"\n", form.columns, line, path)
            images = _append(images, count, rows, path)
            count += len(rows)
    images.resize((count, form.columns), refcheck=False)
    return _divide(images, form)


def _begin(block: bytes, path: Path) -> tuple[_Form, bytes]:
    """Tell the form of a file, and leave its lines of numbers."""
    form = _tell_form(block[:LONGEST_LINE])
    if form is None:
        raise UserError(
            "this is not a CSV file of digits",
            path=path,
            advice="A line holds a label and the pixels of a square image, or the pixels alone.",
        )
    block = block.removeprefix(b"\xef\xbb\xbf")
    return form, block.partition(b"\n")[2] if form.has_header else block


def _parse(block: bytes, columns: int, line: int, path: Path) -> NDArray[np.uint8]:
    """Turn whole lines into numbers, shape (n, columns)."""
    data = np.frombuffer(block.replace(b"\r\n", b"\n").rstrip(b"\n") + b"\n", np.uint8)
    if len(data) == 1:
        return np.empty((0, columns), np.uint8)
    ends = np.flatnonzero((data < ord("0")) | (data > ord("9")))
    widths = np.diff(ends, prepend=-1) - 1
    if len(ends) % columns == 0 and widths.min() >= 1 and widths.max() <= 3:
        marks = data[ends].reshape(-1, columns)
        figures = (data - ord("0")).astype(np.int16)
        numbers = figures[ends - 1]
        numbers += np.where(widths > 1, 10 * figures[ends - 2], 0).astype(np.int16)
        numbers += np.where(widths > 2, 100 * figures[ends - 3], 0).astype(np.int16)
        ordered = (marks[:, -1] == _LINE).all() and (marks[:, :-1] == _COMMA).all()
        if ordered and numbers.max() <= 255:
            return numbers.astype(np.uint8).reshape(-1, columns)
    raise _find_fault(data.tobytes(), columns, line, path)


def _find_fault(block: bytes, columns: int, first: int, path: Path) -> UserError:
    """Describe the first faulty line of a block."""
    for number, text in enumerate(block[:-1].split(b"\n"), start=first):
        cells = text.split(b",")
        wrong = [cell for cell in cells if not _NUMBER.fullmatch(cell) or int(cell) > 255]
        if len(cells) != columns:
            problem = f"line {number} has {len(cells):,} columns, not {columns:,}"
            problem = problem if text else f"line {number} is empty"
            return UserError(problem, path=path, advice=GET_AGAIN)
        if wrong:
            problem = f"line {number} holds {ascii(wrong[0][:20])[1:]}, not a number from 0 to 255"
            return UserError(problem, path=path, advice=GET_AGAIN)
    return UserError("its lines cannot be told apart", path=path, advice=GET_AGAIN)


def _append(
    images: NDArray[np.uint8], count: int, rows: NDArray[np.uint8], path: Path
) -> NDArray[np.uint8]:
    """Put rows behind the first `count`, growing the array by half when it is full."""
    needed = count + len(rows)
    if needed * images.shape[1] > LARGEST:
        raise UserError(
            f"it holds more than the {LARGEST >> 20} MiB of pixels that are read",
            path=path,
            advice="Open a part of it.",
        )
    if needed > len(images):
        images.resize((needed + needed // 2, images.shape[1]), refcheck=False)
    images[count:needed] = rows
    return images


def _divide(
    numbers: NDArray[np.uint8], form: _Form
) -> tuple[NDArray[np.uint8], NDArray[np.uint8] | None]:
    """Divide labels from pixels."""
    if form.label < 0:
        return numbers.reshape(-1, form.side, form.side), None
    labels = numbers[:, form.label].copy()
    pixels = numbers[:, 1:] if form.label == 0 else np.delete(numbers, form.label, axis=1)
    return pixels.reshape(-1, form.side, form.side), labels
