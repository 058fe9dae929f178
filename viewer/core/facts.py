"""What a stroke sequence tells about a digit, in numbers.

Strategy: the points of a digit are set as bits of 64 row words, so that end points and
junctions of a whole row come out of a few word operations. Areas enclosed by the skeleton
need no flood fill: the Euler number of the pixels, taken as closed squares, is the number
of their 8-connected parts minus the number of their holes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.core.bitimage import NONE, ONE, RUNS, count_components
from viewer.core.jit import WIDTH, count_bits, kernel
from viewer.core.sequences import SequenceSet
from viewer.core.thinning import UNTIL_STABLE, thin_words

COUNTS = ("strokes", "points", "lifts", "endpoints", "junctions", "loops")
"""Facts that are whole numbers, in the order in which the kernel fills them."""
REALS = ("travel", "length", "aspect", "slant")
"""Facts that are fractions, in the order in which the kernel fills them."""

LAST = np.uint64(WIDTH - 1)
OVER = 1e-9
"""Less than any second moment that is not 0."""


@kernel
def count_euler(words):
    """Euler number of the pixels as closed squares: corners - edges + squares."""
    total = 0
    above = NONE
    for row in range(WIDTH + 1):
        here = words[row] if row < WIDTH else NONE
        either = above | here
        # the corner behind the last column has no bit of its own
        total += count_bits(either | either << ONE) + np.int64(either >> LAST)
        total -= count_bits(either)
        total -= count_bits(here | here << ONE) + np.int64(here >> LAST)
        total += count_bits(here)
        above = here
    return total


@kernel
def count_endpoints(words):
    """Count the pixels with at most one 8-neighbour."""
    total = 0
    above = NONE
    for row in range(WIDTH):
        here = words[row]
        below = words[row + 1] if row + 1 < WIDTH else NONE
        once = NONE
        twice = NONE
        if here != NONE:
            for neighbour in (
                above, above << ONE, above >> ONE, below, below << ONE, below >> ONE,
                here << ONE, here >> ONE,
            ):  # fmt: skip
                twice |= once & neighbour
                once |= neighbour
            total += count_bits(here & ~twice)
        above = here
    return total


@kernel
def mark_junctions(words, marked):
    """Mark pixels with three or more 0-1 transitions around them, and full 2 x 2 squares."""
    marked[:] = NONE
    above = NONE
    for row in range(WIDTH):
        here = words[row]
        below = words[row + 1] if row + 1 < WIDTH else NONE
        if here != NONE:
            once = NONE
            twice = NONE
            thrice = NONE
            before = above << ONE
            for now in (
                above, above >> ONE, here >> ONE, below >> ONE,
                below, below << ONE, here << ONE, above << ONE,
            ):  # fmt: skip
                rise = ~before & now
                thrice |= twice & rise
                twice |= once & rise
                once |= rise
                before = now
            marked[row] |= here & thrice
            square = here & here >> ONE & below & below >> ONE
            square |= square << ONE
            if square != NONE:
                marked[row] |= square
                marked[row + 1] |= square
        above = here


@kernel
def measure_many(rows, offsets, space, counts, reals):
    """Fill the facts of all digits; return the first that leaves 64 x 64 pixels, or -1."""
    words, marked, removed, runs, parent4, parent8, untraced = space
    for digit in range(len(offsets) - 1):
        words[:] = NONE
        strokes = 0
        points = 0
        lifted = False
        travel = 0.0
        length = 0.0
        x = 0
        y = 0
        left, right, top, bottom = WIDTH, -1, WIDTH, -1
        sum_x, sum_y, sum_xy, sum_yy = 0, 0, 0, 0
        for place in range(offsets[digit], offsets[digit + 1]):
            if rows[place, 2] != 0:
                lifted = True
                continue
            dx = rows[place, 0]
            dy = rows[place, 1]
            # behind the last point comes the end row only; a jump to it needs no marker row
            if place + 2 == offsets[digit + 1] and max(abs(dx), abs(dy)) > 1:
                lifted = True
            x += dx
            y += dy
            if not (1 <= x <= WIDTH and 1 <= y <= WIDTH):
                return digit
            if points == 0:
                strokes = 1
            elif lifted:
                strokes += 1
                travel += np.sqrt(dx * dx + dy * dy)
            else:
                length += np.sqrt(dx * dx + dy * dy)
            points += 1
            lifted = False
            left = min(left, x)
            right = max(right, x)
            top = min(top, y)
            bottom = max(bottom, y)
            sum_x += x
            sum_y += y
            sum_xy += x * y
            sum_yy += y * y
            words[y - 1] |= ONE << np.uint64(x - 1)
        counts[digit, :] = 0
        reals[digit, :] = 0.0
        if points == 0:
            continue
        counts[digit, 0] = strokes
        counts[digit, 1] = points
        counts[digit, 2] = strokes - 1
        counts[digit, 3] = count_endpoints(words)
        parts = count_components(words, WIDTH, runs, parent4, parent8)[1]
        counts[digit, 5] = parts - count_euler(words)
        thin_words(words, WIDTH, WIDTH, UNTIL_STABLE, removed, untraced)
        mark_junctions(words, marked)
        counts[digit, 4] = count_components(marked, WIDTH, runs, parent4, parent8)[1]
        reals[digit, 0] = travel
        reals[digit, 1] = length
        reals[digit, 2] = (right - left + 1) / (bottom - top + 1)
        spread = sum_yy - sum_y * sum_y / points
        if spread > OVER:
            lean = -(sum_xy - sum_x * sum_y / points)
            reals[digit, 3] = np.degrees(np.arctan(lean / spread))
    return -1


def measure(sequences: SequenceSet) -> dict[str, NDArray[Any]]:
    """Measure the strokes of many digits.

    Parameters
    ----------
    sequences : SequenceSet
        Of n digits, each within 64 x 64 pixels.

    Returns
    -------
    facts : dict of str to ndarray, shape (n,)
        By the names of `viewer.catalog.columns.FACTS`; a digit without points has 0
        everywhere but in ``level`` and ``exact``.

        - ``strokes``, ``points``, ``lifts`` : int16. A stroke ends where the pen is
          lifted, as `viewer.core.sequence.lifts` has it; ``lifts`` is one less than
          ``strokes``.
        - ``travel``, ``length`` : float32. Sums of Euclidean distances between points
          that follow each other, in pixels, between strokes and within them.
        - ``level`` : uint8. The threshold level.
        - ``endpoints`` : int16. Points with at most one 8-neighbour.
        - ``junctions`` : int16. The skeleton is thinned until nothing changes; pixels
          around which three or more 0-1 transitions are counted (Rutovitz' crossing
          number [1]_) and full squares of 2 x 2 pixels, where branches cross without
          such a pixel, are junction pixels; those that touch make one junction.
        - ``loops`` : int16. 4-connected areas of background that the points enclose, by
          the Euler number [2]_.
        - ``aspect`` : float32. Width of the bounding box divided by its height.
        - ``slant`` : float32. Angle from upright in degrees, -90 to 90, positive where
          the top leans to the right: the shear that takes the second moment ``mu11``
          away, ``arctan(-mu11 / mu02)`` [3]_; 0 where all points are in one row.
        - ``exact`` : bool. Whether the search for the order was complete.

    Raises
    ------
    ValueError
        If a sequence leaves 64 x 64 pixels.

    References
    ----------
    .. [1] D. Rutovitz (1966), Pattern recognition, Journal of the Royal Statistical
       Society A 129(4).
    .. [2] S. B. Gray (1971), Local properties of binary images in two dimensions, IEEE
       Transactions on Computers C-20(5).
    .. [3] Y. LeCun et al. (1998), Gradient-based learning applied to document
       recognition, Proceedings of the IEEE 86(11), section III.A, on deslanting.
    """
    counts = np.zeros((len(sequences), len(COUNTS)), dtype=np.int16)
    reals = np.zeros((len(sequences), len(REALS)), dtype=np.float32)
    stray = measure_many(sequences.rows, sequences.offsets, _make_space(), counts, reals)
    if stray >= 0:
        raise ValueError(f"sequence {stray} leaves the {WIDTH} x {WIDTH} pixels")
    facts: dict[str, NDArray[Any]] = {
        name: np.ascontiguousarray(column)
        for names, table in ((COUNTS, counts), (REALS, reals))
        for name, column in zip(names, table.T, strict=True)
    }
    return facts | {"level": sequences.levels, "exact": sequences.exact}


def _make_space() -> tuple[Any, ...]:
    """Allocate what the kernel works in."""
    return (
        *np.zeros((3, WIDTH), dtype=np.uint64),
        np.zeros(RUNS, dtype=np.uint64),
        *np.zeros((2, RUNS), dtype=np.int32),
        np.zeros((0, 0), dtype=np.uint8),
    )
