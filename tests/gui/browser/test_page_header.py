"""The line above a page."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from viewer.catalog.pages import Page
from viewer.gui.browser.page_header import PageHeader

NOTHING = np.empty(0, np.int64)


@pytest.fixture
def header(qtbot: QtBot) -> PageHeader:
    made = PageHeader()
    qtbot.addWidget(made)
    return made


def test_without_a_page_it_is_away(header: PageHeader) -> None:
    assert header.isHidden()
    header.show_page(Page("odd", "Odd <b>ones</b>", "of each", NOTHING))
    assert not header.isHidden()
    assert header.title.text() == "Odd <b>ones</b>"
    assert header.subtitle.text() == "of each"
    assert header.previous.isHidden()
    header.show_page(None)
    assert header.isHidden()


def test_writers_have_neighbours(qtbot: QtBot, header: PageHeader) -> None:
    header.show_page(Page("writer", "Writer 3", "", NOTHING, previous=None, next="5"))
    assert not header.previous.isHidden()
    assert not header.previous.isEnabled()
    assert header.next.accessibleName() == "Next writer, 5"
    with qtbot.waitSignal(header.turned) as turned:
        header.next.click()
    assert turned.args == [1]
    with qtbot.waitSignal(header.back_wanted):
        header.back.click()


def test_every_button_has_a_name_and_a_tip(header: PageHeader) -> None:
    for button in (header.back, header.previous, header.next):
        assert button.accessibleName()
        assert button.toolTip()
