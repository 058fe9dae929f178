"""The lens: whole pixels, one place under the mouse, never lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.gui.inspector.lens import CLOSEST, Lens


def lens(width: float = 229, height: float = 240, ratio: float = 1, side: int = 28) -> Lens:
    made = Lens()
    made.set_image(side, side)
    made.set_view(width, height, ratio)
    return made


def test_a_fitted_image_stands_in_the_middle_in_whole_pixels() -> None:
    column, row, columns, rows = lens().visible()
    assert lens().scale == 8
    assert (columns, rows) == (229 / 8, 30)
    assert row == -1
    assert column == pytest.approx(-0.3125, abs=0.07)
    assert (column * 8).is_integer()


def test_the_scale_counts_device_pixels() -> None:
    assert lens(ratio=2).scale == 16
    assert lens(ratio=1.5).scale == 12


def test_an_image_larger_than_the_view_is_shown_whole() -> None:
    small = lens(width=40, height=40, side=64)
    assert small.scale == pytest.approx(40 / 64)
    assert small.visible()[2] == pytest.approx(64)


def test_the_place_under_the_mouse_stays_there() -> None:
    made = lens()
    made.zoom(3, 10, 12)
    column, row, columns, rows = made.visible()
    before = lens().visible()
    tolerance = 1 / made.scale
    assert (12 - column) / columns == pytest.approx((12 - before[0]) / before[2], abs=tolerance)
    assert (10 - row) / rows == pytest.approx((10 - before[1]) / before[3], abs=tolerance)


def test_zooming_out_ends_at_the_whole_image() -> None:
    made = lens()
    made.zoom(2, 5, 5)
    assert not made.fitted
    made.zoom(-9, 20, 20)
    assert made.fitted
    assert made.visible() == lens().visible()


def test_a_new_size_refits_only_a_fitted_image() -> None:
    made = lens()
    made.set_view(458, 480, 1)
    assert made.scale == 16
    made.zoom(1, 14, 14)
    zoomed = made.scale
    made.set_view(229, 240, 1)
    assert made.scale == zoomed


def test_another_image_of_the_same_size_keeps_the_zoom() -> None:
    made = lens()
    made.zoom(2, 14, 14)
    made.set_image(28, 28)
    assert not made.fitted
    made.set_image(20, 28)
    assert made.fitted


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["zoom", "pan", "view"]), st.integers(-5, 5), st.integers(-70, 70)
        ),
        max_size=20,
    ),
    st.integers(1, 64),
)
def test_the_image_is_never_lost(moves: list[tuple[str, int, int]], side: int) -> None:
    made = lens(side=side)
    for kind, a, b in moves:
        if kind == "zoom":
            made.zoom(a, b, b)
        elif kind == "pan":
            made.pan(b, a)
        else:
            made.set_view(100 + 10 * a, 120 + b, 1 + a % 2)
    column, row, columns, rows = made.visible()
    assert -columns / 2 - 1 <= column <= side - columns / 2 + 1
    assert -rows / 2 - 1 <= row <= side - rows / 2 + 1
    assert made.scale > 0
    assert min(columns, rows) >= min(CLOSEST, side) / 1.3
