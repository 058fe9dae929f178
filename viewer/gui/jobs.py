"""Background work: generators run by a pool, their values delivered on the GUI thread.

Strategy: every job of the program speaks through one emitter that lives as long as the
window. An emitter a job would own could vanish while its signals are queued, and they
would be lost without a word. Cancelling sets a flag; delivery checks it, so that nothing
arrives after a cancel.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from viewer.errors import Cancelled, UserError

LOG = logging.getLogger(__name__)
PATIENCE = 2000
"""Milliseconds that closing waits for jobs to end."""
REPORT_SECONDS = 1 / 30


def _nothing(_job: Job) -> Iterator[object]:
    """Do no work."""
    return iter(())


class Job:
    """One piece of background work.

    Parameters
    ----------
    title : str
        Words for the status bar, such as ``Opening mnist``; "" for work too short to show.
    work : callable
        Takes the job, runs on a worker and yields values (arrays, never pixmaps).
    can_cancel : bool
        Whether the user is offered to cancel it.
    """

    def __init__(
        self, title: str, work: Callable[[Job], Iterator[object]], *, can_cancel: bool = True
    ) -> None:
        self.title = title
        self.work = work
        self.can_cancel = can_cancel
        self.done = 0
        self.total = 0
        self._cancelled = False
        self._emit: Callable[[Job, str, object], None] = lambda _job, _kind, _value: None
        self._reported = 0.0
        self.on_value: Callable[[object], None] = lambda _value: None
        self.on_error: Callable[[Exception], None] = lambda _error: None
        self.on_end: Callable[[], None] = lambda: None

    def release(self) -> None:
        """Let go of what the work and its owner needed: they refer to the job in a circle."""
        self.work = _nothing
        self.on_value = lambda _value: None
        self.on_error = lambda _error: None
        self.on_end = lambda: None
        self._emit = lambda _job, _kind, _value: None

    def cancel(self) -> None:
        """Ask the job to stop; nothing of it is delivered from now on but its end."""
        self._cancelled = True

    def cancelled(self) -> bool:
        """Tell whether the job was asked to stop."""
        return self._cancelled

    def report(self, done: int, total: int) -> None:
        """Pass on progress, called by the work; at most some thirty times a second."""
        now = time.monotonic()
        if now - self._reported >= REPORT_SECONDS or done >= total:
            self._reported = now
            self._emit(self, "progress", (done, total))

    def run(self, emit: Callable[[Job, str, object], None]) -> None:
        """Run the work to its end on the calling thread."""
        self._emit = emit
        try:
            for value in self.work(self):
                if self._cancelled:
                    break
                emit(self, "value", value)
        except Cancelled:
            self._cancelled = True
        except Exception as error:
            emit(self, "error", error)
        finally:
            emit(self, "end", None)


class Jobs(QObject):
    """The pool and the one emitter that all jobs speak through.

    `changed` is emitted when a job starts, reports or ends.
    """

    changed = Signal()
    _arrived = Signal(object, str, object)

    def __init__(self) -> None:
        super().__init__()
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(4)
        self._running: list[Job] = []
        self._closed = False
        self._arrived.connect(self._deliver)

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs that have not ended, oldest first."""
        return tuple(self._running)

    def start(self, job: Job) -> Job:
        """Start a job; after `stop` it is taken as cancelled."""
        if self._closed:
            job.cancel()
            return job
        self._running.append(job)
        self._pool.start(lambda: job.run(self._arrived.emit))
        self.changed.emit()
        return job

    def stop(self) -> None:
        """Cancel all jobs for good; nothing is delivered or started from now on."""
        self._closed = True
        for job in self._running:
            job.cancel()
        self._pool.clear()

    def close(self) -> bool:
        """Stop, and wait a moment; return whether every worker has ended."""
        self.stop()
        return self.wait(PATIENCE)

    def wait(self, milliseconds: int = -1) -> bool:
        """Wait until every worker has ended, at most some time; return whether they have."""
        return self._pool.waitForDone(milliseconds)

    @Slot(object, str, object)
    def _deliver(self, job: Job, kind: str, value: object) -> None:
        """Hand what a worker sent to the job's owner."""
        if kind == "end":
            self._running.remove(job)
            if not self._closed:
                job.on_end()
                self.changed.emit()
            job.release()
            return
        if job.cancelled():
            return
        if kind == "value":
            job.on_value(value)
        elif kind == "error" and isinstance(value, Exception):
            if not isinstance(value, UserError):
                LOG.error("%s failed", job.title, exc_info=value)
            job.on_error(value)
        elif kind == "progress" and isinstance(value, tuple):
            job.done, job.total = value
            self.changed.emit()
