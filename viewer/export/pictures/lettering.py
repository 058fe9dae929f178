"""Letters in pictures of pixels, in the font that Pillow brings along.

So they look the same everywhere. It has Latin letters; any other is an empty box.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont


@cache
def _font(size: int) -> FreeTypeFont:
    from PIL import ImageFont

    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise RuntimeError("Pillow was built without FreeType")
    return font


def text_width(text: str, size: int) -> float:
    """Return how wide a text is, in pixels, with letters of a size."""
    return _font(size).getlength(text)


def text_height(size: int) -> int:
    """Return how high figures of a size are, in pixels."""
    return len(_letters("0", size))


def text_cover(text: str, size: int) -> NDArray[np.float64]:
    """Return how much of each pixel a text covers.

    Parameters
    ----------
    text : str
    size : int
        Pixels of the font.

    Returns
    -------
    cover : ndarray of float64, shape (H, W)
        0 to 1, from the top of the highest letter to the bottom of the lowest one.
    """
    return _letters(text, size) / 255.0


def line_cover(text: str, size: int) -> NDArray[np.float64]:
    """Return the same as `text_cover`, from the font's top to its bottom, alike for all texts."""
    from PIL import Image, ImageDraw

    font = _font(size)
    ascent, descent = font.getmetrics()
    line = Image.new("L", (max(int(np.ceil(font.getlength(text))), 1), ascent + descent))
    ImageDraw.Draw(line).text((0, 0), text, fill=255, font=font)
    return np.asarray(line) / 255.0


def _letters(text: str, size: int) -> NDArray[np.uint8]:
    line = np.rint(line_cover(text, size) * 255).astype(np.uint8)
    rows = np.flatnonzero(line.any(axis=1))
    return line[rows[0] : rows[-1] + 1] if len(rows) else line[:0]
