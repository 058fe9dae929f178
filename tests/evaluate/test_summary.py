from __future__ import annotations

import math

import numpy as np
import pytest

from viewer.evaluate.summary import MEDIAN, compare, standard_error, summarise

RANDOM = np.random.Generator(np.random.PCG64(5))


def test_over_writers_of_equal_size_it_is_that_of_their_means() -> None:
    values = RANDOM.normal(size=60)
    writers = np.repeat(np.arange(6) * 7, 10)
    means = values.reshape(6, 10).mean(axis=1)
    assert standard_error(values, writers) == pytest.approx(means.std(ddof=1) / math.sqrt(6))


def test_without_writers_it_is_that_of_the_digits() -> None:
    values = RANDOM.normal(size=40)
    expected = values.std(ddof=1) / math.sqrt(40)
    assert standard_error(values, None) == pytest.approx(expected)
    assert standard_error(values, np.full(40, 3)) == pytest.approx(expected)
    assert standard_error(values, np.arange(40)) == pytest.approx(expected)


def test_a_large_writer_weighs_more() -> None:
    """Writers of one digit among those of many hardly move the mean, nor its error."""
    values = np.concatenate([np.zeros(100), np.ones(100), [9.0]])
    writers = np.concatenate([np.zeros(100), np.ones(100), [2]]).astype(np.int64)
    alone = standard_error(values[:200], writers[:200])
    assert alone == pytest.approx(0.5)
    assert standard_error(values, writers) == pytest.approx(alone, rel=0.2)


def test_what_is_unknown_is_left_out() -> None:
    values = np.array([1.0, math.nan, 3.0])
    summary = summarise("all", "", "nearest", {"tau": values, "dtw": np.ones(3)}, None)
    assert summary.digits == 3
    assert summary.means == {"tau": 2.0, "dtw": 1.0, MEDIAN: 1.0}
    assert summary.errors == {"tau": 1.0, "dtw": 0.0}
    assert math.isnan(standard_error(np.array([1.0, math.nan]), None))
    empty = summarise("all", "", "nearest", {"tau": np.full(2, math.nan)}, None)
    assert math.isnan(empty.means["tau"])


def test_two_methods_on_the_same_digits() -> None:
    base = {"dtw": np.array([2.0, 4.0, 1.0, 3.0])}
    other = {"dtw": np.array([1.0, 2.0, 1.5, 3.0])}
    pair = compare("natural", "nearest", other, base, np.array([5, 5, 9, 9]))
    assert pair.difference == pytest.approx(-0.625)
    assert pair.ratio == pytest.approx(0.75)
    assert (pair.writers, pair.better) == (2, 1)
    assert pair.error == pytest.approx(np.std([-1.5, 0.25], ddof=1) / math.sqrt(2))
    assert compare("natural", "nearest", other, base, None).writers == 0
    same = compare("a", "b", {"dtw": np.zeros(2)}, {"dtw": np.zeros(2)}, None)
    assert math.isnan(same.ratio)
