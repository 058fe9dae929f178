"""Makes pages in the background, the one asked for last."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from viewer.catalog.pages import Page, class_sheet, odd_page, similar_page, writer_of, writer_page
from viewer.catalog.table import Table
from viewer.gui.jobs import Job, Jobs

PER_CLASS = 30
"""Digits of a class on a class sheet and among the odd ones."""
SIMILAR = 59
"""Digits on a page beside the one they are like."""


class Pager(QObject):
    """Makes one page at a time.

    `made` is emitted with the page, `failed` with the error. A page asked for while
    another is made replaces it.
    """

    made = Signal(object)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._running: Job | None = None
        self._seed = 0

    def cancel(self) -> None:
        """Give up the page that is being made."""
        if self._running is not None:
            self._running.cancel()

    def writer(self, table: Table, writer: int) -> None:
        """Make the page of a writer."""
        self._make(lambda: writer_page(table, writer))

    def writer_of(self, table: Table, position: int) -> None:
        """Make the page of the writer of a digit."""

        def make() -> Page:
            return writer_page(table, writer_of(table, position))

        self._make(make)

    def classes(self, table: Table, positions: NDArray[np.int64]) -> None:
        """Make a sheet of classes; each one draws other digits."""
        seed, self._seed = self._seed, self._seed + 1
        self._make(lambda: class_sheet(table, positions, PER_CLASS, seed))

    def similar(self, table: Table, position: int) -> None:
        """Make the page of digits like one."""
        self._make(lambda: similar_page(table, position, SIMILAR), kernels=True)

    def odd(self, table: Table, positions: NDArray[np.int64]) -> None:
        """Make the page of the odd ones out."""
        self._make(lambda: odd_page(table, positions, PER_CLASS))

    def _make(self, make: Callable[[], Page], *, kernels: bool = False) -> None:
        self.cancel()

        def work(_job: Job) -> Iterator[object]:
            if kernels:
                from viewer.jit import prepare

                prepare(apart=True)
            yield make()

        job = Job("", work)
        job.on_value = self.made.emit
        job.on_error = self.failed.emit
        self._running = self._jobs.start(job)
