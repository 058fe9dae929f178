"""The browser's rows of the table of actions."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from viewer.gui.actions import check
from viewer.gui.browser.browser import Browser


def test_names_and_keys_are_one_of_a_kind(browser: Browser) -> None:
    table = check(browser.actions_table())
    assert all(spec.help for spec in table)
    assert [spec.name for spec in table if spec.checked] == ["cell-source"]


@pytest.mark.parametrize(("name", "title"), [("writer", "Writer 2100"), ("classes", "Class sheet")])
def test_pages_are_actions(qtbot: QtBot, browser: Browser, name: str, title: str) -> None:
    actions = {spec.name: spec for spec in browser.actions_table()}
    with qtbot.waitSignal(browser.page_changed):
        actions[name].slot()
    assert browser.header.title.text() == title
    actions["page-back"].slot()
    assert browser.page is None


def test_cells_and_captions_are_actions(browser: Browser) -> None:
    actions = {spec.name: spec for spec in browser.actions_table()}
    actions["cell-strokes"].slot(True)
    assert browser.cell == "strokes"
    actions["caption-next"].slot()
    assert browser.caption == "split"
    actions["caption-previous"].slot()
    actions["caption-previous"].slot()
    assert browser.caption == "writer"
    actions["caption-none"].slot()
    assert browser.caption == ""
