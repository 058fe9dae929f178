"""How far the published order and the natural one of the same skeleton are apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from viewer.core.batch import extract_skeletons, work_in_chunks
from viewer.core.ordering.rules import order_many
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.core.truth import Truth, judge_many

COMPARED = ("nearest", "natural")
"""The orders, with every pixel once."""


def skeleton_settings(settings: ExtractionSettings) -> ExtractionSettings:
    """Return settings with the same skeletons, equal for all that differ in the order alone.

    Parameters
    ----------
    settings : ExtractionSettings

    Returns
    -------
    settings : ExtractionSettings
    """
    return replace(
        settings,
        order=PUBLISHED.order,
        walking=PUBLISHED.walking,
        announce_last_jump=PUBLISHED.announce_last_jump,
    )


def measure_gaps(
    images: NDArray[np.uint8],
    settings: ExtractionSettings = PUBLISHED,
    *,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> NDArray[np.float32]:
    """Measure how far the orders nearest and natural of digits are apart.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, M, N)
        Grey images, ink bright, each 1 x 1 to 64 x 64.
    settings : ExtractionSettings
        What the skeletons are made with; neither its order nor its way to move over ink
        matters.
    jobs : int
        Threads to work in. The result does not depend on it.
    progress : callable, optional
        Called with (digits done, digits in all) in the calling thread.
    cancelled : callable, optional
        Asked between chunks; when it returns True, `Cancelled` is raised.

    Returns
    -------
    gaps : ndarray of float32, shape (n,)
        Dynamic time warping between the pixels of the two orders, as in
        `viewer.core.truth`, in pixels a step; 0 where the orders are the same, and only
        there.

    Raises
    ------
    ValueError
        If the shape or dtype is another one, or `jobs` is below 1.
    Cancelled
        If `cancelled` said so.
    """
    parts = work_in_chunks(
        images,
        lambda part: _measure_part(part, settings),
        jobs=jobs,
        progress=progress,
        cancelled=cancelled,
    )
    return np.concatenate([np.zeros(0), *parts]).astype(np.float32)


def _measure_part(images: NDArray[np.uint8], settings: ExtractionSettings) -> NDArray[np.float64]:
    """Return the gaps of some digits: each skeleton is made once and ordered twice."""
    skeletons, starts, _levels = extract_skeletons(images, settings)
    drawn = starts[:, 0] >= 0
    gaps = np.zeros(len(images))
    (points, counts), (others, other_counts) = (
        order_many(
            skeletons[drawn],
            images.shape[2],
            starts[drawn],
            replace(settings, order=name, walking=False),
        )[:2]
        for name in COMPARED
    )
    lifts = np.zeros(len(counts), dtype=np.int64)  # not compared
    other = Truth(others.astype(np.float64), _offsets(other_counts), lifts)
    gaps[drawn] = judge_many(points, _offsets(counts), lifts, other).dtw
    return gaps


def _offsets(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where digits of so many points begin, and where the last one ends."""
    return np.concatenate(([0], np.cumsum(counts)))
