"""Smooth strokes through control points, as matrices.

Strategy: for knots that are fixed beforehand, a cubic spline is linear in its control
points. So each allograph gets, once, the matrices that turn control points into a dense
pen path, and thousands of jittered variants of it are one matrix product.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.synthetic.allographs import Allograph, Stroke, allographs

SPACING = 0.02
"""Distance of neighbouring path points, in heights of the digit (0.4 px of 20)."""
KNOT_SPACING = 0.13
"""Distance of the knots of the hand's wobble, in heights of the digit."""
SOFT_PASSES = 24
"""How often the soft form is averaged: the more, the rounder its corners."""


@dataclass(frozen=True, eq=False)
class Pattern:
    """The matrices of one allograph with N control points and P path points.

    Parameters
    ----------
    controls : ndarray of float64, shape (N, 2)
        Control points (row, column) of all strokes, in heights.
    sharp, soft : ndarray of float64, shape (P, N)
        Control points -> path, with sharp and with rounded corners.
    wobble : ndarray of float64, shape (P, K)
        Offsets at K knots along the path -> offsets of the path points.
    stroke : ndarray of int64, shape (P,)
        Stroke number of each path point.
    ends : tuple of (int, int)
        First and last control point of each stroke.
    """

    controls: NDArray[np.float64]
    sharp: NDArray[np.float64]
    soft: NDArray[np.float64]
    wobble: NDArray[np.float64]
    stroke: NDArray[np.int64]
    ends: tuple[tuple[int, int], ...]


def spline_matrix(knots: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the matrix that evaluates a natural cubic spline.

    Parameters
    ----------
    knots : ndarray of float64, shape (N,)
        Increasing parameters of the values to run through, N at least 2.
    at : ndarray of float64, shape (P,)
        Where to evaluate it, within the knots.

    Returns
    -------
    matrix : ndarray of float64, shape (P, N)
        Values at the knots -> values at `at`.
    """
    count = len(knots)
    step = np.diff(knots)
    left, right = np.eye(count), np.zeros((count, count))
    for i in range(1, count - 1):
        left[i, i - 1 : i + 2] = step[i - 1], 2 * (step[i - 1] + step[i]), step[i]
        right[i, i - 1 : i + 2] = 6 / step[i - 1], -6 / step[i - 1] - 6 / step[i], 6 / step[i]
    bend = np.linalg.solve(left, right)  # values -> second derivatives at the knots
    piece = np.clip(np.searchsorted(knots, at, side="right") - 1, 0, count - 2)
    width = step[piece][:, None]
    b = (at - knots[piece])[:, None] / width
    a = 1 - b
    value = np.eye(count)
    curve = (a**3 - a) * bend[piece] + (b**3 - b) * bend[piece + 1]
    matrix: NDArray[np.float64] = a * value[piece] + b * value[piece + 1] + curve * width**2 / 6
    return matrix


def _stroke_matrix(stroke: Stroke) -> NDArray[np.float64]:
    """Control points -> path of one stroke, a spline from corner to corner."""
    count = len(stroke.points)
    stops = [0, *stroke.corners, count - 1]
    blocks = []
    for a, b in pairwise(stops):
        chords = np.sqrt((np.diff(stroke.points[a : b + 1], axis=0) ** 2).sum(axis=1))
        knots = np.concatenate([[0.0], np.cumsum(np.sqrt(chords))])  # centripetal
        places = np.concatenate([[0.0], np.cumsum(chords)])
        samples = max(2, round(1.08 * places[-1] / SPACING))
        even = np.interp(np.linspace(0, places[-1], samples + 1), places, knots)
        block = np.zeros((samples + 1, count))
        block[:, a : b + 1] = spline_matrix(knots, even)
        blocks.append(block if a == 0 else block[1:])
    return np.concatenate(blocks)


def _soften(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Average neighbouring path points; the two ends stay where they are."""
    soft = matrix.copy()
    for _ in range(SOFT_PASSES):
        soft[1:-1] = (soft[:-2] + 2 * soft[1:-1] + soft[2:]) / 4
    return soft


def _wobble_matrix(points: int) -> NDArray[np.float64]:
    """Offsets at evenly spread knots -> offsets along a path of so many points."""
    knots = max(3, round(points * SPACING / KNOT_SPACING))
    return spline_matrix(np.arange(knots, dtype=np.float64), np.linspace(0, knots - 1, points))


def _diagonal(blocks: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """One matrix with the blocks along its diagonal."""
    whole = np.zeros((sum(len(b) for b in blocks), sum(b.shape[1] for b in blocks)))
    row = column = 0
    for block in blocks:
        whole[row : row + len(block), column : column + block.shape[1]] = block
        row, column = row + len(block), column + block.shape[1]
    return whole


def _pattern(form: Allograph) -> Pattern:
    """Work out the matrices of one allograph."""
    sharp = [_stroke_matrix(stroke) for stroke in form.strokes]
    controls = np.cumsum([0, *(len(stroke.points) for stroke in form.strokes)])
    paths = np.cumsum([0, *(len(block) for block in sharp)])
    return Pattern(
        controls=np.concatenate([stroke.points for stroke in form.strokes]),
        sharp=_diagonal(sharp),
        soft=_diagonal([_soften(block) for block in sharp]),
        wobble=_diagonal([_wobble_matrix(len(block)) for block in sharp]),
        stroke=np.repeat(np.arange(len(sharp)), np.diff(paths)),
        ends=tuple((int(a), int(b) - 1) for a, b in pairwise(controls)),
    )


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return the matrices of all allographs, in the order of `allographs`."""
    return tuple(_pattern(form) for form in allographs())
