"""The settings in use, A, and those tried, B, on one digit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from viewer.core.settings import PUBLISHED, ExtractionSettings, preset_name
from viewer.gui.inspector.labels import FittingLabel
from viewer.gui.inspector.thinning_legend import Entry, Legend
from viewer.gui.jobs import Job, Jobs
from viewer.gui.kernels import loading
from viewer.gui.lab.form import OWN
from viewer.gui.lab.pair import Pair
from viewer.gui.lab.parting import Parting, compare
from viewer.gui.lab.parting_marks import ONLY_A, ONLY_B, PARTS
from viewer.gui.theme import Theme

FRAME = 16
"""Milliseconds between two looks at the digit while settings change."""
PREPARING = "The strokes are being prepared"
NO_DIGIT = "No digit to show"


class Trial(QWidget):
    """Extracts a digit under both settings, as often as a frame, and shows what differs.

    Nothing is extracted while it cannot be seen.

    Parameters
    ----------
    theme : Theme
        Colours.
    jobs : Jobs
        Where the kernels are loaded before the first digit.
    """

    def __init__(self, theme: Theme, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("The digit under A and B")
        self._jobs = jobs
        self._settings = (PUBLISHED, PUBLISHED)
        self._image: NDArray[np.uint8] | None = None
        self._prepared: set[str] = set()
        self._preparing: Job | None = None
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.setInterval(FRAME)
        self._frame.timeout.connect(self._look)
        self.name = FittingLabel(self)
        self.pair = Pair(theme, self)
        self.legend = Legend(theme, self)
        self.words = FittingLabel(self, lines=2)
        self.words.setAccessibleName("Differences of the digit")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.name, self.pair, self.legend, self.words):
            column.addWidget(part)
        self.set_theme(theme)

    def show_digit(self, image: NDArray[np.uint8] | None, name: str) -> None:
        """Show another digit, None where there is none."""
        self._image = image
        self.name.set_text(name)
        self._look_soon()

    def set_settings(self, used: ExtractionSettings, tried: ExtractionSettings) -> None:
        """Extract with other settings, A and B."""
        self._settings = (used, tried)
        for side, settings in zip(self.pair.sides, self._settings, strict=True):
            side.name_settings(preset_name(settings) or OWN)
        self._look_soon()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.pair.set_theme(theme)
        self.legend.set_theme(theme)
        self.name.set_color(theme.muted)
        self.words.set_color(theme.text)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def _look_soon(self) -> None:
        """Look at the digit within a frame, however often it is asked for."""
        if not self._frame.isActive():
            self._frame.start()

    def _look(self) -> None:
        """Extract the digit under both settings, which takes a fraction of a millisecond."""
        if not self.isVisible():
            return
        if self._image is None or self._missing:
            self._say_nothing(NO_DIGIT if self._image is None else PREPARING)
            self._prepare()
            return
        from viewer.core.extract import extract

        try:
            a, b = (extract(self._image, settings) for settings in self._settings)
        except ValueError as error:
            self._say_nothing(f"No strokes: {error}.")
            return
        parting = compare(a, b)
        self.pair.show_both(a, b, parting)
        self.words.set_text(parting.words)
        self.legend.show_entries(_signs(parting))

    def _say_nothing(self, message: str) -> None:
        self.pair.show_nothing(message)
        self.words.set_text("")
        self.legend.show_entries(())

    @property
    def _missing(self) -> set[str]:
        """The orders of A and B whose kernels are not loaded yet."""
        return {settings.order for settings in self._settings} - self._prepared

    def _prepare(self) -> None:
        """Have the kernels loaded by a worker before a digit is looked at with them."""
        wanted = self._missing
        if not wanted or self._preparing is not None:
            return
        job = loading(sorted(wanted))
        job.on_value = lambda _value: self._prepared.update(wanted)
        job.on_end = lambda: self._ready(wanted)
        job.on_error = lambda error: self._say_nothing(f"No strokes: {error}.")
        self._preparing = self._jobs.start(job)

    def _ready(self, wanted: set[str]) -> None:
        self._preparing = None
        if wanted <= self._prepared:
            self._look_soon()


def _signs(parting: Parting) -> list[Entry]:
    """Return what the marks on the boards mean, of those that are there."""
    signs = []
    if parting.only_a.any():
        signs.append(Entry("square", ONLY_A, "only in A"))
    if parting.only_b.any():
        signs.append(Entry("square", ONLY_B, "only in B"))
    if parting.place is not None:
        signs.append(Entry("diamond", PARTS, "orders part"))
    return signs
