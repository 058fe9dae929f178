"""How unusual digits are within their class, by the shape of their strokes.

Strategy: all squared distances between a chunk of digits and a sample come out of one
matrix product. Descriptors are whole numbers of length about 450, so that sums of products
stay below 2 ** 24: in float32 they are exact, and equal on every machine and for every
number of threads.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from viewer.core.jit import kernel
from viewer.errors import Cancelled

SAMPLE = 2000
"""Digits of a class with which its digits are compared."""
NEAREST = 5
"""Nearest digits whose mean distance says how unusual a digit is."""
CHUNK = 512
"""Digits that are compared with a sample in one matrix product."""


@kernel
def mean_nearest(products, norms, sample_norms, own, best, means):
    """Fill each row's mean distance to its nearest digits of a sample, itself left out."""
    for digit in range(len(products)):
        best[:] = np.inf
        for other in range(products.shape[1]):
            squared = norms[digit] + sample_norms[other] - 2 * products[digit, other]
            if squared < best[-1] and other != own[digit]:
                place = len(best) - 1
                while place > 0 and best[place - 1] > squared:
                    best[place] = best[place - 1]
                    place -= 1
                best[place] = squared
        total = 0.0
        found = 0
        for squared in best:
            if squared < np.inf:
                total += np.sqrt(squared)
                found += 1
        means[digit] = total / found if found else 0.0


def rank_unusual(
    shapes: NDArray[np.uint8],
    labels: NDArray[np.integer] | None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> NDArray[np.float32]:
    """Rank how unusual digits are within their class.

    A digit is as unusual as its mean distance to the five digits nearest to it by the
    shape of their strokes, out of at most 2,000 digits that are spread evenly over its
    class.

    Parameters
    ----------
    shapes : ndarray of uint8, shape (n, D)
        Descriptors, D at most 128.
    labels : ndarray of int, shape (n,), or None
        Classes; None for digits of one class.
    progress : callable, optional
        Called with (digits done, digits in all) in the calling thread.
    cancelled : callable, optional
        Asked between chunks; when it returns True, `Cancelled` is raised.

    Returns
    -------
    unusual : ndarray of float32, shape (n,)
        Share of the other digits of the class that are less unusual, in percent: 0 for
        the most usual digit, 100 for the least.

    Raises
    ------
    Cancelled
        If `cancelled` said so.

    References
    ----------
    .. [1] F. Angiulli, C. Pizzuti (2002), Fast outlier detection in high dimensional
       spaces, PKDD: the sum of distances to the k nearest as a measure of outliers.
    """
    unusual = np.zeros(len(shapes), dtype=np.float32)
    classes = np.zeros(1) if labels is None else np.unique(labels)
    done = 0
    for value in classes:
        members = np.arange(len(shapes)) if labels is None else np.flatnonzero(labels == value)
        means = np.zeros(len(members), dtype=np.float32)
        sample = _Sample(shapes, members)
        for first in range(0, len(members), CHUNK):
            if cancelled is not None and cancelled():
                raise Cancelled
            part = slice(first, first + CHUNK)
            sample.compare(shapes[members[part]], part, means[part])
            done += len(means[part])
            if progress is not None:
                progress(done, len(shapes))
        below = np.searchsorted(np.sort(means), means, side="left")
        unusual[members] = 100.0 * below / max(1, len(members) - 1)
    return unusual


class _Sample:
    """Digits of a class with which all of its digits are compared."""

    def __init__(self, shapes: NDArray[np.uint8], members: NDArray[np.int64]) -> None:
        count = min(SAMPLE, len(members))
        places = np.arange(count) * len(members) // max(1, count)
        self._shapes = shapes[members[places]].astype(np.float32)
        self._norms = _square(self._shapes)
        self._own = np.full(len(members), -1, dtype=np.int64)
        self._own[places] = np.arange(count)

    def compare(self, shapes: NDArray[np.uint8], part: slice, means: NDArray[np.float32]) -> None:
        """Fill the mean distances of the members in a part of the class."""
        chunk = shapes.astype(np.float32)
        best = np.zeros(NEAREST, dtype=np.float32)
        products = chunk @ self._shapes.T
        mean_nearest(products, _square(chunk), self._norms, self._own[part], best, means)


def _square(shapes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Squared length of each descriptor."""
    squares: NDArray[np.float32] = np.einsum("ij,ij->i", shapes, shapes)
    return squares
