"""A small table, and a browser on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet
from viewer.gui.browser.browser import Browser
from viewer.gui.jobs import Jobs
from viewer.gui.theme import light


@pytest.fixture
def table(digit_set: DigitSet) -> Table:
    """Return 60 digits of train and 25 of test; digit i of a split is of class i % 10."""
    return Table(digit_set)


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    assert made.close()


@pytest.fixture
def browser(qtbot: QtBot, table: Table, jobs: Jobs) -> Browser:
    made = Browser(light(), jobs)
    qtbot.addWidget(made)
    made.resize(360, 500)
    made.show()
    made.set_table(table)
    return made
