"""One allograph written many times: control points -> pen paths in the 20 x 20 box."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.core.pen import BOX
from viewer.datasets.synthetic.allographs import MAX_POINTS, MAX_STROKES
from viewer.datasets.synthetic.curves import Pattern
from viewer.datasets.synthetic.draws import bell
from viewer.datasets.synthetic.writer import Writers

GRID = 32
"""Paths are rounded to 1/32 px: from there on all arithmetic is exact."""
KNOTS = 28
TRAITS = 12
NUMBERS = 2 * TRAITS + 2 * MAX_STROKES + 4 * MAX_POINTS + 3 * KNOTS
"""Random numbers of one digit."""
JITTER = 0.021
"""How far a control point strays from the writer's own form, in heights."""


@dataclass(frozen=True, eq=False)
class Ink:
    """Pen paths of n digits with P points each, ready to be rasterised.

    Parameters
    ----------
    path : ndarray of float64, shape (n, P, 2)
        (row, column) from the corner of the box, in pixels, multiples of 1/32.
    radius : ndarray of float64, shape (n, P)
        Half the width of the line there, in pixels, multiples of 1/32.
    """

    path: NDArray[np.float64]
    radius: NDArray[np.float64]


def write(
    pattern: Pattern,
    form: int,
    writers: Writers,
    who: NDArray[np.int64],
    numbers: NDArray[np.float64],
) -> Ink:
    """Write one allograph n times.

    Parameters
    ----------
    pattern : Pattern
        Matrices of the allograph.
    form : int
        Its place among all allographs.
    writers : Writers
    who : ndarray of int64, shape (n,)
        Row of each digit's writer in `writers`.
    numbers : ndarray of float64, shape (n, NUMBERS)
        Uniform random numbers of each digit.
    """
    a, b, c = np.cumsum([2 * TRAITS, 2 * MAX_STROKES, 4 * MAX_POINTS])
    trait = bell(numbers[:, :a]).T
    care = writers.care[who]
    speed = writers.speed[who]

    count = len(pattern.controls)
    jitter = bell(numbers[:, b:c]).reshape(-1, MAX_POINTS, 2)[:, :count]
    controls = pattern.controls + writers.shape[who, form, :count]
    controls = controls + jitter * (JITTER * care)[:, None, None]
    _overshoot(controls, pattern.ends, numbers[:, a:b], speed)

    round_off = np.clip(0.25 + 0.6 * speed, 0.0, 1.0)[:, None, None]
    path = pattern.sharp @ controls * (1 - round_off) + pattern.soft @ controls * round_off
    knots = pattern.wobble.shape[1]
    hand = pattern.wobble @ (numbers[:, c:].reshape(-1, KNOTS, 3)[:, :knots] - 0.5)
    path += hand[..., :2] * (3.4 * writers.tremor[who] * care)[:, None, None]

    path = _shape(path, writers, who, trait, care)
    pen = np.clip(writers.pen[who] + 0.28 * trait[5], 1.4, 4.4)
    rough = 0.2 + 0.12 * trait[6] ** 2
    pressure = 1 + rough[:, None] * hand[..., 2]
    return _fit(path, pen[:, None] / 2 * pressure)


def _overshoot(
    controls: NDArray[np.float64],
    ends: tuple[tuple[int, int], ...],
    numbers: NDArray[np.float64],
    speed: NDArray[np.float64],
) -> None:
    """Begin and end each stroke a little early or late, along its direction."""
    for stroke, (first, last) in enumerate(ends):
        for side, (end, inner) in enumerate(((first, first + 1), (last, last - 1))):
            reach = controls[:, end] - controls[:, inner]
            longer = (numbers[:, 2 * stroke + side] - 0.5) * (0.16 + 0.2 * speed)
            controls[:, end] += reach * longer[:, None]


def _shape(
    path: NDArray[np.float64],
    writers: Writers,
    who: NDArray[np.int64],
    trait: NDArray[np.float64],
    care: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Apply proportions, slant and rotation; sines are avoided to stay exact."""
    row, column = path[..., 0], path[..., 1] - 0.33
    waist = writers.waist[who] + 0.03 * care * trait[0]
    taper = writers.taper[who] + 0.05 * care * trait[1]
    width = writers.width[who] + 0.07 * care * trait[2]
    slant = writers.slant[who] + 0.07 * care * trait[3]
    half = 0.03 * care * trait[4]  # tangent of half the angle
    cosine, sine = (1 - half**2) / (1 + half**2), 2 * half / (1 + half**2)
    wide = column * (1 + taper[:, None] * (row - 0.5)) * width[:, None]
    tall = row + waist[:, None] * row * (1 - row)
    wide = wide - slant[:, None] * (tall - 0.5)
    turned = np.empty_like(path)
    turned[..., 0] = tall * cosine[:, None] + wide * sine[:, None]
    turned[..., 1] = wide * cosine[:, None] - tall * sine[:, None]
    return turned


def _fit(path: NDArray[np.float64], radius: NDArray[np.float64]) -> Ink:
    """Scale each path so that its ink just fits the box, its short side centred."""
    radius = np.rint(radius * GRID) / GRID
    margin = radius.max(axis=1)[:, None, None]
    low = path.min(axis=1, keepdims=True)
    extent = path.max(axis=1, keepdims=True) - low
    scale = (BOX - 2 * margin) / extent.max(axis=2, keepdims=True)
    corner = (BOX - extent * scale) / 2
    return Ink(np.rint(((path - low) * scale + corner) * GRID) / GRID, radius)
