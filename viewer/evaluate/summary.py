"""Figures of many digits in one line: means, and how far they are to be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Figures = Mapping[str, NDArray[np.float64]]
"""A number a digit, by the name of the figure."""
MEDIAN = "dtw_median"


@dataclass(frozen=True)
class Summary:
    """One line of a table.

    Parameters
    ----------
    by : str
        What its digits have in common: ``all``, ``class`` or ``writer``.
    group : str
        Which class or writer; "" for all.
    method : str
        The order.
    digits : int
        How many there are.
    means : mapping of str to float
        Mean of each figure over the digits, and the median of `dtw` as `MEDIAN`.
    errors : mapping of str to float
        Standard error of each mean; nan where there is too little to tell.
    """

    by: str
    group: str
    method: str
    digits: int
    means: Mapping[str, float]
    errors: Mapping[str, float]


def summarise(
    by: str, group: str, method: str, figures: Figures, writers: NDArray[np.int64] | None
) -> Summary:
    """Summarise the figures of some digits.

    Parameters
    ----------
    by, group, method : str
        As in `Summary`.
    figures : mapping of str to ndarray of float64, shape (n,)
        nan where a figure does not exist for a digit.
    writers : ndarray of int64, shape (n,), or None
        Who wrote each digit. Standard errors are over writers, whose digits are alike; over
        digits where writers are unknown or there is only one.

    Returns
    -------
    summary : Summary
    """
    means = {name: _mean(values) for name, values in figures.items()}
    errors = {name: standard_error(values, writers) for name, values in figures.items()}
    if "dtw" in figures and len(figures["dtw"]):
        means[MEDIAN] = float(np.median(figures["dtw"]))
    count = len(next(iter(figures.values())))
    return Summary(by, group, method, count, means, errors)


def standard_error(values: NDArray[np.float64], groups: NDArray[np.int64] | None) -> float:
    """Return the standard error of a mean over digits that come in groups.

    Parameters
    ----------
    values : ndarray of float64, shape (n,)
        A figure; nan is left out.
    groups : ndarray of int64, shape (n,), or None
        Digits of one group count as one observation, weighted by their number. With groups of
        equal size this is the standard deviation of the groups' means over the root of their
        number. Without groups, or in a single one, each digit counts for itself.

    Returns
    -------
    error : float
        nan for fewer than two observations.
    """
    known = ~np.isnan(values)
    values = values[known]
    if len(values) < 2:
        return float("nan")
    off: NDArray[np.float64] = values - values.mean()
    if groups is not None:
        place = np.unique(groups[known], return_inverse=True)[1]
        if place.max() > 0:
            off = np.bincount(place, off).astype(np.float64)
    return float(np.sqrt(len(off) / (len(off) - 1) * (off * off).sum()) / len(values))


def _mean(values: NDArray[np.float64]) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


@dataclass(frozen=True)
class Pair:
    """Two methods on the same digits.

    Parameters
    ----------
    method, base : str
        The two.
    difference, error : float
        Mean of the difference in DTW, and its standard error over writers.
    ratio : float
        Mean DTW by that of the base.
    writers, better : int
        How many writers there are, and for how many of them the mean DTW is smaller.
    """

    method: str
    base: str
    difference: float
    error: float
    ratio: float
    writers: int
    better: int


def compare(
    method: str, base: str, figures: Figures, others: Figures, writers: NDArray[np.int64] | None
) -> Pair:
    """Compare the DTW of two methods, digit by digit; `others` are those of the base."""
    difference = figures["dtw"] - others["dtw"]
    sums = np.zeros(0)
    if writers is not None:
        who = np.unique(writers, return_inverse=True)[1]
        sums = np.bincount(who, difference).astype(np.float64)
    return Pair(
        method,
        base,
        float(difference.mean()),
        standard_error(difference, writers),
        float(figures["dtw"].mean() / others["dtw"].mean()) if others["dtw"].any() else np.nan,
        len(sums),
        int((sums < 0).sum()),
    )
