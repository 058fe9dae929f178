"""Similar images should give similar orders: how often they do."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.evaluate.orders import Method, Orders, order_all

SHIFTS = ((-1, 0), (1, 0), (0, -1), (0, 1))
LEVELS = (1, 8)
VARIANTS = len(SHIFTS) + 2 * len(LEVELS)
"""Changed images a digit."""
FAR = 1.0
"""DTW in pixels a step over which two orders are drawn differently, not only a little."""


@dataclass(frozen=True)
class Consistency:
    """What became of the orders of a method when all images were changed a little.

    Parameters
    ----------
    change : str
        What was done to the images.
    method : str
        The order.
    images : int
        How many changed images there were.
    changed : float
        Share whose sequence of pixels is another one.
    reordered : float
        Share in which the pixels that stayed were drawn in another order.
    far : float
        Share with a DTW over `FAR` between the two orders.
    dtw : float
        Mean DTW between the two, in pixels a step.
    """

    change: str
    method: str
    images: int
    changed: float
    reordered: float
    far: float
    dtw: float


def measure_consistency(
    images: NDArray[np.uint8],
    orders: Orders,
    method: Method,
    *,
    jobs: int = 1,
    progress: Callable[[int], None] | None = None,
) -> list[list[NDArray[np.float64]]]:
    """Order changed images and compare with the orders of the images themselves.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, M, N)
        Grey images.
    orders : Orders
        Theirs by the method.
    method : Method
        How to order the changed ones.
    jobs : int
        Threads.
    progress : callable, optional
        Is told how many more images are done.

    Returns
    -------
    found : list of list of ndarray of float64, shape (m, 4)
        For each line of `CHANGES` a table for each way to do it: changed, reordered, far, dtw
        of each image. Images that ink would leave are left out.
    """
    from viewer.core.consistency import brighten, compare_orders, shift

    def compare(other: Orders, own: Orders) -> NDArray[np.float64]:
        found = compare_orders(own.points, own.offsets, other.points, other.offsets)
        far = np.where(np.isnan(found.dtw), found.changed, found.dtw > FAR)
        return np.column_stack([found.changed, found.reordered, far, found.dtw]).astype(float)

    def order(changed: NDArray[np.uint8]) -> Orders:
        made = order_all(changed, method, jobs=jobs)
        if progress is not None:
            progress(len(images))
        return made

    shifted = []
    for down, right in SHIFTS:
        changed, whole = shift(images, down, right)
        other = order(changed).part(whole).moved(-down, -right)
        shifted.append(compare(other, orders.part(whole)))
    brightened = [
        [compare(order(brighten(images, sign * levels)), orders) for sign in (1, -1)]
        for levels in LEVELS
    ]
    return [shifted, *brightened]


CHANGES = ("1 pixel aside", *(f"{n} grey level{'s' * (n > 1)}, + and -" for n in LEVELS))
"""What is done to images: shifts to all four sides, ink brighter and darker."""


def summarise_changes(method: str, found: list[list[NDArray[np.float64]]]) -> list[Consistency]:
    """Take the means over all changed images."""
    lines = []
    for change, tables in zip(CHANGES, found, strict=True):
        table = np.concatenate(tables)
        known = table[~np.isnan(table[:, 3]), 3]
        changed, reordered, far = table[:, :3].mean(axis=0).tolist() if len(table) else [np.nan] * 3
        dtw = math.fsum(known) / len(known) if len(known) else math.nan
        lines.append(Consistency(change, method, len(table), changed, reordered, far, dtw))
    return lines
