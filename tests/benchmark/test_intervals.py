from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmark.making import make_random
from viewer.benchmark.intervals import Z, ratio, root_of_mean, share_of_steps, wilson


@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_ends_are_where_the_share_is_just_not_rejected(case: tuple[int, int]) -> None:
    """The interval is what its author asked for: |p - share| = z sqrt(p (1 - p) / n)."""
    successes, trials = case
    found = wilson(successes, trials)
    assert found.value == successes / trials
    assert 0 <= found.low <= found.value <= found.high <= 1
    for end in (found.low, found.high):
        off = abs(end - found.value)
        assert off == pytest.approx(Z * math.sqrt(end * (1 - end) / trials), abs=1e-9)


def test_wilsons_known_values() -> None:
    """Those of R's prop.test(x, 10, correct = FALSE)."""
    half = wilson(5, 10)
    assert (half.low, half.high) == pytest.approx((0.236593, 0.763407), abs=1e-6)
    none = wilson(0, 10)
    assert (none.low, none.high) == pytest.approx((0, 0.277533), abs=1e-6)
    assert math.isnan(wilson(0, 0).value)


def test_the_standard_error_is_that_of_the_bootstrap() -> None:
    random = make_random(3)
    counts = random.integers(5, 60, 300)
    sums = counts * random.gamma(2.0, 1.0, 300)
    mean, error = ratio(sums, counts)
    assert mean == pytest.approx(sums.sum() / counts.sum())
    drawn = random.integers(0, 300, (4000, 300))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    assert error == pytest.approx(means.std(), rel=0.05)
    root = root_of_mean(sums, counts)
    low, high = np.quantile(np.sqrt(means), (0.025, 0.975))
    assert (root.low, root.high) == pytest.approx((low, high), rel=0.02)
    hits = np.floor(counts * random.random(300))
    share = share_of_steps(hits, counts)
    shares = hits[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    assert (share.low, share.high) == pytest.approx(np.quantile(shares, (0.025, 0.975)), rel=0.02)


def test_equal_counts_give_the_usual_standard_error() -> None:
    values = make_random(4).normal(size=50)
    mean, error = ratio(values * 7, np.full(50, 7))
    assert mean == pytest.approx(values.mean())
    assert error == pytest.approx(values.std(ddof=1) / math.sqrt(50))


def test_what_is_too_little_has_no_interval() -> None:
    none = np.zeros(3)
    assert math.isnan(root_of_mean(none, np.zeros(3, np.int64)).value)
    one = root_of_mean(np.array([8.0, 0.0]), np.array([2, 0]))
    assert one.value == 2
    assert math.isnan(one.low)
    assert math.isnan(one.high)
    all_right = share_of_steps(np.array([3.0, 4.0]), np.array([3, 4]))
    assert (all_right.value, all_right.low, all_right.high) == (1, 1, 1)
