"""An inspector on screen that holds a digit of two strokes."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.inspector.boards import METADATA
from tests.gui.inspector.digits import TWO_STROKES, draw
from viewer.core.extract import Extraction
from viewer.gui.inspector.inspector import Inspector
from viewer.gui.theme import light


@pytest.fixture
def digit() -> Extraction:
    return draw(TWO_STROKES)


@pytest.fixture
def inspector(qtbot: QtBot, digit: Extraction) -> Inspector:
    """Return an inspector on screen, a digit of two strokes at its end."""
    made = Inspector(light())
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.set_autoplay(False)
    made.show()
    qtbot.waitExposed(made)
    made.show_digit(digit, "train:13", METADATA)
    return made
