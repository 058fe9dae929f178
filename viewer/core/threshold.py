"""The published incremental threshold, with a trace of every level it looked at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.core.bitimage import (
    NONE,
    ONE,
    RUNS,
    check_image,
    count_components,
    count_pixels,
    pack,
    unpack,
)
from viewer.core.jit import kernel
from viewer.core.settings import PUBLISHED, ExtractionSettings

STOPS = ("components4", "components8", "pixels", "ceiling")
"""The rules that end the climb, in the order in which they are named if several apply."""

LEVELS = 256
"""Grey levels there are: 0 keeps all ink, 255 keeps none."""


@dataclass(frozen=True)
class ThresholdTrace:
    """What the threshold saw on its way up.

    Parameters
    ----------
    levels : ndarray of int16, shape (L,)
        Grey levels looked at; the last is the one that stopped the climb.
    pixels, components4, components8 : ndarray of int32, shape (L,)
        Pixels above each level and their 4- and 8-connected parts.
    level : int
        The chosen level: pixels above it are kept.
    stopped_by : str
        Rule that held at the last level, the first that applies of `STOPS`.
    """

    levels: NDArray[np.int16]
    pixels: NDArray[np.int32]
    components4: NDArray[np.int32]
    components8: NDArray[np.int32]
    level: int
    stopped_by: str


@dataclass(frozen=True)
class LevelCounts:
    """What an image holds above every grey level, wherever a threshold would stop.

    Parameters
    ----------
    pixels, components4, components8 : ndarray of int32, shape (256,)
        Pixels above level 0, 1, ..., 255 and their 4- and 8-connected parts.
    """

    pixels: NDArray[np.int32]
    components4: NDArray[np.int32]
    components8: NDArray[np.int32]


@dataclass(frozen=True)
class Ladder:
    """The levels a threshold climbs, prepared for the kernel.

    Parameters
    ----------
    levels : ndarray of int16, shape (L,)
        All levels, ascending from 0; the last is the first at or above the ceiling.
    highest : ndarray of int16, shape (256,)
        For each grey value the index of the highest level below it, -1 for 0.
    """

    levels: NDArray[np.int16]
    highest: NDArray[np.int16]

    @classmethod
    def of(cls, settings: ExtractionSettings) -> Ladder:
        """Return the ladder of some settings."""
        step, ceiling = settings.threshold_step, settings.threshold_ceiling
        rungs = -(-ceiling // step) + 1
        grey = np.arange(256)
        highest = np.where(grey == 0, -1, np.minimum((grey - 1) // step, rungs - 1))
        return cls(np.arange(rungs, dtype=np.int16) * np.int16(step), highest.astype(np.int16))


@kernel
def climb(image, levels, highest, keep, layers, counts, runs, parent4, parent8):
    """Threshold an image; return the chosen rung, how many were tried, and the rule.

    Strategy: each pixel is filed once, under the highest level it clears; from the top
    down each level takes over the pixels of the one above it. `layers` then holds a bit
    image a level, and `counts` gets (pixels, 4-parts, 8-parts) of those looked at.
    """
    height, width = image.shape
    rungs = len(levels)
    for rung in range(rungs):
        for row in range(height):
            layers[rung, row] = NONE
    for row in range(height):
        for column in range(width):
            value = image[row, column]
            if value != 0:
                layers[highest[value], row] |= ONE << np.uint64(column)
    for rung in range(rungs - 2, -1, -1):
        for row in range(height):
            layers[rung, row] |= layers[rung + 1, row]
    for rung in range(rungs):
        pixels = count_pixels(layers[rung], height)
        parts4, parts8 = count_components(layers[rung], height, runs, parent4, parent8)
        counts[rung, 0] = pixels
        counts[rung, 1] = parts4
        counts[rung, 2] = parts8
        rule = -1
        if parts4 != counts[0, 1]:
            rule = 0
        elif parts8 != counts[0, 2]:
            rule = 1
        elif pixels < keep * counts[0, 0]:
            rule = 2
        elif rung == rungs - 1:
            rule = 3
        if rule >= 0:
            return max(rung - 1, 0), rung + 1, rule
    return 0, 0, -1  # not reached: the last rung always stops


def threshold(
    image: NDArray[np.uint8],
    settings: ExtractionSettings = PUBLISHED,
    *,
    level: int | None = None,
) -> tuple[NDArray[np.bool_], ThresholdTrace]:
    """Threshold an image at the published rule's level.

    The level climbs from 0 by `threshold_step` until the number of 4- or of 8-connected
    parts differs from that at level 0, fewer than `threshold_keep` of the level-0 pixels
    are left, or the ceiling is reached; the level before that one is chosen.

    Parameters
    ----------
    image : ndarray of uint8, shape (M, N)
        Grey image, ink bright, 1 x 1 to 64 x 64.
    settings : ExtractionSettings
        The threshold settings are used.
    level : int, optional
        A level to take instead of the chosen one, 0 to 255.

    Returns
    -------
    mask : ndarray of bool, shape (M, N)
        Pixels above `level`, or above the chosen level without one.
    trace : ThresholdTrace
        The levels looked at and what they held; the same whatever `level` is.

    Raises
    ------
    ValueError
        If the image has another shape or dtype, or there is no such level.

    References
    ----------
    .. [1] E. D. de Jong (2016), The MNIST digits stroke sequence data set, C++ code.
    """
    image = check_image(image)
    if level is not None and not 0 <= level < LEVELS:
        raise ValueError(f"a level must be 0 to {LEVELS - 1}, not {level}")
    ladder = Ladder.of(settings)
    height = image.shape[0]
    layers = np.zeros((len(ladder.levels), height), dtype=np.uint64)
    counts = np.zeros((len(ladder.levels), 3), dtype=np.int32)
    runs = np.zeros(RUNS, dtype=np.uint64)
    parents = np.zeros((2, RUNS), dtype=np.int32)
    chosen, tried, rule = climb(
        image,
        ladder.levels,
        ladder.highest,
        settings.threshold_keep,
        layers,
        counts,
        runs,
        *parents,
    )
    mask = np.zeros(image.shape, dtype=np.bool_)
    if level is None:
        unpack(layers[chosen], mask)
    else:
        np.greater(image, level, out=mask)
    pixels, parts4, parts8 = counts[:tried].T.copy()
    automatic = int(ladder.levels[chosen])
    return mask, ThresholdTrace(
        ladder.levels[:tried].copy(), pixels, parts4, parts8, automatic, STOPS[rule]
    )


def measure_levels(image: NDArray[np.uint8]) -> LevelCounts:
    """Count pixels and connected parts above every grey level.

    Strategy: what is above a level changes only at grey values that occur, so each of
    those is counted once and spread over the levels up to the next.

    Parameters
    ----------
    image : ndarray of uint8, shape (M, N)
        Grey image, ink bright, 1 x 1 to 64 x 64.

    Returns
    -------
    counts : LevelCounts
        For the levels 0 to 255.

    Raises
    ------
    ValueError
        If the image has another shape or dtype.
    """
    image = check_image(image)
    height = image.shape[0]
    values = np.unique(image)
    words = np.zeros(height, dtype=np.uint64)
    runs = np.zeros(RUNS, dtype=np.uint64)
    parents = np.zeros((2, RUNS), dtype=np.int32)
    counts = np.zeros((len(values) + 1, 3), dtype=np.int32)
    for index, value in enumerate(values):
        pack(image >= value, words)
        parts = count_components(words, height, runs, *parents)
        counts[index] = (count_pixels(words, height), *parts)
    below = np.searchsorted(values, np.arange(LEVELS), side="right")
    return LevelCounts(*counts[below].T.copy())  # above the highest value there is nothing
