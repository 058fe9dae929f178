"""The natural order of many digits, by the same kernels."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.core.jit import kernel
from viewer.core.ordering.natural import walking
from viewer.core.ordering.natural.tour import make_workspace, natural_words
from viewer.core.ordering.natural.weights import natural_weights, walking_weights


@kernel
def order_many(words, width, weights, workspace, buffer, points, counts, exact):
    """Order the pixels of many bit images into `points`; return how many there are in all."""
    height = words.shape[1]
    total = 0
    for digit in range(len(words)):
        count, _, complete, _ = natural_words(
            words[digit], height, width, weights, workspace, buffer
        )
        points[total : total + count] = buffer[:count]
        counts[digit] = count
        exact[digit] = complete
        total += count
    return total


@kernel
def walk_many(points, counts, height, width, weights, space, buffer, walked):
    """Fill `walked` with the walks of many digits; return their length, or -1 without room.

    `counts` becomes the number of points of each walk.
    """
    first = 0
    total = 0
    for digit in range(len(counts)):
        count = counts[digit]
        found, _ = walking.walk(
            points[first : first + count], count, height, width, weights, space, buffer
        )
        if total + found > len(walked):
            return -1
        walked[total : total + found] = buffer[:found]
        counts[digit] = found
        first += count
        total += found
    return total


def order_naturally(
    words: NDArray[np.uint64], width: int, out: tuple[Any, ...], *, walks: bool
) -> NDArray[np.int16]:
    """Order many digits as `viewer.core.ordering.rules.order_many` does; return the points.

    Parameters
    ----------
    words : ndarray of uint64, shape (n, M)
        Bit images.
    width : int
        Columns of the images.
    out : tuple of ndarray
        A buffer for one digit, points of all, counts and whether the searches were complete.
    walks : bool
        Whether the pen stays down where it moves over ink.
    """
    height = words.shape[1]
    space = make_workspace(height, width)
    _buffer, points, counts, _exact = out
    total: int = order_many(words, width, natural_weights(), space, *out)
    ordered: NDArray[np.int16] = points[:total]
    if not walks:
        return ordered
    most = int(counts.max(initial=0))
    room = 2 * total + most
    longest = np.zeros((most * (most + 1), 2), dtype=np.int16)
    while True:
        walked = np.empty((room, 2), dtype=np.int16)
        lengths = counts.copy()
        found = walk_many(
            ordered, lengths, height, width, walking_weights(),
            walking.make_space(height, width), longest, walked,
        )  # fmt: skip
        if found >= 0:
            counts[:] = lengths
            return walked[:found]
        room *= 2
