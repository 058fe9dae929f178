"""A lab on screen, over some digits of the sample."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.sample import open_sample
from viewer.gui.jobs import Jobs
from viewer.gui.lab import effect
from viewer.gui.lab.lab import LabDock
from viewer.gui.theme import light


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    assert made.close()


@pytest.fixture
def table() -> Table:
    """Return a table of 60 digits in two splits, and one split that is too large."""
    images = open_sample().splits["train"].images
    large = np.zeros((3, 65, 65), np.uint8)
    splits = {
        "train": Split("train", images[:40]),
        "large": Split("large", large),
        "test": Split("test", images[40:60]),
    }
    return Table(DigitSet("Set", "set", splits))


@pytest.fixture
def lab(qtbot: QtBot, jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> LabDock:
    """Return an empty lab on screen, its kernels ready, that counts at once."""
    monkeypatch.setattr(effect, "DELAY", 1)
    made = LabDock(light(), jobs)
    qtbot.addWidget(made)
    made.resize(400, 900)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: not jobs.running, timeout=60_000)
    return made
