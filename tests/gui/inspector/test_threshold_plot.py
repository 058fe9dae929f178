"""The threshold's plot by mouse, wheel and keys."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from viewer.core.extract import extract
from viewer.core.settings import ExtractionSettings
from viewer.gui.actions import check
from viewer.gui.inspector.cursor import Spot
from viewer.gui.inspector.level_commands import actions_table
from viewer.gui.inspector.level_curves import beside
from viewer.gui.inspector.threshold_plot import ThresholdPlot
from viewer.gui.theme import dark, light

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
AUTOMATIC = 75


def picture() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return two blots with a bridge of 100 between them, which level 100 breaks."""
    image = np.zeros((9, 12), np.uint8)
    image[2:7, 1:5] = image[2:7, 7:11] = 220
    image[4, 5:7] = 100
    return image


class Owner:
    """Answers as the inspector does, at once or when told to."""

    def __init__(self, plot: ThresholdPlot, *, slow: bool = False) -> None:
        self.plot, self.slow = plot, slow
        self.said: list[int | None] = []
        plot.level_chosen.connect(self._answer)
        plot.level_reset.connect(lambda: self._answer(None))

    def _answer(self, level: int | None) -> None:
        self.said.append(level)
        if not self.slow:
            self.plot.show_digit(extract(picture(), level=level))


@pytest.fixture
def plot(qtbot: QtBot) -> Iterator[ThresholdPlot]:
    """Yield a plot on screen, in a window of its own, at the automatic level."""
    page = QWidget()
    qtbot.addWidget(page)
    made = ThresholdPlot(light(), page)
    layout = QVBoxLayout(page)
    layout.addWidget(made)
    page.resize(420, 180)
    page.show()
    qtbot.waitExposed(page)
    made.show_digit(extract(picture()))
    assert made.level == AUTOMATIC
    yield made
    page.close()


def at(plot: ThresholdPlot, level: int) -> QPoint:
    spot = plot.place(level)
    return QPoint(int(spot.x()), int(spot.y()))


def colors(plot: ThresholdPlot, level: int) -> set[str]:
    """Return the colours of the pixels around the middle of a level's line."""
    image: QImage = plot.grab().toImage()
    spot = plot.place(level) * image.devicePixelRatio()
    places = range(int(spot.x()) - 1, int(spot.x()) + 2)
    return {image.pixelColor(x, int(spot.y())).name() for x in places}


def turn(plot: ThresholdPlot, angle: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    place = QPointF(plot.rect().center())
    event = QWheelEvent(
        place, plot.mapToGlobal(place), QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton,
        modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(plot, event)


def focus(qtbot: QtBot, plot: ThresholdPlot) -> None:
    plot.window().activateWindow()
    qtbot.waitActive(plot.window())
    plot.setFocus()
    assert plot.hasFocus()


def test_the_line_follows_the_mouse_and_tells_where_it_ends(plot: ThresholdPlot) -> None:
    owner = Owner(plot)
    QTest.mousePress(plot, LEFT, pos=at(plot, 60))
    assert owner.said == [60]
    for level in (90, 120, 150):
        QTest.mouseMove(plot, at(plot, level))
        assert plot.level == level
    QTest.mouseRelease(plot, LEFT, pos=at(plot, 150))
    assert owner.said[-1] == plot.level == 150
    told = len(owner.said)
    QTest.mouseMove(plot, at(plot, 30))
    assert (plot.level, len(owner.said)) == (150, told)


def test_levels_of_one_frame_are_told_once(qtbot: QtBot, plot: ThresholdPlot) -> None:
    owner = Owner(plot)
    focus(qtbot, plot)
    for _ in range(5):
        QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.level == AUTOMATIC + 5
    assert owner.said[0] == AUTOMATIC + 1
    assert len(owner.said) < 5
    qtbot.waitUntil(lambda: owner.said[-1] == AUTOMATIC + 5)
    told = len(owner.said)
    qtbot.wait(60)
    assert len(owner.said) == told


def test_the_line_stays_in_the_hand_while_older_answers_arrive(
    qtbot: QtBot, plot: ThresholdPlot
) -> None:
    owner = Owner(plot, slow=True)
    QTest.mousePress(plot, LEFT, pos=at(plot, 60))
    QTest.mouseMove(plot, at(plot, 90))
    plot.show_digit(extract(picture(), level=60))
    assert plot.level == 90
    QTest.mouseRelease(plot, LEFT, pos=at(plot, 90))
    assert owner.said == [60, 90]
    plot.show_digit(extract(picture(), level=60))
    assert plot.level == 90
    plot.show_digit(extract(picture(), level=90))
    plot.show_digit(extract(picture(), level=40))
    assert plot.level == 40


def test_keys_move_by_one_and_with_shift_by_a_rung(qtbot: QtBot, plot: ThresholdPlot) -> None:
    Owner(plot)
    focus(qtbot, plot)
    QTest.keyClick(plot, Qt.Key.Key_Left)
    assert plot.level == AUTOMATIC - 1
    QTest.keyClick(plot, Qt.Key.Key_Right, SHIFT)
    assert plot.level == AUTOMATIC + 24
    for _ in range(12):
        QTest.keyClick(plot, Qt.Key.Key_Left, SHIFT)
    assert plot.level == 0
    for _ in range(12):
        QTest.keyClick(plot, Qt.Key.Key_Right, SHIFT)
    assert plot.level == 255


def test_its_keys_go_before_the_shortcuts_of_the_window(qtbot: QtBot, plot: ThresholdPlot) -> None:
    stolen: list[str] = []
    for key in ("Left", "Esc", "Alt+Left"):
        shortcut = QShortcut(key, plot.window())
        shortcut.activated.connect(lambda key=key: stolen.append(key))
    Owner(plot)
    focus(qtbot, plot)
    QTest.keyClick(plot, Qt.Key.Key_Left)
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    assert (stolen, plot.level) == ([], AUTOMATIC)
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    QTest.keyClick(plot, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert stolen == ["Esc", "Alt+Left"]
    plot.show_nothing()
    QTest.keyClick(plot, Qt.Key.Key_Left)
    assert stolen == ["Esc", "Alt+Left", "Left"]


def test_the_wheel_turns_by_whole_notches(plot: ThresholdPlot) -> None:
    Owner(plot)
    turn(plot, 60)
    assert plot.level == AUTOMATIC
    turn(plot, 60)
    assert plot.level == AUTOMATIC + 1
    turn(plot, -240)
    assert plot.level == AUTOMATIC - 1
    turn(plot, 120, SHIFT)
    assert plot.level == AUTOMATIC + 24


@pytest.mark.parametrize("way", ["button", "escape", "double click", "action"])
def test_every_way_back_to_the_automatic_level(qtbot: QtBot, plot: ThresholdPlot, way: str) -> None:
    owner = Owner(plot)
    assert not plot.button.isEnabled()
    plot.reset()
    assert owner.said == []
    focus(qtbot, plot)
    plot.change(40)
    assert plot.button.isEnabled()
    if way == "button":
        QTest.mouseClick(plot.button, LEFT)
    elif way == "escape":
        QTest.keyClick(plot, Qt.Key.Key_Escape)
    elif way == "double click":
        QTest.mouseDClick(plot, LEFT, pos=at(plot, AUTOMATIC + 40))
    else:
        actions_table(plot)[2].slot()
    assert owner.said[-1] is None
    assert plot.level == AUTOMATIC
    assert not plot.button.isEnabled()
    qtbot.wait(60)
    assert owner.said[-1] is None


def test_the_button_hands_its_focus_on(qtbot: QtBot, plot: ThresholdPlot) -> None:
    Owner(plot)
    after = QLineEdit(plot.window())
    after.show()
    focus(qtbot, plot)
    plot.change(9)
    plot.button.setFocus()
    QTest.keyClick(plot.button, Qt.Key.Key_Space)
    assert plot.level == AUTOMATIC
    assert plot.hasFocus()


def test_another_digit_or_other_settings_end_what_the_hand_did(
    qtbot: QtBot, plot: ThresholdPlot
) -> None:
    owner = Owner(plot, slow=True)
    QTest.mousePress(plot, LEFT, pos=at(plot, 60))
    QTest.mouseMove(plot, at(plot, 90))
    coarse = ExtractionSettings(threshold_step=50)
    plot.show_digit(extract(picture(), coarse))
    assert plot.level == 50
    QTest.mouseMove(plot, at(plot, 200))
    assert plot.level == 50
    plot.change(7)
    plot.show_digit(extract(picture() // 2, coarse))
    assert plot.level == 0
    qtbot.wait(60)
    assert owner.said == [60, 57]


def test_the_line_is_drawn_where_the_level_is(plot: ThresholdPlot) -> None:
    accent = QColor(light().accent).name()
    assert accent in colors(plot, AUTOMATIC)
    assert accent not in colors(plot, 160)
    plot.show_digit(extract(picture(), level=160))
    assert accent in colors(plot, 160)
    plot.set_theme(dark())
    assert QColor(dark().accent).name() in colors(plot, 160)
    plot.show_nothing()
    assert plot.place(160) == QPointF()


def test_what_is_shown_is_told_in_words(plot: ThresholdPlot) -> None:
    Owner(plot)
    assert plot.accessibleName()
    assert plot.toolTip()
    assert plot.button.accessibleName()
    assert "75" in plot.button.toolTip()
    assert plot.accessibleDescription() == (
        "level 75: the automatic choice. "
        "Above level 75: 42 pixels, 1 4-connected part, 1 8-connected part."
    )
    plot.change(25)
    assert plot.accessibleDescription() == (
        "level 100: 25 above the automatic 75. "
        "Above level 100: 40 pixels, 2 4-connected parts, 2 8-connected parts."
    )
    plot.show_nothing()
    assert plot.accessibleDescription() == ""


@pytest.mark.parametrize("width", [120, 144, 200, 900])
@pytest.mark.parametrize(
    ("image", "step", "level"),
    [
        (np.zeros((28, 28), np.uint8), 25, None),
        (np.full((1, 1), 255, np.uint8), 25, None),
        (picture(), 1, None),
        (picture(), 200, 255),
    ],
    ids=["blank", "one pixel", "every level", "nothing left"],
)
def test_odd_digits_are_painted_at_any_width(
    plot: ThresholdPlot, image: np.ndarray, step: int, level: int | None, width: int
) -> None:
    plot.resize(width, plot.sizeHint().height())
    plot.show_digit(extract(image, ExtractionSettings(threshold_step=step), level=level))
    grabbed: QImage = plot.grab().toImage()
    shown = {grabbed.pixelColor(x, y).name() for x in range(grabbed.width()) for y in (30, 31, 32)}
    assert QColor(light().muted).name() in shown


def test_its_actions_move_the_line_and_share_no_key(plot: ThresholdPlot) -> None:
    Owner(plot)
    lower, higher, automatic = check(actions_table(plot))
    higher.slot()
    higher.slot()
    lower.slot()
    assert plot.level == AUTOMATIC + 1
    automatic.slot()
    assert plot.level == AUTOMATIC


def under(plot: ThresholdPlot, level: int) -> set[str]:
    """Return the colours right below the ground, around a level's place."""
    image: QImage = plot.grab().toImage()
    assert plot._curves is not None
    spot = QPointF(plot.place(level).x(), plot._curves.field.rect.bottom() + 3)
    place = spot * image.devicePixelRatio()
    return {image.pixelColor(int(place.x()) + off, int(place.y())).name() for off in (-1, 0, 1)}


def test_the_grey_value_of_the_pixel_pointed_at_is_ticked(plot: ThresholdPlot) -> None:
    text = QColor(light().text).name()
    before = plot.grab().toImage()
    for value in (143, 220, 0):
        plot.show_spot(Spot(0, 0, value))
        assert plot.pixel == value
        assert text in under(plot, value)
    assert text not in under(plot, 143)
    plot.show_spot(None)
    assert plot.grab().toImage() == before
    assert plot.level == AUTOMATIC


@pytest.mark.parametrize(
    ("left", "goes"), [(50, 50), (90, 72), (115, 128), (0, 0), (160, 160), (128, 128)]
)
def test_a_number_makes_way_for_the_levels(left: float, goes: float) -> None:
    number = beside(QRectF(left, 0, 20, 12), QRectF(100, 0, 20, 12), 180)
    assert number.left() == goes
    assert number.width() == 20


def test_a_number_without_room_stays() -> None:
    box = QRectF(10, 0, 20, 12)
    assert beside(box, QRectF(8, 0, 20, 12), 40) == box


def test_a_pixel_pointed_at_is_painted_at_any_width(plot: ThresholdPlot) -> None:
    for width in (120, 144, 420):
        plot.resize(width, plot.sizeHint().height())
        before = plot.grab().toImage()
        for value in (0, AUTOMATIC, AUTOMATIC + 3, 255):
            plot.show_spot(Spot(0, 0, value))
            assert plot.grab().toImage() != before
        plot.show_spot(None)
