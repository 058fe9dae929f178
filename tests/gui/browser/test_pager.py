"""Pages made in the background; the last one asked for counts."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from viewer.catalog.pages import Page
from viewer.catalog.table import Table
from viewer.errors import UserError
from viewer.gui.browser import pager as module
from viewer.gui.browser.pager import Pager
from viewer.gui.jobs import Jobs


def test_a_page_replaces_one_that_is_still_made(
    qtbot: QtBot, table: Table, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slow(_table: Table, writer: int) -> Page:
        if writer == 1:
            assert go_on.wait(10)
        return Page("writer", str(writer), "", np.empty(0, np.int64))

    monkeypatch.setattr(module, "writer_page", slow)
    pager = Pager(jobs)
    made: list[str] = []
    pager.made.connect(lambda page: made.append(page.title))
    pager.writer(table, 1)
    pager.writer(table, 2)
    qtbot.waitUntil(lambda: made == ["2"])
    go_on.set()
    qtbot.waitUntil(lambda: not jobs.running)
    assert made == ["2"]


def test_a_page_given_up_never_comes(qtbot: QtBot, table: Table, jobs: Jobs) -> None:
    pager = Pager(jobs)
    with qtbot.assertNotEmitted(pager.made):
        pager.classes(table, np.arange(85))
        pager.cancel()
        qtbot.waitUntil(lambda: not jobs.running)


def test_each_sheet_draws_others(
    qtbot: QtBot, table: Table, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PER_CLASS", 3)
    pager, drawn = Pager(jobs), []
    for _turn in range(2):
        with qtbot.waitSignal(pager.made) as made:
            pager.classes(table, np.arange(85))
        assert made.args is not None
        drawn.append(made.args[0].positions.tolist())
    assert drawn[0] != drawn[1]


def test_what_is_wrong_is_told(qtbot: QtBot, table: Table, jobs: Jobs) -> None:
    pager = Pager(jobs)
    with qtbot.waitSignal(pager.failed) as failed:
        pager.odd(table, np.arange(85))
    assert failed.args is not None
    assert isinstance(failed.args[0], UserError)
