"""The ways people write each digit: pen strokes as control points.

A letter form is an *allograph*. Each is written here as a pen writes it: stroke after
stroke, point after point in the order of writing. A point is ``x y`` in hundredths of
the digit's height, x to the right, y downward; ``!`` marks a corner, where the pen turns
sharply; elsewhere a smooth curve runs through the points. ``/`` lifts the pen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

MAX_POINTS = 16
MAX_STROKES = 2


@dataclass(frozen=True, eq=False)
class Stroke:
    """One stroke: control points (N, 2) of (row, column) in heights, and its corners."""

    points: NDArray[np.float64]
    corners: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Allograph:
    """One way of writing a digit.

    Parameters
    ----------
    digit : int
        The class, 0-9.
    name : str
        Such as ``closed``; unique within the digit.
    share : float
        Share of the writers that prefer it; the shares of a digit add up to 1.
    strokes : tuple of Stroke
        In the order of writing, at most ``MAX_STROKES`` with ``MAX_POINTS`` in all.
    """

    digit: int
    name: str
    share: float
    strokes: tuple[Stroke, ...]


_FORMS: dict[int, dict[str, tuple[float, str]]] = {
    0: {
        "oval": (0.40, "42 1, 20 12, 7 45, 14 81, 36 99, 60 84, 70 48, 60 14, 40 2"),
        "overlapping": (0.27, "58 9, 34 1, 12 24, 6 62, 24 97, 52 91, 68 56, 62 20, 42 5, 28 9"),
        "looped": (0.15, "46 5, 20 14, 6 52, 18 92, 46 96, 69 60, 62 18, 42 5, 38 16, 54 19"),
        "clockwise": (0.18, "27 8, 50 1, 69 24, 69 66, 48 98, 20 91, 6 56, 13 20, 36 3"),
    },
    1: {
        "plain": (0.76, "37 0, 31 50, 26 100"),
        "flagged": (0.14, "10 23, 22 13, 33 0!, 33 50, 33 100"),
        "based": (0.10, "10 22, 22 13, 33 0!, 33 50, 33 98 / 5 100, 32 99, 60 99"),
    },
    2: {
        "swan": (0.34, "8 20, 26 2, 50 5, 56 28, 42 55, 22 80, 3 98!, 38 95, 76 98"),
        "looped": (0.36, "8 18, 28 1, 51 8, 52 31, 35 61, 17 91, 0 94, 2 73, 24 74, 46 92, 80 92"),
        "rounded": (0.17, "7 24, 24 3, 50 5, 56 28, 38 58, 14 80, 8 94, 26 97, 66 91"),
        "pointed": (0.13, "6 8, 30 2, 58 6!, 34 50, 5 96!, 38 95, 72 97"),
    },
    3: {
        "round": (0.50, "8 12, 28 1, 53 10, 50 34, 26 47!, 55 58, 60 81, 36 99, 3 90"),
        "flat": (0.16, "7 5, 30 3, 56 3!, 28 42!, 54 52, 60 77, 37 99, 5 91"),
        "looped": (
            0.34,
            "8 14, 30 1, 54 10, 51 34, 34 51, 17 47, 32 40, 57 58, 58 84, 32 100, 3 90",
        ),
    },
    4: {
        "open": (0.44, "16 3, 9 30, 4 58!, 34 57, 68 54 / 52 4, 49 50, 47 100"),
        "closed": (0.20, "47 0, 25 34, 2 66!, 36 66, 72 63 / 48 2, 48 50, 47 100"),
        "running": (0.26, "15 4, 6 30, 9 50, 30 54, 54 40, 62 6!, 57 50, 53 100"),
        "knotted": (0.10, "14 3, 9 28, 5 54!, 34 55, 62 50!, 56 12!, 53 55, 50 100"),
    },
    5: {
        "capped": (
            0.46,
            "17 5, 14 22, 10 42!, 36 36, 58 54, 56 84, 31 100, 2 91 / 17 5, 42 3, 70 0",
        ),
        "hooked": (0.32, "70 0, 43 3, 17 6!, 14 22, 11 42!, 37 37, 57 56, 54 86, 29 100, 2 92"),
        "smooth": (0.22, "68 1, 38 3, 17 13, 15 34, 38 47, 55 66, 46 93, 22 100, 2 91"),
    },
    6: {
        "round": (0.46, "50 0, 26 18, 9 50, 11 84, 34 100, 55 83, 50 59, 30 53, 11 71"),
        "curled": (0.32, "44 1, 22 30, 8 64, 20 96, 44 97, 55 78, 42 61, 24 66, 16 84"),
        "straight": (0.22, "42 0, 24 36, 8 74, 20 98, 44 95, 52 74, 36 61, 12 72"),
    },
    7: {
        "plain": (0.52, "4 7, 32 5, 61 3!, 44 48, 30 100"),
        "barred": (0.15, "4 7, 32 5, 61 3!, 44 48, 31 100 / 19 52, 40 49, 62 46"),
        "flagged": (0.15, "5 20, 8 4!, 34 5, 62 3!, 44 48, 31 100"),
        "curved": (0.18, "2 14, 24 3, 55 6, 51 33, 37 66, 30 100"),
    },
    8: {
        "crossed": (
            0.42,
            "53 14, 35 1, 16 12, 20 33, 38 50, 54 70, 48 94, 26 99, 9 84, 20 63, 39 45,54 25, 50 7",
        ),
        "open": (
            0.26,
            "52 12, 32 2, 16 20, 32 44, 51 68, 46 94, 24 98, 12 80, 31 54, 54 31, 62 4",
        ),
        "clockwise": (
            0.18,
            "14 22, 32 1, 52 12, 48 34, 29 51, 11 70, 15 95, 37 100, 55 84, 45 62, 25 44,"
            "13 24, 20 6",
        ),
        "stacked": (
            0.14,
            "36 0, 15 10, 15 34, 35 46, 55 34, 55 10, 34 0 /"
            "34 46, 12 58, 10 87, 34 100, 58 87, 56 58, 36 47",
        ),
    },
    9: {
        "straight": (0.40, "55 13, 30 1, 7 18, 13 44, 36 46, 56 14!, 53 54, 49 100"),
        "curved": (0.16, "55 13, 31 1, 7 18, 13 43, 36 46, 57 16, 58 56, 40 97, 8 91"),
        "slanted": (0.34, "50 8, 24 3, 6 25, 18 46, 42 36, 54 10, 44 54, 30 100"),
        "sticked": (0.10, "52 8, 28 1, 8 18, 14 42, 36 44, 54 22, 48 6 / 56 4, 53 52, 50 100"),
    },
}


def _parse(text: str) -> Stroke:
    """Read one stroke of the table above."""
    marks = [mark.strip() for mark in text.split(",")]
    corners = tuple(place for place, mark in enumerate(marks) if mark.endswith("!"))
    pairs = [mark.rstrip("!").split() for mark in marks]
    points = np.array([(int(y), int(x)) for x, y in pairs], dtype=np.float64) / 100
    return Stroke(points, corners)


@cache
def allographs() -> tuple[Allograph, ...]:
    """Return all ways of writing, digit by digit in the order of the table."""
    return tuple(
        Allograph(digit, name, share, tuple(_parse(text) for text in strokes.split("/")))
        for digit, forms in _FORMS.items()
        for name, (share, strokes) in forms.items()
    )


@cache
def share_ends() -> NDArray[np.float64]:
    """Return where each allograph's share ends, shape (allographs,).

    Digit d's allographs divide the interval from d to d + 1 among them.
    """
    forms = allographs()
    shares: NDArray[np.float64] = np.cumsum([form.share for form in forms])
    return shares.round(6)
