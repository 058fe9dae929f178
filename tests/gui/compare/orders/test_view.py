"""One digit under all orders: panels, words, replay, states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSlider
from pytestqt.qtbot import QtBot

from tests.gui.compare.orders.conftest import (
    TRUTH,
    ShowDigit,
    draw_bar,
    draw_plus,
    make_digit,
)
from viewer.core.settings import ExtractionSettings
from viewer.gui.compare.board_panel import PREPARING
from viewer.gui.compare.orders.offers import BY_HAND, TRUE_PATH, orders_under
from viewer.gui.compare.orders.view import OrdersView
from viewer.gui.inspector.panels import BLANK
from viewer.gui.jobs import Jobs
from viewer.gui.theme import dark, light

if TYPE_CHECKING:
    from viewer.core.extract import Extraction

LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key
TITLES = [offer.title for offer in orders_under(ExtractionSettings())]


def titles(view: OrdersView) -> list[str]:
    return [panel.accessibleName() for panel in view.panels.shown]


def drawn(view: OrdersView) -> list[str]:
    return [panel.progress.text() for panel in view.panels.shown]


def reverse_by_hand(view: OrdersView) -> None:
    """Have a correction kept that draws the first stroke from its other end."""
    from viewer.core.correction import reverse, strokes_of
    from viewer.core.extract import correct

    def corrected(_position: int, made: Extraction) -> Extraction:
        return correct(made, reverse(strokes_of(made.points, made.stroke_offsets), 0))

    view.correct = corrected


def test_all_orders_stand_side_by_side(orders: OrdersView, show_digit: ShowDigit) -> None:
    show_digit(draw_plus())
    assert titles(orders) == [f"{TITLES[0]}, in use", *TITLES[1:]]
    assert orders.title.text == f"train:3, class 4: {len(TITLES)} orders"
    assert orders.panels.shown[0].title.text == "Nearest, in use"
    for panel, writing in zip(orders.panels.shown, orders.writings.values(), strict=True):
        assert panel.caption.text.startswith(f"{writing.lifts + 1} stroke")
        assert f"{len(writing.points)} points" in panel.caption.text
        assert "DTW" not in panel.caption.text
    # The plus has no order of one stroke unless the pen walks over ink.
    assert all(orders.writings[title].lifts for title in TITLES if "walking" not in title)


def test_the_orders_are_those_of_the_extraction(orders: OrdersView, show_digit: ShowDigit) -> None:
    from viewer.core.extract import extract

    used = ExtractionSettings(thinning_passes=1, minimum_component=1)
    orders.set_settings(used)
    show_digit(draw_plus())
    for offer in orders_under(used):
        expected = extract(draw_plus(), offer.settings)
        np.testing.assert_array_equal(orders.writings[offer.title].points, expected.points)


def test_where_orders_part_is_said_and_marked(orders: OrdersView, show_digit: ShowDigit) -> None:
    show_digit(draw_plus())
    first, *others = orders.panels.shown
    assert first.parting.text == ""
    assert not first.mark.isVisible()
    base = orders.writings["nearest"].points
    seen = 0
    for title, panel in zip(TITLES[1:], others, strict=True):
        points = orders.writings[title].points
        if np.array_equal(points, base):
            assert panel.parting.text == "the same as nearest"
            assert not panel.mark.isVisible()
            continue
        seen += 1
        common = min(len(points), len(base))
        differs = int(np.argmax((points[:common] != base[:common]).any(axis=1)))
        row, column = points[differs].tolist()
        assert panel.parting.text.startswith("\N{WHITE DIAMOND} ")
        assert panel.mark.isVisible()
        assert (panel.mark.pos().y(), panel.mark.pos().x()) == (row + 0.5, column + 0.5)
    assert seen


def test_the_true_path_stands_last_and_orders_are_measured(
    orders: OrdersView, show_digit: ShowDigit
) -> None:
    show_digit(draw_plus(), TRUTH)
    assert titles(orders)[-1] == TRUE_PATH
    assert orders.title.text.endswith(" orders and the true path")
    truth = orders.panels.shown[-1]
    assert truth.caption.text == "2 strokes, 34 points, pen-up travel 11.5 px"
    assert (truth.parting.text, truth.mark.isVisible()) == ("", False)
    from viewer.core.truth import judge

    for panel, title in zip(orders.panels.shown[:-1], TITLES, strict=True):
        writing = orders.writings[title]
        expected = judge(writing.points, writing.lifts, TRUTH).dtw
        assert panel.caption.text.endswith(f", DTW {expected:.2f} px")
    show_digit(draw_plus())
    assert titles(orders)[-1] == TITLES[-1]
    assert "DTW" not in orders.panels.shown[0].caption.text


def test_one_clock_plays_all_at_both_paces(
    qtbot: QtBot, orders: OrdersView, show_digit: ShowDigit
) -> None:
    show_digit(draw_plus(), TRUTH)
    counts = [panel.points for panel in orders.panels.shown]
    most = max(counts)
    assert len(set(counts)) > 1
    QTest.mouseClick(orders.transport.first, LEFT)
    QTest.mouseClick(orders.transport.forward, LEFT)
    assert drawn(orders) == [f"2/{count}" for count in counts]
    assert orders.transport.position.text() == f"2/{most}"
    orders.paces.setFocus()
    with qtbot.waitSignal(orders.switch_changed) as seen:
        QTest.keyClick(orders.paces, Key.Key_Down)
    assert seen.args == ["end-together", True]
    orders.player.seek(most - 0.01)
    shares = [int(text.split("/")[0]) / count for text, count in zip(drawn(orders), counts)]  # noqa: B905
    assert min(shares) > 0.9
    orders.player.set_speed(10)
    QTest.mouseClick(orders.transport.play, LEFT)
    qtbot.waitUntil(lambda: not orders.player.clock.playing, timeout=5000)
    assert drawn(orders) == [f"{count}/{count}" for count in counts]


def test_another_digit_begins_anew(orders: OrdersView, show_digit: ShowDigit) -> None:
    show_digit(draw_plus())
    orders.player.seek(9)
    orders.autoplay = True
    show_digit(draw_bar(), position=8)
    assert orders.position == 8
    assert orders.player.clock.position < 5
    assert orders.player.ticking
    orders.hide()
    assert not orders.player.ticking


def test_a_correction_by_hand_has_its_panel(orders: OrdersView, show_digit: ShowDigit) -> None:
    reverse_by_hand(orders)
    show_digit(draw_bar(), TRUTH)
    assert titles(orders) == [*TITLES, f"{BY_HAND}, in use", TRUE_PATH]
    by_hand = orders.panels.shown[-2]
    assert by_hand.parting.text == "\N{WHITE DIAMOND} the same as nearest, backwards"
    assert "DTW" in by_hand.caption.text
    orders.correct = lambda _position, made: made
    orders.show_correction(7)
    assert len(orders.panels.shown) == len(TITLES) + 2


def test_a_correction_taken_back_takes_its_panel_away(
    qtbot: QtBot, orders: OrdersView, show_digit: ShowDigit
) -> None:
    reverse_by_hand(orders)
    show_digit(draw_bar())
    orders.correct = lambda _position, made: made
    orders.show_correction(3)
    qtbot.waitUntil(lambda: not orders.preparing, timeout=30_000)
    assert titles(orders) == [f"{TITLES[0]}, in use", *TITLES[1:]]


def test_other_settings_show_the_digit_anew(
    qtbot: QtBot, orders: OrdersView, show_digit: ShowDigit
) -> None:
    thick = np.zeros((28, 28), np.uint8)
    thick[4:22, 10:17] = 255
    show_digit(thick)
    before = orders.player.clock.count
    orders.set_settings(ExtractionSettings(thinning_passes=0, order="natural", walking=True))
    qtbot.waitUntil(lambda: not orders.preparing, timeout=30_000)
    assert orders.player.clock.count > before
    assert [title for title in titles(orders) if title.endswith(", in use")] == [
        "natural, walking, in use"
    ]


def test_until_kernels_are_there_panels_say_so(
    qtbot: QtBot, orders: OrdersView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("viewer.gui.compare.orders.view.is_ready", lambda _order: False)
    orders.show_digit(make_digit(draw_plus()), TRUTH)
    assert {panel.board.message for panel in orders.panels.shown} == {PREPARING}
    assert not orders.transport.play.isEnabled()
    qtbot.waitUntil(lambda: not orders.preparing, timeout=120_000)
    assert {panel.board.message for panel in orders.panels.shown} == {""}
    assert orders.transport.play.isEnabled()


def test_the_digit_before_stays_until_the_next_is_there(
    qtbot: QtBot, orders: OrdersView, show_digit: ShowDigit
) -> None:
    show_digit(draw_plus())
    orders.show_digit(make_digit(draw_bar(), 8), None)
    assert orders.title.text.startswith("train:3, ")
    assert orders.panels.shown[0].board.message == ""
    qtbot.waitUntil(lambda: not orders.preparing, timeout=30_000)
    assert orders.title.text.startswith("train:8, ")


def test_only_the_last_wish_is_answered(qtbot: QtBot, orders: OrdersView) -> None:
    for position in range(9):
        orders.show_digit(make_digit(draw_bar(5 + position), position), TRUTH)
    qtbot.waitUntil(lambda: not orders.preparing, timeout=120_000)
    assert orders.title.text.startswith("train:8, ")
    assert set(orders.writings["nearest"].points[:, 1].tolist()) == {13}


def test_a_view_that_was_left_shows_nothing_more(qtbot: QtBot, orders: OrdersView) -> None:
    orders.show_digit(make_digit(draw_plus()), TRUTH)
    orders.show_nothing()
    assert not orders.preparing
    assert orders.position == -1
    qtbot.wait(200)
    assert orders.writings == {}


def test_blank_and_too_large_images_say_so(orders: OrdersView, show_digit: ShowDigit) -> None:
    show_digit(np.zeros((28, 28), np.uint8), TRUTH)
    *blank, truth = orders.panels.shown
    assert {panel.board.message for panel in blank} == {BLANK}
    assert {panel.parting.text for panel in blank} == {""}
    assert truth.board.message == ""
    show_digit(np.full((65, 65), 255, np.uint8))
    assert all(panel.board.message.startswith("No strokes: ") for panel in orders.panels.shown)
    assert not orders.transport.play.isEnabled()
    show_digit(draw_plus())
    assert drawn(orders)[0] == "33/33"


def test_a_failure_is_said_on_every_order(
    orders: OrdersView, show_digit: ShowDigit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*, apart: bool, order: str) -> None:
        raise OSError(f"no kernels for {order}")

    monkeypatch.setattr("viewer.jit.prepare", fail)
    show_digit(draw_plus())
    messages = {panel.board.message for panel in orders.panels.shown}
    assert messages == {"No strokes: no kernels for nearest"}


def test_a_pixel_pointed_at_is_framed_in_all(orders: OrdersView, show_digit: ShowDigit) -> None:
    show_digit(draw_plus())
    viewport = orders.panels.shown[1].board.viewport()
    QTest.mouseMove(viewport, viewport.rect().center() + QPoint(3, 3))
    marks = [panel.board.mark for panel in orders.panels.shown]
    assert all(mark.isVisible() for mark in marks)
    assert {(mark.pos().x(), mark.pos().y()) for mark in marks} == {(14.0, 14.0)}
    QTest.mouseMove(viewport, QPoint(1, 1))
    assert not any(mark.isVisible() for mark in marks)


def test_zoom_is_shared_and_a_double_click_fits(orders: OrdersView, show_digit: ShowDigit) -> None:
    show_digit(draw_plus())
    orders.panels.zoom(2)
    assert not any(panel.lens.fitted for panel in orders.panels.shown)
    show_digit(draw_bar(), position=4)
    assert not any(panel.lens.fitted for panel in orders.panels.shown)
    QTest.mouseDClick(orders.panels.shown[2].board.viewport(), LEFT)
    assert all(panel.lens.fitted for panel in orders.panels.shown)


def test_arrow_keys_are_left_to_the_browser_and_escape_closes(
    qtbot: QtBot, orders: OrdersView, show_digit: ShowDigit
) -> None:
    show_digit(draw_plus())
    orders.panels.enter()
    assert orders.panels.shown[0].hasFocus()
    pressed: list[str] = []

    def listen(key: str) -> None:
        shortcut = QShortcut(key, orders)
        shortcut.activated.connect(lambda: pressed.append(key))

    for key in ("Left", "Right", "Up", "Down", "Esc"):
        listen(key)
    for code in (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down):
        QTest.keyClick(orders.focusWidget(), code)
    assert pressed == ["Left", "Right", "Up", "Down"]
    for place in (orders.panels.shown[0], orders.transport.slider, orders.paces):
        place.setFocus()
        with qtbot.waitSignal(orders.closed, timeout=1000):
            QTest.keyClick(place, Key.Key_Escape)
    with qtbot.waitSignal(orders.closed, timeout=1000):
        QTest.mouseClick(orders.back, LEFT)
    assert "Esc" not in pressed


def test_tab_goes_through_the_orders(orders: OrdersView, show_digit: ShowDigit) -> None:
    show_digit(draw_plus(), TRUTH)
    orders.panels.enter()
    seen = []
    for _ in range(len(orders.panels.shown) + 1):
        seen.append(orders.focusWidget())
        QTest.keyClick(orders.focusWidget(), Key.Key_Tab)
    assert seen == [*orders.panels.shown, orders.transport.first]


@pytest.mark.parametrize("size", [(420, 700), (560, 480), (900, 700), (1400, 800)])
def test_captions_have_room(
    orders: OrdersView, show_digit: ShowDigit, size: tuple[int, int]
) -> None:
    orders.resize(*size)
    show_digit(draw_plus(), TRUTH)
    for panel in orders.panels.shown:
        assert panel.rect().contains(panel.parting.geometry())
        assert not any(line.endswith("…") for line in panel.caption.shown), panel.caption.shown
        assert panel.board.height() >= 64


def test_the_theme_changes_live(orders: OrdersView, show_digit: ShowDigit) -> None:
    show_digit(draw_plus())
    orders.set_theme(dark())
    assert orders.panels.shown[0].frame_color == dark().accent
    assert orders.panels.shown[1].frame_color == dark().border


def test_the_state_survives(orders: OrdersView, qtbot: QtBot, jobs: Jobs) -> None:
    orders.player.set_speed(2)
    orders.set_pace("share")
    other = OrdersView(light(), jobs)
    qtbot.addWidget(other)
    other.restore_state(orders.save_state())
    assert other.save_state() == orders.save_state()


def test_controls_have_names_and_tool_tips(orders: OrdersView, show_digit: ShowDigit) -> None:
    show_digit(draw_plus(), TRUTH)
    for kind in (QAbstractButton, QComboBox, QSlider):
        for widget in orders.findChildren(kind):
            if widget.isVisible():
                assert widget.accessibleName(), widget
                assert widget.toolTip(), widget
    for panel in orders.panels.shown:
        assert panel.accessibleName()
        assert panel.title.toolTip()
