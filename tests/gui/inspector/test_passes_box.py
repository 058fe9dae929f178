"""The choice of passes by mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from viewer.gui.inspector.passes_box import PassesBox, passes_words

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def box(qtbot: QtBot) -> PassesBox:
    made = PassesBox()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def chosen(box: PassesBox) -> list[int | None]:
    """Return what is chosen; each choice is obeyed, as the window does."""
    made: list[int | None] = []

    def obey(passes: int | None) -> None:
        made.append(passes)
        box.show_passes(passes)

    box.passes_chosen.connect(obey)
    return made


def texts(box: PassesBox) -> list[str]:
    return [box.itemText(index) for index in range(box.count())]


def test_it_starts_as_published(box: PassesBox) -> None:
    assert texts(box) == [
        "1 pass",
        "2 passes (published)",
        "3 passes",
        "4 passes",
        "until nothing changes",
    ]
    assert box.currentText() == "2 passes (published)"
    assert box.shown == "2 passes"
    assert box.accessibleName()
    assert "Ctrl+P" in box.toolTip()


@pytest.fixture
def eager(qapp: QApplication) -> Iterator[None]:
    """Let a list take the second of two clicks that come soon after each other."""
    before = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(1)
    yield
    qapp.setDoubleClickInterval(before)


@pytest.mark.usefixtures("eager")
def test_a_click_in_the_list_chooses(
    box: PassesBox, chosen: list[int | None], qtbot: QtBot
) -> None:
    view = box.view()
    for index in (4, 0, 0):
        QTest.mouseClick(box, LEFT, pos=box.rect().center())
        qtbot.wait(10)
        place = view.visualRect(view.model().index(index, 0)).center()
        QTest.mouseMove(view.viewport(), place)
        QTest.mouseClick(view.viewport(), LEFT, pos=place)
        qtbot.waitUntil(lambda: not view.isVisible())
    assert chosen == [None, 1]
    assert box.passes == 1
    assert box.currentText() == "1 pass"


def test_arrow_keys_choose(box: PassesBox, chosen: list[int | None]) -> None:
    box.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(box, key)
    assert chosen == [3, 4, None, 4]


def test_the_next_one_follows_the_last(box: PassesBox, chosen: list[int | None]) -> None:
    for _ in range(6):
        box.choose_next()
    assert chosen == [3, 4, None, 1, 2, 3]


def test_a_choice_that_nobody_obeys_is_not_shown(box: PassesBox) -> None:
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == "2 passes (published)"
    assert box.passes == 2


def test_a_number_in_use_is_offered_while_it_is(
    box: PassesBox, chosen: list[int | None], qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(box.passes_chosen):
        box.show_passes(7)
    assert texts(box)[4:] == ["7 passes", "until nothing changes"]
    assert box.currentText() == "7 passes"
    box.choose_next()
    assert chosen == [None]
    assert texts(box)[4:] == ["until nothing changes"]
    box.show_passes(0)
    assert texts(box)[0] == box.currentText() == "0 passes"


def test_a_wheel_that_passes_changes_nothing(box: PassesBox, chosen: list[int | None]) -> None:
    place = QPointF(box.rect().center())
    wheel = QWheelEvent(
        place, box.mapToGlobal(place), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, wheel)
    assert chosen == []
    assert box.passes == 2


def test_narrow_it_says_the_number_alone(box: PassesBox) -> None:
    box.resize(box.minimumSizeHint())
    assert box.shown == "2"
    box.show_passes(None)
    assert box.shown == "all"
    box.resize(box.sizeHint())
    assert box.shown == "to the end"
    assert passes_words(None) == "until nothing changes"
    assert not box.grab().isNull()
