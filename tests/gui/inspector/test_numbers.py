"""Numbers beside start dots never cover ink, dashed lines or each other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from viewer.core.sequence import stroke_offsets
from viewer.gui.inspector.numbers import CLEARANCE, place_numbers

SIZE = (1.2, 0.9)


def test_a_lone_stroke_gets_its_number_beside_the_start() -> None:
    points = np.array([(5, 5), (5, 6), (5, 7)])
    (center,) = place_numbers(points, np.array([0, 3]), SIZE, (28, 28))
    assert center is not None
    assert np.hypot(center[0] - 5.5, center[1] - 5.5) < 2


def test_a_number_without_room_is_left_out() -> None:
    points = np.argwhere(np.ones((7, 7), dtype=bool))
    middle = np.concatenate((points[24:], points[:24]))
    offsets = np.array([0, 49])
    assert place_numbers(middle, offsets, SIZE, (7, 7)) == [None]


@given(
    st.lists(
        st.tuples(st.integers(0, 15), st.integers(0, 15)), unique=True, min_size=1, max_size=30
    )
)
def test_placed_numbers_are_free_and_inside(points: list[tuple[int, int]]) -> None:
    array = np.array(points)
    offsets = stroke_offsets(array)
    centers = place_numbers(array, offsets, SIZE, (16, 16))
    assert len(centers) == len(offsets) - 1
    half = np.array(SIZE) / 2
    placed = [np.array(center) for center in centers if center is not None]
    for index, center in enumerate(placed):
        assert (center >= half).all()
        assert (center <= 16 - half).all()
        near = np.abs(array + 0.5 - center) < half + CLEARANCE
        assert not near.all(axis=1).any()
        for other in placed[:index]:
            assert not (np.abs(center - other) < 2 * half).all()
