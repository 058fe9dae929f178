"""The graph by its key, and options by pointing, on real digits in an inspector."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.inspector.boards import METADATA, board_image, point_at, spot
from tests.gui.inspector.digits import TWO_STROKES, blank, draw
from viewer.core.extract import Extraction, extract
from viewer.core.ordering.natural.explaining import Explanation
from viewer.core.settings import ExtractionSettings
from viewer.datasets.sample import open_sample
from viewer.gui.actions import check
from viewer.gui.inspector.inspector import Inspector
from viewer.gui.inspector.reasons import FAILED, PREPARING
from viewer.gui.inspector.reasons_graph import draw_graph, graph_words
from viewer.gui.jobs import Jobs
from viewer.gui.theme import dark, light

NATURAL = ExtractionSettings(order="natural")


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.stop()
    assert made.wait(120_000)


@pytest.fixture
def digit() -> Extraction:
    """Return a digit with a junction and a loop, in natural order."""
    for image in open_sample().splits["test"].images:
        found = extract(image, NATURAL)
        picture = draw_graph(found.graph, found.skeleton)
        if picture.junction_count == 1 and picture.loop_count == 1 and len(picture.lines) > 1:
            return found
    raise AssertionError("the sample has no such digit")


@pytest.fixture
def inspector(qtbot: QtBot, jobs: Jobs, digit: Extraction) -> Inspector:
    made = Inspector(light(), jobs)
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.set_autoplay(False)
    made.show()
    qtbot.waitExposed(made)
    made.show_digit(digit, "test:0", METADATA)
    return made


def wait_loaded(qtbot: QtBot, inspector: Inspector) -> None:
    qtbot.waitUntil(lambda: inspector.reasons.kernels.is_ready, timeout=120_000)


def add_key(inspector: Inspector) -> QAction:
    """Put the switch on the inspector as the window does."""
    row = {spec.name: spec for spec in check(inspector.actions_table())}["graph"]
    action = QAction(row.text, inspector, checkable=True, checked=row.checked)
    action.setShortcut(row.shortcut)
    action.triggered.connect(row.slot)
    inspector.addAction(action)
    inspector.switch_changed.connect(
        lambda name, on: action.setChecked(on) if name == "graph" else None
    )
    return action


def press_k(inspector: Inspector) -> None:
    inspector.activateWindow()
    QTest.keyClick(inspector, Qt.Key.Key_K)


def test_k_shows_the_graph_and_counts_it(
    qtbot: QtBot, inspector: Inspector, digit: Extraction
) -> None:
    action = add_key(inspector)
    board, legend = inspector.panels.thinned.board, inspector.tools.thinning.legend
    before, told = board_image(board), legend.shown
    press_k(inspector)
    assert action.isChecked()
    wait_loaded(qtbot, inspector)
    words = graph_words(draw_graph(digit.graph, digit.skeleton))
    counted = [word for word in words if word]
    assert {"1 junction", "1 loop"} <= set(counted)
    assert legend.shown[: len(counted)] == counted
    assert not any("junctions" in text for text in legend.shown)
    assert ", ".join(["line: " + counted[0]]) in legend.accessibleDescription()
    assert board_image(board) != before
    press_k(inspector)
    assert legend.shown == told
    assert board_image(board) == before


def test_while_kernels_load_the_legend_says_so(qtbot: QtBot, inspector: Inspector) -> None:
    legend = inspector.tools.thinning.legend
    assert not inspector.reasons.kernels.is_ready
    inspector.reasons.set_graph_shown(True)
    assert legend.shown[0] == PREPARING
    wait_loaded(qtbot, inspector)
    assert PREPARING not in legend.shown


def test_kernels_that_fail_are_told_of(
    qtbot: QtBot, inspector: Inspector, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise OSError("no kernels")

    monkeypatch.setattr("viewer.jit.prepare", fail)
    with qtbot.waitSignal(inspector.reasons.kernels.failed, timeout=10_000):
        inspector.reasons.set_graph_shown(True)
    assert inspector.tools.thinning.legend.shown[0] == FAILED


def test_the_graph_gives_way_to_other_steps_and_follows_the_digit(
    qtbot: QtBot, inspector: Inspector
) -> None:
    inspector.reasons.set_graph_shown(True)
    wait_loaded(qtbot, inspector)
    thinning = inspector.tools.thinning
    with_graph = thinning.legend.shown
    thinning.move_step(-1)
    assert thinning.legend.shown == ["first sub-iteration", "second"]
    thinning.move_step(1)
    assert thinning.legend.shown == with_graph
    inspector.show_digit(draw(TWO_STROKES), "test:1", METADATA)
    assert "0 loops" in thinning.legend.toolTip()
    inspector.show_digit(blank(), "test:2", METADATA)
    assert "chain" not in thinning.legend.toolTip()
    inspector.show_nothing("No digit to show.")
    assert thinning.legend.shown == []


def test_the_switch_is_remembered(qtbot: QtBot, inspector: Inspector, jobs: Jobs) -> None:
    inspector.reasons.set_graph_shown(True)
    state = json.loads(json.dumps(inspector.save_state()))
    assert state["graph"] is True
    other = Inspector(light(), jobs)
    qtbot.addWidget(other)
    with qtbot.waitSignal(other.switch_changed) as told:
        other.restore_state({"graph": True})
    assert told.args == ["graph", True]
    other.restore_state({"graph": "no"})
    assert other.reasons.graph_shown
    wait_loaded(qtbot, inspector)


def points_of_interest(inspector: Inspector, digit: Extraction) -> list[tuple[int, int]]:
    kernels = inspector.reasons.kernels
    explanation = kernels.explain(digit.skeleton)
    taken = [explanation.starts[0]]
    taken += [step[0] for step in explanation.steps[:-1]]
    return [explanation.starts[0].first, *(option.last for option in taken)]


@pytest.mark.parametrize("size", [(1000, 800), (1600, 900), (640, 1000)])
def test_pointing_tells_the_options_and_covers_no_pixel_meant(
    qtbot: QtBot, inspector: Inspector, digit: Extraction, size: tuple[int, int]
) -> None:
    inspector.resize(size[0], size[1])
    reasons, board = inspector.reasons, inspector.panels.strokes.board
    point_at(board, *digit.points[0].tolist())
    wait_loaded(qtbot, inspector)
    qtbot.waitUntil(reasons.words.isVisible)  # without another move of the mouse
    for row, column in points_of_interest(inspector, digit):
        point_at(board, 0, 0)
        assert not reasons.words.isVisible()
        assert not inspector.panels.choices.choices
        point_at(board, row, column)
        assert reasons.words.isVisible()
        assert any("(taken)" in text for text in reasons.words.sentences)
        assert reasons.words.accessibleDescription()
        assert inspector.panels.choices.choices[-1].taken
        pixel = QRect(spot(board, row, column), spot(board, row + 1, column + 1))
        pixel.translate(board.viewport().mapTo(inspector.panels, QPoint(0, 0)))
        assert not reasons.words.geometry().intersects(pixel)
        assert inspector.panels.rect().contains(reasons.words.geometry())


def test_arrows_are_drawn_and_gone_with_the_mouse(
    qtbot: QtBot, inspector: Inspector, digit: Extraction
) -> None:
    board = inspector.panels.strokes.board
    before = board_image(board)
    row, column = digit.points[0].tolist()
    point_at(board, row, column)
    wait_loaded(qtbot, inspector)
    board.mark.hide()
    assert board_image(board) != before
    point_at(board, -1, 5)
    assert board_image(board) == before
    assert not inspector.reasons.words.isVisible()


def test_zooming_hides_words_that_would_stand_elsewhere(
    qtbot: QtBot, inspector: Inspector, digit: Extraction
) -> None:
    board = inspector.panels.strokes.board
    place = digit.points[0].tolist()
    point_at(board, *place)
    wait_loaded(qtbot, inspector)
    qtbot.waitUntil(inspector.reasons.words.isVisible)
    left = Qt.MouseButton.LeftButton
    QTest.mouseDClick(board.viewport(), left, pos=QPoint(20, 20))
    assert not inspector.reasons.words.isVisible()


def test_nothing_is_computed_without_being_pointed_at_and_once_a_digit(
    qtbot: QtBot, inspector: Inspector, digit: Extraction, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernels, board = inspector.reasons.kernels, inspector.panels.strokes.board
    calls: list[str] = []
    explain = kernels.explain

    def count_explain(mask: NDArray[np.bool_]) -> Explanation:
        calls.append("explain")
        return explain(mask)

    monkeypatch.setattr(kernels, "explain", count_explain)
    point_at(inspector.panels.thinned.board, *digit.points[0].tolist())
    assert not kernels.is_ready
    point_at(board, *digit.points[0].tolist())
    wait_loaded(qtbot, inspector)
    for row, column in digit.points.tolist():
        point_at(board, row, column)
    assert calls == ["explain"]
    inspector.show_digit(digit, "test:1", METADATA)
    assert calls == ["explain"]
    assert not inspector.reasons.words.isVisible()


def test_other_orders_and_corrections_are_not_explained(
    qtbot: QtBot, inspector: Inspector, digit: Extraction
) -> None:
    board = inspector.panels.strokes.board
    point_at(board, *digit.points[0].tolist())
    wait_loaded(qtbot, inspector)
    nearest = extract(digit.image)
    for other in (nearest, replace(digit, corrected=True)):
        inspector.show_digit(other, "test:1", METADATA)
        for row, column in digit.points.tolist():
            point_at(board, row, column)
            assert not inspector.reasons.words.isVisible()
    inspector.show_digit(digit, "test:0", METADATA)
    point_at(board, 0, 0)
    point_at(board, *digit.points[0].tolist())
    assert inspector.reasons.words.isVisible()


def test_many_digits_are_explained_at_every_pixel(qtbot: QtBot, inspector: Inspector) -> None:
    board = inspector.panels.strokes.board
    inspector.reasons.set_graph_shown(True)
    wait_loaded(qtbot, inspector)
    told = 0
    for image in open_sample().splits["test"].images[:12]:
        digit = extract(image, ExtractionSettings(order="natural", walking=True))
        inspector.show_digit(digit, "test:1", METADATA)
        for row, column in np.argwhere(digit.skeleton).tolist():
            point_at(board, row, column)
            told += inspector.reasons.words.isVisible()
    assert told > 100


def test_both_themes_paint_the_words(qtbot: QtBot, inspector: Inspector, digit: Extraction) -> None:
    point_at(inspector.panels.strokes.board, *digit.points[0].tolist())
    wait_loaded(qtbot, inspector)
    qtbot.waitUntil(inspector.reasons.words.isVisible)
    images = []
    for theme in (light(), dark()):
        inspector.set_theme(theme)
        images.append(inspector.reasons.words.grab().toImage())
    assert images[0] != images[1]
