"""A table with all kinds of columns, and a filter over it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import make_split
from viewer.catalog.columns import FACTS, MARKS
from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet
from viewer.gui.filter.filter import Filter
from viewer.gui.jobs import Jobs

COLUMNS = {column.name: column for column in (*FACTS, *MARKS)}


@pytest.fixture
def table() -> Table:
    """Return 85 digits; ``strokes`` is 1 to 3, ``points`` 20 to 104, unknown of the last 5."""
    splits = {"train": make_split("train", 60), "test": make_split("test", 25)}
    made = Table(DigitSet("Bars", "bars", splits))
    made.fill(COLUMNS["strokes"], 0, (np.arange(80) % 3 + 1).astype(np.uint8))
    made.fill(COLUMNS["points"], 0, (20 + np.arange(80)).astype(np.int16))
    made.fill(COLUMNS["slant"], 0, np.linspace(-40, 40, 80).astype(np.float32))
    made.add(COLUMNS["favourite"], np.arange(85) % 17 == 0)
    made.add(
        COLUMNS["colour"], (np.arange(85) % 5 == 1).astype(np.uint8), words=("none", "red", "green")
    )
    return made


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    assert made.close()


@pytest.fixture
def digits(jobs: Jobs) -> Filter:
    """Return a filter without a table."""
    return Filter(jobs)
