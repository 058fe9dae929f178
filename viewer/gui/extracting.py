"""Strokes for the digit on show, made in the background, newest wish first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.errors import UserError
from viewer.gui.jobs import Job, Jobs
from viewer.gui.kernels import loading, say_if_slow
from viewer.jit import USUAL, is_ready

if TYPE_CHECKING:
    from viewer.core.extract import Extraction

Key = tuple[str, int]
"""A digit's identity: split name and index."""

CAPACITY = 256


class ExtractionFeed(QObject):
    """Makes one extraction at a time, of the digit asked for last.

    `ready` is emitted with the key and its extraction, `failed` with the key and the error.
    Digits asked for while another is worked on replace each other, so that fast clicking
    and held keys never queue up.
    """

    ready = Signal(object, object)
    failed = Signal(object, object)

    def __init__(self, jobs: Jobs, settings: ExtractionSettings = PUBLISHED) -> None:
        super().__init__()
        self.jobs = jobs
        self._settings = settings
        self._made: OrderedDict[Key, Extraction] = OrderedDict()
        self._wanted: tuple[Key, NDArray[np.uint8]] | None = None
        self._running: Job | None = None
        self.prepared = False

    def prepare(self) -> None:
        """Load the compiled kernels, or compile them where this machine has none yet.

        Does nothing when called again.
        """
        if self.prepared or self._running is not None:
            return
        job = loading((USUAL,))
        job.on_error = lambda error: self.failed.emit(None, error)
        job.on_end = self._prepared
        self._running = self.jobs.start(job)
        say_if_slow(self.jobs, job)

    def request(self, key: Key, image: NDArray[np.uint8]) -> None:
        """Ask for the extraction of a digit; what was asked for before is dropped."""
        if key in self._made:
            self._wanted = None
            self._made.move_to_end(key)
            self.ready.emit(key, self._made[key])
            return
        self._wanted = (key, image)
        self._next()

    def extract(self, image: NDArray[np.uint8], level: int | None) -> Extraction:
        """Extract a digit here and now, which takes a tenth of a millisecond.

        Parameters
        ----------
        image : ndarray of uint8, shape (M, N)
            One that was extracted before.
        level : int, optional
            Level to threshold at, 0 to 255, in the place of the rule's own.
        """
        from viewer.core.extract import extract

        return extract(image, self._settings, level=level)

    @property
    def settings(self) -> ExtractionSettings:
        """What digits are extracted with."""
        return self._settings

    def set_settings(self, settings: ExtractionSettings) -> None:
        """Extract with other settings from now on; what was made is dropped."""
        self._settings = settings
        self.forget()

    def forget(self) -> None:
        """Drop everything made and asked for, since another set is shown."""
        self._made.clear()
        self._wanted = None
        if self.prepared and self._running is not None:
            self._running.cancel()

    def _next(self) -> None:
        """Start on the wanted digit unless a worker is busy."""
        if self._running is not None or self._wanted is None:
            return
        key, image = self._wanted
        self._wanted = None
        settings = self._settings

        def work(_job: Job) -> Iterator[object]:
            from viewer.jit import prepare

            prepare(apart=True, order=settings.order)
            from viewer.core.extract import extract

            try:
                yield extract(image, settings)
            except ValueError as error:
                raise UserError(f"digit {key[0]}:{key[1]} has no strokes: {error}") from error

        job = Job("", work)
        job.on_value = lambda made: self._keep(key, made)
        job.on_error = lambda error: self.failed.emit(key, error)
        job.on_end = self._ended
        self._running = self.jobs.start(job)
        if not is_ready(settings.order):
            say_if_slow(self.jobs, job)

    def _keep(self, key: Key, made: object) -> None:
        """Remember an extraction and show it where nothing newer is wanted."""
        self._made[key] = cast("Extraction", made)
        while len(self._made) > CAPACITY:
            self._made.popitem(last=False)
        if self._wanted is not None and self._wanted[0] == key:
            self._wanted = None
        self.ready.emit(key, made)

    def _prepared(self) -> None:
        self.prepared = True
        self._ended()

    def _ended(self) -> None:
        self._running = None
        self._next()
