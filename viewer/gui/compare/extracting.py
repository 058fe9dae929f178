"""Strokes of the digits that are compared, made in the background."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from PySide6.QtCore import QObject, Signal

from viewer.core.settings import ExtractionSettings
from viewer.gui.compare.item import CompareItem
from viewer.gui.jobs import Job, Jobs


class Extracting(QObject):
    """Extracts some digits, one after the other; only the last wish is answered.

    Attributes
    ----------
    made : Signal
        A `CompareItem` and its `Extraction`.
    refused : Signal
        A `CompareItem` and why it has no strokes, as a sentence.
    ended : Signal
        Every digit was made or refused.
    """

    made = Signal(object, object)
    refused = Signal(object, str)
    ended = Signal()

    def __init__(
        self, jobs: Jobs, settings: ExtractionSettings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._settings = settings
        self._job: Job | None = None

    def set_settings(self, settings: ExtractionSettings) -> None:
        """Extract with other settings from the next start on."""
        self._settings = settings

    @property
    def busy(self) -> bool:
        """Whether digits are still to come."""
        return self._job is not None

    def start(self, items: Sequence[CompareItem]) -> None:
        """Extract digits; what was asked for before is dropped."""
        if self._job is not None:
            self._job.cancel()
        wanted = tuple(items)
        settings = self._settings

        def work(job: Job) -> Iterator[object]:
            from viewer.jit import prepare

            prepare(apart=True, order=settings.order)
            from viewer.core.extract import extract

            for item in wanted:
                if job.cancelled():
                    return
                try:
                    yield item, extract(item.image, settings)
                except ValueError as error:
                    yield item, f"No strokes: {error}."

        job = Job("", work)
        job.on_value = self._deliver
        job.on_error = lambda error: self._fail(wanted, error)
        job.on_end = lambda: self._end(job)
        self._job = self._jobs.start(job)

    def _deliver(self, value: object) -> None:
        item, found = cast("tuple[CompareItem, object]", value)
        if isinstance(found, str):
            self.refused.emit(item, found)
        else:
            self.made.emit(item, found)

    def _fail(self, items: Sequence[CompareItem], error: Exception) -> None:
        """Say on every digit why nothing could be extracted."""
        for item in items:
            self.refused.emit(item, f"No strokes: {error}")

    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.ended.emit()
