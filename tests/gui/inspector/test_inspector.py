"""The inspector as a whole: table, states, theme, memory."""

from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.inspector.boards import METADATA, board_image, pixel, spot
from tests.gui.inspector.digits import blank, dense
from viewer.core.extract import Extraction
from viewer.gui.appearance import Appearance
from viewer.gui.inspector.inspector import Inspector
from viewer.gui.inspector.panels import BLANK
from viewer.gui.theme import dark, light

LEFT = Qt.MouseButton.LeftButton


def test_clicking_a_row_moves_the_pen(inspector: Inspector) -> None:
    table = inspector.details.table
    inspector.player.play()
    rect = table.visualRect(table.sequence.index(3, 1))
    QTest.mouseClick(table.viewport(), LEFT, pos=rect.center())
    assert inspector.player.clock.position == 4
    assert not inspector.player.clock.playing
    assert table.pen_row == 3
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert inspector.player.clock.position == 5


def test_clicking_a_pixel_of_the_skeleton_moves_the_pen(
    inspector: Inspector, digit: Extraction
) -> None:
    row, column = (int(part) for part in digit.points[4])
    for panel in inspector.panels.panels:
        inspector.player.seek(1)
        place = spot(panel.board, row + 0.5, column + 0.5)
        QTest.mouseClick(panel.board.viewport(), LEFT, pos=place)
        assert inspector.player.clock.position == 5
    inspector.player.seek(2)
    board = inspector.panels.source.board
    empty = next(
        (row, column)
        for row in range(digit.image.shape[0])
        for column in range(digit.image.shape[1])
        if not digit.skeleton[row, column]
    )
    QTest.mouseClick(board.viewport(), LEFT, pos=spot(board, empty[0] + 0.5, empty[1] + 0.5))
    assert inspector.player.clock.position == 2


def test_the_pens_row_follows_and_stays_in_view(inspector: Inspector) -> None:
    inspector.show_digit(dense(), "train:1", METADATA)
    table = inspector.details.table
    for position in (1, 700, 2, inspector.player.clock.count):
        inspector.player.seek(position)
        row = table.pen_row
        assert table.sequence.point(row) == position - 1
        assert table.viewport().rect().contains(table.visualRect(table.sequence.index(row, 0)))


def test_rows_are_copied_with_tabs(inspector: Inspector) -> None:
    table = inspector.details.table
    for row, modifier in (
        (7, Qt.KeyboardModifier.NoModifier),
        (6, Qt.KeyboardModifier.ControlModifier),
    ):
        rect = table.visualRect(table.sequence.index(row, 2))
        QTest.mouseClick(table.viewport(), LEFT, modifier, rect.center())
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        "row\tdx\tdy\teos\teod\tx\ty\tstroke\tpoint\n"
        "6\t0\t0\t1\t0\t\t\tlift\t\n"
        "7\t-4\t2\t0\t0\t2\t6\t2\t7\n"
    )


def test_a_blank_image_says_so(inspector: Inspector) -> None:
    inspector.set_autoplay(True)
    inspector.show_digit(blank(), "train:0", METADATA)
    assert inspector.panels.strokes.board.message == BLANK
    assert inspector.panels.strokes.caption.text == "no strokes"
    assert not inspector.player.ticking
    assert not inspector.transport.play.isEnabled()
    assert inspector.transport.position.text() == "–"
    words = board_image(inspector.panels.strokes.board)
    assert len({words.pixel(x, words.height() // 2) for x in range(words.width())}) > 2


def test_the_source_alone_is_shown_until_the_strokes_are_there(
    inspector: Inspector, digit: Extraction
) -> None:
    inspector.show_source(digit.image, "train:13", METADATA, "Preparing")
    assert inspector.panels.strokes.board.message == "Preparing"
    assert inspector.panels.source.caption.text == "10 x 10, 17 pixels > 0"
    assert inspector.panels.thinned.caption.text == ""
    thresholded = board_image(inspector.panels.thresholded.board)
    assert pixel(thresholded, inspector.panels.thresholded.board, 1, 2) == light().paper
    assert inspector.details.table.sequence.rowCount() == 0
    inspector.show_digit(digit, "train:13", METADATA)
    assert inspector.panels.strokes.board.message == ""


def test_nothing_to_show_is_said(inspector: Inspector) -> None:
    inspector.player.play()
    inspector.show_nothing("No digit to show.")
    assert inspector.message.isVisible()
    assert not inspector.panels.isVisible()
    assert not inspector.player.ticking
    assert not inspector.grab().isNull()


def test_the_theme_changes_live(inspector: Inspector) -> None:
    table = inspector.details.table.viewport()
    assert table.grab().toImage().pixelColor(1, 1) == QColor(light().surface)
    icon = inspector.transport.play.icon().cacheKey()
    inspector.set_theme(dark())
    assert table.grab().toImage().pixelColor(1, 1) == QColor(dark().surface)
    assert inspector.transport.play.icon().cacheKey() != icon
    corner = inspector.panels.source.frame.grab().toImage().pixelColor(0, 40)
    assert corner == QColor(dark().border)


def test_the_first_frame_is_announced_once(qtbot: QtBot, digit: Extraction) -> None:
    made = Inspector(light())
    qtbot.addWidget(made)
    made.show()
    qtbot.wait(20)
    assert not made.is_painted
    with qtbot.waitSignal(made.painted, timeout=2000):
        made.show_digit(digit, "train:13", METADATA)
    assert made.is_painted
    with qtbot.assertNotEmitted(made.painted, wait=50):
        made.show_digit(digit, "train:14", METADATA)


def test_play_on_select_is_a_choice(inspector: Inspector, digit: Extraction) -> None:
    inspector.show_digit(digit, "train:13", METADATA)
    assert inspector.player.clock.at_end
    inspector.set_autoplay(True)
    inspector.show_digit(digit, "train:13", METADATA)
    assert inspector.player.ticking
    assert inspector.player.clock.position < 2


def test_the_state_survives_json(qtbot: QtBot, inspector: Inspector) -> None:
    inspector.player.set_speed(5)
    inspector.player.set_loop(True)
    inspector.arrange("square")
    inspector.set_details_shown(False)
    state = json.loads(json.dumps(inspector.save_state()))
    other = Inspector(light())
    qtbot.addWidget(other)
    other.restore_state(state)
    assert other.save_state() == state
    other.restore_state({"speed": "fast", "loop": 1, "arrangement": [], "details": None})
    other.restore_state({"speed": True, "autoplay": "no"})
    other.restore_state({"speed": float("nan")})
    assert other.save_state()["loop"] is True
    assert other.save_state()["arrangement"] == "square"


def test_switches_are_announced_whoever_changes_them(qtbot: QtBot, inspector: Inspector) -> None:
    with qtbot.waitSignal(inspector.switch_changed) as loop:
        QTest.mouseClick(inspector.transport.loop, LEFT)
    assert loop.args == ["loop", True]
    with qtbot.waitSignal(inspector.switch_changed) as details:
        inspector.set_details_shown(False)
    assert details.args == ["details", False]


def test_metadata_is_shown_in_order(inspector: Inspector) -> None:
    shown = inspector.details.metadata.texts()
    assert shown == {"Digit": "train:13", "Class": "6", "Writer": "–"}
    assert list(shown) == list(METADATA)
    inspector.show_source(blank().image, "x", {"Digit": "x"}, "Preparing")
    assert inspector.details.metadata.texts() == {"Digit": "x"}


def test_whatever_takes_the_focus_has_a_name_and_a_tool_tip(inspector: Inspector) -> None:
    asked = [
        widget
        for widget in inspector.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
        and widget.window() is inspector
    ]
    assert len(asked) > 15
    nameless = [
        f"{type(widget).__name__} {widget.accessibleName()!r}"
        for widget in asked
        if not widget.accessibleName() or not widget.toolTip()
    ]
    assert nameless == []
    names = [widget.accessibleName() for widget in asked]
    assert len(set(names)) == len(names)


def colors(inspector: Inspector) -> set[str]:
    """Return the colours on screen but for those of a few pixels, which are mixtures."""
    image = inspector.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    found, counts = np.unique(np.frombuffer(image.constBits(), np.uint32), return_counts=True)
    return {QColor(int(color)).name() for color in found[counts > 200]}


def test_the_systems_light_and_dark_are_followed_live(
    inspector: Inspector,
    appearance: Appearance,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    appearance.choose("system")
    appearance.changed.connect(inspector.set_theme)
    inspector.pointer.point_out(2)
    hints = SimpleNamespace()
    system = SimpleNamespace(
        styleHints=lambda: hints,
        setPalette=qapp.setPalette,
        styleSheet=qapp.styleSheet,
        setStyleSheet=qapp.setStyleSheet,
    )
    monkeypatch.setattr(appearance, "_app", system)
    for scheme, theme, other in (
        (Qt.ColorScheme.Dark, dark(), light()),
        (Qt.ColorScheme.Light, light(), dark()),
    ):
        hints.colorScheme = lambda scheme=scheme: scheme
        qapp.styleHints().colorSchemeChanged.emit(scheme)
        assert appearance.theme == theme
        shown = colors(inspector)
        assert {theme.background, theme.surface, theme.border, theme.text} <= shown
        assert not {other.background, other.border, other.hover, other.control} & shown
