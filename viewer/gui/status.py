"""The bar at the bottom: what is open, what is selected, what is being done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from viewer.core.settings import (
    FIELDS,
    PUBLISHED,
    ExtractionSettings,
    difference,
    preset_name,
)
from viewer.datasets.digits import DigitSet
from viewer.gui.jobs import Job, Jobs
from viewer.gui.opening import SAMPLE

SECONDS = 4
"""How long a few words stand in the bar."""


class StatusBar(QStatusBar):
    """Shows the set, the selection, the settings and the newest job, which it can cancel.

    `settings_wanted` is emitted when the settings are clicked.
    """

    settings_wanted = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._shown: Job | None = None
        self.setSizeGripEnabled(False)
        self.setContentsMargins(0, 0, 8, 0)
        self.set_label = self._label("Set", "The set that is open")
        self.selection_label = self._label("Selection", "Digits selected in the browser")
        self.addWidget(self.set_label)
        self.addWidget(self.selection_label)
        self.settings_button = QPushButton("published settings")
        self.settings_button.setFlat(True)
        self.settings_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.settings_button.setAccessibleName("Settings of the extraction")
        self.settings_button.clicked.connect(self.settings_wanted)
        self.job_label = self._label("Work", "What is being done in the background")
        self.progress = QProgressBar()
        self.progress.setFixedSize(128, 12)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Progress")
        self.progress.setToolTip("How far the work is")
        self.cancel_button = QPushButton("Cancel")
        self.cancel_button.setFlat(True)
        self.cancel_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cancel_button.setAccessibleName("Cancel the work")
        self.cancel_button.setToolTip("Stop; it can be started again")
        self.cancel_button.clicked.connect(self._cancel)
        for widget in (self.job_label, self.progress, self.cancel_button, self.settings_button):
            self.addPermanentWidget(widget)
        jobs.changed.connect(self.refresh)
        self.show_settings(PUBLISHED)
        self.refresh()

    def show_set(self, dataset: DigitSet) -> None:
        """Say what is open; what is to be known about it is the tool tip."""
        digits = "synthetic digits" if dataset.source == SAMPLE else "digits"
        self.set_label.setText(f"{dataset.name}   {len(dataset):,} {digits}")
        self.set_label.setToolTip("\n".join((dataset.source, *dataset.notes)))

    def show_selection(self, count: int) -> None:
        """Say how many digits are selected."""
        self.selection_label.setText(f"{count:,} selected" if count else "")

    def show_settings(self, settings: ExtractionSettings) -> None:
        """Say what digits are extracted with."""
        changed = difference(settings)
        name = preset_name(settings)
        self.settings_button.setText(f"{name or 'own'} settings")
        values = [
            f"{field.title}: {field.in_words(changed[field.name])}"
            for field in FIELDS
            if field.name in changed
        ]
        told = values or ["Strokes are extracted as for the published data set"]
        self.settings_button.setToolTip("\n".join((*told, "Click for the settings lab")))

    def say(self, text: str) -> None:
        """Say a few words for some seconds."""
        self.showMessage(text, SECONDS * 1000)

    def refresh(self) -> None:
        """Show the newest job that has a title; jobs without one are too short to show."""
        titled = [job for job in self._jobs.running if job.title and not job.cancelled()]
        self._shown = titled[-1] if titled else None
        for widget in (self.job_label, self.progress, self.cancel_button):
            widget.setVisible(self._shown is not None)
        if self._shown is None:
            return
        done, total = self._shown.done, self._shown.total
        share = f"  {100 * done // total} %" if total else ""
        self.job_label.setText(self._shown.title + share)
        self.progress.setRange(0, max(total, 0))
        self.progress.setValue(done)
        self.cancel_button.setVisible(self._shown.can_cancel)

    def _cancel(self) -> None:
        if self._shown is not None:
            self._shown.cancel()
            self.refresh()

    def _label(self, name: str, tip: str) -> QLabel:
        label = QLabel()
        label.setAccessibleName(name)
        label.setToolTip(tip)
        label.setContentsMargins(8, 0, 8, 0)
        return label
