"""How much an order changes when its image hardly does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.core.jit import WIDTH, kernel
from viewer.core.truth import judge_chunk, make_judge_space


@dataclass(frozen=True)
class Changes:
    """What became of the orders of n digits.

    Parameters
    ----------
    changed : ndarray of bool, shape (n,)
        Whether the two sequences of pixels differ at all.
    reordered : ndarray of bool, shape (n,)
        Whether the pixels that are in both were first visited in another order.
    dtw : ndarray of float64, shape (n,)
        Between the two, in pixels a step, as in `viewer.core.truth`; nan where one of them has
        no points.
    """

    changed: NDArray[np.bool_]
    reordered: NDArray[np.bool_]
    dtw: NDArray[np.float64]


def shift(
    images: NDArray[np.uint8], down: int, right: int
) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Move the ink of images by whole pixels.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, M, N)
        Grey images.
    down, right : int
        How far; negative is up and to the left.

    Returns
    -------
    shifted : ndarray of uint8, shape (n, M, N)
    whole : ndarray of bool, shape (n,)
        Whether no ink left the image.
    """
    height, width = images.shape[1:]
    shifted = np.zeros_like(images)
    shifted[:, max(down, 0) : height + min(down, 0), max(right, 0) : width + min(right, 0)] = (
        images[:, max(-down, 0) : height - max(down, 0), max(-right, 0) : width - max(right, 0)]
    )
    whole = np.count_nonzero(shifted, axis=(1, 2)) == np.count_nonzero(images, axis=(1, 2))
    return shifted, whole


def brighten(images: NDArray[np.uint8], levels: int) -> NDArray[np.uint8]:
    """Make all ink brighter by some grey levels, or darker; it stays ink, 1 to 255.

    Parameters
    ----------
    images : ndarray of uint8
        Grey images; paper is 0 and stays so.
    levels : int
        Negative is darker.

    Returns
    -------
    images : ndarray of uint8, of the same shape
    """
    changed = np.clip(images.astype(np.int16) + np.int16(levels), 1, 255)
    return np.where(images > 0, changed, 0).astype(np.uint8)


def compare_orders(
    points: NDArray[np.int16],
    offsets: NDArray[np.int64],
    others: NDArray[np.int16],
    other_offsets: NDArray[np.int64],
) -> Changes:
    """Compare two orders of each digit.

    Parameters
    ----------
    points : ndarray of int16, shape (T, 2)
        (row, column) in drawing order of all digits, one after the other.
    offsets : ndarray of int64, shape (n + 1,)
        Digit ``i`` has ``points[offsets[i]:offsets[i + 1]]``.
    others, other_offsets
        The same for the other order.

    Returns
    -------
    changes : Changes
    """
    counts, other_counts = np.diff(offsets), np.diff(other_offsets)
    flags = np.zeros((len(counts), 2), dtype=np.bool_)
    place_of = np.zeros((WIDTH, WIDTH), dtype=np.int64)
    _compare(points, offsets, others, other_offsets, place_of, flags)
    figures = np.full((len(counts), 3), np.nan)
    space = make_judge_space(int(counts.max(initial=1)), int(other_counts.max(initial=1)))
    there = (counts > 0) & (other_counts > 0)
    truth = others.astype(np.float64)
    for digit in np.flatnonzero(there).tolist():
        some = slice(digit, digit + 2)
        judge_chunk(
            points, offsets[some], truth, other_offsets[some], space, figures[digit : digit + 1],
            np.zeros(1, dtype=np.bool_),
        )  # fmt: skip
    return Changes(flags[:, 0], flags[:, 1], figures[:, 0])


@kernel
def _compare(points, offsets, others, other_offsets, place_of, flags):
    """Tell whether two orders differ, and whether they order common pixels differently."""
    for digit in range(len(flags)):
        first = offsets[digit]
        count = offsets[digit + 1] - first
        other_first = other_offsets[digit]
        other_count = other_offsets[digit + 1] - other_first
        changed = count != other_count
        place_of[:] = -1
        for place in range(other_count - 1, -1, -1):
            row = others[other_first + place, 0]
            column = others[other_first + place, 1]
            place_of[row, column] = place
            if place < count:
                changed |= points[first + place, 0] != row or points[first + place, 1] != column
        latest = -1
        reordered = False
        for place in range(count):
            row = points[first + place, 0]
            column = points[first + place, 1]
            at = place_of[row, column]
            place_of[row, column] = -1  # only first visits count
            if at >= 0:
                reordered |= at < latest
                latest = max(latest, at)
        flags[digit, 0] = changed
        flags[digit, 1] = reordered
