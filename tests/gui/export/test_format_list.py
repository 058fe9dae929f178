"""Formats are listed by kind, and chosen by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.export.conftest import FORMATS
from viewer.export.format import Format
from viewer.export.registry import formats
from viewer.gui.export.format_list import (
    EXTRAS,
    KINDS,
    NAME,
    FormatList,
    is_missing,
    kind_of,
    meaning_of,
)


@pytest.fixture
def listed(qtbot: QtBot) -> FormatList:
    made = FormatList(formats().values())
    qtbot.addWidget(made)
    made.choose("npz")
    made.show()
    return made


def test_every_format_is_there_once_below_its_kind(listed: FormatList) -> None:
    kind, found = "", {}
    for row in range(listed.count()):
        item = listed.item(row)
        if item.data(NAME) is None:
            kind = item.text()
        else:
            found[item.data(NAME)] = kind
            form = formats()[item.data(NAME)]
            assert item.text().strip() == form.title
            assert meaning_of(form) in item.toolTip()
    assert sorted(found) == sorted(FORMATS)
    assert found == {name: kind_of(form) for name, form in formats().items()}
    assert tuple(dict.fromkeys(found.values())) == KINDS
    assert {found[name] for name in ("npz", "csv", "inkml", "identifiers")} == {"Sequences"}
    assert {found[name] for name in ("gif", "png")} == {"Pictures"}


def test_arrows_pass_over_the_kinds(listed: FormatList) -> None:
    told: list[Format] = []
    listed.chosen_changed.connect(told.append)
    for _ in range(len(FORMATS) + 3):
        QTest.keyClick(listed, Qt.Key.Key_Down)
    assert len({form.name for form in told}) == len(FORMATS) - 1
    QTest.keyClick(listed, Qt.Key.Key_Home)
    assert listed.chosen.name == "npz"


def test_an_unknown_format_gives_way_to_the_first(listed: FormatList) -> None:
    listed.choose("png")
    listed.choose("none")
    assert listed.chosen.name == "npz"


def test_every_title_has_room(listed: FormatList) -> None:
    room = listed.viewport().width()
    for form in formats().values():
        assert listed.fontMetrics().horizontalAdvance(f"  {form.title}") + 8 <= room


def test_a_sentence_ends_once() -> None:
    for form in formats().values():
        assert meaning_of(form).endswith(".")
        assert not meaning_of(form).endswith("..")


def test_the_module_of_every_extra_is_known() -> None:
    for form in formats().values():
        assert not form.needs or form.needs in EXTRAS
        assert not is_missing(form)
