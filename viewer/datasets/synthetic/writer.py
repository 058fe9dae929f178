"""The hand of each writer: what stays the same from digit to digit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.synthetic.allographs import MAX_POINTS, allographs
from viewer.datasets.synthetic.draws import bell, draw

STREAM = 1
TRAITS = 12
SHAPE_SPREAD = 0.045
"""How far a writer's own form strays from the allograph, in heights."""


@dataclass(frozen=True, eq=False)
class Writers:
    """The style of n writers, one row or entry each.

    Parameters
    ----------
    slant : ndarray of float64, shape (n,)
        How far the top leans to the right, in heights.
    width : ndarray of float64, shape (n,)
        Width relative to the allograph's.
    waist : ndarray of float64, shape (n,)
        How far the middle is lowered: share of upper and lower half.
    taper : ndarray of float64, shape (n,)
        How much wider the lower half is than the upper one.
    pen : ndarray of float64, shape (n,)
        Width of the pen line in pixels of the image.
    speed : ndarray of float64, shape (n,)
        0 draws with care, 1 scribbles: rounder corners, longer endings.
    care : ndarray of float64, shape (n,)
        Size of the variation from digit to digit; 1 is the mean.
    tremor : ndarray of float64, shape (n,)
        Amplitude of the wobble along the line, in heights.
    steadiness : ndarray of float64, shape (n,)
        How often the preferred allograph is written, 0-1.
    preference : ndarray of float64, shape (n, 10)
        Place of the preferred allograph of each digit among the running shares.
    shape : ndarray of float64, shape (n, allographs, MAX_POINTS, 2)
        Displacement (row, column) of each control point, in heights.
    """

    slant: NDArray[np.float64]
    width: NDArray[np.float64]
    waist: NDArray[np.float64]
    taper: NDArray[np.float64]
    pen: NDArray[np.float64]
    speed: NDArray[np.float64]
    care: NDArray[np.float64]
    tremor: NDArray[np.float64]
    steadiness: NDArray[np.float64]
    preference: NDArray[np.float64]
    shape: NDArray[np.float64]


def hsf_series(writer: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return each writer's form series: by turns 0 (clerks) and 4 (high-school students)."""
    return np.where(writer % 2 == 0, 0, 4)


def meet_writers(seed: int, first: int, count: int) -> Writers:
    """Return the style of the writers first .. first + count - 1 of a seed.

    Series 4 writes less carefully than series 0, as NIST's high-school students do.
    """
    forms = len(allographs())
    shapes = forms * MAX_POINTS * 2
    numbers = draw(seed, STREAM, first, count, -(-(2 * TRAITS + 10 + shapes) // 4) * 4)
    trait = bell(numbers[:, : 2 * TRAITS]).T
    preference = numbers[:, 2 * TRAITS : 2 * TRAITS + 10]
    shape = numbers[:, 2 * TRAITS + 10 : 2 * TRAITS + 10 + shapes]
    student = hsf_series(np.arange(first, first + count)) == 4
    return Writers(
        slant=0.16 + 0.24 * trait[0],
        width=1.13 + 0.19 * trait[1],
        waist=0.10 * trait[2],
        taper=0.14 * trait[3],
        pen=2.55 + 0.48 * trait[4] + 0.1 * trait[4] ** 2,
        speed=np.clip(np.where(student, 0.60, 0.45) + 0.28 * trait[5], 0.0, 1.0),
        care=np.where(student, 1.15, 0.85) * (1.0 + 0.2 * trait[6]),
        tremor=0.008 * (1.0 + 0.3 * trait[7]),
        steadiness=0.92 + 0.03 * trait[8],
        preference=preference,
        shape=(shape.reshape(count, forms, MAX_POINTS, 2) - 0.5) * (2 * SHAPE_SPREAD),
    )
