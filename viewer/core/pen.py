"""A round pen of one width on paper: recorded pen paths -> images as MNIST's are.

Strategy: a path is scaled to whole numbers of 1/320 px, so that the subpixels' centres, the
pen's radius and every distance are whole numbers and every platform draws the same ink. A
subpixel is inked when it lies within the radius of a segment: either of its ends, or of the
line where it stands beside it, which is a cross product compared with a length.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.core.jit import kernel

Path = tuple[NDArray[np.float64], ...]
"""Pen-down strokes, each (n, 2): (row, column) in pixels, pixel centres at whole numbers."""

SIDE, BOX = 28, 20
"""Side of an image, and of the square in it that a digit is scaled into, in pixels."""
CENTRE = 14
"""MNIST puts the centre of mass within half a pixel of this pixel's centre."""
PEN_WIDTH = 2.6
"""Width of the pen in pixels."""
FINE = 16
"""Subpixels along the side of a pixel."""
UNIT = 320
"""Whole numbers a pixel."""
_STEP = UNIT // FINE
_RADIUS = round(PEN_WIDTH / 2 * UNIT)
_ROOM = BOX * UNIT - 2 * _RADIUS
AT_ONCE = 256
"""Digits drawn between two looks at progress."""
_LARGEST = 1 << 40
"""Coordinates up to this one keep whole numbers whole."""


def render(strokes_xy: Sequence[NDArray[np.float64]]) -> tuple[NDArray[np.uint8], Path]:
    """Draw a recorded pen path as an image in MNIST's form.

    Parameters
    ----------
    strokes_xy : sequence of ndarray, each of shape (n, 2)
        (x, y) of the pen while it is down, y upward as tablets have it, in any unit. Every
        stroke has a point or more.

    Returns
    -------
    image : ndarray of uint8, shape (28, 28)
        The larger side of the ink spans 20 pixels; its centre of mass lies at (14, 14), moved
        there by whole pixels.
    path : tuple of ndarray of float64, each of shape (n, 2)
        The strokes in the image: (row, column), pixel centres at whole numbers.

    Raises
    ------
    ValueError
        If there is no stroke, or a coordinate is not a number of a usable size.
    """
    if not strokes_xy or not all(len(stroke) for stroke in strokes_xy):
        raise ValueError("a path has one stroke or more, and a stroke one point or more")
    lengths = [len(stroke) for stroke in strokes_xy]
    strokes = np.repeat(np.arange(len(lengths)), lengths)
    offsets = np.array([0, sum(lengths)], dtype=np.int64)
    images, path = render_many(np.concatenate(strokes_xy), strokes, offsets)
    return images[0], tuple(np.split(path, np.cumsum(lengths)[:-1]))


def render_many(
    points_xy: NDArray[np.float64],
    strokes: NDArray[np.integer[Any]],
    offsets: NDArray[np.int64],
    *,
    progress: Callable[[int], None] | None = None,
) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """Draw many recorded pen paths, each as `render` does.

    Parameters
    ----------
    points_xy : ndarray of float64, shape (T, 2)
        (x, y) of all digits, one after the other, y upward.
    strokes : ndarray of int, shape (T,)
        Number of each point's stroke within its digit.
    offsets : ndarray of int64, shape (n + 1,)
        Digit ``i`` has the points ``offsets[i]:offsets[i + 1]``, one or more.
    progress : callable, optional
        Is told how many more digits are done.

    Returns
    -------
    images : ndarray of uint8, shape (n, 28, 28)
    places : ndarray of float64, shape (T, 2)
        (row, column) of all points in their images.
    """
    if len(offsets) < 2:
        return np.zeros((0, SIDE, SIDE), dtype=np.uint8), np.zeros((0, 2))
    if not (np.diff(offsets) > 0).all():
        raise ValueError("a digit has one point or more")
    points = place(points_xy, offsets)
    starts = np.ones(len(points), dtype=np.bool_)
    starts[1:] = np.diff(strokes) != 0
    starts[offsets[:-1]] = True
    boxes = np.zeros((len(offsets) - 1, BOX, BOX), dtype=np.uint8)
    fine = np.zeros((BOX * FINE, BOX * FINE), dtype=np.bool_)
    for first in range(0, len(boxes), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        draw(points, starts, offsets[first : first + AT_ONCE + 1], fine, boxes[some])
        if progress is not None:
            progress(len(boxes[some]))
    images, shift = centre(boxes)
    return images, points / UNIT - 0.5 + np.repeat(shift, np.diff(offsets), axis=0)


def place(points_xy: NDArray[np.float64], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """Scale and turn the points (x, y) of digits into (row, column) in their boxes, in 1/320 px."""
    points = np.asarray(points_xy, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != 2 or not (np.abs(points) <= _LARGEST).all():
        raise ValueError(f"points must be pairs of numbers up to {_LARGEST}")
    upright = np.stack([-points[:, 1], points[:, 0]], axis=1)
    low = np.minimum.reduceat(upright, offsets[:-1])
    extent = np.maximum.reduceat(upright, offsets[:-1]) - low
    larger = extent.max(axis=1, keepdims=True)
    scale = _ROOM / np.where(larger > 0, larger, 1.0)
    corner = (BOX * UNIT - extent * scale) / 2
    low, scale, corner = (
        np.repeat(each, np.diff(offsets), axis=0) for each in (low, scale, corner)
    )
    return np.rint((upright - low) * scale + corner).astype(np.int64)


@kernel
def draw(points, starts, offsets, fine, boxes):
    """Ink the subpixels `fine` along each path and average them into the grey `boxes`."""
    for digit in range(len(boxes)):
        fine[:] = False
        for point in range(offsets[digit], offsets[digit + 1]):
            last = point if starts[point] else point - 1
            _ink(points[last, 0], points[last, 1], points[point, 0], points[point, 1], fine)
        for row in range(BOX):
            for column in range(BOX):
                count = 0
                for down in range(FINE * row, FINE * (row + 1)):
                    for right in range(FINE * column, FINE * (column + 1)):
                        count += fine[down, right]
                boxes[digit, row, column] = (255 * count + FINE * FINE // 2) // (FINE * FINE)


@kernel
def _ink(from_row, from_column, to_row, to_column, fine):
    """Ink the subpixels whose centre lies within the pen's radius of a segment."""
    half = _STEP // 2
    along_row = to_row - from_row
    along_column = to_column - from_column
    length = along_row * along_row + along_column * along_column
    reach = _RADIUS * _RADIUS
    top = max(0, (min(from_row, to_row) - _RADIUS - half) // _STEP)
    left = max(0, (min(from_column, to_column) - _RADIUS - half) // _STEP)
    bottom = min(BOX * FINE - 1, (max(from_row, to_row) + _RADIUS - half) // _STEP)
    right = min(BOX * FINE - 1, (max(from_column, to_column) + _RADIUS - half) // _STEP)
    for row in range(top, bottom + 1):
        down = _STEP * row + half - from_row
        for column in range(left, right + 1):
            if fine[row, column]:
                continue
            across = _STEP * column + half - from_column
            ahead = down * along_row + across * along_column
            if ahead <= 0:
                inked = down * down + across * across <= reach
            elif ahead >= length:
                down_left = down - along_row
                across_left = across - along_column
                inked = down_left * down_left + across_left * across_left <= reach
            else:
                beside = down * along_column - across * along_row
                inked = beside * beside <= reach * length
            fine[row, column] = inked


def centre(boxes: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Paste each box so that its centre of mass lies at the centre, by whole pixels.

    Parameters
    ----------
    boxes : ndarray of uint8, shape (n, 20, 20)
        Each with some ink.

    Returns
    -------
    images : ndarray of uint8, shape (n, 28, 28)
    shift : ndarray of int64, shape (n, 2)
        Row and column of the box's corner pixel in the image.
    """
    mass = boxes.sum(axis=(1, 2), dtype=np.int64)
    places = np.arange(BOX, dtype=np.int64)
    moments = np.stack(
        [
            (boxes.sum(axis=2, dtype=np.int64) * places).sum(axis=1),
            (boxes.sum(axis=1, dtype=np.int64) * places).sum(axis=1),
        ],
        axis=1,
    )
    # floor(CENTRE - moment / mass + 1/2) in whole numbers
    shift = ((2 * CENTRE + 1) * mass[:, None] - 2 * moments) // (2 * mass[:, None])
    shift = np.clip(shift, 0, SIDE - BOX)
    images = np.zeros((len(boxes), SIDE, SIDE), dtype=np.uint8)
    digit = np.arange(len(boxes))[:, None, None]
    row = (shift[:, 0, None] + places)[:, :, None]
    column = (shift[:, 1, None] + places)[:, None, :]
    images[digit, row, column] = boxes
    return images, shift
