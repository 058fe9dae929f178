from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.benchmark.making import draw_walks, make_random, make_rows
from viewer.benchmark.linear import (
    DIRECTIONS,
    FEATURES,
    POINTS,
    STROKES,
    ZONES,
    Standard,
    describe_directions,
    fit,
    probabilities,
)
from viewer.benchmark.resampling import resample
from viewer.core.sequence import encode, lifts


def loss(
    inputs: NDArray[np.float64],
    classes: NDArray[np.int64],
    penalty: float,
    weights: NDArray[np.float64],
) -> float:
    """What is minimised, by its definition."""
    shares = probabilities(inputs, weights)
    assert np.allclose(shares.sum(axis=1), 1)
    mean = -np.log(shares[np.arange(len(classes)), classes]).mean()
    return float(mean + penalty / 2 * (weights[1:] ** 2).sum())


@pytest.mark.parametrize("penalty", [0.1, 0.003])
def test_the_fit_is_that_of_another_minimiser(penalty: float) -> None:
    optimize = pytest.importorskip("scipy.optimize")
    random = make_random(51)
    classes = random.integers(0, 4, 300)
    features = random.normal(size=(300, 6)) + random.normal(size=(4, 6))[classes]
    inputs = Standard.of(features).apply(features)
    found = fit(inputs, classes, 4, penalty)
    best = optimize.minimize(
        lambda flat: loss(inputs, classes, penalty, flat.reshape(7, 4)), np.zeros(28)
    )
    assert loss(inputs, classes, penalty, found) == pytest.approx(best.fun, abs=2e-5)
    assert np.allclose(
        probabilities(inputs, found).mean(axis=0), np.bincount(classes) / 300, atol=0.01
    )
    again = fit(inputs, classes, 4, penalty, found)
    assert loss(inputs, classes, penalty, again) == pytest.approx(best.fun, abs=2e-5)


def test_what_can_be_told_apart_is() -> None:
    features = np.array([[0.0, 1, 5], [0, 2, 5], [9, 1, 5], [9, 2, 5]])
    standard = Standard.of(features)
    inputs = standard.apply(features)
    assert np.array_equal(inputs[:, 0], np.ones(4))
    assert not inputs[:, 3].any()  # a feature that never varies
    classes = np.array([0, 0, 1, 1])
    assert probabilities(inputs, fit(inputs, classes, 2, 0.01)).argmax(axis=1).tolist() == [
        0,
        0,
        1,
        1,
    ]


def naive(path: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share each piece of a path between zones and directions by hand."""
    found = np.zeros((ZONES, ZONES, DIRECTIONS))
    for (x, y), (later_x, later_y) in pairwise(path):
        length = math.dist((x, y), (later_x, later_y))
        turn = math.atan2(later_y - y, later_x - x) / (2 * math.pi) * DIRECTIONS
        across, down = (
            min(max(((a + b) / 2 + 1) / 2 * ZONES - 0.5, 0), ZONES - 1)
            for a, b in ((x, later_x), (y, later_y))
        )
        for row in range(ZONES):
            for column in range(ZONES):
                for direction in range(DIRECTIONS):
                    apart = abs(turn - direction) % DIRECTIONS
                    near = max(1 - min(apart, DIRECTIONS - apart), 0)
                    share = max(1 - abs(down - row), 0) * max(1 - abs(across - column), 0)
                    found[row, column, direction] += length * share * near
    return found.ravel()


def test_features_are_those_of_plain_python() -> None:
    rows = make_rows(draw_walks(52, 12))
    found = describe_directions(rows)
    assert found.shape == (12, FEATURES)
    for digit, path in enumerate(resample(rows, POINTS)):
        histogram = found[digit, : -3 - STROKES]
        assert np.allclose(histogram, naive(path), atol=1e-9)
        length, width, height = found[digit, -3 - STROKES : -STROKES]
        assert length == pytest.approx(histogram.sum())
        assert (width, height) == pytest.approx(tuple(np.ptp(path, axis=0)))
        count = min(int(lifts(rows.sequence(digit)).sum()), STROKES - 1)
        assert found[digit, -STROKES:].tolist() == [
            float(place == count) for place in range(STROKES)
        ]


def test_the_way_of_the_pen_matters() -> None:
    line = np.array([[3, 3], [3, 4], [3, 5]])
    there, back = describe_directions(make_rows([encode(line), encode(line[::-1])]))
    zones = there[: -3 - STROKES].reshape(-1, DIRECTIONS).sum(axis=0)
    assert zones[0] == pytest.approx(2)  # to the right
    zones = back[: -3 - STROKES].reshape(-1, DIRECTIONS).sum(axis=0)
    assert zones[4] == pytest.approx(2)  # to the left
