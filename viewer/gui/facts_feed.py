"""Facts for the digits of the set that is open, extracted in the background."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from viewer.catalog.columns import FACT_NAMES
from viewer.catalog.facts.cache import FactsCache
from viewer.catalog.facts.gather import FactsBlock, attach, gather_facts
from viewer.catalog.table import Table
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.gui.jobs import Job, Jobs

if TYPE_CHECKING:
    from viewer.catalog.corrections.apply import Measured
    from viewer.catalog.corrections.corrections import Corrections

INTERVAL = 250
"""Milliseconds between two news of new facts."""
TITLE = "Extracting strokes"


class FactsFeed(QObject):
    """Fills the columns of facts of one table at a time.

    `advanced` is emitted some four times a second while facts come in, `finished` when all
    are there, `failed` with the error. Cancelling keeps what is known; `start` goes on
    where it ended, by what the cache holds.
    """

    advanced = Signal()
    finished = Signal()
    failed = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        settings: ExtractionSettings = PUBLISHED,
        cache: FactsCache | None = None,
    ) -> None:
        super().__init__()
        self.jobs = jobs
        self._settings = settings
        self._corrections: Corrections | None = None
        self._cache = FactsCache() if cache is None else cache
        self._running: Job | None = None
        self._measuring: list[Job] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.advanced)

    @property
    def running(self) -> bool:
        """Whether facts are being extracted."""
        return self._running is not None or bool(self._measuring)

    def set_corrections(self, corrections: Corrections | None) -> None:
        """Measure corrected strokes in the place of computed ones."""
        self._corrections = corrections

    def measure_again(self, table: Table, positions: NDArray[np.int64]) -> None:
        """Measure digits that have been corrected, or whose correction was taken back.

        What is not known of them yet stays unknown.
        """
        corrections, settings = self._corrections, self._settings
        if corrections is None:
            return

        def work(_job: Job) -> Iterator[object]:
            from viewer.catalog.corrections.apply import measure_corrected
            from viewer.jit import prepare

            prepare(apart=True, order=settings.order)
            yield measure_corrected(table, corrections, settings, positions)

        job = Job("", work)
        job.on_value = lambda measured: self._fill(table, settings, cast("Measured", measured))
        job.on_error = self.failed.emit
        job.on_end = lambda: self._measured(job)
        self._measuring.append(job)
        self.jobs.start(job)

    def set_settings(self, settings: ExtractionSettings, table: Table | None) -> None:
        """Extract with other settings from now on; what a table knows by the old is forgotten."""
        self.stop()
        self._settings = settings
        if table is not None:
            table.shapes = None
            for name in FACT_NAMES & set(table.columns):
                table.forget(name)

    def start(self, table: Table) -> None:
        """Extract the facts of a table; work on another one, or the same, is stopped."""
        self.stop()
        settings, cache = self._settings, self._cache

        def work(job: Job) -> Iterator[object]:
            from viewer.jit import prepare

            prepare(apart=True, order=settings.order)
            yield from gather_facts(
                table,
                settings,
                jobs=max(1, (os.cpu_count() or 1) - 1),  # one core is the window's
                cache=cache,
                progress=job.report,
                cancelled=job.cancelled,
            )
            yield None

        job = Job(TITLE, work)
        job.on_value = lambda block: self._take(table, block)
        job.on_error = self.failed.emit
        job.on_end = lambda: self._ended(job)
        self._running = self.jobs.start(job)

    def stop(self) -> None:
        """Stop extracting; what is known stays known."""
        if self._running is not None:
            self._running.cancel()
            self._running = None
        self._timer.stop()

    def _take(self, table: Table, block: object) -> None:
        """Attach a block; None is behind the last one."""
        if block is not None:
            attach(table, cast("FactsBlock", block))
            if not self._timer.isActive():
                self._timer.start()
            return
        self._timer.stop()
        corrected = {} if self._corrections is None else self._corrections.digits()
        if len(positions := table.positions(corrected)):
            self.measure_again(table, positions)
        self.finished.emit()

    def _fill(self, table: Table, settings: ExtractionSettings, measured: Measured) -> None:
        """Fill what was measured anew, unless other settings are used by now."""
        from viewer.catalog.corrections.apply import fill_measured

        if settings == self._settings:
            fill_measured(table, measured)
            self.advanced.emit()

    def _measured(self, job: Job) -> None:
        self._measuring.remove(job)

    def _ended(self, job: Job) -> None:
        if self._running is job:
            self._running = None
