from __future__ import annotations

import numpy as np
import pytest

from viewer.core.batch import extract_batch
from viewer.core.sequence import decode, stroke_offsets
from viewer.core.settings import ORDERS, ExtractionSettings
from viewer.datasets.sample import open_sample
from viewer.errors import UserError
from viewer.evaluate.orders import Method, Orders, choose_methods, order_all

NEAREST = Method("nearest", ExtractionSettings())


@pytest.mark.parametrize("announced", [False, True])
def test_points_are_those_of_the_sequences(announced: bool) -> None:
    images = open_sample().splits["test"].images.copy()
    images[3] = images[99] = 0
    settings = ExtractionSettings(announce_last_jump=announced)
    sequences = extract_batch(images, settings)
    orders = Orders.of(sequences)
    assert len(orders) == len(images)
    jumps_to_the_last = 0
    for digit in range(len(images)):
        points = decode(sequences.sequence(digit))
        own = orders.points[orders.offsets[digit] : orders.offsets[digit + 1]]
        np.testing.assert_array_equal(own, points)
        assert orders.lifts[digit] == max(len(stroke_offsets(points)) - 2, 0)
        assert orders.drawn[digit] == (digit not in (3, 99))
        jumps_to_the_last += bool(len(points)) and stroke_offsets(points)[-2] == len(points) - 1
    assert jumps_to_the_last  # which are not announced


def test_some_of_them_elsewhere() -> None:
    images = open_sample().splits["test"].images[:6]
    orders = order_all(images, NEAREST)
    chosen = np.array([False, True, True, False, False, True])
    part = orders.part(chosen).moved(-2, 3)
    alone = order_all(images[chosen], NEAREST)
    np.testing.assert_array_equal(part.points, alone.points + np.array([-2, 3]))
    np.testing.assert_array_equal(part.offsets, alone.offsets)
    np.testing.assert_array_equal(part.lifts, alone.lifts)


def test_threads_do_not_matter() -> None:
    images = open_sample().splits["train"].images
    one, four = (order_all(images, NEAREST, jobs=jobs) for jobs in (1, 4))
    np.testing.assert_array_equal(one.points, four.points)


def test_methods() -> None:
    assert [method.name for method in choose_methods(ORDERS)] == list(ORDERS)
    assert choose_methods(["nearest"])[0].settings == ExtractionSettings()
    with pytest.raises(UserError, match="no order is named"):
        choose_methods([])
    with pytest.raises(UserError, match="walk over drawn ink"):
        choose_methods(["nearest"], walking=True)
