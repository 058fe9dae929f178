"""A round pen on paper -> grey pixels.

Strategy: the pen is a disc that moves from path point to path point, 0.4 px apart. For
each pixel the largest power r^2 - d^2 over all discs tells how deep it lies inside the
line; the grey level is the share of the pixel's width inside (the limit of drawing at a
large scale and averaging down). Digits lie along the last axis of the arrays, so that
each path point is a few long vector operations for hundreds of digits. Coordinates are
multiples of 1/32 px, so squares are exact in float32 and sums of greys are whole numbers.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.core.pen import BOX
from viewer.datasets.synthetic.pen import GRID, Ink

BLOCK = 192
EDGE = 0.66
"""Half the width of a grey edge in pixels: a pixel's half diagonal and some roughness."""
FAR = np.float32(-64.0)


def rasterise(ink: Ink, paper: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Draw pen paths with anti-aliasing.

    Parameters
    ----------
    ink : Ink
        Paths of n digits.
    paper : ndarray of int64, shape (n,)
        Grey level of full ink, 252-254; the deepest ink gets 255, as in MNIST.

    Returns
    -------
    boxes : ndarray of uint8, shape (n, 20, 20)
    """
    boxes = np.empty((len(ink.path), BOX, BOX), dtype=np.uint8)
    for start in range(0, len(boxes), BLOCK):
        part = slice(start, start + BLOCK)
        depth, inner = _depth(ink.path[part], ink.radius[part])
        edge = np.clip(depth / np.float32(2 * EDGE) + np.float32(0.5), 0, 1)
        cover = edge * edge * (3 - 2 * edge)
        grey = np.rint(cover * paper[part].astype(np.float32))
        grey[inner >= inner.max(axis=(0, 1))] = 255
        boxes[part] = grey.astype(np.uint8).transpose(2, 0, 1)
    return boxes


def _depth(
    path: NDArray[np.float64], radius: NDArray[np.float64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Depth inside the line in pixels, and the power it comes from: (20, 20, n) each."""
    centres = np.arange(BOX, dtype=np.float32)[:, None, None] + np.float32(0.5)
    points = path.astype(np.float32).transpose(1, 2, 0)
    radii = np.ascontiguousarray(radius.astype(np.float32).T)
    rows = radii[:, None] ** 2 - (centres[:, 0][None] - points[:, :1]) ** 2  # (P, 20, n)
    columns = -((centres[:, 0][None] - points[:, 1:]) ** 2)
    power = np.full((BOX, BOX, len(path)), FAR)
    disc = np.empty_like(power)
    for row, column in zip(rows, columns, strict=True):
        np.add(row[:, None], column[None], out=disc)
        np.maximum(power, disc, out=power)
    mean = np.rint(radii.mean(axis=0) * GRID) / np.float32(GRID)
    root = np.sqrt(np.maximum(mean**2 - power, 0))
    return power / (mean + root), power
