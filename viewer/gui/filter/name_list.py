"""A facet of many names, such as writers: the largest ones, and the rest by typing."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from viewer.gui.filter.bars import LINE, TICK, Bar, BarList
from viewer.gui.filter.signs import sign
from viewer.gui.theme import Theme

MOST_LINES = 6
"""So many names are listed."""


class _NameEdit(QLineEdit):
    """A line whose keys Down, Enter and Escape serve the list below it."""

    gone_down = Signal()
    given_up = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep its keys from the menus."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Escape)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.gone_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class NameList(QWidget):
    """A line to type the beginning of a name, and bars of the names it may be.

    Without a text the chosen names are listed, then those with the most digits.
    `toggled` is emitted with the place of the name that was clicked, or that Enter took.
    """

    toggled = Signal(int)

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: tuple[str, ...] = ()
        self._folded: tuple[str, ...] = ()
        self._counts: NDArray[np.int64] = np.zeros(0, np.int64)
        self._chosen: frozenset[int] = frozenset()
        self._listed: tuple[int, ...] = ()
        self.edit = _NameEdit(self)
        self.edit.setPlaceholderText(f"Find a {title.lower()}")
        self.edit.setAccessibleName(f"Find a {title.lower()}")
        self.edit.setToolTip("Type how it begins; Enter chooses the first one, Down goes to them")
        self._find = self.edit.addAction(
            sign("find", theme), QLineEdit.ActionPosition.LeadingPosition
        )
        self.bars = BarList(theme, title, self)
        self.rest = QLabel(self)
        self.rest.setAccessibleName("Further names")
        self.rest.setToolTip("Type above to find one of them")
        self.rest.setIndent(TICK)
        self.rest.setMinimumHeight(LINE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.edit)
        column.addSpacing(4)
        column.addWidget(self.bars)
        column.addWidget(self.rest)
        self.edit.textChanged.connect(self._list)
        self.edit.returnPressed.connect(self._take_first)
        self.edit.gone_down.connect(self.bars.setFocus)
        self.edit.given_up.connect(self.edit.clear)
        self.bars.toggled.connect(self._toggle)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.bars.set_theme(theme)
        self._find.setIcon(sign("find", theme))
        self.rest.setStyleSheet(f"color: {theme.muted};")

    def show_names(
        self, labels: Sequence[str], counts: NDArray[np.int64], chosen: Collection[int]
    ) -> None:
        """Show other names.

        Parameters
        ----------
        labels : sequence of str
            All names there are.
        counts : ndarray of int64
            Digits of each.
        chosen : collection of int
            Places of the names that the query selects.
        """
        same = tuple(labels) == self._labels
        if not same:
            self._labels = tuple(labels)
            self._folded = tuple(label.casefold() for label in labels)
        self._counts, self._chosen = counts, frozenset(chosen)
        if same and self.bars.hasFocus():
            self._show_listed()  # lines must not move away under the hand that chooses
        else:
            self._list()

    def _list(self) -> None:
        """List the chosen names and the largest, or what the text may mean."""
        start = self.edit.text().strip().casefold()
        begins = [name.startswith(start) for name in self._folded]
        found = np.flatnonzero(np.array(begins, np.bool_))
        # a whole name comes before longer ones; then the chosen ones, then the largest
        chosen = np.isin(found, list(self._chosen))
        whole = np.array([self._folded[i] == start for i in found], np.bool_)
        found = found[np.lexsort((-self._counts[found], ~chosen, ~whole))]
        self._listed = tuple(found[:MOST_LINES].tolist())
        self._show_listed()
        more = len(found) - len(self._listed)
        if start and not len(found):
            words = "None begins like that"
        else:
            words = f"and {more:,} more" if more else ""
        self.rest.setText(words)
        self.rest.setVisible(bool(words))

    def _show_listed(self) -> None:
        """Show counts and choice of the names that are listed."""
        self.bars.show_bars(
            [Bar(self._labels[i], int(self._counts[i]), i in self._chosen) for i in self._listed]
        )

    def _toggle(self, line: int) -> None:
        self.toggled.emit(self._listed[line])

    def _take_first(self) -> None:
        """Choose the first name that the text may mean."""
        if self.edit.text().strip() and self._listed:
            first = self._listed[0]
            self.edit.clear()
            self.toggled.emit(first)
