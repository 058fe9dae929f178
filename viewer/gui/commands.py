"""What the user can do: the table of actions and what they call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from viewer.catalog.columns import FACT_NAMES
from viewer.gui.actions import ActionSpec
from viewer.gui.copying import Copying
from viewer.gui.dialogs import Dialogs
from viewer.gui.opening import SAMPLE, OpenRequest, short_name
from viewer.gui.stage import can_compare, how_many

if TYPE_CHECKING:
    from viewer.gui.window import MainWindow

SIZE_STEP = 28
DIGIT_MENU = (
    *("full-screen", "orders", "compare", "similar", "writer", ""),
    *("favourite", "colour-1", "colour-2", "colour-3", "colour-0", "note", ""),
    *("copy-name", "copy-picture", "copy-rows", "export"),
)
"""Actions in the menu on digits; "" is a line."""


class Commands:
    """The actions of a window, beside those of its inspector."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.dialogs = Dialogs(window)
        self.copying = Copying(window)
        self._recent = QMenu("Open &recent", window)
        self._recent.setToolTipsVisible(True)

    def table(self) -> list[ActionSpec]:
        """Return all actions, the inspector's among them."""
        return [
            *self._file(),
            *self._window.history.actions_table(),
            *self._window.marking.actions_table(),
            *self._window.correcting.actions_table(),
            *self._edit(),
            *self.copying.actions_table(),
            *self._window.top_row.query_line.actions_table(),
            *self._view(),
            *self._window.browser.actions_table(),
            *self._window.top_row.order_choice.actions_table(),
            *self._window.facet_bar.actions_table(),
            *self._tools(),
            *self._window.lab.actions_table(),
            *self._window.stage.actions_table(),
            *self._window.strokes.actions_table(),
            ActionSpec(
                "about-set",
                "Help",
                "About this &data set",
                "Ctrl+I",
                self.dialogs.show_about_set,
                "Counts, origin, licence, citation, known label errors, what the columns mean",
            ),
            ActionSpec(
                "keys",
                "Help",
                "&Keys",
                "? F1",
                lambda: self.dialogs.show_keys(self.table()),
                "All keys, on one sheet",
            ),
            ActionSpec(
                "about",
                "Help",
                "&About",
                "Shift+F1",
                self.dialogs.show_about,
                "What this program is",
            ),
        ]

    def add_recent_menu(self) -> None:
        """Put the list of sets opened lately below the actions that open."""
        before = self._window.actions_by_name["open-sample"]
        for owner in before.associatedObjects():
            if isinstance(owner, QMenu):
                owner.insertMenu(before, self._recent)
        self.refresh_recent()

    def show_digit_menu(self, place: QPoint) -> None:
        """Open a menu of what can be done with the selected digits."""
        menu = QMenu(self._window)
        menu.setToolTipsVisible(True)
        for name in DIGIT_MENU:
            if name:
                menu.addAction(self._window.actions_by_name[name])
            else:
                menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def refresh_recent(self) -> None:
        """List the sets opened lately."""
        self._recent.clear()
        for source in self._window.memory.recent():
            action = self._recent.addAction(short_name(source))
            action.setToolTip(source)
            action.triggered.connect(
                lambda _on, source=source: self._window.open(OpenRequest(source))
            )
        self._recent.setEnabled(not self._recent.isEmpty())

    def compare(self) -> None:
        """Show the selected digits side by side."""
        window = self._window
        count = window.browser.selected_count()
        if window.stage.comparing:
            window.stage.show_one()
        elif window.table is None or not can_compare(count):
            window.status.say(f"Select {how_many()} digits to compare; {count:,} are selected")
        else:
            window.stage.compare_digits(window.table, window.browser.selected().tolist())

    def extract_all(self) -> None:
        """Extract the strokes of all digits, where that was cancelled."""
        window = self._window
        if window.table is None:
            window.status.say("No set is open")
        elif all(map(window.table.is_complete, FACT_NAMES)):
            window.status.say("The strokes of all digits are extracted")
        else:
            window.facts.start(window.table)

    def _file(self) -> list[ActionSpec]:
        window = self._window
        return [
            ActionSpec(
                "open-folder",
                "File",
                "&Open folder…",
                "Ctrl+O",
                self.dialogs.open_folder,
                "Open a folder with the files of MNIST or QMNIST",
            ),
            ActionSpec(
                "open-file",
                "File",
                "Open &file…",
                "Ctrl+Shift+O",
                self.dialogs.open_file,
                "Open one file of images",
            ),
            ActionSpec(
                "open-sample",
                "File",
                "Open the &sample",
                "Ctrl+Shift+S",
                lambda: window.open(OpenRequest(SAMPLE)),
                "Open the built-in synthetic digits",
            ),
            ActionSpec(
                "get-data",
                "File",
                "&Get data…",
                "Ctrl+Shift+D",
                self.dialogs.get_data,
                "Fetch MNIST, QMNIST or all digits of NIST from the network",
            ),
            ActionSpec(
                "export",
                "File",
                "&Export…",
                "Ctrl+E",
                lambda: window.exporter.ask(
                    window.browser,
                    window.marking.marks,
                    window,
                    window.request,
                    window.filter.text,
                ),
                "Write the sequences of the selected digits, or of all shown, to files",
                section=True,
            ),
            ActionSpec(
                "quit", "File", "&Quit", "Ctrl+Q", window.close, "Close the window", section=True
            ),
        ]

    def _edit(self) -> list[ActionSpec]:
        grid = self._window.browser.grid
        return [
            ActionSpec(
                "select-all",
                "Edit",
                "Select &all",
                "Ctrl+A",
                grid.select_all,
                "Select every digit the browser shows",
                section=True,
            ),
            ActionSpec(
                "select-one",
                "Edit",
                "Select &only the current digit",
                "Ctrl+Shift+A",
                self._select_current,
                "Give up the rest of the selection",
            ),
            ActionSpec(
                "go-to",
                "Go",
                "&Go to…",
                "Ctrl+G",
                self._go_to,
                "Type an index such as 13, or a digit such as train:13",
            ),
        ]

    def _view(self) -> list[ActionSpec]:
        window = self._window
        choice = window.appearance.choice
        return [
            ActionSpec(
                "facets",
                "View",
                "F&acets",
                "F2",
                window.facet_bar.setVisible,
                "Fold the facets away, or unfold them",
                checkable=True,
                checked=True,
            ),
            ActionSpec(
                "browser",
                "View",
                "&Browser",
                "F3",
                window.browser.setVisible,
                "Fold the browser away, or unfold it",
                checkable=True,
                checked=True,
            ),
            ActionSpec(
                "full-screen",
                "View",
                "&Full screen",
                "F11",
                window.set_full_screen,
                "Show only the panels, on the whole screen; so does Enter, and Esc ends it",
                checkable=True,
            ),
            ActionSpec(
                "larger",
                "View",
                "&Larger thumbnails",
                "Ctrl++ Ctrl+=",
                lambda: self._zoom(SIZE_STEP),
                "Show fewer, larger digits in the browser",
                section=True,
            ),
            ActionSpec(
                "smaller",
                "View",
                "S&maller thumbnails",
                "Ctrl+-",
                lambda: self._zoom(-SIZE_STEP),
                "Show more, smaller digits in the browser",
            ),
            *(
                ActionSpec(
                    f"appearance-{name}",
                    "View",
                    text,
                    key,
                    lambda _on, name=name: window.appearance.choose(name),
                    help_text,
                    checkable=True,
                    checked=choice == name,
                    group="appearance",
                    section=name == "system",
                )
                for name, text, key, help_text in (
                    ("system", "&System colours", "F6", "Light or dark, as the desktop is"),
                    ("light", "L&ight", "F7", "Dark words on a light ground"),
                    ("dark", "&Dark", "F8", "Light words on a dark ground"),
                )
            ),
        ]

    def _tools(self) -> list[ActionSpec]:
        return [
            ActionSpec(
                "compare",
                "Tools",
                "&Compare",
                "C",
                self.compare,
                f"Show {how_many()} selected digits side by side, played together; or go back",
            ),
            ActionSpec(
                "extract-all",
                "Tools",
                "&Extract all strokes",
                "Ctrl+Shift+X",
                self.extract_all,
                "Go on to extract the strokes of all digits, where that was cancelled",
                section=True,
            ),
        ]

    def _select_current(self) -> None:
        row = self._window.browser.grid.currentIndex().row()
        if row >= 0:
            self._window.browser.grid.go_to(row)

    def _go_to(self) -> None:
        if self._window.browser.isHidden():
            self._window.actions_by_name["browser"].setChecked(True)
            self._window.browser.show()
        jump = self._window.browser.controls.jump
        jump.setFocus()
        jump.selectAll()

    def _zoom(self, step: int) -> None:
        browser = self._window.browser
        browser.set_thumbnail_size(browser.controls.size_slider.value() + step)
