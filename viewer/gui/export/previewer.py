"""Previews made in the background, one at a time; a newer wish replaces an older one."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal

from viewer.gui.export.sample import Estimate, Preview, Wish, preview
from viewer.gui.jobs import Job, Jobs

PAUSE = 150
"""Milliseconds without another wish after which one is worked on."""


class Previewer(QObject):
    """Works on the last wish; nothing comes of those before it.

    `checked` is emitted with why a format has no room for the digits, "" where it does,
    `made` with the `Preview`, `estimated` with the `Estimate`, `failed` with a defect.
    """

    checked = Signal(str)
    made = Signal(object)
    estimated = Signal(object)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._wish: Wish | None = None
        self._running: Job | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._next)

    @property
    def busy(self) -> bool:
        """Whether something is still to come."""
        return self._wish is not None or self._running is not None

    def ask(self, wish: Wish | None) -> None:
        """Wish for a preview; None takes back what was wished for."""
        self._wish = wish
        if self._running is not None:
            self._running.cancel()
        if wish is None:
            self._timer.stop()
        else:
            self._timer.start()

    def stop(self) -> None:
        """Deliver nothing from now on, so that this object may go."""
        self.ask(None)
        if self._running is not None:
            self._running.on_end = lambda: None
            self._running = None

    def _next(self) -> None:
        """Start on the wish unless a worker is busy or it may still be replaced."""
        wish = self._wish
        if wish is None or self._running is not None or self._timer.isActive():
            return
        self._wish = None
        job = Job("", lambda job: preview(job, wish))
        job.on_value = self._deliver
        job.on_error = self.failed.emit
        job.on_end = self._ended
        self._running = job
        self._jobs.start(job)

    def _deliver(self, value: object) -> None:
        if isinstance(value, str):
            self.checked.emit(value)
        elif isinstance(value, Preview):
            self.made.emit(value)
        else:
            self.estimated.emit(cast("Estimate", value))

    def _ended(self) -> None:
        self._running = None
        self._next()
