"""The line above the digits: the query, how many match, and the saved filters."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from viewer.catalog.query import QueryError
from viewer.catalog.query.complete import complete
from viewer.errors import UserError
from viewer.gui.actions import ActionSpec
from viewer.gui.filter.filter import Filter
from viewer.gui.filter.query_edit import QueryEdit
from viewer.gui.filter.saved_filters import SavedFilters
from viewer.gui.filter.saved_menu import SavedMenu
from viewer.gui.filter.signs import sign
from viewer.gui.settings import Settings
from viewer.gui.theme import Theme

PAUSE = 100
"""Milliseconds without a key after which what is typed applies."""

COMPLAINT = 600
"""Milliseconds without a key after which an error is shown; half a clause is not one yet."""

HELP = (
    "Show the digits that match, such as class=7 & strokes>=2, writer=2103, points=10..20, "
    "split=train or not exact. Ctrl+Space lists what can be written; Enter applies it at once."
)


class QueryLine(QWidget):
    """Types the query of a `Filter`.

    `left` is emitted when Escape gives up the focus, `troubled` with the UserError of a
    filter that cannot be saved, and with a defect met while answering.
    """

    left = Signal()
    troubled = Signal(object)

    def __init__(
        self, filter_: Filter, settings: Settings, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._filter = filter_
        self.edit = QueryEdit(theme, self)
        self.edit.setAccessibleName("Query")
        self.edit.setPlaceholderText("Filter, such as class=7 & strokes>=2")
        self.edit.setToolTip(HELP)
        self.edit.setMinimumWidth(160)
        self._find = QAction(self)
        self.edit.addAction(self._find, QLineEdit.ActionPosition.LeadingPosition)
        self.clear_action = QAction("Clear the query", self)
        self.clear_action.setToolTip("Clear the query: show all digits")
        self.clear_action.triggered.connect(self.clear)
        self.saved = SavedMenu(SavedFilters(settings), self._saveable, theme, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self.saved)
        self._apply_soon = self._timer(PAUSE, self.apply)
        self._complain_soon = self._timer(COMPLAINT, self._complain_calmly)
        self.setFocusProxy(self.edit)
        self.set_theme(theme)
        self._connect()
        self._follow()

    def _timer(self, milliseconds: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

    def _connect(self) -> None:
        """Wire the parts to each other."""
        self.edit.textEdited.connect(self._edited)
        self.edit.hints_wanted.connect(lambda: self._hint(asked=True))
        self.edit.confirmed.connect(self._confirm)
        self.edit.left.connect(self._leave)
        self.edit.blurred.connect(self._settle)
        self.saved.chosen.connect(self._take)
        self.saved.refused.connect(self.troubled)
        self._filter.changed.connect(self._follow)
        self._filter.refused.connect(self._refused)

    def actions_table(self) -> list[ActionSpec]:
        """Return what can be done with the query from menus and keys."""
        return [
            ActionSpec(
                "query",
                "Edit",
                "Find &digits…",
                "Ctrl+F",
                self.take_focus,
                "Write a query such as class=7 & strokes>=2",
                section=True,
            ),
            ActionSpec(
                "clear-query",
                "Edit",
                "Clear the &filter",
                "Ctrl+Shift+F",
                self.clear,
                "Show all digits of the set",
            ),
            ActionSpec(
                "save-filter",
                "Edit",
                "Sa&ve this filter…",
                "Ctrl+D",
                self.saved.ask_name,
                "Keep the query under a name",
            ),
        ]

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.edit.set_theme(theme)
        self.saved.set_theme(theme)
        self._find.setIcon(sign("find", theme))
        self.clear_action.setIcon(sign("clear", theme))

    def take_focus(self) -> None:
        """Let the query be typed anew or changed."""
        self.edit.setFocus()
        self.edit.selectAll()

    def clear(self) -> None:
        """Show all digits."""
        self._take("")

    def apply(self) -> None:
        """Filter by what is typed now."""
        self._apply_soon.stop()
        self._filter.set_text(self.edit.text())

    def _take(self, text: str) -> None:
        """Take up another query as a whole."""
        self.edit.setText(text)
        self.edit.hints.hide()
        self.apply()
        self._complain()

    def _saveable(self) -> str:
        """Return the query as it would be saved."""
        text = self.edit.text().strip()
        return "" if self._filter.error is not None else text

    def _edited(self) -> None:
        """Apply what is typed after a moment; an error in it may wait longer."""
        self.edit.clear_mark()
        self._offer_clearing()
        self._apply_soon.start()
        self._complain_soon.start()
        self._hint()

    def _hint(self, *, asked: bool = False) -> None:
        """Show what may be written at the cursor; nothing where that is there already."""
        table = self._filter.table
        text, cursor = self.edit.text(), self.edit.cursorPosition()
        if table is None or not (text or asked):
            self.edit.hints.hide()
            return
        found = complete(text, cursor, table)
        there = [one for one in found if text[one.start : one.end] == one.text.strip()]
        if there and not asked:
            found = []
        self.edit.hints.show_hints(found, "", self.edit)

    def _confirm(self) -> None:
        self.apply()
        self.edit.hints.hide()
        self._complain()

    def _leave(self) -> None:
        self._settle()
        self.edit.clearFocus()
        self.left.emit()

    def _settle(self) -> None:
        """Apply what is typed and show what is wrong with it, without a word over the digits."""
        if self._apply_soon.isActive():
            self.apply()
        self._complain(with_message=False)

    def _follow(self) -> None:
        """Show the filter's text, unless it is what was typed here."""
        open_ = self._filter.table is not None
        self.edit.setEnabled(open_)
        self.saved.setEnabled(open_)
        if self._filter.text != self.edit.text() and not self._apply_soon.isActive():
            self.edit.setText(self._filter.text)
            self.edit.hints.hide()
            self._complain()
        self._offer_clearing()

    def _offer_clearing(self) -> None:
        """Have the button that clears while there is something to clear."""
        if bool(self.edit.text()) != (self.clear_action in self.edit.actions()):
            if self.edit.text():
                self.edit.addAction(self.clear_action, QLineEdit.ActionPosition.TrailingPosition)
            else:
                self.edit.removeAction(self.clear_action)

    def _refused(self, error: object) -> None:
        """Mark an error, unless more may be typed soon; what is fine again at once."""
        if isinstance(error, Exception) and not isinstance(error, QueryError):
            self.troubled.emit(error)
        elif error is None or not self._complain_soon.isActive():
            self._complain(with_message=self.edit.hasFocus())

    def _complain_calmly(self) -> None:
        """Mark what is wrong, unless it is an end for which the completions are on show."""
        error, text = self._filter.error, self.edit.text().rstrip()
        open_end = isinstance(error, QueryError) and error.end >= len(text)
        if not (open_end and self.edit.hints.completions):
            self._complain()

    def _complain(self, *, with_message: bool = True) -> None:
        """Mark what is wrong with the query, where it is."""
        self._complain_soon.stop()
        error = self._filter.error
        if not isinstance(error, UserError):
            self.edit.clear_mark()
            self.edit.setToolTip(HELP)
            self.edit.setAccessibleDescription("")
            return
        if isinstance(error, QueryError):
            self.edit.set_mark(error.start, error.end)
        words = str(error)[:1].upper() + str(error)[1:]
        self.edit.setToolTip(words)
        self.edit.setAccessibleDescription(words)
        if with_message and self.edit.hasFocus():
            self.edit.hints.show_hints(self.edit.hints.completions, words, self.edit)
