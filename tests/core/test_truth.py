from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import kendalltau

from tests.naive_truth import times_of, warp
from viewer.core.truth import Truth, judge, judge_many, resample

pixel = st.tuples(st.integers(0, 9), st.integers(0, 9))
orders = st.lists(pixel, min_size=1, max_size=14)
place = st.tuples(st.floats(0, 9), st.floats(0, 9))
strokes = st.lists(place, min_size=1, max_size=4).map(lambda points: np.array(points))
paths = st.lists(strokes, min_size=1, max_size=3).map(tuple)

LINE = np.array([(2, column) for column in range(11)])
ALONG = (np.array([(2.0, 0.0), (2.0, 10.0)]),)


def test_a_straight_stroke_is_resampled_every_pixel() -> None:
    np.testing.assert_allclose(resample(ALONG), LINE)
    np.testing.assert_allclose(resample(ALONG, 2.5)[:, 1], [0, 2.5, 5, 7.5, 10])


def test_both_ends_of_a_stroke_are_kept() -> None:
    bent = np.array([(0.0, 0.0), (3.0, 0.0), (3.0, 2.3)])
    points = resample((bent, bent[:1], np.array([(0.0, 0.0), (0.0, 0.3)])))
    np.testing.assert_allclose(points[[0, 5]], bent[[0, 2]])
    np.testing.assert_allclose(points[6], bent[0])  # a stroke of one point
    np.testing.assert_allclose(points[7:], [(0.0, 0.0), (0.0, 0.3)])  # one shorter than a step
    assert len(points) == 9


def test_points_that_repeat_do_not_matter() -> None:
    still = np.array([(0.0, 0.0), (0.0, 0.0), (0.0, 4.0), (0.0, 4.0)])
    np.testing.assert_allclose(resample((still,))[:, 1], np.arange(5))
    assert len(resample((still[:2],))) == 1


def test_the_true_order() -> None:
    found = judge(LINE, 0, ALONG)
    assert (found.dtw, found.dtw_free, found.tau) == (0.0, 0.0, 1.0)
    assert found.start
    assert found.lifts_exact
    assert found.lifts == 0


def test_the_reverse() -> None:
    found = judge(LINE[::-1], 2, ALONG)
    assert found.dtw > 2
    assert (found.dtw_free, found.tau) == (0.0, -1.0)
    assert not found.start
    assert not found.lifts_exact
    assert found.lifts == 2


def test_an_order_beside_the_path() -> None:
    assert judge(LINE + np.array([1, 0]), 0, ALONG).dtw == pytest.approx(1.0)


def test_lifts_of_the_pen_are_those_between_strokes() -> None:
    path = (*ALONG, ALONG[0] + 1, ALONG[0] + 5)
    assert [judge(LINE, lifts, path).lifts for lifts in range(4)] == [2, 1, 0, 1]
    assert judge(LINE, 2, path).lifts_exact


@pytest.mark.parametrize(("row", "right"), [(5, True), (6, False), (2, True)])
def test_a_start_is_right_within_3_pixels(row: int, right: bool) -> None:
    assert judge(np.array([(row, 0), (2, 5)]), 0, ALONG).start is right


def test_a_walk_is_ranked_by_first_visits() -> None:
    back = np.concatenate([LINE, LINE[::-1]])
    found = judge(back, 0, ALONG)
    assert found.tau == 1.0
    assert found.dtw > 0  # but the pen did not go back


def test_without_two_times_there_is_no_rank() -> None:
    assert math.isnan(judge(LINE[:1], 0, ALONG).tau)


def _is_torn(point: tuple[int, int], truth: list[tuple[float, float]]) -> bool:
    """Tell whether a point lies as near to one moment of a path as to another."""
    distances = sorted(math.dist(point, place) for place in truth)
    return len(distances) > 1 and distances[1] - distances[0] < 1e-9


@settings(deadline=None, max_examples=150)
@given(orders, paths)
def test_figures_are_those_of_the_plain_way(
    order: list[tuple[int, int]], path: tuple[NDArray[np.float64], ...]
) -> None:
    found = judge(np.array(order), 0, path)
    truth = [(float(row), float(column)) for row, column in resample(path)]
    forward, backward = warp(order, truth), warp(order[::-1], truth)
    assert found.dtw == pytest.approx(forward)
    assert found.dtw_free == pytest.approx(min(forward, backward))
    assert found.start == (math.dist(order[0], truth[0]) <= 3)
    times = times_of(order, truth)
    assume(not any(_is_torn(point, truth) for point in order))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = kendalltau(range(len(times)), times).statistic
    assert found.tau == pytest.approx(expected, nan_ok=True)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(orders, st.integers(0, 4), paths), min_size=1, max_size=5))
def test_many_are_judged_as_each(
    digits: list[tuple[list[tuple[int, int]], int, tuple[NDArray[np.float64], ...]]],
) -> None:
    points = np.concatenate([np.array(order) for order, _, _ in digits])
    offsets = np.cumsum([0, *(len(order) for order, _, _ in digits)])
    lifts = np.array([lift for _, lift, _ in digits])
    found = judge_many(points, offsets, lifts, Truth.of([path for _, _, path in digits]))
    for digit, (order, lift, path) in enumerate(digits):
        alone = judge(np.array(order), lift, path)
        for name in ("dtw", "dtw_free", "start", "tau", "lifts", "lifts_exact"):
            both = getattr(found, name)[digit], getattr(alone, name)
            assert both[0] == both[1] or np.isnan(both).all()


def test_none_are_judged_of_none() -> None:
    found = judge_many(np.zeros((0, 2), int), np.zeros(1, int), np.zeros(0, int), Truth.of([]))
    assert len(found.dtw) == len(found.lifts) == 0


def test_orders_without_points_are_refused() -> None:
    with pytest.raises(ValueError, match="without points"):
        judge(LINE[:0], 0, ALONG)
    with pytest.raises(ValueError, match="as many"):
        judge_many(LINE, np.array([0, 11]), np.array([0, 0]), Truth.of([ALONG, ALONG]))
