"""The strokes of one digit in pixels, as the inspector shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from viewer.export.pictures.arrows import Arrow, place_arrows
from viewer.export.pictures.canvas import Canvas, Place
from viewer.export.pictures.drawing import (
    CHEVRON_LINE,
    DASH,
    GAP,
    GHOST,
    LINE,
    SMALLEST_NUMBERED,
    START,
    Drawing,
    chevron,
    dash_width,
    figure_size,
    line_width,
)
from viewer.export.pictures.lettering import text_cover, text_height, text_width
from viewer.export.pictures.look import Look
from viewer.export.pictures.numbers import place_numbers
from viewer.export.pictures.ramps import GHOST as GHOST_RAMP
from viewer.export.pictures.ramps import IMAGE, MUTED, number_ramp, stroke_ramp

Pixel = TypeVar("Pixel", bound=np.generic)


def draw_still(canvas: Canvas, drawing: Drawing, look: Look) -> None:
    """Draw a digit's strokes.

    Parameters
    ----------
    canvas : Canvas
        Of the digit's size, or larger.
    drawing : Drawing
    look : Look
        Below `SMALLEST_NUMBERED` pixels an image pixel there are only strokes, and what is
        behind them.
    """
    scale = look.scale
    detailed = scale >= SMALLEST_NUMBERED
    draw_behind(canvas, drawing, scale, look.image)
    if look.moves and detailed:
        for stop in drawing.offsets[1:-1].tolist():
            _draw_move(canvas, drawing.points[stop - 1], drawing.points[stop], scale)
    for stroke, points in enumerate(drawing.strokes):
        draw_line(canvas, stroke_ramp(stroke), points, scale, LINE)
        canvas.disc(stroke_ramp(stroke), to_place(points[0], scale), START * scale)
    if look.arrows and detailed:
        for arrow in place_arrows(drawing.points, drawing.offsets):
            _draw_arrow(canvas, arrow, scale)
    if look.numbers and detailed:
        _draw_numbers(canvas, drawing, scale)


def draw_behind(canvas: Canvas, drawing: Drawing, scale: int, image: str) -> None:
    """Draw what is behind strokes: ``none``, ``source``, ``skeleton`` or ``strokes``."""
    if image == "strokes":
        for points in drawing.strokes:
            draw_line(canvas, GHOST_RAMP, points, scale, GHOST)
    elif image != "none":
        cover = drawing.image / 255.0 if image == "source" else drawing.skeleton.astype(float)
        ramp = IMAGE if image == "source" else GHOST_RAMP
        canvas.stamp(ramp, (0, 0), enlarge(cover, scale))


def enlarge(pixels: NDArray[Pixel], scale: int) -> NDArray[Pixel]:
    """Make a square of so many pixels out of each one."""
    return np.repeat(np.repeat(pixels, scale, axis=0), scale, axis=1)


def to_place(point: Sequence[int] | NDArray[np.integer], scale: int) -> Place:
    """Return where the center of an image pixel (row, column) is in the picture."""
    return (float(point[0]) + 0.5) * scale, (float(point[1]) + 0.5) * scale


def draw_line(
    canvas: Canvas, ramp: int, points: NDArray[np.integer], scale: int, width: float
) -> None:
    """Draw a line through points; a single one is a dot."""
    places = [to_place(point, scale) for point in points.tolist()]
    pixels = line_width(width, scale) * scale
    for start, end in zip(places, places[1:] or places, strict=False):
        canvas.line(ramp, start, end, pixels)


def _draw_move(
    canvas: Canvas, start: NDArray[np.integer], end: NDArray[np.integer], scale: int
) -> None:
    """Draw the pen's way through the air in dashes that end with a full one."""
    first, last = np.array(to_place(start, scale)), np.array(to_place(end, scale))
    length = float(np.sqrt(((last - first) ** 2).sum())) / scale
    pairs = max(round((length - DASH) / (DASH + GAP)), 0)
    pitch = (length - DASH) / pairs if pairs else length
    width = dash_width(scale) * scale
    for dash in range(pairs + 1):
        shares = np.clip(np.array([dash * pitch, dash * pitch + DASH]) / length, 0, 1)
        (top, left), (bottom, right) = (first + shares[:, None] * (last - first)).tolist()
        canvas.line(MUTED, (top, left), (bottom, right), width)


def _draw_arrow(canvas: Canvas, arrow: Arrow, scale: int) -> None:
    """Draw a chevron in the colour of its stroke."""
    corners = chevron(arrow, scale)
    left, tip, right = ((row * scale, column * scale) for row, column in corners)
    width = line_width(CHEVRON_LINE, scale) * scale
    canvas.line(stroke_ramp(arrow.stroke), left, tip, width)
    canvas.line(stroke_ramp(arrow.stroke), tip, right, width)


def _draw_numbers(canvas: Canvas, drawing: Drawing, scale: int) -> None:
    """Write strokes' numbers where they cover nothing, with lines that lead to some."""
    size = figure_size(scale)
    widest = text_width(str(len(drawing.offsets) - 1), size)
    room = (text_height(size) / scale, widest / scale)
    spots = place_numbers(drawing.points, drawing.offsets, room, drawing.shape)
    for stroke, spot in enumerate(spots):
        if spot is None:
            continue
        ramp = number_ramp(stroke)
        if spot.leader is not None:
            start = to_place(drawing.points[drawing.offsets[stroke]], scale)
            end = spot.leader[0] * scale, spot.leader[1] * scale
            canvas.line(ramp, start, end, 1.0)
        cover = text_cover(str(stroke + 1), size)
        top = round(spot.center[0] * scale - cover.shape[0] / 2)
        left = round(spot.center[1] * scale - cover.shape[1] / 2)
        canvas.stamp(ramp, (top, left), cover)
