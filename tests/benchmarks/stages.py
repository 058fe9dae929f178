"""The kernels' stages one by one over a stack of images, for timing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.core.bitimage import RUNS
from viewer.core.jit import kernel
from viewer.core.ordering.nearest.tour import KEYS, make_workspace, order_words
from viewer.core.settings import PUBLISHED
from viewer.core.skeleton import drop_small_components, find_start
from viewer.core.thinning import thin_words
from viewer.core.threshold import Ladder, climb


@dataclass
class Space:
    """Row words of all images after a stage, and what the stages work in."""

    thresholded: NDArray[np.uint64]
    thinned: NDArray[np.uint64]
    width: int
    workspace: tuple[Any, ...]

    @classmethod
    def of(cls, images: NDArray[np.uint8]) -> Space:
        count, height, width = images.shape
        words = np.zeros((count, height), dtype=np.uint64)
        return cls(words, words.copy(), width, make_workspace(height, width))


@kernel
def threshold_all(images, levels, highest, keep, layers, counts, runs, parent4, parent8, out):
    for digit in range(len(images)):
        image = images[digit]
        rung = climb(image, levels, highest, keep, layers, counts, runs, parent4, parent8)[0]
        out[digit] = layers[rung]


@kernel
def thin_all(words, width, removed, untraced):
    for digit in range(len(words)):
        thin_words(words[digit], words.shape[1], width, 2, removed, untraced)


@kernel
def order_all(words, width, keys, runs, parent, size, row, workspace, points):
    height = words.shape[1]
    for digit in range(len(words)):
        drop_small_components(words[digit], height, 3, runs, parent, size, row)
        first, column = find_start(words[digit], height)
        order_words(words[digit], height, width, first, column, keys, workspace, points)


def run_threshold(images: NDArray[np.uint8], space: Space) -> None:
    """Threshold all images into `space.thresholded`."""
    ladder = Ladder.of(PUBLISHED)
    layers = np.zeros((len(ladder.levels), images.shape[1]), dtype=np.uint64)
    counts = np.zeros((len(ladder.levels), 3), dtype=np.int32)
    parents = np.zeros((2, RUNS), dtype=np.int32)
    threshold_all(
        images, ladder.levels, ladder.highest, PUBLISHED.threshold_keep, layers, counts,
        np.zeros(RUNS, dtype=np.uint64), *parents, space.thresholded,
    )  # fmt: skip


def run_thinning(space: Space) -> None:
    """Thin the thresholded images into `space.thinned`."""
    space.thinned[:] = space.thresholded
    removed = np.zeros(space.thinned.shape[1], dtype=np.uint64)
    thin_all(space.thinned, space.width, removed, np.zeros((0, 0), dtype=np.uint8))


def run_order(space: Space) -> None:
    """Remove small parts of the thinned images, find the start and order the pixels."""
    words = space.thinned.copy()
    points = np.zeros((words.shape[1] * space.width, 2), dtype=np.int16)
    order_all(
        words, space.width, KEYS, np.zeros(RUNS, dtype=np.uint64),
        *np.zeros((3, RUNS), dtype=np.int32), space.workspace, points,
    )  # fmt: skip
