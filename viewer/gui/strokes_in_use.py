"""What strokes are made with: the settings and corrections in use, the same for every part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from viewer.catalog.corrections.corrections import Corrections
from viewer.catalog.table import Table
from viewer.core.settings import ExtractionSettings

if TYPE_CHECKING:
    from viewer.core.extract import Extraction
    from viewer.gui.window import MainWindow


class StrokesInUse(QObject):
    """Gives every part of a window the same settings and corrections.

    `changed` is emitted when the strokes of all digits are others, `corrected` with the
    position of a digit whose correction is another.
    """

    changed = Signal()
    corrected = Signal(int)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.correcting.changed.connect(self._correction_changed)
        window.inspector.passes_chosen.connect(self._use_passes)
        window.stage.compare.correct = self._correct

    @property
    def settings(self) -> ExtractionSettings:
        """The settings in use."""
        return self._window.feed.settings

    def use_settings(self, settings: ExtractionSettings) -> None:
        """Extract with other settings from now on, everywhere."""
        window = self._window
        if settings == self.settings:
            return
        for part in (window.feed, window.browser, window.stage):
            part.set_settings(settings)
        window.facts.set_settings(settings, window.table)
        window.exporter.extraction = settings
        window.lab.set_used(settings)
        window.inspector.tools.thinning.show_passes(settings.thinning_passes)
        window.status.show_settings(settings)
        self.changed.emit()

    def _use_passes(self, passes: int | None) -> None:
        """Thin all digits by another number of passes."""
        self.use_settings(replace(self.settings, thinning_passes=passes))

    def set_corrections(self, corrections: Corrections, table: Table) -> None:
        """Honour the corrections of a set that was opened."""
        window = self._window
        window.correcting.set_corrections(corrections, table)
        window.exporter.corrections = corrections
        window.facts.set_corrections(corrections)
        window.browser.set_corrections(corrections)

    def _correction_changed(self, position: int) -> None:
        """Show the strokes of a digit that was corrected wherever they are shown or measured."""
        window = self._window
        if window.table is not None:
            window.facts.measure_again(window.table, np.array([position], dtype=np.int64))
        window.browser.digit_corrected(position)
        self.corrected.emit(position)

    def _correct(self, position: int, extraction: Extraction) -> Extraction:
        """Return an extraction of the digit at a position with its correction."""
        window = self._window
        if window.table is None:
            return extraction
        split, index = window.table.locate(position)
        return window.correcting.apply(extraction, split.name, index)
