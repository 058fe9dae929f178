"""Where one order parts from another, in words; what an order comes to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.core.correction import merge, points_of, split, strokes_of
from viewer.core.sequence import stroke_offsets
from viewer.core.settings import ORDERS, ExtractionSettings
from viewer.gui.compare.orders.offers import (
    TRUE_PATH,
    Writing,
    figures,
    is_used,
    orders_under,
)
from viewer.gui.compare.orders.parting import Parting, find_parting
from viewer.gui.compare.orders.work import even


def along(*columns: int, title: str = "other") -> Writing:
    """Return an order of pixels in one row, lifted wherever it jumps."""
    points = np.array([(2, column) for column in columns], dtype=np.int16)
    return Writing(title, points, stroke_offsets(points))


BASE = along(1, 2, 3, 6, 7, title="nearest")


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (along(1, 2, 3, 6, 7), Parting(-1, "the same as nearest")),
        (along(7, 6, 3, 2, 1), Parting(0, "the same as nearest, backwards")),
        (along(1, 2, 3, 7, 6), Parting(3, "parts from nearest at point 4")),
        (along(1, 3, 2, 6, 7), Parting(1, "parts from nearest at point 2")),
        (along(6, 7, 1, 2, 3), Parting(0, "begins elsewhere than nearest")),
        (along(1, 2, 3, 2), Parting(3, "parts from nearest at point 4")),
        (along(1, 2, 3, 6, 7, 6), Parting(5, "parts from nearest at point 6")),
        (along(1, 2, 3), Parting(2, "ends at point 3, where nearest goes on")),
    ],
)
def test_the_first_point_that_differs_is_told(order: Writing, expected: Parting) -> None:
    assert find_parting(order, BASE) == expected


def test_a_pen_lift_alone_is_a_difference() -> None:
    strokes = strokes_of(BASE.points, BASE.offsets)
    apart = Writing("other", *points_of(split(strokes, 0, 1)))
    words = "the pixels as nearest, but for a pen lift at point "
    assert find_parting(apart, BASE) == Parting(1, f"{words}2")
    joined = Writing("other", *points_of(merge(strokes, 0)))
    assert find_parting(joined, BASE) == Parting(3, f"{words}4")


def test_every_order_is_offered_and_nothing_else_differs() -> None:
    used = ExtractionSettings(thinning_passes=3, order="shortest", walking=True)
    offers = orders_under(used)
    titles = [offer.title for offer in offers]
    assert [title for title in titles if "," not in title] == list(ORDERS)
    assert titles[titles.index("natural") + 1] == "natural, walking"
    for offer in offers:
        asked = offer.settings
        assert replace(asked, order=used.order, walking=used.walking) == used
        assert asked.walking == offer.title.endswith("walking")
    assert [offer.title for offer in offers if is_used(offer, used)] == ["shortest"]
    natural = replace(used, order="natural")
    assert [offer.title for offer in offers if is_used(offer, natural)] == ["natural, walking"]


def test_the_figures_of_an_order() -> None:
    order = along(1, 2, 3, 6, 7)
    assert (order.lifts, order.travel) == (1, 3.0)
    assert figures(order).text == "2 strokes, 5 points, pen-up travel 3.0 px"
    bounded = figures(replace(along(1, 2), exact=False), 0.456).text
    assert bounded == "1 stroke, 2 points, pen-up travel 0.0 px, bounded search, DTW 0.46 px"


def test_a_true_path_is_laid_out_evenly_with_its_own_lifts() -> None:
    corner = np.array([(2.0, 3.0), (2.0, 9.5), (8.0, 9.5)])
    dot = np.array([(20.0, 4.25)])
    pressed = np.array([(10.5, 4.0), (10.5, 4.0), (10.5, 4.0)])
    there_and_back = np.array([(5.0, 5.0), (5.0, 5.5), (5.0, 5.0)])
    found = even((corner, dot, pressed, there_and_back))
    assert found.title == TRUE_PATH
    assert found.lifts == 3
    first = found.points[: found.offsets[1]]
    np.testing.assert_array_equal(first[[0, -1]], corner[[0, -1]])
    steps = np.hypot(*np.diff(first, axis=0).T)
    assert steps.max() < 1.05  # the corner may be cut
    assert np.median(steps) == pytest.approx(12.5 / 12)
    assert np.diff(found.offsets).tolist()[1:3] == [1, 1]
    for start, stop in zip(found.offsets[:-1], found.offsets[1:], strict=True):
        assert (np.diff(found.points[start:stop], axis=0) != 0).any(axis=1).all()
