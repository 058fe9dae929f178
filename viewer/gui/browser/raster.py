"""Digits drawn small, many at once: source, skeleton as dots, strokes as lines; no Qt.

Strategy: a skeleton has dots and, between neighbours, lines in four directions only. Each
is a small stencil for a given scale, and all stencils of all digits are stamped by one
indexed maximum. A value holds how much of a screen pixel is covered and, in its lower
bits, a colour; a table turns values into screen colours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.gui.theme import Theme

DOT = 0.36
"""Radius of a skeleton pixel's dot, in pixels of the digit; there is air between two."""
LINE = 0.35
"""Width of a stroke, in pixels of the digit."""
START = 0.45
"""Radius of the dot a stroke starts with."""
COLORS = 16
"""Colours that a value has room for; 0 is ink."""
OPAQUE = 0xFF000000


@dataclass(frozen=True)
class Traced:
    """The points of many digits in drawing order, one digit after the other.

    Parameters
    ----------
    points : ndarray of int, shape (T, 2)
        (row, column).
    stroke : ndarray of int, shape (T,)
        Stroke of each point, from 0 in each digit.
    digit : ndarray of int, shape (T,)
        Digit of each point, ascending from 0.
    """

    points: NDArray[np.integer]
    stroke: NDArray[np.integer]
    digit: NDArray[np.integer]


def color_table(theme: Theme) -> NDArray[np.uint32]:
    """Return the screen colour (0xAARRGGBB) of each value: coverage times 16 plus colour."""
    paper = _rgb(theme.paper)
    colors = [_rgb(color) for color in (theme.ink, *theme.stroke_colors)][:COLORS]
    values = np.arange(256 * COLORS)
    shares = (values // COLORS / 255.0)[:, None]
    tops = np.array(
        [colors[value] if value < len(colors) else colors[0] for value in range(COLORS)]
    )
    mixed = np.rint(paper + shares * (tops[values % COLORS] - paper)).astype(np.uint32)
    return (mixed @ np.array([1 << 16, 1 << 8, 1], np.uint32) | OPAQUE).astype(np.uint32)


def draw_source(
    images: NDArray[np.uint8], scale: int, table: NDArray[np.uint32]
) -> NDArray[np.uint32]:
    """Draw grey images, shape (n, M, N), with `scale` screen pixels a pixel.

    Returns
    -------
    pictures : ndarray of uint32, shape (n, M * scale, N * scale)
    """
    colored = table[::COLORS][images]
    return colored if scale == 1 else colored.repeat(scale, axis=1).repeat(scale, axis=2)


def draw_dots(
    traced: Traced, count: int, shape: tuple[int, int], scale: int, table: NDArray[np.uint32]
) -> NDArray[np.uint32]:
    """Draw the skeletons of digits as dots with air between them.

    Parameters
    ----------
    traced : Traced
    count : int
        Digits there are.
    shape : tuple of int
        Rows and columns of their images.
    scale : int
        Screen pixels a pixel.
    table : ndarray of uint32
        From `color_table`.

    Returns
    -------
    pictures : ndarray of uint32, shape (n, M * scale, N * scale)
    """
    canvas = np.zeros((count, shape[0] * scale, shape[1] * scale), np.uint16)
    values = np.full(len(traced.digit), 0, np.uint16)
    _stamp(canvas, traced.digit, traced.points * scale, _dot(scale, DOT), values)
    return table[canvas]


def draw_strokes(
    traced: Traced, count: int, shape: tuple[int, int], scale: int, table: NDArray[np.uint32]
) -> NDArray[np.uint32]:
    """Draw strokes as lines in the colours of their order, each with a dot at its start.

    Parameters and result are those of `draw_dots`.
    """
    canvas = np.zeros((count, shape[0] * scale, shape[1] * scale), np.uint16)
    points, stroke, digit = traced.points.astype(np.int64), traced.stroke, traced.digit
    values = (1 + stroke % _color_count(table)).astype(np.uint16)
    new = np.ones(len(points), np.bool_)
    new[1:] = (np.diff(stroke) != 0) | (np.diff(digit) != 0)
    _stamp(canvas, digit, points * scale, _dot(scale, LINE / 2), values)
    _stamp(canvas, digit[new], points[new] * scale, _dot(scale, START), values[new])
    there = np.flatnonzero(~new)
    steps = points[there] - points[there - 1]
    corners = np.minimum(points[there], points[there - 1]) * scale
    for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
        along = np.all(steps == (down, right), axis=1) | np.all(steps == (-down, -right), axis=1)
        line = _line(scale, down, right)
        _stamp(canvas, digit[there[along]], corners[along], line, values[there[along]])
    return table[canvas]


def _stamp(
    canvas: NDArray[np.uint16],
    digit: NDArray[np.integer],
    corners: NDArray[np.integer],
    stencil: NDArray[np.uint16],
    values: NDArray[np.uint16],
) -> None:
    """Lay a stencil of coverages on places of a canvas; the higher value stays."""
    _count, height, width = canvas.shape
    starts = (digit.astype(np.int64) * height + corners[:, 0]) * width + corners[:, 1]
    down, right = np.nonzero(stencil)
    places = starts[:, None] + (down * width + right)
    stamped = (stencil[down, right] * COLORS)[None, :] + values[:, None]
    np.maximum.at(canvas.reshape(-1), places, stamped)


def _dot(scale: int, radius: float) -> NDArray[np.uint16]:
    """Return the coverage, 0 to 255, of a disc in the middle of a pixel."""
    if scale == 2 and radius == DOT:  # a disc would be dim, and leave no air
        return np.array([[255, 0], [0, 0]], np.uint16)
    middle = (np.arange(scale) + 0.5) / scale - 0.5
    distance = np.hypot(middle[:, None], middle[None, :])
    return _coverage(distance, max(radius, _least(scale)), scale)


def _line(scale: int, down: int, right: int) -> NDArray[np.uint16]:
    """Return the coverage of a line between the middles of two neighbours, in their box."""
    rows = (np.arange((1 + down) * scale) + 0.5)[:, None] / scale - 0.5
    columns = (np.arange((1 + abs(right)) * scale) + 0.5)[None, :] / scale - 0.5
    first = 1.0 if right < 0 else 0.0
    along = np.clip((rows * down + (columns - first) * right) / (down + right * right), 0, 1)
    distance = np.hypot(rows - along * down, columns - first - along * right)
    return _coverage(distance, max(LINE / 2, _least(scale)), scale)


def _least(scale: int) -> float:
    """Return the radius, in pixels of the digit, below which a line would be faint."""
    return min(1 / scale, 0.5)


def _coverage(distance: NDArray[np.float64], radius: float, scale: int) -> NDArray[np.uint16]:
    covered = np.clip(0.5 + (radius - distance) * scale, 0, 1)
    return np.rint(255 * covered).astype(np.uint16)


def _color_count(table: NDArray[np.uint32]) -> int:
    """Return how many stroke colours a table holds beside ink."""
    full = table[255 * COLORS :]
    return max(int(np.count_nonzero(full[1:] != full[0])), 1)


def _rgb(color: str) -> NDArray[np.float64]:
    return np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)], dtype=np.float64)
