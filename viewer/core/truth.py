"""How near an order of pixels comes to the true path of the pen.

Strategy: the distances between the points of an order and the true path are held row by
row; one pass of dynamic programming gives the cheapest warping. `judge_chunk` does it for
many digits, to be called from threads or while weights are fitted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.core.jit import kernel
from viewer.core.pen import Path

START_WITHIN = 3.0
"""Pixels between the first point of an order and the true one, up to which a start is right."""
FIGURES = 6


@dataclass(frozen=True)
class Judgement:
    """One order against the truth.

    Parameters
    ----------
    dtw : float
        Pixels a step: sum of distances along the cheapest warping, by the longer length.
    dtw_free : float
        The same for the better of the order and its reverse.
    start : bool
        Whether the order starts within 3 px of the true start.
    tau : float
        Kendall's tau-b of the order of the pixels (by first visit) and the time at which the
        pen was nearest to them; -1 to 1, nan for fewer than two times.
    lifts : int
        How far the count of pen lifts is off.
    lifts_exact : bool
        Whether it is right.
    """

    dtw: float
    dtw_free: float
    start: bool
    tau: float
    lifts: int
    lifts_exact: bool


@dataclass(frozen=True)
class Judgements:
    """Many orders against the truth: the fields of `Judgement` as arrays of shape (n,)."""

    dtw: NDArray[np.float64]
    dtw_free: NDArray[np.float64]
    start: NDArray[np.bool_]
    tau: NDArray[np.float64]
    lifts: NDArray[np.int64]
    lifts_exact: NDArray[np.bool_]


@dataclass(frozen=True)
class Truth:
    """The true paths of many digits, resampled.

    Parameters
    ----------
    points : ndarray of float64, shape (T, 2)
        (row, column) every pixel of the way, stroke after stroke, digit after digit.
    offsets : ndarray of int64, shape (n + 1,)
        Digit ``i`` has ``points[offsets[i]:offsets[i + 1]]``.
    lifts : ndarray of int64, shape (n,)
        True count of pen lifts.
    """

    points: NDArray[np.float64]
    offsets: NDArray[np.int64]
    lifts: NDArray[np.int64]

    @classmethod
    def of(cls, paths: Sequence[Path], step: float = 1.0) -> Truth:
        """Resample the paths of some digits."""
        parts = [resample(path, step) for path in paths]
        offsets = np.zeros(len(parts) + 1, dtype=np.int64)
        np.cumsum([len(part) for part in parts], out=offsets[1:])
        lifts = np.array([len(path) - 1 for path in paths], dtype=np.int64)
        return cls(np.concatenate([np.empty((0, 2)), *parts]), offsets, lifts)


def resample(path: Path, step: float = 1.0) -> NDArray[np.float64]:
    """Return points along a path, evenly spaced within each stroke.

    Parameters
    ----------
    path : tuple of ndarray, each of shape (n, 2)
        Strokes; the way from one to the next is not part of the path.
    step : float
        Spacing in pixels. It is stretched or shrunk a little in each stroke, so that both
        ends are among the points.

    Returns
    -------
    points : ndarray of float64, shape (n, 2)
        Strokes one behind the other.
    """
    return np.concatenate([_resample_stroke(np.asarray(stroke, float), step) for stroke in path])


def _resample_stroke(stroke: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    steps = np.diff(stroke, axis=0)
    way = np.concatenate([[0.0], np.cumsum(np.sqrt((steps * steps).sum(axis=1)))])
    count = int(np.rint(way[-1] / step))
    if count == 0:
        return stroke[[0, -1]] if way[-1] > 0 else stroke[:1].copy()
    marks = way[-1] * (np.arange(count + 1) / count)
    return np.stack([np.interp(marks, way, stroke[:, axis]) for axis in (0, 1)], axis=1)


def judge(points: NDArray[np.integer[Any]], lifts: int, path: Path) -> Judgement:
    """Compare one order with the true path.

    Parameters
    ----------
    points : ndarray of int, shape (P, 2)
        (row, column) in drawing order; a walk may visit a pixel more than once.
    lifts : int
        Pen lifts of the order.
    path : tuple of ndarray, each of shape (n, 2)
        The true strokes.

    Returns
    -------
    judgement : Judgement

    Raises
    ------
    ValueError
        If the order has no points.
    """
    offsets = np.array([0, len(points)], dtype=np.int64)
    many = judge_many(points, offsets, np.array([lifts], dtype=np.int64), Truth.of([path]))
    return Judgement(
        float(many.dtw[0]),
        float(many.dtw_free[0]),
        bool(many.start[0]),
        float(many.tau[0]),
        int(many.lifts[0]),
        bool(many.lifts_exact[0]),
    )


def judge_many(
    points: NDArray[np.integer[Any]],
    offsets: NDArray[np.int64],
    lifts: NDArray[np.int64],
    truth: Truth,
) -> Judgements:
    """Compare the orders of many digits with the true paths.

    Parameters
    ----------
    points : ndarray of int, shape (T, 2)
        (row, column) of all digits, one after the other.
    offsets : ndarray of int64, shape (n + 1,)
        Digit ``i`` has ``points[offsets[i]:offsets[i + 1]]``, one point or more.
    lifts : ndarray of int64, shape (n,)
        Pen lifts of each order.
    truth : Truth
        Of the same digits.

    Returns
    -------
    judgements : Judgements

    Raises
    ------
    ValueError
        If an order has no points, or the counts differ.
    """
    counts, true_counts = np.diff(offsets), np.diff(truth.offsets)
    if not len(counts) == len(lifts) == len(true_counts):
        raise ValueError("there must be as many orders as true paths")
    if len(counts) and min(counts.min(), true_counts.min()) < 1:
        raise ValueError("an order without points cannot be judged")
    figures = np.empty((len(counts), 3))
    start = np.empty(len(counts), dtype=np.bool_)
    judge_chunk(
        np.ascontiguousarray(points, dtype=np.int16), offsets, truth.points, truth.offsets,
        make_judge_space(int(counts.max(initial=1)), int(true_counts.max(initial=1))),
        figures, start,
    )  # fmt: skip
    off = np.abs(lifts - truth.lifts)
    return Judgements(figures[:, 0], figures[:, 1], start, figures[:, 2], off, off == 0)


def make_judge_space(points: int, samples: int) -> tuple[Any, ...]:
    """Allocate what `judge_chunk` works in, for at most so many points of order and path."""
    return (
        np.zeros((points, samples)),
        np.zeros((2, samples + 1)),
        np.zeros(points, dtype=np.int64),
        np.zeros(points, dtype=np.int64),
    )


@kernel
def judge_chunk(points, offsets, truth, truth_offsets, space, figures, start):
    """Fill `figures` (dtw, dtw_free, tau) and `start` for each digit."""
    far, sums, times, seen = space
    for digit in range(len(figures)):
        first = offsets[digit]
        count = offsets[digit + 1] - first
        first_sample = truth_offsets[digit]
        samples = truth_offsets[digit + 1] - first_sample
        for place in range(count):
            row = float(points[first + place, 0])
            column = float(points[first + place, 1])
            nearest = 0
            for sample in range(samples):
                down = row - truth[first_sample + sample, 0]
                right = column - truth[first_sample + sample, 1]
                far[place, sample] = np.sqrt(down * down + right * right)
                if far[place, sample] < far[place, nearest]:
                    nearest = sample
            times[place] = nearest
            seen[place] = 64 * points[first + place, 0] + points[first + place, 1]
        longer = max(count, samples)
        forward = _warp(far, sums, count, samples, False) / longer
        backward = _warp(far, sums, count, samples, True) / longer
        figures[digit, 0] = forward
        figures[digit, 1] = min(forward, backward)
        figures[digit, 2] = _rank(times, seen, count)
        start[digit] = far[0, 0] <= START_WITHIN


@kernel
def _warp(far, sums, count, samples, backward):
    """Return the sum of distances along the cheapest warping."""
    sums[0, :] = np.inf
    sums[1, 0] = np.inf
    sums[0, 0] = 0.0
    for place in range(count):
        last = place & 1
        now = 1 - last
        row = count - 1 - place if backward else place
        sums[now, 0] = np.inf
        for sample in range(samples):
            before = min(sums[last, sample], sums[last, sample + 1], sums[now, sample])
            sums[now, sample + 1] = before + far[row, sample]
    return sums[count & 1, samples]


@kernel
def _rank(times, seen, count):
    """Return Kendall's tau-b of the places of first visits and their times."""
    kept = 0
    for place in range(count):
        new = True
        for earlier in range(kept):
            if seen[earlier] == seen[place]:
                new = False
                break
        if new:
            seen[kept] = seen[place]
            times[kept] = times[place]
            kept += 1
    right = 0
    wrong = 0
    for place in range(kept):
        for earlier in range(place):
            right += times[earlier] < times[place]
            wrong += times[earlier] > times[place]
    pairs = kept * (kept - 1) // 2
    if right + wrong == 0:
        return np.nan
    return (right - wrong) / np.sqrt(float(pairs) * float(right + wrong))
