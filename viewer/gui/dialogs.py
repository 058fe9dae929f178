"""The dialogs of a window that are no part of its work on digits."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from viewer.gui.actions import ActionSpec
from viewer.gui.opening import SAMPLE, OpenRequest

if TYPE_CHECKING:
    from viewer.gui.window import MainWindow


class Dialogs:
    """Opens dialogs over a window, and does what they were left with."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def open_folder(self) -> None:
        """Ask for a folder and open it."""
        chosen = QFileDialog.getExistingDirectory(
            self._window, "Open a folder of digits", self._start_folder()
        )
        if chosen:
            self._window.open(OpenRequest(chosen))

    def open_file(self) -> None:
        """Ask for a file and open it."""
        chosen, _filter = QFileDialog.getOpenFileName(
            self._window, "Open a file of digits", self._start_folder()
        )
        if chosen:
            self._window.open(OpenRequest(chosen))

    def get_data(self) -> None:
        """Open the dialog that fetches data sets; what it got is opened."""
        from viewer.gui.fetch_dialog import FetchDialog

        window = self._window
        dialog = FetchDialog(window.jobs, window.settings, window)
        dialog.fetched.connect(lambda path: window.open(OpenRequest(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_about_set(self) -> None:
        """Open the page about the set; the window can be used on."""
        from viewer.gui.about_set import AboutSetDialog

        window = self._window
        if window.table is None:
            window.status.say("No set is open")
            return
        page = AboutSetDialog(window.table, window.appearance.theme, window.jobs, window)
        page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page.digit_chosen.connect(window.browser.go_to_position)
        window.opener.opened.connect(page.close)  # it is about the set that was open
        changed = window.appearance.changed
        follow = changed.connect(lambda: page.set_theme(window.appearance.theme))
        page.destroyed.connect(lambda: changed.disconnect(follow))
        page.show()

    def show_keys(self, table: Iterable[ActionSpec]) -> None:
        """Open the sheet of keys."""
        from viewer.gui.help import KeySheet

        sheet = KeySheet(table, self._window)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def show_about(self) -> None:
        """Tell what this program is."""
        from viewer.gui.help import show_about

        show_about(self._window)

    def _start_folder(self) -> str:
        """Return the folder that dialogs for opening start in."""
        for source in self._window.memory.recent():
            if source != SAMPLE:
                return str(Path(source).parent)
        return str(Path.home())
