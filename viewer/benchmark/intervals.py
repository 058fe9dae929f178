"""Figures with the interval they are known to."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Z = 1.959963984540054
"""Quantile of the normal distribution for 95 %."""


@dataclass(frozen=True)
class Estimate:
    """A figure and its 95 % interval.

    Parameters
    ----------
    value : float
        nan where there is nothing to count.
    low, high : float
        The interval; nan where there is too little to tell.
    """

    value: float
    low: float
    high: float


def wilson(successes: int, trials: int) -> Estimate:
    """Estimate a share with Wilson's score interval.

    Parameters
    ----------
    successes, trials : int
        How many of how many.

    Returns
    -------
    share : Estimate
        From 0 to 1.

    References
    ----------
    .. [1] E. B. Wilson (1927), "Probable inference, the law of succession, and statistical
       inference", Journal of the American Statistical Association 22, 209-212.
    """
    if not trials:
        return Estimate(math.nan, math.nan, math.nan)
    share = successes / trials
    weight = Z * Z / trials
    middle = (share + weight / 2) / (1 + weight)
    half = Z / (1 + weight) * math.sqrt(share * (1 - share) / trials + weight / (4 * trials))
    low = 0.0 if successes == 0 else middle - half
    high = 1.0 if successes == trials else middle + half
    return Estimate(share, low, high)


def ratio(sums: NDArray[np.float64], counts: NDArray[np.int64]) -> tuple[float, float]:
    """Estimate a mean over steps that come in sequences.

    Parameters
    ----------
    sums : ndarray of float64, shape (n,)
        Sum over the steps of each sequence.
    counts : ndarray of int64, shape (n,)
        How many steps each sequence has.

    Returns
    -------
    mean : float
        All sums by all counts; nan without steps.
    error : float
        Its standard error, where sequences are drawn independently and their steps are not:
        the linearised one of a ratio [1]_. nan for fewer than two sequences with steps.

    References
    ----------
    .. [1] W. G. Cochran (1977), *Sampling Techniques*, 3rd edition, section 6.3 (the ratio
       estimate), without a correction for a finite population.
    """
    total = int(counts.sum())
    if not total:
        return math.nan, math.nan
    mean = float(sums.sum() / total)
    n = int((counts > 0).sum())
    if n < 2:
        return mean, math.nan
    off = sums - mean * counts
    return mean, math.sqrt(n / (n - 1) * float((off * off).sum())) / total


def share_of_steps(hits: NDArray[np.float64], counts: NDArray[np.int64]) -> Estimate:
    """Estimate a share of steps; the interval is 1.96 standard errors of `ratio` each way."""
    share, error = ratio(hits, counts)
    return Estimate(share, max(share - Z * error, 0.0), min(share + Z * error, 1.0))


def root_of_mean(squares: NDArray[np.float64], counts: NDArray[np.int64]) -> Estimate:
    """Estimate a root mean square.

    The interval is that of the mean square, 1.96 standard errors of `ratio` each way, with
    the root taken of both ends.
    """
    mean, error = ratio(squares, counts)
    low, high = max(mean - Z * error, 0.0), mean + Z * error
    return Estimate(math.sqrt(mean), math.sqrt(low), math.sqrt(high))
