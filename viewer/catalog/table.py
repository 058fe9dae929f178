"""The digits of a set as one table, split after split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.columns import CLASS, INDEX, SPLIT, Column, find_column
from viewer.datasets.digits import DigitSet, Split


class Table:
    """All digits of a set as columns of equal length.

    A digit's *position* counts through the splits in their order. Columns may be added and
    filled while the table is in use, by one thread; the `revision` of a column grows with
    each change. Arrays that the table hands out are its own: they must not be written to.
    In an array that was handed out nothing changes but values that were not known then.

    Parameters
    ----------
    dataset : DigitSet
        The set.
    """

    def __init__(self, dataset: DigitSet) -> None:
        self.dataset = dataset
        self.shapes: NDArray[np.uint8] | None = None
        """Descriptors of the digits' stroke shapes, (n, D), once they are known."""
        self._splits = tuple(dataset.splits.values())
        self._starts = np.cumsum([0, *map(len, self._splits)])
        self._columns: dict[str, Column] = {}
        self._values: dict[str, NDArray[Any]] = {}
        self._known: dict[str, NDArray[np.bool_] | None] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        self._revisions: dict[str, int] = {}
        self._add_identity()
        self._add_metadata()

    def __len__(self) -> int:
        return int(self._starts[-1])

    @property
    def columns(self) -> dict[str, Column]:
        """The columns there are, by name."""
        return self._columns

    def values(self, name: str) -> NDArray[Any]:
        """Return a column, shape (n,): numbers, flags, or codes of words."""
        return self._values[name]

    def known(self, name: str) -> NDArray[np.bool_] | None:
        """Return which digits a column is known of, shape (n,); None where of all."""
        return self._known[name]

    def is_complete(self, name: str) -> bool:
        """Return whether a column is there, and known of all digits."""
        return name in self._columns and self._known[name] is None

    def words(self, name: str) -> tuple[str, ...]:
        """Return the texts of a column of words by their codes; empty for other columns."""
        return self._words.get(name, ())

    def revision(self, name: str) -> int:
        """Return how often a column was added or filled, 0 where it is not there."""
        return self._revisions.get(name, 0)

    def add(
        self,
        column: Column,
        values: NDArray[Any],
        *,
        known: NDArray[np.bool_] | None = None,
        words: Sequence[str] = (),
    ) -> None:
        """Add a column, or replace it.

        Parameters
        ----------
        column : Column
            What it is.
        values : ndarray, shape (n,)
            Whole numbers, floats, bools, or codes of words.
        known : ndarray of bool, shape (n,), optional
            Where the values are known; everywhere by default.
        words : sequence of str
            Texts of a column of words.

        Raises
        ------
        ValueError
            If an array has another length.
        """
        if len(values) != len(self) or (known is not None and len(known) != len(self)):
            raise ValueError(f"column {column.name} must have {len(self)} values")
        self._columns[column.name] = column
        self._values[column.name] = values
        self._known[column.name] = None if known is None or known.all() else known
        if words:
            self._words[column.name] = tuple(words)
        self._count_change(column.name)

    def fill(self, column: Column, start: int, values: NDArray[Any]) -> None:
        """Fill a part of a column, which is added when it is not there yet.

        Parameters
        ----------
        column : Column
            What it is; not one of words.
        start : int
            Position of the first digit.
        values : ndarray, shape (k,)
            Values of the digits from there on.
        """
        stop = start + len(values)
        if column.name not in self._columns:
            nothing = np.zeros(len(self), dtype=values.dtype)
            self.add(column, nothing, known=np.zeros(len(self), dtype=np.bool_))
        # Another thread may be reading the arrays it was given. NumPy counts first and then
        # copies, and would write beyond its result if more had become true meanwhile.
        known = self._known[column.name]
        if known is None:
            self._values[column.name] = self._values[column.name].copy()
        self._values[column.name][start:stop] = values
        if known is not None:
            known = known.copy()
            known[start:stop] = True
            self._known[column.name] = None if known.all() else known
        self._count_change(column.name)

    def forget(self, name: str) -> None:
        """Take a column for unknown of all digits, since what it told is out of date."""
        self._values[name] = np.zeros_like(self._values[name])
        self._known[name] = np.zeros(len(self), dtype=np.bool_)
        self._count_change(name)

    def locate(self, position: int) -> tuple[Split, int]:
        """Return the split of a digit and its index there."""
        place = int(np.searchsorted(self._starts, position, side="right")) - 1
        return self._splits[place], position - int(self._starts[place])

    def position(self, split: str, index: int) -> int:
        """Return the position of a digit by split and index, which must be there."""
        return self.first(split) + index

    def first(self, split: str) -> int:
        """Return the position of a split's first digit."""
        place = [part.name for part in self._splits].index(split)
        return int(self._starts[place])

    def identity(self, position: int) -> str:
        """Return a digit's name, such as ``train:13``."""
        split, index = self.locate(position)
        return f"{split.name}:{index}"

    def image(self, position: int) -> NDArray[np.uint8]:
        """Return the image of a digit, shape (M, N)."""
        split, index = self.locate(position)
        image: NDArray[np.uint8] = split.images[index]
        return image

    def by_split(self, positions: NDArray[np.int64]) -> list[tuple[Split, NDArray[np.int64]]]:
        """Divide digits among the splits.

        Parameters
        ----------
        positions : ndarray of int64, shape (k,)
            In any order.

        Returns
        -------
        parts : list of (Split, ndarray of int64)
            The splits that occur, in their order, and the ascending indices in each.
        """
        ascending = len(positions) < 2 or bool((positions[1:] > positions[:-1]).all())
        ordered = positions if ascending else np.unique(positions)
        bounds = np.searchsorted(ordered, self._starts)
        return [
            (split, ordered[bounds[i] : bounds[i + 1]] - self._starts[i])
            for i, split in enumerate(self._splits)
            if bounds[i] < bounds[i + 1]
        ]

    def positions(self, digits: Mapping[str, NDArray[np.int64]]) -> NDArray[np.int64]:
        """Join digits of the splits, as `by_split` divides them.

        Parameters
        ----------
        digits : mapping of str to ndarray of int64
            Ascending indices by the name of their split; what is not there is passed over.

        Returns
        -------
        positions : ndarray of int64, shape (k,)
            Ascending.
        """
        parts = [
            start + indices[indices < len(split)]
            for split, start in zip(self._splits, self._starts, strict=False)
            if (indices := digits.get(split.name)) is not None
        ]
        return np.concatenate([np.zeros(0, np.int64), *parts])

    def _count_change(self, name: str) -> None:
        self._revisions[name] = self.revision(name) + 1

    def _add_identity(self) -> None:
        sizes = [len(split) for split in self._splits]
        codes = np.repeat(np.arange(len(sizes), dtype=np.uint8), sizes)
        self.add(SPLIT, codes, words=[split.name for split in self._splits])
        indices = np.arange(len(self), dtype=np.int32) - np.repeat(self._starts[:-1], sizes)
        self.add(INDEX, indices.astype(np.int32))

    def _add_metadata(self) -> None:
        """Join what the splits know."""
        if any(split.labels is not None for split in self._splits):
            parts = [split.labels for split in self._splits]
            self._join(self._class_column(), parts, self.dataset.class_names)
        names = dict.fromkeys(name for split in self._splits for name in split.columns)
        for name in names:
            self._join(find_column(name), [split.columns.get(name) for split in self._splits])

    def _class_column(self) -> Column:
        """Return the column of classes, whose values are words where they have names."""
        if not self.dataset.class_names:
            return CLASS
        return Column(CLASS.name, CLASS.title, CLASS.help, "word", aliases=CLASS.aliases)

    def _join(
        self, column: Column, parts: Sequence[NDArray[Any] | None], words: Sequence[str] = ()
    ) -> None:
        """Add a column out of its parts, None where a split lacks it."""
        if len(parts) == 1 and parts[0] is not None:
            self.add(column, parts[0], words=words)
            return
        dtype = np.result_type(*(part for part in parts if part is not None))
        values = np.zeros(len(self), dtype=dtype)
        known = np.zeros(len(self), dtype=np.bool_)
        for start, part in zip(self._starts, parts, strict=False):
            if part is not None:
                values[start : start + len(part)] = part
                known[start : start + len(part)] = True
        self.add(column, values, known=known, words=words)
