"""A set of digits in memory: images, labels and metadata, by split."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.errors import UserError


@dataclass(frozen=True)
class Split:
    """One split of a set; a digit's identity is (split name, index).

    Parameters
    ----------
    name : str
        Such as ``train`` or ``test``.
    images : ndarray of uint8, shape (n, M, N)
        Grey images, ink bright.
    labels : ndarray of uint8, shape (n,), or None
        Class of each digit.
    columns : mapping of str to ndarray, shape (n,)
        Metadata by column name: ``writer``, ``hsf_series``, ``digit_index``,
        ``nist_class``, ``global_index`` and others where known.
    pen_paths : tuple of (points, offsets), optional
        True pen paths of generated or recorded digits: float32 (T, 3) rows of
        (row, column, stroke number) and int64 (n + 1,) offsets into them. A digit without
        rows has no known path.
    """

    name: str
    images: NDArray[np.uint8]
    labels: NDArray[np.uint8] | None = None
    columns: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    pen_paths: tuple[NDArray[np.float32], NDArray[np.int64]] | None = None

    def __len__(self) -> int:
        return len(self.images)

    def pen_path(self, index: int) -> tuple[NDArray[np.float64], ...] | None:
        """Return the true path of a digit, or None where there is none.

        Parameters
        ----------
        index : int
            The digit.

        Returns
        -------
        path : tuple of ndarray of float64, each of shape (n, 2), or None
            Strokes in the order they were drawn, (row, column) in pixels, pixel centres at
            whole numbers.
        """
        if self.pen_paths is None:
            return None
        points, offsets = self.pen_paths
        own = points[offsets[index] : offsets[index + 1]]
        if not len(own):
            return None
        lifts = np.flatnonzero(np.diff(own[:, 2])) + 1
        return tuple(np.split(own[:, :2].astype(np.float64), lifts))

    def has_path(self, indices: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return of which digits the true path is known, shape as `indices`."""
        if self.pen_paths is None:
            return np.zeros(len(indices), dtype=np.bool_)
        return np.asarray(np.diff(self.pen_paths[1])[indices] > 0)

    def _paths_of(
        self, chosen: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]] | None:
        """Return the true paths of some digits in the form of `pen_paths`."""
        if self.pen_paths is None:
            return None
        points, offsets = self.pen_paths
        lengths = np.diff(offsets)[chosen]
        ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
        places = np.arange(ends[-1]) + np.repeat(offsets[:-1][chosen] - ends[:-1], lengths)
        return points[places], ends


@dataclass(frozen=True)
class DigitSet:
    """A set of digits and what is known about it.

    Parameters
    ----------
    name : str
        Name for people, such as ``MNIST``.
    source : str
        What was opened: a path, or ``sample``.
    splits : mapping of str to Split
        In the order they are offered.
    notes : tuple of str
        Sentences a user should read, such as that a set is synthetic.
    family : str
        Which known set it is or belongs to, such as ``mnist``; "" if none. See
        `viewer.datasets.families`.
    class_names : tuple of str
        Names of the classes by label, where they are not the digits.
    """

    name: str
    source: str
    splits: Mapping[str, Split]
    notes: tuple[str, ...] = ()
    family: str = ""
    class_names: tuple[str, ...] = ()

    def __len__(self) -> int:
        return sum(len(split) for split in self.splits.values())

    def split(self, name: str) -> Split:
        """Return a split by name; a UserError lists the names there are."""
        try:
            return self.splits[name]
        except KeyError:
            raise UserError(
                f"there is no split {name!r}",
                path=self.source,
                advice=f"It has: {', '.join(self.splits)}.",
            ) from None

    def part(self, chosen: Mapping[str, NDArray[np.int64]]) -> DigitSet:
        """Return a set of some of the digits, with all that is known of them.

        Parameters
        ----------
        chosen : mapping of str to ndarray of int64
            Indices by the name of their split; splits that are not named are left out.

        Returns
        -------
        part : DigitSet
            Their indices are counted anew.
        """
        splits = {
            name: Split(
                name,
                split.images[chosen[name]],
                None if split.labels is None else split.labels[chosen[name]],
                {key: column[chosen[name]] for key, column in split.columns.items()},
                split._paths_of(chosen[name]),
            )
            for name, split in self.splits.items()
            if name in chosen
        }
        return replace(self, splits=splits)
