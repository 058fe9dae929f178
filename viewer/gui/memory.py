"""What the window takes up from last time and keeps for the next."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer

from viewer.core.settings import PUBLISHED, ExtractionSettings, difference, from_values
from viewer.gui import settings as table
from viewer.gui.opening import SAMPLE, OpenRequest
from viewer.gui.settings import Settings

if TYPE_CHECKING:
    from viewer.gui.window import MainWindow

RECENT = 10
PAUSE = 1000
"""Milliseconds after a change at which the state is written."""


def last_open(settings: Settings) -> OpenRequest:
    """Return what was open last time, the sample on a first start."""
    source = settings.get(table.SOURCE)
    if not source:
        return OpenRequest(SAMPLE, remembered=True)
    return OpenRequest(
        source,
        labels=settings.get(table.LABELS),
        sequences=settings.get(table.SEQUENCES),
        digit=settings.get(table.DIGIT),
        remembered=True,
    )


class WindowMemory:
    """Carries the state of a window to and from the settings."""

    def __init__(self, settings: Settings, window: MainWindow) -> None:
        self._settings = settings
        self._window = window
        self._timer = QTimer(window)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.keep)

    def recent(self) -> tuple[str, ...]:
        """Return the sets opened lately, newest first."""
        return self._settings.get(table.RECENT)

    def opened(self, request: OpenRequest) -> tuple[str, str]:
        """Remember a set that was opened; return the filter and the order to show it by.

        They are last time's where the set is, and none otherwise.
        """
        source = request.source
        if source != SAMPLE:
            source = str(Path(source).absolute())
        again = request.remembered and source == self._settings.get(table.SOURCE)
        self._settings.set(table.SOURCE, source)
        for setting, path in (
            (table.LABELS, request.labels),
            (table.SEQUENCES, request.sequences),
        ):
            self._settings.set(setting, str(Path(path).absolute()) if path else "")
        others = [item for item in self.recent() if item != source]
        self._settings.set(table.RECENT, (source, *others)[:RECENT])
        where = self._settings.get(table.QUERY) if again else ""
        order = self._settings.get(table.SORT) if again else ""
        return request.where or where, order

    def keep_soon(self) -> None:
        """Remember the state a moment later, so that a crash loses little."""
        if not self._timer.isActive():
            self._timer.start()

    def restore(self) -> None:
        """Take up what does not depend on the set."""
        window, settings = self._window, self._settings
        if geometry := settings.get(table.GEOMETRY):
            window.restoreGeometry(QByteArray(geometry))
            if window.isFullScreen():
                window.showNormal()
        if splitter := settings.get(table.SPLITTER):
            window.splitter.restoreState(QByteArray(splitter))
        window.browser.set_thumbnail_size(settings.get(table.THUMBNAIL))
        window.browser.set_cell(settings.get(table.CELL))
        window.browser.set_caption(settings.get(table.CAPTION))
        window.facet_bar.restore_state(settings.get(table.FACETS_OPEN))
        for name, show, setting in self._columns():
            show(settings.get(setting))
            window.actions_by_name[name].setChecked(settings.get(setting))
        window.stage.restore_state(_state(settings.get(table.REPLAY)))
        window.strokes.use_settings(_extraction(settings.get(table.EXTRACTION)))
        window.lab.restore_state(_state(settings.get(table.TRIED)))
        for note in settings.notes:
            window.banner.show_note(note)

    def keep(self) -> None:
        """Remember the state as it is."""
        window, settings = self._window, self._settings
        settings.set(table.GEOMETRY, bytes(window.saveGeometry().data()))
        settings.set(table.SPLITTER, bytes(window.splitter.saveState().data()))
        for name, _show, setting in self._columns():
            settings.set(setting, window.actions_by_name[name].isChecked())
        settings.set(table.APPEARANCE, window.appearance.choice)
        settings.set(table.THUMBNAIL, window.browser.controls.size_slider.value())
        settings.set(table.CELL, window.browser.cell)
        settings.set(table.CAPTION, window.browser.caption)
        settings.set(table.FACETS_OPEN, window.facet_bar.save_state())
        settings.set(table.EXTRACTION, json.dumps(difference(window.strokes.settings)))
        settings.set(table.TRIED, json.dumps(window.lab.save_state()))
        settings.set(table.REPLAY, json.dumps(window.stage.save_state()))
        shown, digit = window.table, window.browser.current()
        if shown is not None:
            settings.set(table.SORT, window.filter.order)
            if table.QUERY.accepts(window.filter.text):
                settings.set(table.QUERY, window.filter.text)
        if shown is not None and digit is not None:
            settings.set(table.DIGIT, shown.identity(digit))
        settings.save()

    def _columns(self) -> tuple[tuple[str, Callable[[bool], None], table.Setting[bool]], ...]:
        """Return the columns that fold: their action, what folds them, what remembers them."""
        window = self._window
        return (
            ("facets", window.facet_bar.setVisible, table.FACETS),
            ("browser", window.browser.setVisible, table.BROWSER),
            ("lab", window.lab.set_open, table.LAB),
        )


def _state(text: str) -> dict[str, object]:
    """Return the state of a part that was remembered, nothing where it cannot be read."""
    try:
        state = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return state if isinstance(state, dict) else {}


def _extraction(text: str) -> ExtractionSettings:
    """Return the settings of an extraction that were remembered, else the published ones."""
    try:
        return from_values(_state(text))
    except ValueError:
        return PUBLISHED
