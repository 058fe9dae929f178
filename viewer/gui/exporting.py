"""Exporting in the background, after the dialog."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QDialog, QWidget

from viewer.catalog.marks.marks import Marks
from viewer.catalog.pages import Page
from viewer.catalog.table import Table
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.gui.banner import Banner
from viewer.gui.export_dialog import ExportChoice, ExportDialog, Scope, describe_counts
from viewer.gui.jobs import Job, Jobs
from viewer.gui.settings import EXPORT_FOLDER, EXPORT_FORMAT, Settings

if TYPE_CHECKING:
    from viewer.catalog.corrections.corrections import Corrections


class Showing(Protocol):
    """What is asked of the browser."""

    @property
    def table(self) -> Table | None:
        """The digits of the open set."""

    @property
    def page(self) -> Page | None:
        """The page shown above the filter's digits."""

    def selected(self) -> NDArray[np.int64]:
        """Return the positions of the selected digits."""

    def shown(self) -> NDArray[np.int64]:
        """Return the positions of the digits shown."""


class Exporter:
    """Asks what to export and runs it; the banner says how it ended.

    Attributes
    ----------
    extraction : ExtractionSettings
        What the digits are extracted with.
    corrections : Corrections or None
        What stands in the place of computed sequences.
    """

    def __init__(self, jobs: Jobs, settings: Settings, banner: Banner) -> None:
        self._jobs = jobs
        self._settings = settings
        self._banner = banner
        self.extraction: ExtractionSettings = PUBLISHED
        self.corrections: Corrections | None = None

    def ask(self, browser: Showing, marks: Marks | None, parent: QWidget) -> None:
        """Open the dialog for what a browser shows; what was chosen runs when it closes."""
        table = browser.table
        if table is None:
            self._banner.show_note("Nothing is open to export. Open a set first.")
            return
        found = {
            "selection": browser.selected(),
            "shown": browser.shown(),
            "set": np.arange(len(table), dtype=np.int64),
        }
        scopes = [
            Scope(name, _words(name, len(positions), browser), count_splits(table, positions))
            for name, positions in found.items()
        ]
        folder = Path(self._settings.get(EXPORT_FOLDER) or Path.home())
        dialog = ExportDialog(
            scopes, folder / file_stem(table), self._settings.get(EXPORT_FORMAT), parent
        )

        def finished(result: int) -> None:
            dialog.deleteLater()
            if result == QDialog.DialogCode.Accepted:
                choice = dialog.choice()
                self.run(table, found[choice.scope], marks, choice)

        dialog.finished.connect(finished)
        dialog.open()

    def run(
        self,
        table: Table,
        positions: NDArray[np.int64],
        marks: Marks | None,
        choice: ExportChoice,
    ) -> Job:
        """Start an export; the choice's format and folder are remembered."""
        extraction, corrections = self.extraction, self.corrections
        unfit: list[int] = []
        self._settings.set(EXPORT_FORMAT, choice.format)
        self._settings.set(EXPORT_FOLDER, str(choice.target.absolute().parent))

        def work(job: Job) -> Iterator[object]:
            from viewer.export.run import export_digits

            yield export_digits(
                table.dataset,
                {split.name: indices for split, indices in table.by_split(positions)},
                format=choice.format,
                output=choice.target,
                marks=marks,
                corrections=corrections,
                on_corrected=lambda applied: unfit.append(applied.unfit),
                settings=extraction,
                overwrite=choice.overwrite,
                progress=job.report,
                cancelled=job.cancelled,
            )

        digits = "1 digit" if len(positions) == 1 else f"{len(positions):,} digits"
        counts = describe_counts(count_splits(table, positions))
        job = Job(f"Exporting {digits}", work)
        job.on_value = lambda path: self._banner.show_note(
            f"{digits} ({counts}) written: {path}{_unfit_words(sum(unfit))}"
        )
        job.on_error = lambda error: self._banner.show_error(error, "Export")
        return self._jobs.start(job)


def _unfit_words(count: int) -> str:
    """Return what is said of corrections that do not fit, "" where there are none."""
    if not count:
        return ""
    which = "1 correction does" if count == 1 else f"{count:,} corrections do"
    return f". {which} not fit these settings; the computed sequence was written."


def count_splits(table: Table, positions: NDArray[np.int64]) -> dict[str, int]:
    """Return how many of the digits are in each split, without splits that have none."""
    names = table.words("split")
    counts = np.bincount(table.values("split")[positions], minlength=len(names))
    return {name: int(n) for name, n in zip(names, counts, strict=True) if n}


def file_stem(table: Table) -> str:
    """Return a file name for exports of a set, without a suffix."""
    name = re.sub(r"[^a-z0-9]+", "-", table.dataset.name.lower()).strip("-")
    return f"{name or 'digits'}-strokes"


def _words(scope: str, count: int, browser: Showing) -> str:
    """Return a scope in words."""
    if scope == "selection":
        return f"{count:,} selected"
    if scope == "set":
        return f"all {count:,} of the set"
    return (
        f"all {count:,} on this page" if browser.page is not None else f"all {count:,} that match"
    )
