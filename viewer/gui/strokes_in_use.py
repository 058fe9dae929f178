"""What strokes are made with: the settings and corrections in use, the same for every part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from viewer.catalog.table import Table
from viewer.core.settings import ExtractionSettings
from viewer.gui.actions import ActionSpec

if TYPE_CHECKING:
    from viewer.catalog.corrections.corrections import Corrections
    from viewer.core.extract import Extraction
    from viewer.gui.window import MainWindow

RULES: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
    (
        "nearest", "Order as pu&blished", "Alt+1",
        "Draw the pixels from one to the nearest, as the published data set does",
        {"order": "nearest", "walking": False},
    ),
    (
        "shortest", "&Shortest order", "Alt+2",
        "Draw the pixels on the shortest path through all of them",
        {"order": "shortest", "walking": False},
    ),
    (
        "natural", "Order of a han&d", "Alt+3",
        "Draw the strokes as a human hand would, every pixel once",
        {"order": "natural", "walking": False},
    ),
    (
        "walking", "Order of a hand, wal&king over ink", "Alt+4",
        "Draw as a human hand would, the pen staying down where it moves over ink",
        {"order": "natural", "walking": True},
    ),
)  # fmt: skip
"""The rules of the order: name, words, key, help, and what they are in the settings."""


class StrokesInUse(QObject):
    """Gives every part of a window the same settings and corrections.

    `changed` is emitted when the strokes of all digits are others, `corrected` with the
    position of a digit whose correction is another, `switch_changed` with the name of a
    checkable action and its new state.
    """

    changed = Signal()
    switch_changed = Signal(str, bool)
    corrected = Signal(int)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.correcting.changed.connect(self._correction_changed)
        window.inspector.passes_chosen.connect(self._use_passes)
        window.stage.compare.correct = self._correct

    @property
    def settings(self) -> ExtractionSettings:
        """The settings in use."""
        return self._window.feed.settings

    def use_settings(self, settings: ExtractionSettings) -> None:
        """Extract with other settings from now on, everywhere."""
        window = self._window
        if settings == self.settings:
            return
        for part in (window.feed, window.browser, window.stage):
            part.set_settings(settings)
        window.facts.set_settings(settings, window.table)
        window.exporter.extraction = settings
        window.inspector.tools.thinning.show_passes(settings.thinning_passes)
        window.status.show_settings(settings)
        for name, _text, _key, _help, _changes in RULES:
            self.switch_changed.emit(f"rule-{name}", name == self._rule())
        self.changed.emit()

    def _use_passes(self, passes: int | None) -> None:
        """Thin all digits by another number of passes."""
        self.use_settings(replace(self.settings, thinning_passes=passes))

    def actions_table(self) -> list[ActionSpec]:
        """Return the actions for the window's menus and keys."""
        return [
            ActionSpec(
                f"rule-{name}", "Stages", text, key,
                lambda _on=True, changes=changes: self._use_rule(changes), help_text,
                checkable=True, checked=name == self._rule(), group="rule",
                section=name == "nearest",
            )
            for name, text, key, help_text, changes in RULES
        ]  # fmt: skip

    def _rule(self) -> str:
        """Return the name of the rule in use."""
        walks = self.settings.order == "natural" and self.settings.walking
        return "walking" if walks else self.settings.order

    def _use_rule(self, changes: dict[str, Any]) -> None:
        """Order the pixels of all digits by another rule."""
        self.use_settings(replace(self.settings, **changes))

    def set_corrections(self, corrections: Corrections, table: Table) -> None:
        """Honour the corrections of a set that was opened."""
        window = self._window
        window.correcting.set_corrections(corrections, table)
        window.exporter.corrections = corrections
        window.facts.set_corrections(corrections)
        window.browser.set_corrections(corrections)

    def _correction_changed(self, position: int) -> None:
        """Show the strokes of a digit that was corrected wherever they are shown or measured."""
        window = self._window
        if window.table is not None:
            window.facts.measure_again(window.table, np.array([position], dtype=np.int64))
        window.browser.digit_corrected(position)
        self.corrected.emit(position)

    def _correct(self, position: int, extraction: Extraction) -> Extraction:
        """Return an extraction of the digit at a position with its correction."""
        window = self._window
        if window.table is None:
            return extraction
        split, index = window.table.locate(position)
        return window.correcting.apply(extraction, split.name, index)
