"""Where small chevrons along a stroke show which way the pen went; no Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SPACING = 9
"""Points of a stroke to one chevron."""

FEWEST = 4
"""Points of a stroke below which its start dot alone shows its direction."""

REACH = 2
"""Points on either side that the direction is taken from; single steps know but eight."""

SHIFT = 2
"""Points that a chevron may be moved by, to a straighter part of its stroke."""

WORTH = 0.05
"""Straightness, from 0 to 1, that a chevron must gain with each point it is moved by."""


@dataclass(frozen=True)
class Arrow:
    """A chevron halfway between two points of a stroke.

    Parameters
    ----------
    stroke : int
        Counted from 0.
    point : int
        The point before it, counted from 0 over the whole digit.
    place : tuple of float
        (row, column) of its middle; the center of pixel (0, 0) is 0.5, 0.5.
    way : tuple of float
        (down, right) of length 1: where the pen goes.
    """

    stroke: int
    point: int
    place: tuple[float, float]
    way: tuple[float, float]


def place_arrows(points: NDArray[np.integer], offsets: NDArray[np.integer]) -> list[Arrow]:
    """Spread chevrons evenly along each stroke, about one to `SPACING` points.

    Parameters
    ----------
    points : ndarray of int, shape (P, 2)
        (row, column) in drawing order.
    offsets : ndarray of int, shape (S + 1,)
        Stroke ``s`` is ``points[offsets[s]:offsets[s + 1]]``.

    Returns
    -------
    arrows : list of Arrow
        In drawing order. A stroke of fewer than `FEWEST` points has none, and none stands
        where the pen turns back on itself.
    """
    arrows = []
    for stroke in range(len(offsets) - 1):
        start = int(offsets[stroke])
        line = points[start : offsets[stroke + 1]].astype(np.float64) + 0.5
        if len(line) < FEWEST:
            continue
        ways = _directions(line)
        steps = np.diff(line, axis=0)
        straight = np.sum(ways * steps, axis=1) / np.hypot(steps[:, 0], steps[:, 1])
        count = max(round(len(line) / SPACING), 1)
        for index in range(count):
            ideal = int((index + 0.5) / count * (len(line) - 1))
            first = max(ideal - SHIFT, 0)
            around = straight[first : ideal + SHIFT + 1]
            away = np.abs(np.arange(first, first + len(around)) - ideal)
            before = first + int(np.argmax(around - WORTH * away))
            if ways[before].any():
                row, column = ((line[before] + line[before + 1]) / 2).tolist()
                down, right = ways[before].tolist()
                arrows.append(Arrow(stroke, start + before, (row, column), (down, right)))
    return arrows


def _directions(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the unit (down, right) at each step of a line; 0, 0 where it turns back."""
    steps = np.arange(len(line) - 1)
    ways = line[np.minimum(steps + 1 + REACH, len(line) - 1)] - line[np.maximum(steps - REACH, 0)]
    lengths = np.hypot(ways[:, 0], ways[:, 1])[:, None]
    return np.divide(ways, lengths, out=np.zeros_like(ways), where=lengths > 0)
