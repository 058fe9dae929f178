"""Where an order parts from another one on the same pixels; plain NumPy, no Qt."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from viewer.gui.compare.orders.offers import Writing


class Parting(NamedTuple):
    """How an order differs from another one.

    Parameters
    ----------
    point : int
        The first point that differs, counted from 0; -1 where none does.
    words : str
        The same as a clause.
    """

    point: int
    words: str


def find_parting(writing: Writing, base: Writing) -> Parting:
    """Compare an order with another one of the same digit.

    Parameters
    ----------
    writing : Writing
        Two orders with one point or more; where a stroke begins is a part of them.
    base : Writing
        The one compared with.

    Returns
    -------
    parting : Parting
    """
    title = base.title
    own, other = _steps(writing.points, writing.offsets), _steps(base.points, base.offsets)
    if np.array_equal(own, other):
        return Parting(-1, f"the same as {title}")
    backwards = _steps(base.points[::-1], base.offsets[-1] - base.offsets[::-1])
    if np.array_equal(own, backwards):
        return Parting(0, f"the same as {title}, backwards")
    common = min(len(own), len(other))
    differs = (own[:common] != other[:common]).any(axis=1)
    first = int(np.argmax(differs)) if differs.any() else common
    if first == len(own):
        return Parting(first - 1, f"ends at point {first}, where {title} goes on")
    if np.array_equal(own[:, :2], other[:, :2]):
        return Parting(first, f"the pixels as {title}, but for a pen lift at point {first + 1}")
    if first == 0:
        return Parting(0, f"begins elsewhere than {title}")
    return Parting(first, f"parts from {title} at point {first + 1}")


def _steps(points: NDArray[np.integer], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return (row, column, 1 where a stroke begins) of each point."""
    begins = np.zeros(len(points), dtype=np.int64)
    begins[offsets[:-1]] = 1
    return np.column_stack((points.astype(np.int64), begins))
