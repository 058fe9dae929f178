"""Strokes of the digits in view, extracted in the background, newest wish first."""

from __future__ import annotations

import itertools
from collections import OrderedDict
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from viewer.catalog.table import Table
from viewer.core.correction import fits, points_of
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.gui.jobs import Job, Jobs

if TYPE_CHECKING:
    from viewer.catalog.corrections.corrections import Corrections
    from viewer.core.sequences import SequenceSet

CAPACITY = 16_384
"""Digits whose strokes are kept; some 300 bytes each."""
CHUNK = 128
"""Digits a worker extracts before it looks what is in view now."""

Trace = tuple[NDArray[np.int16], NDArray[np.uint8]]
"""Points (row, column) in drawing order, and the stroke of each."""
NOTHING: Trace = (np.empty((0, 2), np.int16), np.empty(0, np.uint8))


class Traces(QObject):
    """The strokes of digits by position, made as they are asked for.

    `arrived` is emitted when strokes asked for are there, `failed` with an error. What is
    asked for replaces what was asked for before, so that scrolling never queues up. Images
    too large for the kernels never get strokes.
    """

    arrived = Signal()
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._settings = PUBLISHED
        self._corrections: Corrections | None = None
        self._table: Table | None = None
        self._made: OrderedDict[int, Trace | None] = OrderedDict()
        self._wanted: list[int] = []
        self._running: Job | None = None
        # Strokes are asked for while the grid is painted. A job that starts shows in the
        # status bar, which would be painted inside that painting, and Qt crashes.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._next)

    def set_table(self, table: Table | None) -> None:
        """Forget everything, since another set is shown."""
        self._table = table
        self.forget()

    def set_settings(self, settings: ExtractionSettings) -> None:
        """Extract with other settings from now on."""
        self._settings = settings
        self.forget()

    def set_corrections(self, corrections: Corrections | None) -> None:
        """Let corrections of the set's digits stand in the place of their computed strokes."""
        self._corrections = corrections
        self.forget()

    def forget_digit(self, position: int) -> None:
        """Forget the strokes of a digit, which has been corrected."""
        self._made.pop(position, None)

    def forget(self) -> None:
        """Forget all strokes."""
        self._made.clear()
        self._wanted = []
        if self._running is not None:
            self._running.cancel()

    def get(self, position: int) -> Trace | None:
        """Return the strokes of a digit, None while they are not there."""
        return self._made.get(position)

    def ask(self, positions: list[int]) -> None:
        """Ask for the strokes of digits, in the order they are wanted."""
        self._wanted = [position for position in positions if position not in self._made]
        if self._wanted:
            self._soon.start()

    def _next(self) -> None:
        """Start on the first of what is wanted unless a worker is busy."""
        if self._running is not None or not self._wanted or self._table is None:
            return
        table, some, settings = self._table, self._wanted[:CHUNK], self._settings
        parts = table.by_split(np.array(some, np.int64))
        self._wanted = self._wanted[CHUNK:]

        def work(_job: Job) -> Iterator[object]:
            for split, indices in parts:
                first = table.first(split.name)
                yield (indices + first).tolist(), _extract(split.images[indices], settings)

        job = Job("", work)
        job.on_value = self._keep
        job.on_error = lambda error: self._give_up(some, error)
        job.on_end = self._ended
        self._running = self._jobs.start(job)

    def _keep(self, value: object) -> None:
        positions, traces = cast("tuple[list[int], list[Trace | None]]", value)
        for position, trace in zip(positions, traces, strict=True):
            self._made[position] = self._correct(position, trace)
        while len(self._made) > CAPACITY:
            self._made.popitem(last=False)
        self.arrived.emit()

    def _correct(self, position: int, trace: Trace | None) -> Trace | None:
        """Return the strokes of a digit as they were corrected, where that fits."""
        if trace is None or self._corrections is None or self._table is None:
            return trace
        split, index = self._table.locate(position)
        strokes = self._corrections.get(split.name, index)
        if strokes is None:
            return trace
        skeleton = np.zeros(split.images.shape[1:], dtype=np.bool_)
        skeleton[tuple(trace[0].T)] = True
        if not fits(strokes, skeleton):
            return trace
        points, offsets = points_of(strokes)
        return points, np.repeat(np.arange(len(strokes)), np.diff(offsets)).astype(np.uint8)

    def _give_up(self, positions: list[int], error: Exception) -> None:
        """Leave digits without strokes, lest they be asked for without end."""
        self._made.update(dict.fromkeys(positions))
        self.failed.emit(error)

    def _ended(self) -> None:
        self._running = None
        self._next()


def _extract(images: NDArray[np.uint8], settings: ExtractionSettings) -> list[Trace | None]:
    """Extract digits on a worker; None for images too large to have strokes."""
    from viewer.jit import prepare

    prepare(apart=True, order=settings.order)
    from viewer.core.batch import extract_part
    from viewer.core.bitimage import check_image

    try:
        check_image(images[0])
    except ValueError:
        return [None] * len(images)
    return [*split_traces(extract_part(images, settings))]


def split_traces(sequences: SequenceSet) -> list[Trace]:
    """Return the points of each digit in drawing order, with the stroke of each point.

    Parameters
    ----------
    sequences : SequenceSet
        As extraction makes them.

    Returns
    -------
    traces : list of (ndarray of int16, shape (P, 2), ndarray of uint8, shape (P,))
        A pair for each digit: (row, column) of its points, and their strokes from 0.
    """
    rows = sequences.rows.astype(np.int32)
    reached = rows[:, 2] == 0
    bounds = np.concatenate(([0], np.cumsum(reached)))[sequences.offsets]
    counts = np.diff(bounds)
    moves = rows[reached, :2]
    places = np.concatenate((np.zeros((1, 2), np.int32), np.cumsum(moves, axis=0)))
    first = bounds[:-1].repeat(counts)
    lifted = np.abs(moves).max(axis=1, initial=0) > 1
    lifted[bounds[:-1][counts > 0]] = False
    strokes = np.concatenate(([0], np.cumsum(lifted)))
    points = (places[1:] - places[first])[:, ::-1] - 1
    stroke = strokes[1:] - strokes[first]
    return [
        (points[start:stop].astype(np.int16), stroke[start:stop].astype(np.uint8))
        for start, stop in itertools.pairwise(bounds.tolist())
    ]
