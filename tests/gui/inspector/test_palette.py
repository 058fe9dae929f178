"""Stroke colours: seen on paper, told apart, and in a rainbow's order."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from viewer.gui.browser.raster import color_table
from viewer.gui.inspector.palette import LMS_TO_RGB, OKLAB_TO_LMS, PALETTES, in_palette, rainbow
from viewer.gui.theme import light

DEFICIENCIES = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
}
"""What linear colours become for such readers (Machado, Oliveira and Fernandes, 2009)."""


def linear(color: str) -> NDArray[np.float64]:
    """Return a colour's linear red, green and blue."""
    parts = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def oklab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    lms = np.linalg.solve(LMS_TO_RGB, np.clip(rgb, 0, 1))
    return np.asarray(np.linalg.solve(OKLAB_TO_LMS, np.cbrt(lms)))


def closest(colors: tuple[str, ...], matrix: list[list[float]] | None = None) -> float:
    """Return the smallest distance of two colours, as a reader sees them."""
    seen = [oklab((np.eye(3) if matrix is None else np.array(matrix)) @ linear(c)) for c in colors]
    return min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(seen, 2))


def luminance(color: str) -> float:
    return float(np.array([0.2126, 0.7152, 0.0722]) @ linear(color))


@pytest.mark.parametrize("name", PALETTES)
def test_every_colour_stands_out_from_paper(name: str) -> None:
    paper = luminance(light().paper)
    for color in PALETTES[name]:
        assert (luminance(color) + 0.05) / (paper + 0.05) > 3.0


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_contrast_keeps_colours_apart_for_colour_blind_readers(deficiency: str) -> None:
    matrix = DEFICIENCIES[deficiency]
    assert closest(PALETTES["contrast"], matrix) > 2 * closest(PALETTES["rainbow"], matrix)
    assert closest(PALETTES["contrast"], matrix) > 0.05


def test_the_rainbow_is_even() -> None:
    colors = PALETTES["rainbow"]
    assert len(set(colors)) == len(colors)
    seen = np.array([oklab(linear(color)) for color in colors])
    assert np.ptp(seen[:, 0]) < 0.01
    steps = np.linalg.norm(np.diff(seen, axis=0), axis=1)
    assert steps.min() > 0.09
    assert np.ptp(steps) < 0.01
    hues = np.rad2deg(np.arctan2(seen[:, 2], seen[:, 1])) % 360
    assert (np.diff(hues) > 0).all()
    red, green, blue = linear(colors[0])
    assert red > max(green, blue)


def test_a_rainbow_of_one_colour_begins_it() -> None:
    assert rainbow(1) == rainbow(5)[:1]


def test_a_theme_takes_a_palette_and_so_do_thumbnails() -> None:
    theme = in_palette(light(), "rainbow")
    assert theme.stroke_colors == PALETTES["rainbow"]
    assert in_palette(theme, "contrast") == light()
    drawn = {int(value) for value in color_table(theme)}
    assert {0xFF000000 | int(color[1:], 16) for color in PALETTES["rainbow"]} <= drawn
