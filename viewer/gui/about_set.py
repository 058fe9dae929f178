"""The dialog about the set that is open; its figures are counted in the background."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from viewer.catalog.about import AboutSet, about
from viewer.catalog.table import Table
from viewer.gui.about_page import MARGIN, AboutPage
from viewer.gui.jobs import Job, Jobs
from viewer.gui.theme import Theme


class AboutSetDialog(QDialog):
    """Says what is known about a set; the figures are counted in the background.

    Parameters
    ----------
    table : Table
        The set's digits.
    theme : Theme
        Colours; `set_theme` changes them while it is on screen.
    jobs : Jobs
        Where the counting is done.
    parent : QWidget, optional
        The window, which can be used on.

    Attributes
    ----------
    digit_chosen : Signal
        The position of a digit to go to.
    filled : Signal
        The page holds the figures.
    """

    digit_chosen = Signal(int)
    filled = Signal()

    def __init__(
        self, table: Table, theme: Theme, jobs: Jobs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"About {table.dataset.name}")
        self.setModal(False)
        self._citation = ""
        self.page = AboutPage(table, theme, self)
        self.copy_citation = self._button(
            "Copy &citation", "Copy the publication to cite to the clipboard"
        )
        self.copy_page = self._button("Copy &page", "Copy all words and tables to the clipboard")
        self.leave = self._button("Close", "Close this page (Esc)")
        self.copy_citation.clicked.connect(lambda: _copy(self._citation))
        self.copy_page.clicked.connect(lambda: _copy(self.page.text()))
        self.leave.clicked.connect(self.close)
        self.page.digit_chosen.connect(self.digit_chosen)
        self._lay_out()
        self.set_theme(theme)
        self._job = self._count(table, jobs)

    def _button(self, text: str, help_text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(help_text)
        button.setAccessibleName(text.replace("&", ""))
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        self.copy_citation.setEnabled(False)
        self.copy_page.setEnabled(False)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(MARGIN, 0, MARGIN, 8)
        buttons.setSpacing(8)
        buttons.addWidget(self.copy_citation)
        buttons.addWidget(self.copy_page)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.page, 1)
        column.addLayout(buttons)
        self.resize(800, 720)

    def _count(self, table: Table, jobs: Jobs) -> Job:
        def work(_job: Job) -> Iterator[object]:
            yield about(table)

        job = Job("", work)
        job.on_value = lambda made: self._fill(cast("AboutSet", made))
        job.on_error = lambda error: self.page.setPlainText(f"Counting failed: {error}")
        self.destroyed.connect(job.cancel)
        return jobs.start(job)

    def _fill(self, about_set: AboutSet) -> None:
        self._citation = about_set.family.citation if about_set.family else ""
        self.copy_citation.setEnabled(bool(self._citation))
        self.copy_page.setEnabled(True)
        self.page.show_about(about_set)
        self.filled.emit()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.page.set_theme(theme)


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
