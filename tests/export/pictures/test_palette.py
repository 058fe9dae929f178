"""Stroke colours: seen on every ground, and told apart."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from viewer.export.pictures.palette import (
    GROUNDS,
    LMS_TO_RGB,
    OKLAB_TO_LMS,
    PALETTES,
    mix,
    rainbow,
)

DEFICIENCIES = {
    "none": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
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

BEHIND = {
    "black": ("#000000", "#101113"),
    "white": ("#ffffff",),
    "transparent": ("#ffffff", "#0d1117"),
}
"""What a picture may come to lie on; the last is a page in a browser's dark mode."""

GROUND_AND_PALETTE = list(itertools.product(GROUNDS, PALETTES))


def linear(color: str) -> NDArray[np.float64]:
    """Return a colour's linear red, green and blue."""
    parts = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def oklab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    lms = np.linalg.solve(LMS_TO_RGB, np.clip(rgb, 0, 1))
    return np.asarray(np.linalg.solve(OKLAB_TO_LMS, np.cbrt(lms)))


def contrast(color: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2)."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    dark, light = sorted(float(weights @ linear(one)) for one in (color, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("ground", "palette"), GROUND_AND_PALETTE)
def test_every_stroke_stands_out_from_what_is_behind(ground: str, palette: str) -> None:
    for color in GROUNDS[ground].palettes[palette]:
        for behind in BEHIND[ground]:
            assert contrast(color, behind) >= 3.0


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_contrast_keeps_strokes_apart_for_all_readers(ground: str, deficiency: str) -> None:
    matrix = np.array(DEFICIENCIES[deficiency])
    seen = [oklab(matrix @ linear(color)) for color in GROUNDS[ground].palettes["contrast"]]
    distances = [float(np.linalg.norm(a - b)) for a, b in itertools.combinations(seen, 2)]
    assert min(distances) > 0.06


@pytest.mark.parametrize("ground", GROUNDS)
def test_the_rainbow_goes_on_from_red_to_violet(ground: str) -> None:
    seen = np.array([oklab(linear(color)) for color in GROUNDS[ground].palettes["rainbow"]])
    hues = np.rad2deg(np.arctan2(seen[:, 2], seen[:, 1])) % 360
    assert (np.diff(hues) > 20).all()
    assert np.ptp(seen[:, 0]) < 0.02


def test_numbers_and_captions_can_be_read() -> None:
    for name, ground in GROUNDS.items():
        for behind in BEHIND[name]:
            paper = ground.paper or behind
            assert contrast(mix(ground.ink, paper, ground.muted_share), paper) > 3.9
            for color in ground.palettes["contrast"]:
                assert contrast(mix(color, ground.ink, ground.lit), paper) >= 3.0


def test_a_rainbow_of_one_colour_begins_it() -> None:
    assert rainbow(1) == rainbow(5)[:1]


def test_mixing() -> None:
    assert mix("#ff0000", "#0000ff", 1.0) == "#ff0000"
    assert mix("#ff0000", "#0000ff", 0.0) == "#0000ff"
    assert mix("#ff8000", "#00ff00", 0.5) == "#80c000"
