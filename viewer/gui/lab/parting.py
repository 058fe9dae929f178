"""How two extractions of the same digit differ; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from viewer.gui.inspector.words import Caption, count

if TYPE_CHECKING:
    from viewer.core.extract import Extraction

SAME = "The same: level, skeleton, order and rows."


@dataclass(frozen=True)
class Parting:
    """What is not the same in two extractions A and B of one image.

    Parameters
    ----------
    levels : tuple of int
        The levels of A and B.
    only_a, only_b : ndarray of bool, shape (M, N)
        Skeleton pixels that the other has not.
    place : int or None
        Index of the first point at which the orders part, None where they are the same.
    lengths : tuple of int
        The points of A and B.
    other_rows : bool
        Whether the sequence rows differ.
    """

    levels: tuple[int, int]
    only_a: NDArray[np.bool_]
    only_b: NDArray[np.bool_]
    place: int | None
    lengths: tuple[int, int]
    other_rows: bool

    @property
    def words(self) -> str:
        """The differences as a sentence."""
        said = []
        if self.levels[0] != self.levels[1]:
            said.append(f"level {self.levels[1]} instead of {self.levels[0]}")
        only_a, only_b = (int(np.count_nonzero(mask)) for mask in (self.only_a, self.only_b))
        if only_a and only_b:
            said.append(f"{count(only_a, 'pixel')} only in A, {only_b:,} only in B")
        elif only_a or only_b:
            said.append(f"{count(only_a + only_b, 'pixel')} only in {'A' if only_a else 'B'}")
        elif said:
            said.append("the same skeleton")
        if self.place is not None:
            if self.place < min(self.lengths):
                said.append(f"the orders part at point {self.place + 1}")
            else:
                longer = "A" if self.lengths[0] > self.lengths[1] else "B"
                said.append(f"{longer} goes on from point {self.place + 1}")
        elif self.other_rows:
            said.append("the same order, but another marker row before the last jump")
        elif said:
            said.append("the same sequence")
        text = "; ".join(said)
        return f"{text[0].upper()}{text[1:]}." if said else SAME


def compare(a: Extraction, b: Extraction) -> Parting:
    """Find out how two extractions of an image differ.

    Parameters
    ----------
    a, b : Extraction
        Of the same image, under different settings.

    Returns
    -------
    parting : Parting
    """
    return Parting(
        levels=(a.level, b.level),
        only_a=a.skeleton & ~b.skeleton,
        only_b=b.skeleton & ~a.skeleton,
        place=_first_other(a.points, b.points),
        lengths=(len(a.points), len(b.points)),
        other_rows=not np.array_equal(a.rows, b.rows),
    )


def _first_other(a: NDArray[np.int16], b: NDArray[np.int16]) -> int | None:
    """Return the first index at which two orders are not the same."""
    both = min(len(a), len(b))
    other = np.flatnonzero((a[:both] != b[:both]).any(axis=1))
    if len(other):
        return int(other[0])
    return None if len(a) == len(b) else both


def side_caption(extraction: Extraction) -> Caption:
    """Return the key figures of one side."""
    strokes, points = len(extraction.stroke_offsets) - 1, len(extraction.points)
    pixels = int(np.count_nonzero(extraction.skeleton))
    return Caption(
        f"level {extraction.level}, {count(pixels, 'skeleton pixel')}, "
        f"{count(strokes, 'stroke')}, {count(points, 'point')}",
        "The level of the threshold, what thinning left, and how it is written.",
    )
