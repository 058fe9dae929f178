"""Exporting in the background, after the dialog."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QDialog, QWidget

from viewer.catalog.table import Table
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.gui.banner import Banner
from viewer.gui.export.scopes import (
    Positions,
    Showing,
    Subject,
    count_splits,
    describe_counts,
    describe_digits,
    file_stem,
    find_scopes,
)
from viewer.gui.jobs import Job, Jobs
from viewer.gui.opening import OpenRequest
from viewer.gui.settings import Settings

if TYPE_CHECKING:
    from viewer.catalog.corrections.corrections import Corrections
    from viewer.catalog.marks.marks import Marks
    from viewer.export.run import Exported
    from viewer.gui.export.choice import ExportChoice


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

    def ask(
        self,
        browser: Showing,
        marks: Marks | None,
        parent: QWidget,
        request: OpenRequest | None = None,
        query: str = "",
    ) -> None:
        """Open the dialog for what a browser shows; what was chosen runs when it closes.

        Parameters
        ----------
        browser : Showing
        marks : Marks or None
            The user's marks, which are written with the digits.
        parent : QWidget
            The window.
        request : OpenRequest or None
            How the set was opened.
        query : str
            The filter.
        """
        from viewer.gui.export.choice import recall
        from viewer.gui.export.dialog import ExportDialog

        table = browser.table
        if table is None:
            self._banner.show_note("Nothing is open to export. Open a set first.")
            return
        subject = Subject(table, marks, self.corrections, self.extraction, request, query)
        scopes = find_scopes(table, browser)
        memory = recall(self._settings)
        dialog = ExportDialog(subject, scopes, memory, file_stem(table), self._jobs, parent)

        def finished(result: int) -> None:
            dialog.deleteLater()
            if result == QDialog.DialogCode.Accepted:
                self.run(table, dialog.scope.positions, marks, dialog.choice())

        dialog.finished.connect(finished)
        dialog.open()

    def run(
        self, table: Table, positions: Positions, marks: Marks | None, choice: ExportChoice
    ) -> Job:
        """Start an export; what was chosen is remembered."""
        from viewer.export.registry import find_format
        from viewer.gui.export.choice import remember

        form = find_format(choice.format)
        remember(self._settings, choice, form)
        subject = Subject(table, marks, self.corrections, self.extraction)

        def work(job: Job) -> Iterator[object]:
            from viewer.choosing import count_cores
            from viewer.export.run import export_digits
            from viewer.gui.export.sample import Wish
            from viewer.gui.export.workers import working

            told: list[Exported] = []
            jobs = count_cores()
            folder = form.is_folder(choice.target)
            wish = Wish(subject, positions, form, form.complete(choice.options), folder)
            with working(wish, jobs) as executor:
                export_digits(
                    table.dataset,
                    subject.by_split(positions),
                    format=form.name,
                    output=choice.target,
                    options=choice.options,
                    marks=marks,
                    corrections=subject.corrections,
                    settings=subject.settings,
                    jobs=jobs,
                    executor=executor,
                    overwrite=choice.overwrite,
                    manifest=choice.manifest,
                    progress=job.report,
                    cancelled=job.cancelled,
                    on_done=told.append,
                )
            yield from told

        digits = describe_digits(len(positions))
        counts = describe_counts(count_splits(table, positions))
        written = f"{digits} ({counts}) written: {choice.target}"
        job = Job(f"Exporting {digits}", work)
        job.on_value = lambda done: self._banner.show_note(
            written + _describe(cast("Exported", done))
        )
        job.on_error = lambda error: self._banner.show_error(error, "Export")
        return self._jobs.start(job)


def _describe(done: Exported) -> str:
    """Return what is said of an export beyond where it is, "" if there is nothing to say."""
    words = ""
    if done.resumed:
        were = "1 was" if done.resumed == 1 else f"{done.resumed:,} were"
        words += f" ({were} already done by an interrupted export)"
    if done.unfit:
        which = "1 correction does" if done.unfit == 1 else f"{done.unfit:,} corrections do"
        words += f". {which} not fit these settings; the computed sequence was written."
    return words
