"""What there is to know about a set of digits as a whole: counts, writers, images, origin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.columns import CLASS, FACTS, Column
from viewer.catalog.table import Table
from viewer.datasets.digits import Split
from viewer.datasets.families import FAMILIES, Family, known_label_errors

FEW = 6
"""Values that are named one by one rather than by their range."""

PROBE = 4096
"""Digits whose values tell whether a column may have few of them."""

LARGEST = 1 << 20
"""Values up to it are counted without sorting."""

UNKNOWN = -1
"""Stands in a `CountTable` where a split does not have the column."""

STUDENTS = "high-school students"
EMPLOYEES = "census employees"
SERIES_WRITERS = {0: EMPLOYEES, 1: EMPLOYEES, 2: EMPLOYEES, 3: EMPLOYEES, 4: STUDENTS,
                  6: EMPLOYEES, 7: EMPLOYEES}  # fmt: skip
"""Who filled in each series of handwriting sample forms [1]_.

.. [1] P. J. Grother (1995), NIST Special Database 19 Handprinted Forms and Characters, user's
   guide, section 2.
"""


@dataclass(frozen=True)
class CountTable:
    """Digits by the values of a column and by split.

    Parameters
    ----------
    names : tuple of str, length r
        The values, in words.
    counts : ndarray of int64, shape (r, s)
        Digits with a value, by split in the set's order; `UNKNOWN` in a split that does not
        have the column.
    """

    names: tuple[str, ...]
    counts: NDArray[np.int64]

    @property
    def totals(self) -> NDArray[np.int64]:
        """Digits with each value in all splits, shape (r,)."""
        return np.asarray(np.maximum(self.counts, 0).sum(axis=1))


@dataclass(frozen=True)
class SplitImages:
    """The images of one split, all of them looked at.

    Parameters
    ----------
    split : str
        Its name.
    count : int
        How many there are.
    shape : tuple of int
        Rows and columns of an image.
    mean : float
        Mean grey value, 0 to 255.
    ink : float
        Share of pixels above 0, 0 to 1.
    """

    split: str
    count: int
    shape: tuple[int, int]
    mean: float
    ink: float


@dataclass(frozen=True)
class Writers:
    """Who wrote some digits.

    Parameters
    ----------
    split : str
        Name of their split; "" for the whole set.
    count : int
        How many writers there are.
    fewest, most : int
        Digits of the writers with the smallest and the largest share.
    median : float
        Half of the writers wrote as many digits or fewer.
    """

    split: str
    count: int
    fewest: int
    median: float
    most: int


@dataclass(frozen=True)
class WrongLabel:
    """A digit whose label is known to be wrong: where it is, its label and the likely one."""

    position: int
    identity: str
    given: str
    likely: str


@dataclass(frozen=True)
class Meaning:
    """A column: what it means here, and in words which values it has ("" if none is known)."""

    column: Column
    help: str
    values: str


@dataclass(frozen=True)
class AboutSet:
    """A set of digits as a whole.

    Parameters
    ----------
    name, source : str
        As its `DigitSet` has them.
    size : int
        Digits in all splits.
    notes : tuple of str
        Sentences a user should read.
    family : Family or None
        The known set it belongs to.
    images : tuple of SplitImages
        One for each split, in the set's order.
    classes : CountTable or None
        Digits by class; None without labels.
    series : CountTable or None
        Digits by HSF series; None where it is not known.
    writers : tuple of Writers
        Of the whole set and, where there are several, of each split; empty where they are
        not known.
    wrong_labels : tuple of WrongLabel
        Known label errors.
    columns : tuple of Meaning
        The columns there are, and those that extraction adds.
    """

    name: str
    source: str
    size: int
    notes: tuple[str, ...]
    family: Family | None
    images: tuple[SplitImages, ...]
    classes: CountTable | None
    series: CountTable | None
    writers: tuple[Writers, ...]
    wrong_labels: tuple[WrongLabel, ...]
    columns: tuple[Meaning, ...]


def about(table: Table) -> AboutSet:
    """Gather what is known about a set.

    Parameters
    ----------
    table : Table
        Its digits; columns may be filled meanwhile.

    Returns
    -------
    about : AboutSet
        Every figure is of all digits, none of a sample.
    """
    dataset = table.dataset
    family = FAMILIES.get(dataset.family)
    return AboutSet(
        dataset.name,
        dataset.source,
        len(table),
        dataset.notes,
        family,
        tuple(_look_at(split) for split in dataset.splits.values()),
        _count(table, "class"),
        _count(table, "hsf"),
        tuple(_count_writers(table)),
        tuple(_wrong_labels(table)),
        tuple(_meanings(table, family)),
    )


def _look_at(split: Split) -> SplitImages:
    pixels = max(split.images.size, 1)
    mean = int(split.images.sum(dtype=np.uint64)) / pixels
    ink = int(np.count_nonzero(split.images)) / pixels
    rows, columns = split.images.shape[1:]
    return SplitImages(split.name, len(split), (rows, columns), mean, ink)


def _count(table: Table, name: str) -> CountTable | None:
    """Count the digits by a column of few values and by split."""
    if name not in table.columns:
        return None
    values, known = table.values(name), table.known(name)
    found = _tally(values if known is None else values[known])[0]
    counts = np.full((len(found), len(table.dataset.splits)), UNKNOWN, dtype=np.int64)
    for place, part in enumerate(_parts(table)):
        mask = None if known is None else known[part]
        if mask is None or mask.any():
            mine = values[part] if mask is None else values[part][mask]
            where, number = _tally(mine)
            counts[:, place] = 0
            counts[np.searchsorted(found, where), place] = number
    return CountTable(tuple(_word(table, name, value) for value in found.tolist()), counts)


def _tally(values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Return the values there are, ascending, and how often; whole numbers without sorting."""
    countable = values.dtype.kind in "ui" and len(values) > 0
    if not countable or values.min() < 0 or values.max() > LARGEST:
        return np.unique(values, return_counts=True)
    counts = np.bincount(values)
    found = np.flatnonzero(counts)
    return found, counts[found]


def _word(table: Table, name: str, value: int) -> str:
    """Return a value in words."""
    words = table.words(name)
    return words[value] if 0 <= value < len(words) else str(value)


def _parts(table: Table) -> Iterator[slice]:
    """Return the positions of each split."""
    for name, split in table.dataset.splits.items():
        first = table.first(name)
        yield slice(first, first + len(split))


def _count_writers(table: Table) -> Iterator[Writers]:
    if "writer" not in table.columns:
        return
    values, known = table.values("writer"), table.known("writer")
    parts = {"": slice(None)}
    if len(table.dataset.splits) > 1:
        parts |= dict(zip(table.dataset.splits, _parts(table), strict=True))
    for split, part in parts.items():
        mine = values[part] if known is None else values[part][known[part]]
        if len(mine):
            digits = _tally(mine)[1]
            fewest, most = int(digits.min()), int(digits.max())
            yield Writers(split, len(digits), fewest, float(np.median(digits)), most)


def _wrong_labels(table: Table) -> Iterator[WrongLabel]:
    for split, index, given, likely in known_label_errors(table.dataset):
        position = table.position(split, index)
        yield WrongLabel(
            position,
            table.identity(position),
            _word(table, CLASS.name, given),
            _word(table, CLASS.name, likely),
        )


def _meanings(table: Table, family: Family | None) -> Iterator[Meaning]:
    peculiar = family.column_help if family else {}
    columns = table.columns
    for column in (*columns.values(), *(fact for fact in FACTS if fact.name not in columns)):
        more = (peculiar[name] for name in (column.name, *column.aliases) if name in peculiar)
        yield Meaning(column, " ".join((column.help, *more)), _values(table, column))


def _values(table: Table, column: Column) -> str:
    """Say which values a column has: all where they are few, else the ends of their range."""
    if column.name not in table.columns:
        return ""
    values: NDArray[Any] = table.values(column.name)
    known = table.known(column.name)
    values = values if known is None else values[known]
    if not len(values):
        return ""
    if column.kind == "flag":
        return f"yes: {int(np.count_nonzero(values)):,}"
    unit = f" {column.unit}" if column.unit else ""
    if column.kind == "real":
        return f"{values.min():,.1f} to {values.max():,.1f}{unit}"
    few = column.kind == "word" or len(np.unique(values[:PROBE])) <= FEW
    found = _tally(values)[0] if few else values[:0]
    if column.kind == "word" or 0 < len(found) <= FEW:
        return ", ".join(_word(table, column.name, value) for value in found.tolist())
    return f"{values.min():,} to {values.max():,}{unit}"
