"""The colours of pictures in pixels: every colour in steps from nothing to full.

Strategy: a pixel is an index. 0 is paper; each *ramp* has one index for every step in which
a pixel may be covered by its colour. So anti-aliased pictures have few colours, all pictures
that move share one table of less than 256, and a line drawn over another needs no colours
between the two: the pixel goes to the one that covers more of it.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from viewer.export.pictures.palette import GROUNDS, mix

STEPS = 23
"""Indices of a ramp."""

STROKE_COLORS = 7
STROKE = 0
"""Ramp of the first of the strokes' colours."""
GHOST, IMAGE, MUTED, INK = range(STROKE_COLORS, STROKE_COLORS + 4)
NUMBER = INK + 1
"""Ramp of the first stroke's number; moving pictures have none."""
RAMPS = NUMBER + STROKE_COLORS

INDICES = 1 + RAMPS * STEPS
MOVING = 1 + NUMBER * STEPS
"""Indices that moving pictures have, less than 256."""

STEP_OF = np.concatenate(([0], np.tile(np.arange(1, STEPS + 1), RAMPS))).astype(np.uint8)
"""How much of a pixel an index covers, in steps."""
STEP_OF[1 + IMAGE * STEPS : 1 + (IMAGE + 1) * STEPS] = 1
"""An image behind strokes gives way to all of them."""


def stroke_ramp(stroke: int) -> int:
    """Return the ramp of a stroke, counted from 0."""
    return STROKE + stroke % STROKE_COLORS


def number_ramp(stroke: int) -> int:
    """Return the ramp of a stroke's number."""
    return NUMBER + stroke % STROKE_COLORS


@cache
def color_table(ground_name: str, palette: str) -> NDArray[np.uint8]:
    """Return the colours of all indices.

    Parameters
    ----------
    ground_name : str
        One of `GROUNDS`.
    palette : str
        One of `PALETTES`.

    Returns
    -------
    table : ndarray of uint8, shape (INDICES, 4)
        Red, green, blue and opacity. On a ground with a colour of its own all are opaque.
    """
    ground = GROUNDS[ground_name]
    strokes = ground.palettes[palette]
    if len(strokes) != STROKE_COLORS:
        raise ValueError(f"a palette has {STROKE_COLORS} colours, not {len(strokes)}")
    full = [(color, 1.0) for color in strokes]
    full += [(ground.ink, ground.ghost_share), (ground.ink, ground.image_share)]
    full += [(ground.ink, ground.muted_share), (ground.ink, 1.0)]
    full += [(mix(color, ground.ink, ground.lit), 1.0) for color in strokes]
    colors = np.array([list(bytes.fromhex(color[1:])) for color, _share in full], np.float64)
    steps = np.arange(1, STEPS + 1) / STEPS
    opacity = np.array([share for _color, share in full])[:, None, None] * steps[None, :, None]
    table = np.zeros((INDICES, 4), dtype=np.uint8)
    if ground.paper:
        paper = np.array(list(bytes.fromhex(ground.paper[1:])), np.float64)
        mixed = opacity * colors[:, None, :] + (1 - opacity) * paper
        table[0, :3] = paper
        table[1:, :3] = np.rint(mixed).reshape(-1, 3)
        table[:, 3] = 255
    else:
        table[1:, :3] = np.repeat(colors, STEPS, axis=0)
        table[1:, 3] = np.rint(255 * opacity).ravel()
    table.flags.writeable = False
    return table
