"""The slider to scrub with: it follows the hand, tells of the mouse, and shows a mark."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from viewer.gui.inspector.scrub_slider import ScrubSlider

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def slider(qtbot: QtBot) -> ScrubSlider:
    made = ScrubSlider()
    qtbot.addWidget(made)
    made.setRange(0, 100)
    made.resize(320, 24)
    made.show()
    qtbot.waitExposed(made)
    return made


def at(slider: ScrubSlider, value: int) -> QPoint:
    return QPoint(round(slider.place(value)), slider.height() // 2)


@pytest.mark.parametrize("value", [0, 1, 37, 99, 100])
def test_a_value_is_found_again_at_its_place(slider: ScrubSlider, value: int) -> None:
    assert slider.value_at(slider.place(value)) == value


def test_pointing_tells_the_value_and_moves_nothing(slider: ScrubSlider) -> None:
    told: list[int] = []
    slider.pointed.connect(told.append)
    slider.setValue(50)
    for value in (20, 80):
        QTest.mouseMove(slider, at(slider, value))
    QApplication.sendEvent(slider, QEvent(QEvent.Type.Leave))
    assert told == [20, 80, -1]
    assert slider.value() == 50


def test_a_press_and_a_drag_move_it_and_tell_where(slider: ScrubSlider) -> None:
    told: list[int] = []
    slider.pointed.connect(told.append)
    QTest.mousePress(slider, LEFT, pos=at(slider, 30))
    assert slider.value() == 30
    QTest.mouseMove(slider, at(slider, 60))
    assert (slider.value(), told) == (60, [60])
    QTest.mouseMove(slider, QPoint(900, 12))
    QTest.mouseRelease(slider, LEFT, pos=QPoint(900, 12))
    assert slider.value() == 100
    QTest.mouseMove(slider, at(slider, 10))
    assert slider.value() == 100


def test_a_mark_is_drawn_above_its_value(slider: ScrubSlider) -> None:
    color = slider.palette().color(QPalette.ColorRole.WindowText).rgb()

    def marked() -> list[int]:
        image = slider.grab().toImage()
        ratio = image.devicePixelRatio()
        return [x for x in range(slider.width()) if image.pixel(int(x * ratio), 1) == color]

    assert marked() == []
    for value in (25, 75):
        slider.set_mark(value)
        places = marked()
        assert sum(places) / len(places) == pytest.approx(slider.place(value), abs=1)
    assert slider.mark == 75
    slider.set_mark(None)
    assert marked() == []
