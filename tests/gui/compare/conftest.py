"""A comparison on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from viewer.gui.compare.compare import CompareView
from viewer.gui.compare.item import CompareItem
from viewer.gui.compare.side_by_side import SideBySide
from viewer.gui.jobs import Jobs
from viewer.gui.theme import light

Show = Callable[[Sequence[CompareItem]], None]
View = TypeVar("View", bound=SideBySide)


def make_item(position: int, *, bars: int = 1, side: int = 28) -> CompareItem:
    """Return an item of some upright bars, the longer the higher its position."""
    image = np.zeros((side, side), np.uint8)
    for bar in range(bars):
        image[4 : side - 14 + position, 4 + 6 * bar : 7 + 6 * bar] = 255
    return CompareItem(position, f"train:{position}", f"class {position}", image)


def make_items(count: int) -> list[CompareItem]:
    return [make_item(position, bars=1 + position % 3) for position in range(count)]


def put_on_screen(qtbot: QtBot, made: View) -> View:
    """Return an empty view, on screen by now, that does not play by itself."""
    qtbot.addWidget(made)
    made.autoplay = False
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitActive(made)
    return made


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    assert made.close()


@pytest.fixture
def view(qtbot: QtBot, jobs: Jobs) -> CompareView:
    return put_on_screen(qtbot, CompareView(light(), jobs))


@pytest.fixture
def show(qtbot: QtBot, view: CompareView) -> Show:
    """Return what shows items and waits for their strokes."""

    def show_items(items: Sequence[CompareItem]) -> None:
        view.show_digits(items)
        qtbot.waitUntil(lambda: not view.preparing, timeout=30_000)

    return show_items
