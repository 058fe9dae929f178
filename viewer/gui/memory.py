"""What the window takes up from last time and keeps for the next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray

from viewer.datasets.digits import DigitSet
from viewer.gui import settings as table
from viewer.gui.opening import SAMPLE, OpenRequest
from viewer.gui.settings import Settings

if TYPE_CHECKING:
    from viewer.gui.window import MainWindow

RECENT = 10


def last_open(settings: Settings) -> OpenRequest:
    """Return what was open last time, the sample on a first start."""
    source = settings.get(table.SOURCE)
    if not source:
        return OpenRequest(SAMPLE, remembered=True)
    labels, digit = settings.get(table.LABELS), settings.get(table.DIGIT)
    return OpenRequest(source, labels=labels, digit=digit, remembered=True)


class WindowMemory:
    """Carries the state of a window to and from the settings."""

    def __init__(self, settings: Settings, window: MainWindow) -> None:
        self._settings = settings
        self._window = window

    def recent(self) -> tuple[str, ...]:
        """Return the sets opened lately, newest first."""
        return self._settings.get(table.RECENT)

    def opened(self, request: OpenRequest, dataset: DigitSet) -> None:
        """Remember a set that was opened; take up split and class where it is last time's."""
        source = request.source
        if source != SAMPLE:
            source = str(Path(source).absolute())
        again = request.remembered and source == self._settings.get(table.SOURCE)
        if again and self._settings.get(table.SPLIT) in dataset.splits:
            self._window.browser.choose_split(self._settings.get(table.SPLIT))
            kept = self._settings.get(table.CLASS)
            self._window.browser.choose_class(None if kept < 0 else kept)
        self._settings.set(table.SOURCE, source)
        labels = str(Path(request.labels).absolute()) if request.labels else ""
        self._settings.set(table.LABELS, labels)
        others = [item for item in self.recent() if item != source]
        self._settings.set(table.RECENT, (source, *others)[:RECENT])

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
        unfolded = settings.get(table.BROWSER)
        window.browser.setVisible(unfolded)
        window.actions_by_name["browser"].setChecked(unfolded)
        try:
            state = json.loads(settings.get(table.REPLAY))
        except ValueError:
            state = {}
        if isinstance(state, dict):
            window.inspector.restore_state(state)
        for note in settings.notes:
            window.banner.show_note(note)

    def keep(self) -> None:
        """Remember the state as it is."""
        window, settings = self._window, self._settings
        settings.set(table.GEOMETRY, bytes(window.saveGeometry().data()))
        settings.set(table.SPLITTER, bytes(window.splitter.saveState().data()))
        settings.set(table.BROWSER, window.actions_by_name["browser"].isChecked())
        settings.set(table.APPEARANCE, window.appearance.choice)
        settings.set(table.THUMBNAIL, window.browser.size_slider.value())
        settings.set(table.REPLAY, json.dumps(window.inspector.save_state()))
        split, digit = window.browser.split, window.browser.current()
        if split is not None and digit is not None:
            shown = window.browser.class_shown
            settings.set(table.SPLIT, split.name)
            settings.set(table.CLASS, -1 if shown is None else shown)
            settings.set(table.DIGIT, f"{split.name}:{digit}")
        settings.save()
