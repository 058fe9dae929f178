"""Exporting in the background, after the dialog."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QDialog, QWidget

from viewer.datasets.digits import DigitSet
from viewer.gui.banner import Banner
from viewer.gui.browser.browser import Browser
from viewer.gui.export_dialog import ExportChoice, ExportDialog
from viewer.gui.jobs import Job, Jobs
from viewer.gui.settings import EXPORT_FOLDER, EXPORT_FORMAT, Settings


class Exporter:
    """Asks what to export and runs it; the banner says how it ended."""

    def __init__(self, jobs: Jobs, settings: Settings, banner: Banner) -> None:
        self._jobs = jobs
        self._settings = settings
        self._banner = banner

    def ask(self, browser: Browser, parent: QWidget) -> None:
        """Open the dialog for what a browser shows; what was chosen runs when it closes."""
        dataset, split = browser.dataset, browser.split
        if dataset is None or split is None:
            self._banner.show_note("Nothing is open to export. Open a set first.")
            return
        selected, shown = browser.selected(), browser.model.indices
        dialog = ExportDialog(
            split.name,
            len(selected),
            len(shown),
            Path(self._settings.get(EXPORT_FOLDER) or Path.home()),
            self._settings.get(EXPORT_FORMAT),
            parent,
        )

        def finished(result: int) -> None:
            dialog.deleteLater()
            if result == QDialog.DialogCode.Accepted:
                choice = dialog.choice()
                self.run(dataset, split.name, shown if choice.all_shown else selected, choice)

        dialog.finished.connect(finished)
        dialog.open()

    def run(
        self, dataset: DigitSet, split: str, indices: NDArray[np.int64], choice: ExportChoice
    ) -> Job:
        """Start an export; the choice's format and folder are remembered."""
        self._settings.set(EXPORT_FORMAT, choice.format)
        self._settings.set(EXPORT_FOLDER, str(choice.target.absolute().parent))

        def work(job: Job) -> Iterator[object]:
            from viewer.export.run import export_digits

            yield export_digits(
                dataset,
                split,
                indices,
                format=choice.format,
                output=choice.target,
                overwrite=choice.overwrite,
                progress=job.report,
                cancelled=job.cancelled,
            )

        job = Job(f"Exporting {len(indices):,} digits", work)
        digits = "1 digit" if len(indices) == 1 else f"{len(indices):,} digits"
        job.on_value = lambda path: self._banner.show_note(f"{digits} of {split} written: {path}")
        job.on_error = lambda error: self._banner.show_error(error, "Export")
        return self._jobs.start(job)
