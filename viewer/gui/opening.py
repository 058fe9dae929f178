"""Opening a set in the background."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viewer.catalog.table import Table
from viewer.gui.jobs import Job, Jobs

if TYPE_CHECKING:
    from viewer.catalog.corrections.corrections import Corrections
    from viewer.catalog.marks.marks import Marks

SAMPLE = "sample"


@dataclass(frozen=True)
class OpenRequest:
    """What is to be opened, and where to stand in it then.

    Parameters
    ----------
    source : str
        A folder, a file or ``sample``.
    labels : str, optional
        Extended labels of QMNIST, where they do not lie beside the images.
    sequences : str, optional
        Stroke sequences of the digits, taken as the true paths of the pen.
    digit : str, optional
        The digit to show, such as ``train:13``.
    where : str, optional
        The filter to start with.
    remembered : bool
        Whether it is what was open last time, so that a failure falls back to the sample.
    """

    source: str
    labels: str = ""
    digit: str = ""
    where: str = ""
    remembered: bool = False
    sequences: str = ""


@dataclass(frozen=True)
class OpenSet:
    """A set that is open, as the window works with it.

    Parameters
    ----------
    table : Table
        Its digits.
    marks : Marks
        What the user marked in it.
    corrections : Corrections
        The strokes that the user corrected in it.
    """

    table: Table
    marks: Marks
    corrections: Corrections


class Opener(QObject):
    """Opens one set at a time; a newer wish replaces an older one.

    `opened` is emitted with the request and the `OpenSet`, `failed` with the request and the
    error, `cancelled` when the user stopped it.
    """

    opened = Signal(object, object)
    failed = Signal(object, object)
    cancelled = Signal()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._running: Job | None = None

    def open(self, request: OpenRequest) -> None:
        """Start to open a set; the one on show stays until it is there."""
        if self._running is not None:
            self._running.cancel()

        def work(job: Job) -> Iterator[object]:
            from viewer.catalog.corrections.corrections import Corrections
            from viewer.catalog.marks.marks import Marks
            from viewer.datasets.fingerprint import fingerprint
            from viewer.datasets.source import open_source

            dataset = open_source(
                request.source,
                labels=request.labels or None,
                sequences=request.sequences or None,
                progress=job.report,
                cancelled=job.cancelled,
            )
            marks, corrections = Marks.open(fingerprint(dataset)), Corrections.open(dataset)
            yield OpenSet(Table(dataset), marks, corrections)

        job = Job(f"Opening {short_name(request.source)}", work)
        job.on_value = lambda opened: self.opened.emit(request, opened)
        job.on_error = lambda error: self.failed.emit(request, error)
        job.on_end = lambda: self._ended(job)
        self._running = self._jobs.start(job)

    def _ended(self, job: Job) -> None:
        if job is self._running and job.cancelled():
            self.cancelled.emit()


def short_name(source: str) -> str:
    """Return a source's last part, for menus and the status bar."""
    return "the sample" if source == SAMPLE else (Path(source).name or source)
