"""Histograms with round limits: few bins of equal width, and which of them a value is in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.query.tree import Range

SPREAD = 21
"""At most about so many bins, beside the two for what lies far out."""
SAMPLE = 20_000
"""Values that say how a column is spread."""
FAR = 0.005
"""Share of the values at each end that may be left to a bin without an end."""


@dataclass(frozen=True)
class Histogram:
    """Bins of equal width, and one without an end for what lies far out at a side.

    Parameters
    ----------
    edges : tuple of float
        Ascending limits at equal distances, two or more; ints for whole numbers.
    below, above : bool
        Whether there is a bin for what lies below the first, or above the last.
    whole : bool
        Whether it is one of whole numbers.
    """

    edges: tuple[float, ...]
    below: bool
    above: bool
    whole: bool

    @property
    def ranges(self) -> list[Range]:
        """The bins as a query has them.

        Real numbers leave the upper end of a bin to the next one, but for the last.
        """
        first, last = self.edges[0], self.edges[-1]
        if self.whole:
            ranges = [Range(low, high - 1) for low, high in pairwise(self.edges)]
            below, above = Range(high=first - 1), Range(low=last)
        else:
            ranges = [Range(*ends, open_high=True) for ends in pairwise(self.edges)]
            below, above = Range(high=first, open_high=True), Range(low=last)
            if not self.above:
                ranges[-1] = Range(self.edges[-2], last)
        return [*[below] * self.below, *ranges, *[above] * self.above]

    def place(self, values: NDArray[Any]) -> NDArray[np.int64]:
        """Return the bin of each value, shape (n,); of values beyond the ends the nearest."""
        places: NDArray[np.int64]
        if self.whole:
            width = int(self.edges[1] - self.edges[0])
            places = np.floor_divide(values, width, dtype=np.int64)
            places -= int(self.edges[0]) // width - 1
        else:
            places = self._place_reals(values)
        places -= not self.below
        count = len(self.edges) - 1 + self.below + self.above
        np.clip(places, 0, count - 1, out=places)
        return places

    def _place_reals(self, values: NDArray[Any]) -> NDArray[np.int64]:
        """Return the bin of each value, 0 for what lies below the first.

        A division guesses it and may be off by one; limits are compared in the precision
        of the column, as a query compares them.
        """
        limits = np.array(self.edges).astype(values.dtype).astype(np.float64)
        limits = np.concatenate(([-math.inf], limits, [math.inf]))
        with np.errstate(over="ignore"):
            guess = np.subtract(values, self.edges[0], dtype=np.float64)
            guess /= self.edges[1] - self.edges[0]
        np.clip(np.floor(guess, out=guess), -1, len(self.edges) - 1, out=guess)
        places: NDArray[np.int64] = guess.astype(np.int64) + 1
        places -= values < limits[places]
        places += values >= limits[places + 1]
        return places


def make_histogram(values: NDArray[Any]) -> Histogram | None:
    """Find bins for values.

    Parameters
    ----------
    values : ndarray, shape (n,)
        Whole or real numbers, one or more, and no NaN.

    Returns
    -------
    histogram : Histogram or None
        At most 24 bins, the widths 1, 2 or 5 times a power of ten. None if no value is
        finite.
    """
    whole = values.dtype.kind != "f"
    sample = values[:: max(1, len(values) // SAMPLE)]
    sample = sample if whole else sample[np.isfinite(sample)]
    if not len(sample):
        return None
    least, most = values.min().item(), values.max().item()
    low, high = (float(end) for end in np.quantile(sample.astype(np.float64), (FAR, 1 - FAR)))
    width = max((high - low) / SPREAD, 1 if whole else 0.0)
    step, decimals = _round_up(width or max(abs(high), 1.0) / SPREAD)
    first, last = math.floor(low / step), math.floor(high / step) + 1
    first -= (first - 1) * step <= least < first * step
    over = most + 1 if whole else most  # the end of a whole bin lies beyond its numbers
    last += last * step < over <= (last + 1) * step
    if whole:
        edges: tuple[float, ...] = tuple(count * int(step) for count in range(first, last + 1))
        return Histogram(edges, least < edges[0], most >= edges[-1], whole)
    edges = tuple(round(count * step, decimals) for count in range(first, last + 1))
    return Histogram(edges, least < edges[0], most > edges[-1], whole)


def _round_up(width: float) -> tuple[float, int]:
    """Return 1, 2 or 5 times a power of ten, not less than a width, and its decimals."""
    exponent = math.floor(math.log10(width))
    enough = width * (1 - 1e-9)  # 0.1 + 0.2 is as good as 0.3
    factor = next(factor for factor in (1, 2, 5, 10) if factor * 10.0**exponent >= enough)
    decimals = max(0, -exponent)
    return round(factor * 10.0**exponent, decimals), decimals
