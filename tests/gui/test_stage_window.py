"""The orders of the current digit in the window: keys, leafing, corrections."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from viewer.core.settings import ExtractionSettings
from viewer.gui.compare.orders.offers import BY_HAND
from viewer.gui.window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ordered(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """Return a window that shows the orders of its first digit."""
    QTest.keyClick(window.browser.grid, Qt.Key.Key_J, CONTROL)
    assert window.stage.ordering
    wait(qtbot, window)
    return window


def wait(qtbot: QtBot, window: MainWindow) -> None:
    orders = window.stage.orders
    qtbot.waitUntil(lambda: not orders.preparing and bool(orders.writings), timeout=120_000)


def test_arrow_keys_leaf_through_the_digits(qtbot: QtBot, ordered: MainWindow) -> None:
    for place in (1, 2, 3):
        QTest.keyClick(ordered.stage.orders.focusWidget(), Qt.Key.Key_Right)
        assert ordered.browser.current() == place
    wait(qtbot, ordered)
    assert ordered.stage.ordering
    assert ordered.stage.orders.title.text.startswith("train:3, class 3, writer 2103: ")
    QTest.keyClick(ordered.browser.grid, Qt.Key.Key_Left)
    wait(qtbot, ordered)
    assert ordered.stage.orders.title.text.startswith("train:2, ")


def test_escape_leaves_from_the_browser_too(ordered: MainWindow) -> None:
    ordered.browser.grid.setFocus()
    QTest.keyClick(ordered.browser.grid, Qt.Key.Key_Escape)
    assert not ordered.stage.ordering


def test_a_digit_shown_after_that_is_the_current_one(qtbot: QtBot, ordered: MainWindow) -> None:
    with qtbot.waitSignal(ordered.digit_shown):
        QTest.keyClick(ordered.browser.grid, Qt.Key.Key_Right)
    QTest.keyClick(ordered, Qt.Key.Key_J, CONTROL)
    assert ordered.inspector.isVisible()
    assert ordered.current.is_shown


def test_tab_leaves_the_orders_as_it_does_any_digit(qtbot: QtBot, ordered: MainWindow) -> None:
    qtbot.waitUntil(lambda: not ordered.jobs.running, timeout=30_000)
    ordered.stage.orders.paces.setFocus()
    QTest.keyClick(ordered.stage.orders.paces, Qt.Key.Key_Tab)
    assert ordered.status.settings_button.hasFocus()
    ordered.stage.show_one()
    ordered.inspector.details.table.setFocus()
    QTest.keyClick(ordered.inspector.details.table, Qt.Key.Key_Tab)
    assert ordered.status.settings_button.hasFocus()


def test_other_settings_show_the_orders_anew(qtbot: QtBot, ordered: MainWindow) -> None:
    ordered.strokes.use_settings(ExtractionSettings(order="natural"))
    wait(qtbot, ordered)
    titles = [panel.accessibleName() for panel in ordered.stage.orders.panels.shown]
    assert "natural, in use" in titles


def test_a_correction_is_an_order_and_undoing_it_takes_it_away(
    qtbot: QtBot, window: MainWindow
) -> None:
    QTest.keyClick(window, Qt.Key.Key_E)
    window.inspector.go_to_end()
    window.correcting.operate("reverse")
    QTest.keyClick(window, Qt.Key.Key_J, CONTROL)
    wait(qtbot, window)
    assert BY_HAND in window.stage.orders.writings
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: BY_HAND not in window.stage.orders.writings, timeout=30_000)


def test_without_a_digit_the_status_bar_says_so(qtbot: QtBot, window: MainWindow) -> None:
    window.filter.set_text("class=3 & class=4")
    qtbot.waitUntil(lambda: not len(window.browser.shown()))
    QTest.keyClick(window, Qt.Key.Key_J, CONTROL)
    assert "no digit" in window.statusBar().currentMessage()
    assert not window.stage.ordering


def test_opening_another_set_leaves_the_orders(qtbot: QtBot, ordered: MainWindow) -> None:
    from viewer.gui.opening import OpenRequest

    with qtbot.waitSignal(ordered.digit_shown, timeout=30_000):
        ordered.open(OpenRequest("sample"))
    assert not ordered.stage.ordering
