"""Random numbers by place: number k of digit i is the same whatever else is drawn.

Strategy: NumPy's Philox generator counts; each step of the counter gives four 64-bit
words and `Generator.random` takes one word a number. A digit's numbers are therefore
one slice of a single stream, found by advancing the counter, and the numbers of a run
of digits are one call. Philox and the making of doubles from words use whole-number and
exact arithmetic only, so they are the same on every platform.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

WORDS_PER_STEP = 4
BELL_SPREAD = 6.0**0.5
"""Makes the standard deviation of the sum of two uniform numbers 1."""


def draw(seed: int, stream: int, first: int, count: int, width: int) -> NDArray[np.float64]:
    """Draw the numbers of the digits (or writers) first .. first + count - 1.

    Parameters
    ----------
    seed : int
        Not negative.
    stream : int
        Which of the independent streams of this seed.
    first, count : int
        The run of digits.
    width : int
        Numbers a digit has, a multiple of 4.

    Returns
    -------
    numbers : ndarray of float64, shape (count, width)
        Uniform in [0, 1).
    """
    if width % WORDS_PER_STEP:
        raise ValueError(f"width must be a multiple of {WORDS_PER_STEP}, not {width}")
    counter = np.random.Philox(np.random.SeedSequence((seed, stream)))
    counter.advance(first * (width // WORDS_PER_STEP))
    return np.random.Generator(counter).random((count, width))


def bell(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn pairs of uniform numbers into bell-shaped ones.

    The sum of two (a triangle from -2.45 to 2.45): no logarithm or cosine, whose last
    digit differs between platforms, and no outlier that makes a digit illegible.

    Parameters
    ----------
    numbers : ndarray of float64, shape (..., 2 * k)

    Returns
    -------
    numbers : ndarray of float64, shape (..., k)
        Mean 0, standard deviation 1.
    """
    half = numbers.shape[-1] // 2
    return (numbers[..., :half] + numbers[..., half:] - 1.0) * BELL_SPREAD
