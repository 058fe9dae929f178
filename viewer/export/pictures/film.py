"""A moving picture: its frames, one after the other, and what changes between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SAME = 255
"""Index of pixels that stay as they were; transparent in the tables of files."""


@dataclass(frozen=True)
class Film:
    """A moving picture.

    Parameters
    ----------
    size : tuple of int
        Height and width in pixels.
    frames : iterable of ndarray of uint8, shape (H, W)
        Indices below `SAME`; they are asked for once.
    durations : tuple of int
        Milliseconds of each frame, multiples of 10.
    table : ndarray of uint8, shape (256, 4)
        Red, green, blue and opacity of the indices.
    loops : int
        How often it is played; 0 for ever.
    """

    size: tuple[int, int]
    frames: Iterable[NDArray[np.uint8]]
    durations: tuple[int, ...]
    table: NDArray[np.uint8]
    loops: int

    @property
    def opaque(self) -> bool:
        """Whether nothing shines through."""
        return bool((self.table[:SAME, 3] == 255).all())


@dataclass(frozen=True)
class Patch:
    """A part of a frame.

    Parameters
    ----------
    top, left : int
        Where its first pixel is.
    indices : ndarray of uint8, shape (h, w)
    """

    top: int
    left: int
    indices: NDArray[np.uint8]


def cut(indices: NDArray[np.uint8], wanted: NDArray[np.bool_]) -> Patch:
    """Return the smallest part with all wanted pixels; one pixel where none is wanted."""
    rows, columns = np.flatnonzero(wanted.any(axis=1)), np.flatnonzero(wanted.any(axis=0))
    if not len(rows):
        return Patch(0, 0, indices[:1, :1])
    top, left = int(rows[0]), int(columns[0])
    return Patch(top, left, indices[top : rows[-1] + 1, left : columns[-1] + 1])


def changes(frames: Iterable[NDArray[np.uint8]], *, mark_same: bool) -> Iterator[Patch]:
    """Yield the first frame, and the part of each later one that differs from the one before.

    Parameters
    ----------
    frames : iterable of ndarray of uint8, shape (H, W)
    mark_same : bool
        Whether pixels of a part that stay as they were become `SAME`.
    """
    before = None
    for frame in frames:
        if before is None:
            yield Patch(0, 0, frame)
        else:
            changed = frame != before
            marked = np.where(changed, frame, np.uint8(SAME)) if mark_same else frame
            yield cut(marked, changed)
        before = frame
