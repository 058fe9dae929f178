"""Two boards under one lens, with what differs marked on both."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.inspector.boards import board_image, pixel, point_at, spot
from tests.gui.inspector.digits import blank, draw
from viewer.gui.inspector.panels import BLANK
from viewer.gui.lab.pair import Pair
from viewer.gui.lab.parting import compare
from viewer.gui.lab.parting_marks import ONLY_A, ONLY_B
from viewer.gui.theme import dark, light

A = draw("""
    ........
    .abcd...
    ........
    e.......
""")
B = draw("""
    ....d...
    .abc....
    ........
    e......f
""")


@pytest.fixture
def pair(qtbot: QtBot) -> Pair:
    made = Pair(light())
    qtbot.addWidget(made)
    made.resize(360, made.heightForWidth(360))
    with qtbot.waitExposed(made):
        made.show()
    made.show_both(A, B, compare(A, B))
    return made


def test_boards_are_square_and_equal(pair: Pair) -> None:
    first, second = (side.board.size() for side in pair.sides)
    assert first == second
    assert abs(first.width() - first.height()) <= 2
    pair.resize(900, pair.heightForWidth(900))
    assert pair.sides[0].board.width() <= 320


def test_what_one_side_has_alone_is_full_there_and_open_on_the_other(pair: Pair) -> None:
    a, b = pair.sides
    assert (a.marks.own, a.marks.missing) == ([(1, 4)], [(0, 4), (3, 7)])
    assert (b.marks.own, b.marks.missing) == ([(0, 4), (3, 7)], [(1, 4)])
    a_image, b_image = (board_image(side.board) for side in pair.sides)
    corner = spot(b.board, 0.2, 4.2)
    assert b_image.pixelColor(corner).name() == ONLY_B
    assert a_image.pixelColor(spot(a.board, 1.15, 4.2)).name() == ONLY_A
    assert pixel(a_image, a.board, 3, 7) == light().paper


def test_the_place_where_orders_part_is_framed_on_both(pair: Pair) -> None:
    a, b = (side.place for side in pair.sides)
    assert (a.pos().y(), a.pos().x()) == (1.5, 4.5)
    assert (b.pos().y(), b.pos().x()) == (0.5, 4.5)
    assert a.isVisible()
    assert b.isVisible()
    pair.show_both(A, A, compare(A, A))
    assert not a.isVisible()
    longer = draw("""
        ........
        .abcd...
        ........
        e......f
    """)
    pair.show_both(A, longer, compare(A, longer))
    assert not a.isVisible()
    assert (b.pos().y(), b.pos().x()) == (3.5, 7.5)


def test_the_mouse_acts_on_both(pair: Pair) -> None:
    a, b = pair.sides
    point_at(a.board, 2, 3)
    for side in (a, b):
        assert side.board.mark.isVisible()
        assert (side.board.mark.y(), side.board.mark.x()) == (2, 3)
    QApplication.sendEvent(a.board, QEvent(QEvent.Type.Leave))
    assert not b.board.mark.isVisible()
    before = b.board.place(spot(b.board, 0, 0).toPointF())
    view = b.board.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    QTest.mouseMove(view, QPoint(70, 60))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(70, 60))
    assert not pair.lens.fitted
    assert a.board.place(QPoint(0, 0).toPointF()) == b.board.place(QPoint(0, 0).toPointF())
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    assert pair.lens.fitted
    assert b.board.place(spot(b.board, 0, 0).toPointF()) == pytest.approx(before)


def test_captions_messages_and_both_themes(pair: Pair) -> None:
    a, b = pair.sides
    assert a.caption.text == "level 25, 5 skeleton pixels, 2 strokes, 5 points"
    assert b.caption.text == "level 25, 6 skeleton pixels, 3 strokes, 6 points"
    b.name_settings("own")
    assert b.title.text == "B: tried, own"
    image = pair.grab().toImage()
    pair.set_theme(dark())
    assert pair.grab().toImage() != image
    none = blank(4, 8)
    pair.show_both(none, none, compare(none, none))
    assert [side.board.message for side in pair.sides] == [BLANK, BLANK]
    pair.show_nothing("No digit")
    assert [side.board.message for side in pair.sides] == ["No digit", "No digit"]
    assert b.caption.text == ""
    assert b.marks.own == []
