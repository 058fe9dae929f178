"""A digit's orders, made in the background, and how far they are from the truth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from viewer.gui.compare.orders.offers import TRUE_PATH, Offer, Writing
from viewer.gui.jobs import Job, Jobs

Path = tuple[NDArray[np.float64], ...]
"""Pen-down strokes, each (n, 2): (row, column) in pixels, pixel centres at whole numbers."""


class OrderWork(QObject):
    """Makes the orders of one digit, then measures them; only the last wish is answered.

    Attributes
    ----------
    made : Signal
        The title of an order and its `Extraction`, or why there is none, as a sentence; and
        `TRUE_PATH` and its `Writing`.
    ended : Signal
        Everything was made or refused.
    judged : Signal
        Distances from the true path, in pixels a step, by title.
    """

    made = Signal(str, object)
    ended = Signal()
    judged = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._making: Job | None = None
        self._judging: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether something is still to come."""
        return self._making is not None or self._judging is not None

    def start(self, image: NDArray[np.uint8], offers: Sequence[Offer], path: Path | None) -> None:
        """Make the orders of a digit; what was asked for before is dropped.

        Parameters
        ----------
        image : ndarray of uint8, shape (M, N)
        offers : sequence of Offer
        path : tuple of ndarray of float64, or None
            The true strokes where they are known.
        """
        self.drop()
        wanted = tuple(offers)

        def work(job: Job) -> Iterator[object]:
            for offer in wanted:
                yield offer.title, _extract(image, offer)
                if job.cancelled():
                    return
            if path is not None:
                yield TRUE_PATH, even(path)

        job = self._making = Job("", work)
        job.on_value = lambda value: self.made.emit(*cast("tuple[str, object]", value))
        job.on_error = lambda error: self._fail(wanted, error)
        job.on_end = lambda: self._end(job)
        self._jobs.start(job)

    def judge(self, writings: Sequence[Writing], path: Path) -> None:
        """Measure orders that have points against the true path."""
        wanted = tuple(writings)

        def work(_job: Job) -> Iterator[object]:
            from viewer.core.truth import judge

            yield {
                writing.title: judge(writing.points, writing.lifts, path).dtw for writing in wanted
            }

        job = self._judging = Job("", work)
        job.on_value = self.judged.emit
        job.on_end = lambda: self._end(job)
        self._jobs.start(job)

    def drop(self) -> None:
        """Wish for nothing any more."""
        for job in (self._making, self._judging):
            if job is not None:
                job.cancel()
        self._making = self._judging = None

    def _fail(self, offers: Sequence[Offer], error: Exception) -> None:
        """Say of every order why nothing could be made."""
        for offer in offers:
            self.made.emit(offer.title, f"No strokes: {error}")

    def _end(self, job: Job) -> None:
        if job is self._making:
            self._making = None
            self.ended.emit()
        elif job is self._judging:
            self._judging = None


def _extract(image: NDArray[np.uint8], offer: Offer) -> object:
    """Return an extraction, or why there is none; loads the kernels, so not in the GUI."""
    from viewer.jit import prepare

    prepare(apart=True, order=offer.settings.order)
    from viewer.core.extract import extract

    try:
        return extract(image, offer.settings)
    except ValueError as error:
        return f"No strokes: {error}."


def even(path: Path) -> Writing:
    """Return a true path with points about a pixel apart, so that its pen goes evenly.

    Parameters
    ----------
    path : tuple of ndarray of float64, each of shape (n, 2)
        Strokes of one point or more.

    Returns
    -------
    writing : Writing
        No two points that follow each other in a stroke are at the same place.
    """
    from viewer.core.truth import resample

    strokes = [_without_repeats(resample((stroke,))) for stroke in path]
    offsets = np.cumsum([0, *map(len, strokes)], dtype=np.int64)
    return Writing(TRUE_PATH, np.concatenate([np.zeros((0, 2)), *strokes]), offsets)


def _without_repeats(points: NDArray[Any]) -> NDArray[Any]:
    """Return points without those at the place of the one before."""
    moves = (np.diff(points, axis=0) != 0).any(axis=1)
    return points[np.concatenate(([True], moves))]
