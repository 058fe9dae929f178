"""Directions and turns in 64ths of a full one, and their sines, in whole numbers.

No angle of a vector of whole numbers below 64 lies so near between two of these directions
that a platform could round it another way, so all get the same tables.
"""

from __future__ import annotations

import numpy as np

from viewer.core.jit import WIDTH, kernel

TURN = 64
"""Directions of a full turn: 0 is right, 16 down, 32 left, 48 up."""
UNIT = 64
"""What stands for 1 wherever lengths, places and sines are whole numbers."""

_steps = np.arange(-WIDTH, WIDTH + 1)
HEADINGS = (
    np.rint(np.arctan2(_steps[:, None], _steps[None, :]) * TURN / (2 * np.pi)).astype(np.int64)
    % TURN
).astype(np.int8)
"""Direction of a step by (rows down + 64, columns to the right + 64); 0 for none at all."""
_exact = np.round(UNIT * np.cos(np.arange(TURN) * 2 * np.pi / TURN), 6)
COSINES = np.rint(_exact).astype(np.int64)
"""Cosine of each direction, 64 for 1; the sine is 16 directions back."""


@kernel
def heading(down, right):
    """Direction of a vector."""
    return np.int64(HEADINGS[down + WIDTH, right + WIDTH])


@kernel
def turn(before, after):
    """Turn from one direction to another, -32 to 31; clockwise is positive."""
    return (after - before + TURN // 2) % TURN - TURN // 2


@kernel
def cosine(angle):
    """Cosine, 64 for 1, of any whole number of 64ths of a turn."""
    return COSINES[angle % TURN]


@kernel
def sine(angle):
    """Sine, 64 for 1, of any whole number of 64ths of a turn."""
    return COSINES[(angle - TURN // 4) % TURN]
