"""The button that takes up, saves, renames and deletes filters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QToolButton, QWidget

from viewer.errors import UserError
from viewer.gui.filter.saved_filters import LONGEST_NAME, SavedFilter, SavedFilters
from viewer.gui.filter.signs import sign
from viewer.gui.theme import Theme


class SavedMenu(QToolButton):
    """A menu of the saved filters.

    `chosen` is emitted with the query of the filter that was chosen, `refused` with the
    UserError of a name that cannot be used.

    Parameters
    ----------
    saved : SavedFilters
    current : callable
        Returns the text of the query that would be saved, "" where there is none.
    theme : Theme
    """

    chosen = Signal(str)
    refused = Signal(object)

    def __init__(
        self,
        saved: SavedFilters,
        current: Callable[[], str],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._saved = saved
        self._current = current
        self.setText("Saved")
        self.setAccessibleName("Saved filters")
        self.setToolTip("Use a saved filter, or save this one (Ctrl+D)")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.setAccessibleName("Saved filters")
        self.clicked.connect(self.open_menu)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.setIcon(sign("saved", theme))

    def open_menu(self) -> None:
        """Open the menu below the button."""
        self.fill()
        corner = self.mapToGlobal(QPoint(self.width(), self.height()))
        self._menu.popup(corner - QPoint(self._menu.sizeHint().width(), 0))

    def fill(self) -> None:
        """List the filters there are now."""
        self._menu.clear()
        filters = self._saved.all()
        for one in filters:
            self._entry(self._menu, one, partial(self.chosen.emit, one.query))
        self._menu.addSeparator()
        save = self._menu.addAction("&Save this filter…", self.ask_name)
        save.setToolTip("Keep the query under a name")
        save.setEnabled(bool(self._current()))
        changes: tuple[tuple[str, Callable[[str], None]], ...] = (
            ("&Rename", self.ask_other_name),
            ("&Delete", self._saved.delete),
        )
        for title, change in changes:
            part = self._menu.addMenu(title)
            part.setToolTipsVisible(True)
            part.setEnabled(bool(filters))
            for one in filters:
                self._entry(part, one, partial(change, one.name))

    def ask_name(self) -> None:
        """Ask for a name, and save the query under it."""
        query = self._current()
        if not query:
            self.refused.emit(UserError("there is no filter to save", advice="Write a query."))
            return
        taken = self._saved.names()
        self._ask(
            "Save this filter",
            "Name" if not taken else "Name (one that is there is replaced)",
            query[:LONGEST_NAME],
            lambda name: self._saved.save(name, query),
        )

    def ask_other_name(self, name: str) -> None:
        """Ask for another name for a saved filter."""
        self._ask("Rename a filter", "Name", name, lambda new: self._saved.rename(name, new))

    def _entry(self, menu: QMenu, one: SavedFilter, slot: Callable[[], object]) -> None:
        """Add a filter to a menu."""
        action = menu.addAction(one.name.replace("&", "&&"))
        action.setToolTip(one.query)
        action.triggered.connect(lambda _on: slot())

    def _ask(self, title: str, label: str, text: str, done: Callable[[str], None]) -> None:
        """Ask for a name without stopping the window."""
        dialog = QInputDialog(self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(title)
        dialog.setLabelText(label)
        dialog.setTextValue(text)
        dialog.resize(400, dialog.height())

        def take(name: str) -> None:
            try:
                done(name)
            except UserError as error:
                self.refused.emit(error)

        dialog.textValueSelected.connect(take)
        dialog.open()
