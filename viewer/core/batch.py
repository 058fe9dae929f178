"""Whole sets of images into a compact ragged set of sequences, by the same kernels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from viewer.core.bitimage import RUNS, check_image
from viewer.core.jit import kernel
from viewer.core.ordering.rules import order_many
from viewer.core.sequence import encode_many
from viewer.core.sequences import SequenceSet, join
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.core.skeleton import drop_small_components, find_start
from viewer.core.thinning import UNTIL_STABLE, thin_words
from viewer.core.threshold import Ladder, climb
from viewer.errors import Cancelled

T = TypeVar("T")
CHUNK = 512
"""Digits a thread works on between two looks at progress and cancel."""


@kernel
def trace_many(images, levels, highest, keep, passes, minimum, space, skeletons, starts, chosen):
    """Threshold and thin a stack of images into bit images, and find their start points."""
    layers, counts, runs, parent, second, third, removed, untraced = space
    height = images.shape[1]
    width = images.shape[2]
    for digit in range(len(images)):
        rung = climb(images[digit], levels, highest, keep, layers, counts, runs, parent, second)[0]
        words = skeletons[digit]
        words[:] = layers[rung]
        thin_words(words, height, width, passes, removed, untraced)
        drop_small_components(words, height, minimum, runs, parent, second, third)
        starts[digit, 0], starts[digit, 1] = find_start(words, height)
        chosen[digit] = levels[rung]


def make_space(height: int, rungs: int) -> tuple[Any, ...]:
    """Allocate what `trace_many` works in; one for each thread."""
    return (
        np.zeros((rungs, height), dtype=np.uint64),
        np.zeros((rungs, 3), dtype=np.int32),
        np.zeros(RUNS, dtype=np.uint64),
        *np.zeros((3, RUNS), dtype=np.int32),
        np.zeros(height, dtype=np.uint64),
        np.zeros((0, 0), dtype=np.uint8),
    )


def extract_skeletons(
    images: NDArray[np.uint8], settings: ExtractionSettings
) -> tuple[NDArray[np.uint64], NDArray[np.int16], NDArray[np.uint8]]:
    """Threshold and thin a stack of images without a break.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, M, N)
        Grey images.
    settings : ExtractionSettings

    Returns
    -------
    skeletons : ndarray of uint64, shape (n, M)
        Bit images.
    starts : ndarray of int16, shape (n, 2)
        (row, column) of the published start points; -1 where there is no pixel.
    levels : ndarray of uint8, shape (n,)
        Chosen threshold levels.
    """
    count, height, _width = images.shape
    ladder = Ladder.of(settings)
    skeletons = np.empty((count, height), dtype=np.uint64)
    starts = np.empty((count, 2), dtype=np.int16)
    levels = np.zeros(count, dtype=np.uint8)
    passes = UNTIL_STABLE if settings.thinning_passes is None else settings.thinning_passes
    trace_many(
        images, ladder.levels, ladder.highest, settings.threshold_keep, passes,
        settings.minimum_component, make_space(height, len(ladder.levels)),
        skeletons, starts, levels,
    )  # fmt: skip
    return skeletons, starts, levels


def extract_part(images: NDArray[np.uint8], settings: ExtractionSettings) -> SequenceSet:
    """Extract a stack of images without a break."""
    skeletons, starts, levels = extract_skeletons(images, settings)
    points, counts, exact = order_many(skeletons, images.shape[2], starts, settings)
    rows, offsets = encode_many(
        points,
        np.concatenate(([0], np.cumsum(counts))),
        announce_last_jump=settings.announce_last_jump,
    )
    return SequenceSet(rows, offsets, levels, exact)


def extract_batch(
    images: NDArray[np.uint8],
    settings: ExtractionSettings = PUBLISHED,
    *,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> SequenceSet:
    """Turn many images into stroke sequences.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, M, N)
        Grey images, ink bright, each 1 x 1 to 64 x 64.
    settings : ExtractionSettings
        The published ones by default.
    jobs : int
        Threads to work in. The result does not depend on it.
    progress : callable, optional
        Called with (digits done, digits in all) in the calling thread.
    cancelled : callable, optional
        Asked between chunks; when it returns True, `Cancelled` is raised.

    Returns
    -------
    sequences : SequenceSet
        In the order of the images.

    Raises
    ------
    ValueError
        If the shape or dtype is another one, or `jobs` is below 1.
    Cancelled
        If `cancelled` said so.
    """
    parts = work_in_chunks(
        images,
        lambda part: extract_part(part, settings),
        jobs=jobs,
        progress=progress,
        cancelled=cancelled,
    )
    return join(parts)


def work_in_chunks(
    images: NDArray[np.uint8],
    work: Callable[[NDArray[np.uint8]], T],
    *,
    jobs: int,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> list[T]:
    """Do something with many images, some at a time, in several threads.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, M, N)
        Grey images, each 1 x 1 to 64 x 64.
    work : callable
        Given a stack of at most `CHUNK` of them.
    jobs, progress, cancelled
        As for `extract_batch`.

    Returns
    -------
    results : list
        What `work` returned, in the order of the images.

    Raises
    ------
    ValueError
        If the shape or dtype is another one, or `jobs` is below 1.
    Cancelled
        If `cancelled` said so.
    """
    images = np.asarray(images)
    if images.ndim != 3:
        raise ValueError(f"images must have the shape (n, rows, columns), not {images.shape}")
    check_image(np.zeros(images.shape[1:], dtype=images.dtype))
    if jobs < 1:
        raise ValueError(f"jobs must be 1 or more, not {jobs}")
    results: list[T] = []
    with ThreadPoolExecutor(jobs, thread_name_prefix="chunks") as pool:
        chunks = (
            pool.submit(work, np.array(images[first : first + CHUNK]))
            for first in range(0, len(images), CHUNK)
        )
        for result in _in_turn(chunks, 2 * jobs):
            results.append(result)
            if progress is not None:
                progress(min(len(results) * CHUNK, len(images)), len(images))
            if cancelled is not None and cancelled():
                raise Cancelled
    return results


def _in_turn(chunks: Iterator[Future[T]], ahead: int) -> Iterator[T]:
    """Yield results in order, with so many chunks under way."""
    waiting = list(islice(chunks, ahead))
    try:
        while waiting:
            yield waiting.pop(0).result()
            waiting.extend(islice(chunks, 1))
    finally:
        for chunk in waiting:
            chunk.cancel()
