"""The orders of many digits by one method, as points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from viewer.core.sequence import is_marker
from viewer.core.settings import ORDERS, ExtractionSettings
from viewer.errors import UserError

if TYPE_CHECKING:
    from viewer.core.sequences import SequenceSet

WALKER = "natural"
"""The order that can keep the pen down over ink it has drawn."""


@dataclass(frozen=True)
class Method:
    """A way to order pixels, and what it is called in tables."""

    name: str
    settings: ExtractionSettings


def choose_methods(orders: Sequence[str], *, walking: bool = False) -> list[Method]:
    """Return the methods that some orders stand for.

    Parameters
    ----------
    orders : sequence of str
        Names out of `viewer.core.settings.ORDERS`.
    walking : bool
        Whether order ``natural`` is to be tried in both ways: visiting every pixel once, and
        with a pen that stays down where it moves over ink it has drawn.

    Returns
    -------
    methods : list of Method

    Raises
    ------
    UserError
        If there are none, or no order can walk.
    """
    if not orders:
        raise UserError("no order is named", advice=f"There are: {', '.join(ORDERS)}.")
    methods = [Method(name, ExtractionSettings(order=name)) for name in orders]
    if walking:
        if WALKER not in orders or "walking" not in ExtractionSettings.__dataclass_fields__:
            raise UserError(
                "none of these orders can walk over drawn ink", advice=f"Name order {WALKER}."
            )
        options: dict[str, Any] = {"order": WALKER, "walking": True}
        methods.append(Method(f"{WALKER}, walking", ExtractionSettings(**options)))
    return methods


@dataclass(frozen=True)
class Orders:
    """Points of many digits in drawing order.

    Parameters
    ----------
    points : ndarray of int16, shape (T, 2)
        (row, column) of all digits, one after the other.
    offsets : ndarray of int64, shape (n + 1,)
        Digit ``i`` has ``points[offsets[i]:offsets[i + 1]]``; it may be none.
    lifts : ndarray of int64, shape (n,)
        Pen lifts: steps to a pixel that is no neighbour.
    exact : ndarray of bool, shape (n,)
        Whether the search for the order was complete.
    """

    points: NDArray[np.int16]
    offsets: NDArray[np.int64]
    lifts: NDArray[np.int64]
    exact: NDArray[np.bool_]

    @classmethod
    def of(cls, sequences: SequenceSet) -> Orders:
        """Read the points of all digits out of their sequences."""
        rows = sequences.rows.astype(np.int64)
        drawn = ~is_marker(rows)
        before = np.concatenate([[0], np.cumsum(drawn)])
        offsets = before[sequences.offsets]
        counts = np.diff(offsets)
        pen = np.cumsum(rows[drawn, :2], axis=0)
        base = np.concatenate([np.zeros((1, 2), np.int64), pen])[offsets[:-1]]
        points = (pen - np.repeat(base, counts, axis=0))[:, ::-1] - 1
        far = np.abs(rows[drawn, :2]).max(axis=1, initial=0) > 1
        far[offsets[:-1][counts > 0]] = False
        total = np.concatenate([[0], np.cumsum(far)])
        return cls(points.astype(np.int16), offsets, np.diff(total[offsets]), sequences.exact)

    def __len__(self) -> int:
        return len(self.exact)

    @property
    def drawn(self) -> NDArray[np.bool_]:
        """Which digits have points."""
        return np.diff(self.offsets) > 0

    def moved(self, down: int, right: int) -> Orders:
        """Return the same orders elsewhere in the image."""
        points = self.points + np.array([down, right], dtype=np.int16)
        return Orders(points, self.offsets, self.lifts, self.exact)

    def part(self, chosen: NDArray[np.bool_]) -> Orders:
        """Return the orders of some digits."""
        counts = np.diff(self.offsets)
        offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts[chosen])])
        points = self.points[np.repeat(chosen, counts)]
        return Orders(points, offsets, self.lifts[chosen], self.exact[chosen])


def order_all(
    images: NDArray[np.uint8],
    method: Method,
    *,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Orders:
    """Order the pixels of many digits by a method.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, M, N)
        Grey images.
    method : Method
        The settings to extract with.
    jobs : int
        Threads.
    progress : callable, optional
        Called with (digits done, digits in all).

    Returns
    -------
    orders : Orders
    """
    from viewer.core.batch import extract_batch

    return Orders.of(extract_batch(images, method.settings, jobs=jobs, progress=progress))
