"""Fit the weights by which the pen walks over ink instead of lifting.

Strategy: every jump of some orders that a walk could replace is described; first the
expected square of how far the count of lifts is off is made small, from several starts,
then lots are thrown for weights that make more counts right.
"""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from viewer.core.jit import kernel
from viewer.core.ordering.natural import walking
from viewer.core.truth import Truth

PENALTY = 1e-4
STARTS = ((0, 0, 0, 0, 0), (-3, 2, 1, 0, 0), (-2, 1, 0, 1, 1), (-1, 3, -1, 0, 0))
TRIALS = 1500
LARGEST = 1000
"""The largest weight in size; only their ratios count."""


@dataclass(frozen=True)
class Jumps:
    """The jumps of many orders that a walk could replace.

    Parameters
    ----------
    numbers : ndarray of int64, shape (n, KINDS)
        Numbers that describe them, 64 for 1.
    digit : ndarray of int64, shape (n,)
        The digit of each.
    over : ndarray of int64, shape (d,)
        True lifts of each digit, less the jumps that no walk could replace.
    """

    numbers: NDArray[np.int64]
    digit: NDArray[np.int64]
    over: NDArray[np.int64]

    def of(self, chosen: NDArray[np.bool_]) -> Jumps:
        """Jumps of some digits."""
        kept = chosen[self.digit]
        number = np.cumsum(chosen) - 1
        return Jumps(self.numbers[kept], number[self.digit[kept]], self.over[chosen])

    def exact(self, weights: NDArray[np.float64] | NDArray[np.int64]) -> float:
        """Share of digits with the right count of lifts."""
        lifted = self.numbers @ weights > 0
        counts = np.bincount(self.digit[lifted], minlength=len(self.over))
        return float((counts == self.over).mean())


@kernel
def list_jumps(points, count, height, width, space, numbers):
    """Fill the numbers of the jumps of one order; return how many, and jumps without a walk."""
    inked, before, queue, out = space
    stride = width + 2
    inked[:] = False
    for place in range(count):
        inked[(np.int64(points[place, 0]) + 1) * stride + np.int64(points[place, 1]) + 1] = True
    found = 0
    lost = 0
    for place in range(1, count):
        goal = (np.int64(points[place, 0]) + 1) * stride + np.int64(points[place, 1]) + 1
        here = (np.int64(points[place - 1, 0]) + 1) * stride + np.int64(points[place - 1, 1]) + 1
        down = abs(goal // stride - here // stride)
        right = abs(goal % stride - here % stride)
        if max(down, right) > 1:
            steps = walking.find_walk(here, goal, stride, inked, before, queue)
            if steps < 0:
                lost += 1
            else:
                walking.describe_jump(points, count, place, steps, out)
                numbers[found] = out
                found += 1
    return found, lost


def find_jumps(orders: list[NDArray[np.int16]], truth: Truth, side: int) -> Jumps:
    """Describe the jumps of orders, one a digit, in images of ``side`` pixels a side."""
    space = walking.make_space(side, side)
    numbers = np.zeros((side * side, walking.KINDS), dtype=np.int64)
    parts, counts, over = [], [], truth.lifts.astype(np.int64)
    for digit, points in enumerate(orders):
        found, lost = list_jumps(points, len(points), side, side, space, numbers)
        parts.append(numbers[:found].copy())
        counts.append(found)
        over[digit] -= lost
    return Jumps(np.concatenate(parts), np.repeat(np.arange(len(orders)), counts), over)


def fit_walks(jumps: Jumps) -> NDArray[np.int64]:
    """Fit the weights of walks."""
    numbers, digit, over = jumps.numbers / 64, jumps.digit, jumps.over

    def objective(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        lift = expit(numbers @ weights)
        doubt = lift * (1 - lift)
        off = np.bincount(digit, weights=lift, minlength=len(over)) - over
        slope = numbers.T @ ((2 * off[digit] + 1 - 2 * lift) * doubt) / len(over)
        value = ((off**2).sum() + doubt.sum()) / len(over)
        return value + PENALTY * (weights**2).sum(), slope + 2 * PENALTY * weights

    found = [minimize(objective, np.array(start, float), jac=True).x for start in STARTS]
    best = max(found, key=jumps.exact)
    lots = np.random.Generator(np.random.PCG64(0))
    most = jumps.exact(best)
    for _ in range(TRIALS):
        size = np.abs(best + 0.3) * lots.choice([0.03, 0.1, 0.4])
        trial = best + lots.normal(size=len(best)) * size * (lots.random(len(best)) < 0.5)
        share = jumps.exact(trial)
        if share >= most:
            best, most = trial, share
    whole: NDArray[np.int64] = np.rint(best * (LARGEST / np.abs(best).max())).astype(np.int64)
    return whole
