"""A digit as it is drawn: its strokes on its image, and how large their parts are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.core.sequence import decode, lifts
from viewer.export.format import Chunk
from viewer.export.pictures.arrows import Arrow
from viewer.export.pictures.timeline import PEN_DOWN_SPEED, Timeline

LINE = 0.35
GHOST = 0.22
CHEVRON_LINE = 0.22
"""Line widths in image pixels."""
START = 0.45
PEN = 0.45
AIR = 0.3
"""Radii of start dots, and of the pen on paper and in the air, in image pixels."""
CHEVRON = 0.5
"""How far a chevron's arms reach, in image pixels."""
SMALLEST_CHEVRON = 4.0
"""Pixels of the picture that a chevron's arms reach at the least."""

DASH = 0.35
GAP = 0.45
DASH_LINE = 0.12
"""Dashes of moves through the air, in image pixels."""

FIGURES = (10, 40)
FIGURES_SHARE = 1.3
"""Pixels of the font of numbers, the smallest and the largest; image pixels in between."""

THINNEST = 1.5
"""Pixels of the picture that a stroke is wide at the least, but not over one of the image."""

SMALLEST_NUMBERED = 4
"""Pixels of the picture an image pixel, below which strokes have no numbers nor chevrons."""


@dataclass(frozen=True)
class Drawing:
    """One digit with its strokes.

    Parameters
    ----------
    identity : str
        Such as ``train:13``.
    label : int or None
        Its class.
    image : ndarray of uint8, shape (M, N)
        The grey image.
    points : ndarray of int16, shape (P, 2)
        (row, column) in drawing order; none without ink.
    offsets : ndarray of int64, shape (S + 1,)
        Stroke ``s`` is ``points[offsets[s]:offsets[s + 1]]``.
    """

    identity: str
    label: int | None
    image: NDArray[np.uint8]
    points: NDArray[np.int16]
    offsets: NDArray[np.int64]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the image."""
        rows, columns = self.image.shape
        return rows, columns

    @property
    def strokes(self) -> list[NDArray[np.int16]]:
        """The points of each stroke."""
        return np.split(self.points, self.offsets[1:-1]) if len(self.points) else []

    @property
    def skeleton(self) -> NDArray[np.bool_]:
        """The pixels that the pen reaches."""
        mask = np.zeros(self.shape, dtype=np.bool_)
        mask[tuple(self.points.T)] = True
        return mask


def drawings(chunk: Chunk) -> Iterator[Drawing]:
    """Yield the digits of a chunk with the strokes that their sequences have."""
    for place in range(len(chunk)):
        rows = chunk.sequences.sequence(place)
        points = decode(rows)
        begins = np.flatnonzero(lifts(rows))
        ends = [0, *begins.tolist(), len(points)] if len(points) else [0]
        yield Drawing(
            chunk.identity(place),
            chunk.label(place),
            chunk.images[place],
            points,
            np.array(ends, dtype=np.int64),
        )


def line_width(width: float, scale: float) -> float:
    """Return the width of a line in image pixels, for a picture of so many pixels each."""
    return max(width, min(width / LINE * THINNEST / scale, 1.0))


def dash_width(scale: float) -> float:
    """Return the width of a dash in image pixels."""
    return max(DASH_LINE, 1 / scale)


def figure_size(scale: int) -> int:
    """Return the pixels of the font of numbers."""
    return min(max(round(FIGURES_SHARE * scale), FIGURES[0]), FIGURES[1])


def chevron(arrow: Arrow, scale: float) -> tuple[tuple[float, float], ...]:
    """Return the three corners of a chevron, (row, column) in image pixels."""
    reach = max(CHEVRON, SMALLEST_CHEVRON / scale)
    row, column = arrow.place
    down, right = arrow.way[0] * reach, arrow.way[1] * reach
    tail = row - down / 2, column - right / 2
    return (
        (tail[0] + right, tail[1] - down),
        (row + down / 2, column + right / 2),
        (tail[0] - right, tail[1] + down),
    )


def pen_times(drawing: Drawing, speed: float) -> NDArray[np.float64]:
    """Return when the pen reaches each point, in seconds.

    Parameters
    ----------
    drawing : Drawing
    speed : float
        Pixels a second that the pen writes; in the air it is faster.

    Returns
    -------
    times : ndarray of float64, shape (P,)
    """
    return Timeline(drawing.points, drawing.offsets).times * (PEN_DOWN_SPEED / speed)
