"""A picture for each stroke: pointing scrubs, a click stays, keys go from end to end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QColor, QHelpEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QToolTip
from pytestqt.qtbot import QtBot

from tests.gui.inspector.digits import blank, dense, draw
from tests.gui.inspector.strips import point_at, show_strip
from viewer.core.extract import Extraction
from viewer.gui.inspector.cursor import Spot
from viewer.gui.inspector.film_picture import EDGE
from viewer.gui.inspector.filmstrip import HEIGHT, SMALLEST, Filmstrip
from viewer.gui.theme import OKABE_ITO, dark, light

LEFT = Qt.MouseButton.LeftButton
THREE_STROKES = """
    ..........
    .abcdef...
    ..........
    .ghijkl...
    ..........
    ..........
    .mnopqr...
    ..........
    ..........
    ..........
"""


@pytest.fixture
def strip(qtbot: QtBot, digit: Extraction) -> Filmstrip:
    return show_strip(qtbot, digit)


def record(strip: Filmstrip) -> list[object]:
    """Return a list that everything the strip says is added to."""
    said: list[object] = []
    strip.scrubbed.connect(said.append)
    strip.left.connect(lambda: said.append("left"))
    strip.chosen.connect(lambda position: said.append(("chosen", position)))
    return said


def turn(strip: Filmstrip, angle: int) -> bool:
    """Turn the wheel above a strip; tell whether it was taken."""
    place = QPointF(30, 30)
    wheel = QWheelEvent(
        place,
        strip.viewport().mapToGlobal(place),
        QPoint(0, 0),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(strip.viewport(), wheel)
    return wheel.isAccepted()


def colors(image: QImage, strip: Filmstrip, stroke: int) -> set[str]:
    """Return the colours in a picture."""
    ratio = image.devicePixelRatio()
    place = strip.place(stroke)
    return {
        image.pixelColor(round(x * ratio), round(y * ratio)).name()
        for x in range(place.left(), place.right() + 1)
        for y in range(place.height())
    }


def dim(color: str) -> str:
    """Return a colour half way to paper."""
    own, paper = QColor(color).getRgb(), QColor(light().paper).getRgb()
    assert isinstance(own, tuple)
    assert isinstance(paper, tuple)
    return QColor(*(round((a + b) / 2) for a, b in zip(own, paper, strict=True))).name()


def test_each_picture_adds_a_stroke(strip: Filmstrip) -> None:
    strip.show_strokes(draw(THREE_STROKES))
    assert strip.count == 3
    image = strip.viewport().grab().toImage()
    for picture in range(3):
        found = colors(image, strip, picture)
        bright = {QColor(color).name() for color in OKABE_ITO[:3]} & found
        assert bright == {OKABE_ITO[picture]}
        earlier = {dim(color) for color in OKABE_ITO[:3]} & found
        assert earlier == {dim(color) for color in OKABE_ITO[:picture]}


def test_the_picture_of_the_pen_is_marked(strip: Filmstrip) -> None:
    theme = light()
    for position, marked in ((0.0, []), (1.0, [0]), (6.0, [0]), (7.0, [1]), (10.0, [1])):
        strip.set_position(position)
        image = strip.viewport().grab().toImage()
        found = [theme.accent in colors(image, strip, picture) for picture in range(2)]
        assert [picture for picture in range(2) if found[picture]] == marked
    assert strip.accessibleDescription() == "stroke 2 of 2"


def test_pointing_scrubs_within_a_stroke(strip: Filmstrip) -> None:
    said = record(strip)
    for stroke, share in ((0, 0.0), (0, 0.5), (0, 1.0), (1, 0.0), (1, 1.0)):
        point_at(strip, stroke, share)
    assert said == [1, 3.5, 6, 7, 10]
    said.clear()
    QTest.mouseMove(strip.viewport(), QPoint(strip.place(0).right() + 4, 30))
    QTest.mouseMove(strip.viewport(), QPoint(strip.place(1).right() + 4, 30))
    assert said == []
    for _ in range(2):
        QApplication.sendEvent(strip.viewport(), QEvent(QEvent.Type.Leave))
    assert said == ["left"]


def test_a_click_goes_to_the_end_and_a_trembling_hand_stays(strip: Filmstrip) -> None:
    said = record(strip)
    QTest.mouseClick(strip.viewport(), LEFT, pos=strip.place(0).center())
    QTest.mouseMove(strip.viewport(), strip.place(0).center() + QPoint(3, 0))
    QApplication.sendEvent(strip.viewport(), QEvent(QEvent.Type.Leave))
    assert said == [("chosen", 6.0)]
    point_at(strip, 0, 0.5)
    assert said[1:] == [3.5]
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.RightButton, pos=strip.place(0).center())
    QTest.mouseClick(strip.viewport(), LEFT, pos=QPoint(strip.place(1).right() + 4, 30))
    assert said[2:] == []


def test_a_drag_leaves_the_pen_where_the_mouse_lets_go(strip: Filmstrip) -> None:
    said = record(strip)
    place = strip.place(0)
    QTest.mousePress(strip.viewport(), LEFT, pos=QPoint(place.left() + EDGE, 30))
    point_at(strip, 0, 0.25)
    point_at(strip, 0, 0.5)
    QTest.mouseRelease(strip.viewport(), LEFT, pos=QPoint(place.left() + place.width() // 2, 30))
    assert said == [2.25, 3.5, ("chosen", 3.5)]
    QApplication.sendEvent(strip.viewport(), QEvent(QEvent.Type.Leave))
    assert len(said) == 3


def test_arrow_keys_go_from_end_to_end_and_keep_from_the_menus(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    strip = Filmstrip(light())
    window.setCentralWidget(strip)
    moves: list[bool] = []
    action = QAction("Next digit", window)
    action.setShortcut("Right")
    action.triggered.connect(lambda: moves.append(True))
    window.addAction(action)
    strip.show_strokes(draw(THREE_STROKES))
    strip.chosen.connect(strip.set_position)
    with qtbot.waitActive(window):
        window.show()
    strip.setFocus()
    said = record(strip)
    strip.set_position(2.5)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(strip, key)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left):
        QTest.keyClick(strip, key)
    ends = (6, 12, 18, 12, 6)
    assert said == [("chosen", float(end)) for end in ends]
    assert moves == []
    strip.clearFocus()
    QTest.keyClick(window, Qt.Key.Key_Right)
    assert len(moves) == 1


def test_focus_shows(strip: Filmstrip) -> None:
    strip.clearFocus()
    strip.set_position(3)
    before = strip.viewport().grab().toImage()
    strip.setFocus(Qt.FocusReason.TabFocusReason)
    assert strip.viewport().grab().toImage() != before


def test_few_pictures_are_large_and_many_scroll(strip: Filmstrip) -> None:
    bar = strip.horizontalScrollBar()
    assert strip.place(0).width() == HEIGHT
    assert bar.maximum() == 0
    assert not turn(strip, -120)
    strip.show_strokes(dense())
    assert strip.place(0).width() == SMALLEST
    last = strip.count - 1
    assert not strip.viewport().rect().contains(strip.place(last))
    assert turn(strip, -120)
    assert strip.place(1).left() == 0
    strip.set_position(1e9)
    assert strip.viewport().rect().contains(strip.place(last))
    strip.set_position(1)
    assert strip.place(0).left() == 0
    assert strip.height() == HEIGHT
    assert strip.viewport().height() >= SMALLEST


def test_pictures_stay_below_the_mouse_that_scrubs(strip: Filmstrip) -> None:
    strip.show_strokes(dense())
    strip.scrubbed.connect(strip.set_position)
    before = strip.place(0)
    point_at(strip, 7, 0.2)  # cut by the edge
    assert strip.current == 7
    assert strip.place(0) == before


def test_pictures_shrink_before_they_scroll(strip: Filmstrip) -> None:
    strip.show_strokes(draw(THREE_STROKES))
    strip.resize(3 * 60 + 2 * 8, HEIGHT)
    assert strip.place(0).width() == 60
    assert strip.horizontalScrollBar().maximum() == 0
    assert strip.place(2).right() == strip.viewport().rect().right()


def test_every_size_and_theme_paints(strip: Filmstrip) -> None:
    for digit in (draw("a"), draw("a.b"), blank(), blank(1, 64), dense(), draw(THREE_STROKES)):
        strip.show_strokes(digit)
        for theme in (light(), dark()):
            strip.set_theme(theme)
            for position in (0.0, 1.0, 1.5, float(len(digit.points))):
                strip.set_position(position)
                assert not strip.grab().isNull()


def test_the_theme_colours_the_frame(strip: Filmstrip) -> None:
    strip.set_position(3)
    strip.set_theme(dark())
    image = strip.viewport().grab().toImage()
    assert image.pixelColor(0, 20).name() == dark().accent
    assert image.pixelColor(strip.place(1).left(), 20).name() == dark().border


def test_nothing_is_shown_and_said(strip: Filmstrip) -> None:
    said = record(strip)
    strip.show_nothing()
    QTest.mouseMove(strip.viewport(), QPoint(30, 30))
    QTest.mouseClick(strip.viewport(), LEFT, pos=QPoint(30, 30))
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Right)
    strip.set_position(3)
    assert said == []
    assert (strip.count, strip.current) == (0, -1)
    assert strip.accessibleDescription() == "no strokes"
    assert not strip.grab().isNull()


def test_each_picture_says_what_it_is(strip: Filmstrip) -> None:
    for x, start in ((strip.place(1).center().x(), "Stroke 2 of 2, 4 points."), (300, "Move")):
        place = QPoint(x, 30)
        wish = QHelpEvent(QEvent.Type.ToolTip, place, strip.viewport().mapToGlobal(place))
        QApplication.sendEvent(strip.viewport(), wish)
        assert QToolTip.text().startswith(start)
    QToolTip.hideText()
    assert strip.accessibleName() == "Filmstrip"


def test_the_stroke_of_the_pixel_pointed_at_is_framed(strip: Filmstrip) -> None:
    strip.set_position(3)

    def framed() -> list[bool]:
        image: QImage = strip.viewport().grab().toImage()
        places = [QPoint(strip.place(stroke).left() + 2, 20) for stroke in range(strip.count)]
        colors = [image.pixelColor(place * image.devicePixelRatio()).name() for place in places]
        return [color == light().ink for color in colors]

    before = strip.viewport().grab().toImage()
    assert framed() == [False, False]
    for stroke in (1, 0):
        strip.show_spot(Spot(5, 1, 200, 0, 6, stroke))
        assert framed() == [stroke == 0, stroke == 1]
        assert (strip.pointed, strip.current) == (stroke, 0)
    strip.show_spot(Spot(0, 0, 0))
    assert strip.viewport().grab().toImage() == before


def test_a_picture_out_of_view_is_framed_where_it_is(strip: Filmstrip) -> None:
    strip.show_strokes(dense())
    assert strip.horizontalScrollBar().maximum() > 0
    strip.show_spot(Spot(63, 2, 255, 0, 1800, strip.count - 1))
    assert strip.horizontalScrollBar().value() == 0
    assert strip.pointed == strip.count - 1
