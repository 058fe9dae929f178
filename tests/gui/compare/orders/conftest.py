"""The orders of a digit on screen."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from tests.gui.compare.conftest import put_on_screen
from viewer.gui.compare.item import CompareItem
from viewer.gui.compare.orders.view import OrdersView
from viewer.gui.compare.orders.work import Path
from viewer.gui.jobs import Jobs
from viewer.gui.theme import light

ShowDigit = Callable[..., None]

TRUTH: Path = (
    np.array([(4.0, 14.0), (20.25, 14.0)]),
    np.array([(12.0, 6.0), (12.0, 14.0), (12.0, 22.5)]),
)
"""A plus: the upright from the top, then the bar from the left."""


def draw_plus() -> NDArray[np.uint8]:
    """Return a plus of one pixel wide strokes."""
    image = np.zeros((28, 28), np.uint8)
    image[4:21, 14] = 255
    image[12, 6:23] = 255
    return image


def draw_bar(column: int = 14) -> NDArray[np.uint8]:
    """Return one upright stroke."""
    image = np.zeros((28, 28), np.uint8)
    image[5:20, column] = 255
    return image


def make_digit(image: NDArray[np.uint8], position: int = 3) -> CompareItem:
    return CompareItem(position, f"train:{position}", "class 4", image)


@pytest.fixture
def orders(qtbot: QtBot, jobs: Jobs) -> OrdersView:
    return put_on_screen(qtbot, OrdersView(light(), jobs))


@pytest.fixture
def show_digit(qtbot: QtBot, orders: OrdersView) -> ShowDigit:
    """Return what shows a digit and waits for all that is found out about it."""

    def show(image: NDArray[np.uint8], path: Path | None = None, position: int = 3) -> None:
        orders.show_digit(make_digit(image, position), path)
        qtbot.waitUntil(lambda: not orders.preparing, timeout=120_000)

    return show
