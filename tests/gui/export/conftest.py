"""A set to export of, what stands for the browser over it, and the dialog on both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from viewer.catalog.pages import Page
from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet
from viewer.datasets.source import open_source
from viewer.export.registry import formats
from viewer.gui.banner import Banner
from viewer.gui.export.choice import ExportChoice, Memory
from viewer.gui.export.dialog import ExportDialog
from viewer.gui.export.exporter import Exporter
from viewer.gui.export.scopes import Subject, find_scopes
from viewer.gui.jobs import Job, Jobs
from viewer.gui.opening import SAMPLE, OpenRequest
from viewer.gui.settings import EXPORT_FOLDER, Settings

FORMATS = tuple(formats())
FORMS = [
    (form.name, folder)
    for form in formats().values()
    for folder, writer in ((False, form.file), (True, form.folder))
    if writer is not None
]
"""Formats, each with whether it becomes a folder; those that are both are there twice."""


@dataclass
class Shown:
    """Stands for the browser."""

    table: Table | None
    chosen: list[int]
    rows: list[int]
    page: Page | None = None

    def selected(self) -> NDArray[np.int64]:
        return np.array(self.chosen, dtype=np.int64)

    def shown(self) -> NDArray[np.int64]:
        return np.array(self.rows, dtype=np.int64)


class Desk:
    """An exporter and what it works with."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.jobs = Jobs()
        self.settings = Settings(None)
        self.banner = Banner()
        self.exporter = Exporter(self.jobs, self.settings, self.banner)
        self.parents: list[QWidget] = []

    def run(self, positions: list[int], choice: ExportChoice) -> Job:
        return self.exporter.run(self.table, np.array(positions), None, choice)


@pytest.fixture
def table(digit_set: DigitSet) -> Table:
    return Table(digit_set)


@pytest.fixture(scope="session")
def sample() -> Table:
    return Table(open_source(SAMPLE))


@pytest.fixture
def desk(qtbot: QtBot, table: Table, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(table)
    qtbot.addWidget(made.banner)
    made.settings.set(EXPORT_FOLDER, str(tmp_path))
    yield made
    assert made.jobs.close()


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    assert made.close()


@pytest.fixture
def make_dialog(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> Callable[..., ExportDialog]:
    """Return a maker of dialogs that are shown: three digits selected, twelve shown."""

    def make(
        table: Table,
        *,
        memory: Memory | None = None,
        chosen: tuple[int, ...] = (63, 2, 0),
        shown: tuple[int, ...] = tuple(range(50, 62)),
        query: str = "",
        page: Page | None = None,
    ) -> ExportDialog:
        request = OpenRequest(table.dataset.source)
        subject = Subject(table, request=request, query=query)
        scopes = find_scopes(table, Shown(table, list(chosen), list(shown), page))
        memory = memory or Memory("npz", tmp_path)
        made = ExportDialog(subject, scopes, memory, "bars-strokes", jobs)
        qtbot.addWidget(made)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        return made

    return make


@pytest.fixture
def dialog(make_dialog: Callable[..., ExportDialog], table: Table) -> ExportDialog:
    return make_dialog(table)


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def settle(qtbot: QtBot, dialog: ExportDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.previewer.busy, timeout=30_000)
