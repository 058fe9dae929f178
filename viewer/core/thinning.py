"""Zhang-Suen thinning, a row at a time, with a record of what went when."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.core.bitimage import ALL, NONE, ONE, check_mask, unpack, words_of
from viewer.core.jit import WIDTH, kernel

UNTIL_STABLE = WIDTH * WIDTH
"""A number of passes that every image of 64 x 64 is stable before."""


@kernel
def thin_once(words, height, inner, second, removed):
    """Run one sub-iteration in place; `removed` gets the row words that went.

    Strategy: the eight neighbours of all pixels of a row are eight shifted words. A
    saturating count in two words (`once`, `twice`) answers 'exactly one 0-1 transition
    around the pixel' and 'two to six neighbours' for the whole row. The outermost
    pixel frame is never examined.
    """
    changed = NONE
    above = words[0]
    for row in range(1, height - 1):
        here = words[row]
        below = words[row + 1]
        if here == NONE:
            above = here
            removed[row] = NONE
            continue
        north, south, east, west = above, below, here >> ONE, here << ONE
        northeast, northwest = above >> ONE, above << ONE
        southeast, southwest = below >> ONE, below << ONE
        once = NONE
        twice = NONE
        some = NONE
        several = NONE
        lacking = NONE
        lacking_several = NONE
        before = northwest
        for now in (north, northeast, east, southeast, south, southwest, west, northwest):
            rise = ~before & now
            twice |= once & rise
            once |= rise
            several |= some & now
            some |= now
            lacking_several |= lacking & ~now
            lacking |= ~now
            before = now
        if second:
            blocked = (north & east & west) | (north & south & west)
        else:
            blocked = (north & east & south) | (east & south & west)
        going = here & inner & once & ~twice & several & lacking_several & ~blocked
        removed[row] = going
        changed |= going
        above = here  # the row as it was before this sub-iteration
        words[row] = here & ~going
    return changed != NONE


@kernel
def thin_words(words, height, width, passes, removed, removed_by):
    """Run passes until one changes nothing or `passes` are done; return how many ran.

    `removed_by` gets the number of the sub-iteration that removed a pixel, unless it
    is of size 0.
    """
    if height < 3 or width < 3:
        return 0
    inner = (ALL >> np.uint64(WIDTH - (width - 1))) & ~ONE
    done = 0
    while done < passes:
        changed = False
        for second in range(2):
            if thin_once(words, height, inner, second == 1, removed):
                changed = True
                if removed_by.size:
                    step = np.uint8(2 * done + second + 1)
                    for row in range(1, height - 1):
                        for column in range(1, width - 1):
                            if (removed[row] >> np.uint64(column)) & ONE != NONE:
                                removed_by[row, column] = step
        if not changed:
            break
        done += 1
    return done


def thin(
    mask: NDArray[np.bool_], passes: int | None = 2
) -> tuple[NDArray[np.bool_], NDArray[np.uint8], int]:
    """Thin a binary image by passes of two Zhang-Suen sub-iterations each.

    Parameters
    ----------
    mask : ndarray of bool, shape (M, N)
        Binary image, 1 x 1 to 64 x 64. Its outermost pixel frame is never removed.
    passes : int or None
        Passes to run, 2 in the published set; None runs until nothing changes.

    Returns
    -------
    thinned : ndarray of bool, shape (M, N)
        What is left.
    removed_by : ndarray of uint8, shape (M, N)
        Sub-iteration that removed a pixel, counted from 1 (1 and 2 are the first pass);
        0 where nothing was removed.
    passes : int
        Passes that removed something.

    Raises
    ------
    ValueError
        If the mask has another shape or dtype.

    References
    ----------
    .. [1] T. Y. Zhang, C. Y. Suen (1984), A fast parallel algorithm for thinning digital
       patterns, Communications of the ACM 27(3).
    """
    mask = check_mask(mask)
    height, width = mask.shape
    words = words_of(mask)
    removed = np.zeros(height, dtype=np.uint64)
    removed_by = np.zeros(mask.shape, dtype=np.uint8)
    limit = UNTIL_STABLE if passes is None else passes
    done = thin_words(words, height, width, limit, removed, removed_by)
    thinned = np.zeros(mask.shape, dtype=np.bool_)
    unpack(words, thinned)
    return thinned, removed_by, int(done)
