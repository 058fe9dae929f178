"""Histograms: round limits, few bins, each value in the bin whose range selects it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from viewer.catalog.facets.histogram import make_histogram
from viewer.catalog.query.tree import Range

WHOLE = st.sampled_from([np.uint8, np.int16, np.int32]).flatmap(
    lambda dtype: arrays(dtype, st.integers(1, 60))
)
REALS = st.sampled_from([np.float32, np.float64]).flatmap(
    lambda dtype: arrays(
        dtype,
        st.integers(1, 60),
        elements=st.floats(-1e6, 1e6, width=32) | st.sampled_from([math.inf, -math.inf, 0.0]),
    )
)


def holds(part: Range, value: Any) -> bool:
    low, high, _, open_high = part
    kind = type(value) if isinstance(value, np.floating) else int
    above = low is None or value >= kind(low)
    return bool(above and (high is None or (value < kind(high) if open_high else value <= high)))


@given(WHOLE | REALS)
def test_each_value_lies_in_its_bin_alone(values: NDArray[Any]) -> None:
    histogram = make_histogram(values)
    if histogram is None:
        assert not np.isfinite(values).any()
        return
    ranges = histogram.ranges
    assert 1 <= len(ranges) <= 24
    for value, place in zip(values, histogram.place(values), strict=True):
        held = [number for number, part in enumerate(ranges) if holds(part, value)]
        # a bin narrower than the column's precision may share its limits with the next
        assert place in held
        assert len(held) == 1 or values.dtype.kind == "f"


@pytest.mark.parametrize(
    ("values", "edges"),
    [
        (np.arange(256, dtype=np.uint8), [20 * count for count in range(14)]),
        (np.arange(30, 52), list(range(30, 53))),
        (np.linspace(0, 100, 1001), [5 * count for count in range(21)]),
        (np.linspace(-1, 1, 1001).astype(np.float32), [count / 10 for count in range(-10, 11)]),
        (np.arange(402_953), [20_000 * count for count in range(22)]),
    ],
)
def test_limits_are_round(values: NDArray[Any], edges: list[float]) -> None:
    histogram = make_histogram(values)
    assert histogram is not None
    assert list(histogram.edges) == edges
    assert not histogram.below
    assert not histogram.above


def test_what_lies_far_out_shares_a_bin_without_an_end() -> None:
    values = np.concatenate((np.linspace(0, 10, 2001), [-500.0, 1e9, math.inf]))
    histogram = make_histogram(values)
    assert histogram is not None
    assert histogram.ranges[0] == Range(high=0.0, open_high=True)
    assert histogram.ranges[-1] == Range(low=10.0)
    counts = np.bincount(histogram.place(values))
    assert (counts[0], counts[-1]) == (1, 3)
    whole = make_histogram(np.concatenate((np.arange(2000) % 50, [1000])))
    assert whole is not None
    assert whole.ranges[-2:] == [Range(45, 49), Range(low=50)]


def test_the_last_of_real_bins_holds_its_upper_end() -> None:
    histogram = make_histogram(np.linspace(0, 100, 1001))
    assert histogram is not None
    assert histogram.ranges[-2:] == [Range(90, 95, open_high=True), Range(95, 100)]


def test_one_value_alone() -> None:
    for value in (0, 7, -0.37, 1e9):
        histogram = make_histogram(np.full(3, value))
        assert histogram is not None
        assert len(set(histogram.place(np.full(3, value)).tolist())) == 1
    assert make_histogram(np.full(3, math.inf)) is None
