"""Undo and redo over two parts: the newest change of either."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from viewer.gui.actions import check
from viewer.gui.history import STEPS, History


class Writer(QObject):
    """A part that writes its changes into a common list."""

    made = Signal()

    def __init__(self, name: str, page: list[str], limit: int = STEPS) -> None:
        super().__init__()
        self._name = name
        self._page = page
        self._limit = limit
        self.done: list[str] = []
        self.undone: list[str] = []

    @property
    def can_undo(self) -> bool:
        return bool(self.done)

    @property
    def can_redo(self) -> bool:
        return bool(self.undone)

    def write(self) -> None:
        word = f"{self._name}{len(self.done) + 1}"
        self.done = [*self.done, word][-self._limit :]
        self.undone.clear()
        self._page.append(word)
        self.made.emit()

    def undo(self) -> None:
        self.undone.append(self.done.pop())
        self._page.remove(self.undone[-1])

    def redo(self) -> None:
        self.done.append(self.undone.pop())
        self._page.append(self.done[-1])

    def forget_undone(self) -> None:
        self.undone.clear()


class Desk:
    """Two parts that write a page, and their history."""

    def __init__(self) -> None:
        self.page: list[str] = []
        self.a = Writer("a", self.page)
        self.b = Writer("b", self.page, limit=2)
        self.history = History(self.a, self.b)
        self.said: list[str] = []
        self.history.said.connect(self.said.append)

    def trigger(self, *names: str) -> None:
        slots = {spec.name: spec.slot for spec in check(self.history.actions_table())}
        for name in names:
            slots[name]()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk()


def test_the_keys(desk: Desk) -> None:
    keys = {spec.name: spec.shortcut for spec in desk.history.actions_table()}
    assert keys == {"undo": "Ctrl+Z", "redo": "Ctrl+Shift+Z"}


def test_the_newest_change_of_either_goes_first(desk: Desk) -> None:
    for part in (desk.a, desk.b, desk.a):
        part.write()
    assert desk.page == ["a1", "b1", "a2"]
    desk.trigger("undo")
    assert desk.page == ["a1", "b1"]
    desk.trigger("undo")
    assert desk.page == ["a1"]
    desk.trigger("redo", "redo")
    assert desk.page == ["a1", "b1", "a2"]
    desk.trigger("undo", "undo", "undo")
    assert desk.page == []
    assert desk.said == []


def test_nothing_left_is_said(desk: Desk) -> None:
    desk.trigger("undo", "redo")
    assert desk.said == ["There is nothing to undo", "There is nothing to redo"]
    assert not desk.history.can_undo
    desk.a.write()
    assert desk.history.can_undo
    desk.trigger("undo")
    assert desk.history.can_redo
    assert len(desk.said) == 2


def test_a_new_change_clears_what_was_undone_of_both(desk: Desk) -> None:
    desk.a.write()
    desk.trigger("undo")
    desk.b.write()
    assert not desk.a.can_redo
    assert not desk.history.can_redo
    desk.trigger("redo")
    assert desk.page == ["b1"]
    assert desk.said == ["There is nothing to redo"]


def test_changes_that_a_part_no_longer_holds_are_passed_over(desk: Desk) -> None:
    desk.a.write()
    for _ in range(3):
        desk.b.write()
    desk.trigger("undo", "undo", "undo")
    assert desk.a.done == []
    assert desk.b.done == []
    assert desk.said == []


def test_another_set_has_no_history(desk: Desk) -> None:
    desk.a.write()
    desk.b.write()
    desk.trigger("undo")
    desk.history.forget()
    desk.trigger("undo", "redo")
    assert desk.page == ["a1"]
    assert len(desk.said) == 2
