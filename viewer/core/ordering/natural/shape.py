"""The shape of a whole digit in a few whole numbers, by which weights differ.

Strategy: no class label is looked at, but what a hand does depends on what it writes. The
first moments of the skeleton and its loops tell enough: a loop above the middle is begun
differently from one below.
"""

from __future__ import annotations

from viewer.core.jit import kernel
from viewer.core.ordering.natural.ways import across_of, down_of

SHAPES = 8
"""Numbers of a shape: right, low, wide, slanted, tall, one loop, two loops, loop's place."""
WIDE, SLANTED, TALL = 156, -24, 448
"""What is usual, so that a usual digit's numbers are near 0."""


@kernel
def measure_shape(ink, count, stride, frame, shape):
    """Fill the numbers of a shape, 64 for 1; the frame has to know its loops."""
    shape[:] = 0
    for place in range(count):
        down = down_of(ink[place], stride, frame) - 32
        right = across_of(ink[place], stride, frame)
        shape[0] += right
        shape[1] += down
        shape[2] += right * right
        shape[3] += right * down
        shape[4] += down * down
    shape[0] = 4 * shape[0] // count
    shape[1] = 4 * shape[1] // count
    shape[2] = (shape[2] // count - WIDE) >> 3
    shape[3] = (shape[3] // count - SLANTED) >> 2
    shape[4] = (shape[4] // count - TALL) >> 3
    loops, middle = frame[3], frame[4]
    if loops == 1:
        shape[5] = 64
        shape[7] = 2 * middle
    elif loops > 1:
        shape[6] = 64
