"""The rules by their names: one skeleton, or the skeletons of many digits.

A rule's kernels are loaded when it is first asked for.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from viewer.core.ordering.nearest import tour as nearest
from viewer.core.ordering.nearest.tour import Tour
from viewer.core.settings import ExtractionSettings


def order_skeleton(
    skeleton: NDArray[np.bool_], start: tuple[int, int] | None, settings: ExtractionSettings
) -> Tour:
    """Order the pixels of a skeleton by the rule that settings name.

    Parameters
    ----------
    skeleton : ndarray of bool, shape (M, N)
        1 x 1 to 64 x 64 pixels.
    start : (row, column), or None
        The published start point; the rule may begin elsewhere.
    settings : ExtractionSettings

    Returns
    -------
    tour : Tour
    """
    if settings.order == "shortest":
        from viewer.core.ordering.shortest.path import order_shortest

        return order_shortest(skeleton, start)
    if settings.order == "natural":
        from viewer.core.ordering.natural.tour import order_natural, walk

        found = order_natural(skeleton)
        if not settings.walking:
            return found
        return replace(found, points=walk(found.points, skeleton.shape)[0])
    return nearest.order_nearest(skeleton, start)


def order_many(
    words: NDArray[np.uint64],
    width: int,
    starts: NDArray[np.int16],
    settings: ExtractionSettings,
) -> tuple[NDArray[np.int16], NDArray[np.int64], NDArray[np.bool_]]:
    """Order the pixels of many skeletons by the rule that settings name.

    Parameters
    ----------
    words : ndarray of uint64, shape (n, M)
        Bit images.
    width : int
        Columns of the images.
    starts : ndarray of int16, shape (n, 2)
        (row, column) of the published start points; -1 where there is no pixel.
    settings : ExtractionSettings

    Returns
    -------
    points : ndarray of int16, shape (P, 2)
        (row, column) of all digits in drawing order, one digit after the other.
    counts : ndarray of int64, shape (n,)
        How many points each digit has.
    exact : ndarray of bool, shape (n,)
        Whether the search for its order was complete.
    """
    count, height = words.shape
    points = np.empty((count * height * width, 2), dtype=np.int16)
    buffer = np.zeros((height * width, 2), dtype=np.int16)
    counts = np.zeros(count, dtype=np.int64)
    exact = np.zeros(count, dtype=np.bool_)
    out = (buffer, points, counts, exact)
    if settings.order == "shortest":
        from viewer.core.ordering.shortest import path as shortest

        total = shortest.order_many(
            words, width, starts, shortest.make_workspace(height, width), *out
        )
    elif settings.order == "natural":
        from viewer.core.ordering.natural.many import order_naturally

        return order_naturally(words, width, out, walks=settings.walking), counts, exact
    else:
        space = nearest.make_workspace(height, width)
        total = nearest.order_many(words, width, starts, nearest.KEYS, space, *out)
    return points[:total], counts, exact
