"""Reference model of the classification task: the classes of the nearest training sequences."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from viewer.benchmark.resampling import resample
from viewer.datasets.sequences.rows import Rows

POINTS = 32
"""Points of a path; the error hardly depends on it."""
SCALE = 127
"""Half the side of a digit's box, in the whole numbers that are compared."""
NEIGHBOURS = (1, 3, 5, 7, 9)
"""Numbers of neighbours that are tried."""
BLOCK = 1 << 24
"""Distances that are held at a time: 64 MiB."""


def describe_paths(sequences: Rows) -> NDArray[np.float32]:
    """Describe sequences by their resampled paths.

    Parameters
    ----------
    sequences : Rows

    Returns
    -------
    paths : ndarray of float32, shape (n, 2 * POINTS)
        x and y of the points from -127 to 127, rounded to whole numbers: their products and
        the sums of them stay below 2 to the 24th, so float32 holds every distance exactly,
        and neighbours are the same on every machine.
    """
    paths = np.rint(SCALE * resample(sequences, POINTS))
    return paths.reshape(len(paths), -1).astype(np.float32)


def find_neighbours(
    paths: NDArray[np.float32],
    others: NDArray[np.float32],
    count: int,
    progress: Callable[[int, int], None] | None = None,
) -> NDArray[np.int64]:
    """Find the nearest of some paths for each of others.

    Parameters
    ----------
    paths : ndarray of float32, shape (n, d)
        Those to find, as `describe_paths` returns them.
    others : ndarray of float32, shape (m, d)
        Those to find them for.
    count : int
        How many, at most n.
    progress : callable, optional
        Told how many of the others are done.

    Returns
    -------
    places : ndarray of int64, shape (m, count)
        Positions in `paths`, the nearest first by the Euclidean distance; of equally near
        ones the first.
    """
    size = max(BLOCK // max(len(paths), 1), 1)
    lengths = (paths * paths).sum(axis=1)
    places = np.empty((len(others), count), np.int64)
    for first in range(0, len(others), size):
        block = others[first : first + size]
        far = block @ paths.T
        far *= -2
        far += lengths  # the square of the distance but for the length of the block's own path
        bound = np.partition(far, count - 1, axis=1)[:, count - 1 : count]
        row, place = np.nonzero(far <= bound)
        order = np.lexsort((far[row, place], row))  # stable: the first of equally near ones
        begin = np.searchsorted(row, np.arange(len(block)))
        places[first : first + size] = place[order][begin[:, None] + np.arange(count)]
        if progress is not None:
            progress(first + len(block), len(others))
    return places


def vote(classes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Let neighbours vote.

    Parameters
    ----------
    classes : ndarray of uint8, shape (m, k)
        Classes of the neighbours, the nearest first.

    Returns
    -------
    label : ndarray of uint8, shape (m,)
        The class most of them have; of several such classes that of the nearest neighbour.
    """
    votes = (classes[:, :, None] == classes[:, None, :]).sum(axis=2)
    return np.take_along_axis(classes, votes.argmax(axis=1)[:, None], axis=1)[:, 0]
