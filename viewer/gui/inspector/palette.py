"""Two sets of stroke colours on near-black paper: told apart by all, or in a rainbow's order."""

from __future__ import annotations

import dataclasses

import numpy as np

from viewer.gui.theme import OKABE_ITO, Theme

RAINBOW_LIGHTNESS = 0.74
RAINBOW_CHROMA = 0.12
"""At this lightness screens show the strongest chroma that exists in every hue."""
RAINBOW_HUES = (20.0, 320.0)
"""Degrees of the first colour, a red, and of the last one, a violet; the circle stays open."""
RAINBOW_COUNT = 7
"""Colours before the rainbow starts again; few digits have more strokes."""

OKLAB_TO_LMS = np.array(
    [
        [1.0, 0.3963377774, 0.2158037573],
        [1.0, -0.1055613458, -0.0638541728],
        [1.0, -0.0894841775, -1.2914855480],
    ]
)
LMS_TO_RGB = np.array(
    [
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.7076147010],
    ]
)


def rainbow(count: int) -> tuple[str, ...]:
    """Return colours from red to violet, equally light and equally far from each other.

    Parameters
    ----------
    count : int
        Number of colours, at least 1.

    Returns
    -------
    colors : tuple of str
        Each as ``#rrggbb``.

    References
    ----------
    .. [1] B. Ottosson (2020), A perceptual color space for image processing (Oklab).
    """
    hues = np.deg2rad(np.linspace(*RAINBOW_HUES, count))
    lab = np.stack(
        (
            np.full(count, RAINBOW_LIGHTNESS),
            RAINBOW_CHROMA * np.cos(hues),
            RAINBOW_CHROMA * np.sin(hues),
        )
    )
    linear = np.clip(LMS_TO_RGB @ (OKLAB_TO_LMS @ lab) ** 3, 0.0, 1.0)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return tuple(
        f"#{red:02x}{green:02x}{blue:02x}"
        for red, green, blue in np.rint(255 * encoded.T).astype(int)
    )


PALETTES = {"contrast": OKABE_ITO, "rainbow": rainbow(RAINBOW_COUNT)}
"""Stroke colours by name, used in turn; only the first are for colour-blind readers."""


def in_palette(theme: Theme, name: str) -> Theme:
    """Return a theme with the stroke colours of one of `PALETTES`."""
    return dataclasses.replace(theme, stroke_colors=PALETTES[name])
