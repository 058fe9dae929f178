"""Colours of strokes and of what lies around them, on black, on white and on nothing.

On white, yellow cannot be seen; there Okabe and Ito's black takes its place, and the lighter
colours are darkened until they stand out 3 to 1. On nothing, a picture may come to lie on
white or on black: there each colour stands out 3 to 1 from both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

OKABE_ITO = ("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#cc79a7", "#d55e00", "#0072b2")
"""Colours told apart by colour-blind readers, in an order that keeps neighbours apart.

References
----------
.. [1] M. Okabe and K. Ito (2008), Color Universal Design.
"""
OKABE_ITO_ON_WHITE = ("#c58800", "#3c9cd0", "#009e73", "#000000", "#c976a4", "#c24f00", "#0072b2")
OKABE_ITO_ON_ANY = ("#a26f00", "#0271a0", "#039b71", "#9e9406", "#984a77", "#a14601", "#328fd1")
"""The same hues, each as light as keeps them farthest apart for colour-blind readers."""

RAINBOW_LIGHTNESS = 0.74
RAINBOW_CHROMA = 0.12
"""At this lightness screens show the strongest chroma that exists in every hue."""
RAINBOW_LIGHTNESS_ON_WHITE = 0.65
"""Dark enough to stand out from white 3 to 1, light enough to do so from black."""
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


def rainbow(count: int, lightness: float = RAINBOW_LIGHTNESS) -> tuple[str, ...]:
    """Return colours from red to violet, equally light and equally far from each other.

    Parameters
    ----------
    count : int
        Number of colours, at least 1.
    lightness : float
        Of all colours, in Oklab; what screens cannot show is cut off.

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
            np.full(count, lightness),
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
"""Stroke colours on near-black by name, used in turn; only the first are for colour-blind
readers."""

_DARK_RAINBOW = rainbow(RAINBOW_COUNT, RAINBOW_LIGHTNESS_ON_WHITE)


@dataclass(frozen=True)
class Ground:
    """What a picture lies on, and the colours that are seen on it, each as ``#rrggbb``.

    Parameters
    ----------
    paper : str
        What has no ink; "" for nothing at all.
    ink : str
        A digit's brightest pixel.
    ghost_share : float
        Share of ink in strokes that are still to come.
    muted_share : float
        Share of ink in captions and in moves through the air.
    image_share : float
        Share of ink in the brightest pixel of an image behind strokes.
    lit : float
        Share of its stroke's colour in a number; the rest is ink.
    palettes : dict of str to tuple of str
        Stroke colours by the names in `PALETTES`.
    """

    paper: str
    ink: str
    ghost_share: float
    muted_share: float
    image_share: float
    lit: float
    palettes: dict[str, tuple[str, ...]]


GROUNDS = {
    "black": Ground("#000000", "#ffffff", 0.3, 0.6, 0.26, 0.65, PALETTES),
    "white": Ground(
        "#ffffff", "#000000", 0.2, 0.6, 0.2, 0.75,
        {"contrast": OKABE_ITO_ON_WHITE, "rainbow": _DARK_RAINBOW},
    ),
    "transparent": Ground(
        "", "#808080", 0.45, 1.0, 0.4, 1.0,
        {"contrast": OKABE_ITO_ON_ANY, "rainbow": _DARK_RAINBOW},
    ),
}  # fmt: skip
"""The grounds by name."""


def mix(color: str, other: str, share: float) -> str:
    """Return a share of a colour, mixed with another one."""
    both = zip(_parts(color), _parts(other), strict=True)
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}" for a, b in both)


def _parts(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
