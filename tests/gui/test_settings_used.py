"""Other settings of the extraction are used by every part of the window."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.datasets.digits import DigitSet, Split
from viewer.export.run import export_digits
from viewer.gui import settings as table
from viewer.gui.settings import Settings
from viewer.gui.window import MainWindow

OWN = ExtractionSettings(thinning_passes=0)
"""Without thinning a bar keeps all its pixels."""


@pytest.fixture
def digit_set() -> DigitSet:
    """Thick bars, of which thinning takes much away."""
    images = np.zeros((30, 28, 28), np.uint8)
    for index, image in enumerate(images):
        image[6:22, index % 15 + 3 : index % 15 + 8] = 255
    return DigitSet("Bars", "bars", {"train": Split("train", images, None, {})})


def test_the_digit_is_shown_with_them(qtbot: QtBot, window: MainWindow) -> None:
    before = window.inspector.details.table.sequence.rowCount()
    with qtbot.waitSignal(window.digit_shown):
        window.strokes.use_settings(OWN)
    assert window.inspector.details.table.sequence.rowCount() > before
    assert window.status.settings_button.text() == "own settings"
    assert "Thinning passes: 0" in window.status.settings_button.toolTip()
    with qtbot.waitSignal(window.digit_shown):
        window.strokes.use_settings(PUBLISHED)
    assert window.inspector.details.table.sequence.rowCount() == before
    assert window.status.settings_button.text() == "published settings"


def test_facts_are_counted_anew(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.is_settled, timeout=30_000)
    shown = window.table
    assert shown is not None
    before = shown.values("points").copy()
    window.strokes.use_settings(OWN)
    assert not shown.is_complete("points")
    qtbot.waitUntil(lambda: window.is_settled, timeout=30_000)
    assert shown.is_complete("points")
    assert (shown.values("points") > before).all()


def test_thumbnails_follow(qtbot: QtBot, window: MainWindow) -> None:
    window.browser.set_cell("skeleton")
    traces = window.browser._traces
    qtbot.waitUntil(lambda: traces.get(0) is not None, timeout=30_000)
    before = len(traces.get(0)[0])  # type: ignore[index]
    window.strokes.use_settings(OWN)
    qtbot.waitUntil(lambda: traces.get(0) is not None, timeout=30_000)
    assert len(traces.get(0)[0]) > before  # type: ignore[index]


def test_compared_digits_follow(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window.browser.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    window.browser.grid.go_to(0)
    QTest.keyClick(window.browser.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    window.commands.compare()
    compare = window.stage.compare
    qtbot.waitUntil(lambda: not compare.preparing, timeout=30_000)
    before = compare.player.clock.count
    window.strokes.use_settings(OWN)
    qtbot.waitUntil(lambda: not compare.preparing, timeout=30_000)
    assert compare.player.clock.count > before
    assert len(compare.positions) == 2


def test_exports_and_the_copied_command_have_them(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, digit_set: DigitSet
) -> None:
    window.strokes.use_settings(OWN)
    assert window.commands.copying.command().endswith("--passes 0")
    from viewer.gui.export.choice import ExportChoice

    target = tmp_path / "a.npz"
    assert window.table is not None
    choice = ExportChoice("set", "npz", target, overwrite=False)
    window.exporter.run(window.table, np.arange(30), None, choice)
    qtbot.waitUntil(target.exists, timeout=30_000)
    expected = tmp_path / "b.npz"
    every = {"train": np.arange(30)}
    export_digits(digit_set, every, format="npz", output=expected, settings=OWN)
    assert target.read_bytes() == expected.read_bytes()


def test_they_are_remembered(make_window: Callable[..., MainWindow]) -> None:
    settings = Settings(None)
    first = make_window(settings)
    first.strokes.use_settings(OWN)
    first.close()
    assert json.loads(settings.get(table.EXTRACTION)) == {"thinning_passes": 0}
    assert make_window(settings).feed.settings == OWN


@pytest.mark.parametrize("stored", ["[]", "{", '{"thinning_passes": "many"}', '{"wing": 1}'])
def test_what_cannot_be_read_counts_as_published(
    make_window: Callable[..., MainWindow], stored: str
) -> None:
    settings = Settings(None)
    settings.set(table.EXTRACTION, stored)
    assert make_window(settings).feed.settings == PUBLISHED


def test_the_rule_of_the_order_is_chosen_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    actions = window.actions_by_name
    assert actions["rule-nearest"].isChecked()
    for key, name in ((Qt.Key.Key_4, "walking"), (Qt.Key.Key_3, "natural"), (Qt.Key.Key_1, "")):
        with qtbot.waitSignal(window.digit_shown, timeout=120_000):
            QTest.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
        assert window.strokes.settings.order == ("natural" if name else "nearest")
        assert window.strokes.settings.walking is (name == "walking")
        assert actions[f"rule-{name or 'nearest'}"].isChecked()
    window.strokes.use_settings(ExtractionSettings(order="natural", walking=True))
    assert actions["rule-walking"].isChecked()
    assert not actions["rule-nearest"].isChecked()
