"""Counting in the background which digits two settings make different."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from viewer.catalog.table import Table
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.gui.jobs import Job, Jobs
from viewer.gui.lab.changes import Changes, find_changes, join

if TYPE_CHECKING:
    from viewer.core.sequences import SequenceSet

BLOCK = 2048
"""Digits between two live counts."""
LARGEST = 64
"""Pixels a side may have for extraction."""
DELAY = 300
"""Milliseconds that settings have to rest before digits are counted unasked."""
UNASKED = 100_000
"""More digits than these are counted when that is asked for."""
TITLE = "Trying settings"

Pair = tuple[ExtractionSettings, ExtractionSettings]


class Made(NamedTuple):
    """What was extracted under A, by the position of a block's first digit.

    It is kept while B changes, where the digits are not too many.
    """

    settings: ExtractionSettings
    blocks: dict[int, SequenceSet]


class Effect(QObject):
    """Extracts some digits under two settings and counts those that differ.

    Nothing is delivered after `stop`.

    Attributes
    ----------
    advanced : Signal
        There is more in `changes`, or the work began or ended.
    failed : Signal
        The error that ended the work.
    """

    advanced = Signal()
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        self._table: Table | None = None
        self._positions = np.zeros(0, dtype=np.int64)
        self._pair: Pair | None = None
        self._parts: list[Changes] = []
        self._made = Made(PUBLISHED, {})
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.start)
        self.changes = join([])
        self.total = 0
        self.begun = False

    @property
    def running(self) -> bool:
        """Whether digits are being counted."""
        return self._job is not None

    @property
    def complete(self) -> bool:
        """Whether all digits have been counted."""
        return self.begun and len(self.changes) == self.total

    @property
    def unasked(self) -> bool:
        """Whether the digits are few enough to be counted without asking."""
        return 0 < self.total <= UNASKED

    def set_scope(self, table: Table | None, positions: NDArray[np.int64]) -> None:
        """Count among other digits, those that can be extracted.

        What was counted is dropped unless the digits are the same.
        """
        chosen = np.unique(positions) if table is not None else positions[:0]
        if table is self._table and np.array_equal(chosen, self._positions):
            return
        self._table, self._positions = table, chosen
        self._made = Made(PUBLISHED, {})
        parts = [] if table is None else table.by_split(self._positions)
        self.total = sum(len(part) for split, part in parts if _fits(split.images))
        self.forget()

    def set_pair(self, pair: Pair | None) -> None:
        """Compare other settings, A and B, or None; what was counted is dropped."""
        if pair != self._pair:
            self._pair = pair
            self.forget()

    def start_soon(self) -> None:
        """Count once the settings have rested, where that is to be done and few enough."""
        if self._pair is not None and self.unasked and not (self.running or self.begun):
            self._timer.start()

    def start(self) -> None:
        """Count anew; does nothing without settings or digits."""
        self.forget()
        table, pair = self._table, self._pair
        if table is None or pair is None or not self.total:
            return
        if self._made.settings != pair[0]:
            self._made = Made(pair[0], {})
        positions, total, made = self._positions, self.total, self._made
        title = "" if self.unasked else TITLE
        job = Job(title, lambda job: _work(job, table, positions, pair[1], total, made))
        job.on_value = self._take
        job.on_error = self.failed.emit
        job.on_end = lambda: self._end(job)
        self.begun = True
        self._job = self._jobs.start(job)
        self.advanced.emit()

    def stop(self) -> None:
        """Stop counting; what was counted stays."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.advanced.emit()

    def forget(self) -> None:
        """Stop counting, and drop what was counted."""
        self.stop()
        self.begun = False
        self._parts = []
        self.changes = join([])
        self.advanced.emit()

    def _take(self, value: object) -> None:
        self._parts.append(cast("Changes", value))
        self.changes = join(self._parts)
        self.advanced.emit()

    def _end(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            self.advanced.emit()


def _fits(images: NDArray[np.uint8]) -> bool:
    """Whether images are small enough for extraction."""
    return len(images) > 0 and max(images.shape[1:]) <= LARGEST


def _work(
    job: Job,
    table: Table,
    positions: NDArray[np.int64],
    tried: ExtractionSettings,
    total: int,
    made: Made,
) -> Iterator[object]:
    """Extract block by block under both settings, on a worker; those of A may be made."""
    from viewer.jit import prepare

    for order in {made.settings.order, tried.order}:
        prepare(apart=True, order=order)
    from viewer.core.batch import extract_batch

    threads = max(1, (os.cpu_count() or 1) - 1)  # one core is the window's
    done = 0
    for split, indices in table.by_split(positions):
        if not _fits(split.images):
            continue
        first = table.first(split.name)
        for start in range(0, len(indices), BLOCK):
            part = indices[start : start + BLOCK]
            images = split.images[part]
            place = first + int(part[0])
            if (a := made.blocks.get(place)) is None:
                a = extract_batch(images, made.settings, jobs=threads, cancelled=job.cancelled)
            if total <= UNASKED:
                made.blocks[place] = a
            b = extract_batch(images, tried, jobs=threads, cancelled=job.cancelled)
            yield find_changes(first + part, a, b)
            done += len(part)
            job.report(done, total)
