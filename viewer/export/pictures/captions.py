"""Captions below the digits of a sheet in pixels."""

from __future__ import annotations

from viewer.export.pictures.canvas import Canvas
from viewer.export.pictures.lettering import line_cover, text_width
from viewer.export.pictures.ramps import MUTED
from viewer.export.pictures.sheet import fit_caption


def draw_caption(canvas: Canvas, size: int, width: int, identity: str, name: str) -> None:
    """Write a digit's identity and the name of its class.

    Parameters
    ----------
    canvas : Canvas
        A line of captions.
    size : int
        Pixels of the font.
    width : int
        Pixels at the start of the line, in the middle of which it is written.
    identity : str
        Such as ``train:13``.
    name : str
        "" where the class is not known.
    """
    text = fit_caption(identity, name, width, lambda text: text_width(text, size))
    draw_words(canvas, size, width / 2, text)


def draw_words(canvas: Canvas, size: int, middle: float, text: str) -> None:
    """Write words into the middle of a line, around a place."""
    if text:
        cover = line_cover(text, size)
        height, width = cover.shape
        top = (canvas.indices.shape[0] - height) // 2
        canvas.stamp(MUTED, (max(top, 0), round(middle - width / 2)), cover)
