"""Arrays become Qt images without a stray byte."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.gui.images import color_image, gray_image


@pytest.mark.parametrize("shape", [(1, 1), (3, 5), (28, 28), (5, 3), (64, 63)])
def test_every_pixel_stands_where_it_was(shape: tuple[int, int]) -> None:
    image = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    made = gray_image(image)
    assert (made.height(), made.width()) == shape
    for row, column in np.ndindex(shape):
        assert made.pixelColor(column, row).value() == image[row, column]


def test_views_that_are_not_contiguous_are_taken_right() -> None:
    image = np.arange(12 * 14, dtype=np.uint8).reshape(12, 14)[::2, ::-1]
    made = gray_image(image)
    assert made.pixelColor(0, 1).value() == image[1, 0]


def test_the_image_is_a_copy() -> None:
    image = np.zeros((4, 4), np.uint8)
    made = gray_image(image)
    image[:] = 255
    assert made.pixelColor(2, 2).value() == 0


@pytest.mark.parametrize(
    "wrong", [np.zeros((4, 4)), np.zeros(16, np.uint8), np.zeros((0, 4), np.uint8)]
)
def test_other_arrays_are_refused(wrong: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> None:
    with pytest.raises(ValueError, match="no grey image"):
        gray_image(wrong)


def test_colours_stand_where_they_were() -> None:
    colors = np.random.default_rng(1).integers(0, 1 << 32, (5, 7), np.uint32)
    made = color_image(colors[:, ::-1])
    assert (made.height(), made.width()) == (5, 7)
    for row, column in np.ndindex(5, 7):
        assert made.pixel(column, row) == colors[row, 6 - column] | 0xFF000000


@pytest.mark.parametrize(
    "wrong", [np.zeros((4, 4)), np.zeros((2, 2, 2), np.uint32), np.zeros((0, 4), np.uint32)]
)
def test_other_arrays_are_no_colours(
    wrong: np.ndarray[tuple[int, ...], np.dtype[np.uint32]],
) -> None:
    with pytest.raises(ValueError, match="no colours"):
        color_image(wrong)
