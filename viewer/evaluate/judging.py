"""Orders of a set judged by the true paths of the pen, digit by digit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.digits import Split
from viewer.evaluate.orders import Orders
from viewer.evaluate.summary import Figures, Pair, Summary, compare, summarise

BY = ("class", "writer")
"""What figures can be grouped by."""


@dataclass(frozen=True)
class Part:
    """Some digits of a split.

    Parameters
    ----------
    split : Split
        The split.
    indices : ndarray of int64, shape (n,)
        Which of its digits.
    """

    split: Split
    indices: NDArray[np.int64]

    @property
    def images(self) -> NDArray[np.uint8]:
        """Their images."""
        return self.split.images[self.indices]


@dataclass(frozen=True)
class Groups:
    """Who wrote which digit, and what it is.

    Parameters
    ----------
    writers : ndarray of int64, shape (n,), or None
        Place of each digit's writer in `writer_names`; None where not all are known.
    writer_names : tuple of str
        Number of each writer, behind the name of the split where there are several.
    classes : ndarray of int64, shape (n,), or None
        Label of each digit; None where not all are known.
    """

    writers: NDArray[np.int64] | None
    writer_names: tuple[str, ...]
    classes: NDArray[np.int64] | None

    @classmethod
    def of(cls, parts: Sequence[Part]) -> Groups:
        """Collect what the splits tell of some digits."""
        classes = None
        if all(part.split.labels is not None for part in parts):
            labels = [part.split.labels[part.indices] for part in parts]  # type: ignore[index]
            classes = np.concatenate(labels).astype(np.int64)
        if not all("writer" in part.split.columns for part in parts):
            return cls(None, (), classes)
        names: list[str] = []
        places = []
        for part in parts:
            here, place = np.unique(part.split.columns["writer"][part.indices], return_inverse=True)
            places.append(place + len(names))
            before = f"{part.split.name}:" if len(parts) > 1 else ""
            names.extend(f"{before}{writer}" for writer in here.tolist())
        return cls(np.concatenate(places).astype(np.int64), tuple(names), classes)

    def part(self, chosen: NDArray[np.bool_]) -> Groups:
        """Return the same of some digits."""
        return Groups(
            None if self.writers is None else self.writers[chosen],
            self.writer_names,
            None if self.classes is None else self.classes[chosen],
        )

    def masks(self, by: str, class_names: Sequence[str]) -> list[tuple[str, NDArray[np.bool_]]]:
        """Return each class or writer with its digits."""
        values = self.writers if by == "writer" else self.classes
        if values is None:
            return []
        names = self.writer_names if by == "writer" else class_names
        return [
            (names[value] if value < len(names) else str(value), values == value)
            for value in np.unique(values).tolist()
        ]


def judge_orders(orders: Orders, parts: Sequence[Part]) -> Figures:
    """Compare orders with the true paths, digit by digit.

    Parameters
    ----------
    orders : Orders
        Of all digits of the parts; each has points.
    parts : sequence of Part
        Of splits with true paths.

    Returns
    -------
    figures : mapping of str to ndarray of float64, shape (n,)
        By the names of `viewer.core.truth.Judgements`.
    """
    from viewer.core.truth import Truth, judge_many

    paths = [part.split.pen_path(index) for part in parts for index in part.indices.tolist()]
    truth = Truth.of([path for path in paths if path is not None])
    judged = judge_many(orders.points, orders.offsets, orders.lifts, truth)
    return {
        name: np.asarray(getattr(judged, name), dtype=np.float64)
        for name in ("dtw", "dtw_free", "lifts", "lifts_exact", "start", "tau")
    }


def tabulate(
    figures: dict[str, Figures], groups: Groups, by: Sequence[str], class_names: Sequence[str]
) -> list[Summary]:
    """Summarise the figures of some methods over all digits, and by class and writer."""
    table = [summarise("all", "", method, some, groups.writers) for method, some in figures.items()]
    for kind in by:
        for group, mask in groups.masks(kind, class_names):
            writers = None if groups.writers is None else groups.writers[mask]
            table += [
                summarise(kind, group, method, {n: v[mask] for n, v in some.items()}, writers)
                for method, some in figures.items()
            ]
    return table


def pair_up(figures: dict[str, Figures], groups: Groups) -> list[Pair]:
    """Compare each method with the first one."""
    base, *others = figures
    return [
        compare(method, base, figures[method], figures[base], groups.writers) for method in others
    ]
