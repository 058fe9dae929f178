"""One facet in the bar: its header and, unfolded, its bars, histogram or names."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from viewer.catalog.columns import Column
from viewer.catalog.facets.facet import Facet
from viewer.catalog.query import Choice, Query, Range
from viewer.catalog.query.text import write_item, write_number
from viewer.gui.drawn_icons import SIDE
from viewer.gui.filter.bars import Bar, BarList
from viewer.gui.filter.facet_header import FacetHeader
from viewer.gui.filter.filter import Filter
from viewer.gui.filter.histogram import Histogram
from viewer.gui.filter.name_list import NameList
from viewer.gui.filter.signs import sign
from viewer.gui.theme import Theme

Body = BarList | Histogram | NameList


class FacetSection(QWidget):
    """What a query chooses in one column, shown and changed.

    `folded` is emitted when the section was folded or unfolded.
    """

    folded = Signal()

    def __init__(
        self, filter_: Filter, column: Column, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._filter = filter_
        self._theme = theme
        self._facet: Facet | None = None
        self._choice: Choice | None = None
        self._counts: NDArray[np.int64] = np.zeros(0, np.int64)
        self.column = column
        self.body: Body | None = None
        self.header = FacetHeader(theme, column.title, column.help, self)
        self.header.toggled.connect(self._fold)
        self.clear_button = QToolButton(self)
        self.clear_button.setAutoRaise(True)
        self.clear_button.setFixedSize(24, 24)
        self.clear_button.setIconSize(QSize(SIDE, SIDE))
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clear_button.setAccessibleName(f"Clear {column.title}")
        self.clear_button.setToolTip(f"Clear what is chosen by {column.title}")
        self.clear_button.clicked.connect(self.clear)
        self.clear_button.hide()
        self.remark = QLabel("Not known yet", self)
        self.remark.setIndent(24)
        self.remark.setMinimumHeight(24)
        self.remark.hide()
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self.header, 1)
        top.addWidget(self.clear_button)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addLayout(top)
        self._rows.addWidget(self.remark)
        self.set_theme(theme)

    @property
    def unfolded(self) -> bool:
        """Whether the body is shown."""
        return self.header.isChecked()

    def set_unfolded(self, on: bool) -> None:
        """Fold or unfold the section."""
        self.header.setChecked(on)

    def clear(self) -> None:
        """Choose nothing in this column."""
        self._filter.set_choice(self.column.name, None)
        self.header.setFocus()

    def show_counts(self, facet: Facet, counts: NDArray[np.int64]) -> None:
        """Show another facet of the column, or other counts."""
        if len(counts) != len(facet.bins):
            return  # the column changed between the two; the next answer has both anew
        self._facet, self._counts = facet, counts
        self._refresh()

    def show_choice(self, query: Query | None) -> None:
        """Show what a query chooses; the counts stay as they were."""
        choice = None if query is None else query.choice(self.column.name)
        if choice == self._choice:
            return
        self._choice = choice
        self.clear_button.setVisible(choice is not None)
        self._refresh()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.header.set_theme(theme)
        self.clear_button.setIcon(sign("clear", theme))
        self.remark.setStyleSheet(f"color: {theme.muted};")
        if self.body is not None:
            self.body.set_theme(theme)

    def _fold(self) -> None:
        self._refresh()
        self.folded.emit()

    def _refresh(self) -> None:
        """Bring the body up to date, or have none while folded or without values."""
        facet = self._facet
        known = facet is not None and bool(facet.bins)
        chosen = [] if facet is None else facet.chosen(self._choice)
        self.header.set_choice(_describe(self._choice, facet, chosen))
        self.remark.setVisible(self.unfolded and not known)
        if not self.unfolded or facet is None or not known:
            if self.body is not None:
                self.body.hide()
            return
        self._have_body(facet)
        if isinstance(self.body, NameList):
            self.body.show_names([part.label for part in facet.bins], self._counts, chosen)
            return
        bars = [
            Bar(part.label, int(count), place in chosen)
            for place, (part, count) in enumerate(zip(facet.bins, self._counts, strict=True))
        ]
        if isinstance(self.body, Histogram):
            self.body.show_bars(bars, *_limits(facet))
        elif self.body is not None:
            self.body.show_bars(bars)

    def _have_body(self, facet: Facet) -> None:
        """Have a body of the facet's form on show."""
        kinds: dict[str, type[Body]] = {
            "values": BarList,
            "histogram": Histogram,
            "names": NameList,
        }
        if not isinstance(self.body, kinds[facet.form]):
            if self.body is not None:
                self.body.hide()
                self.body.deleteLater()
            self.body = kinds[facet.form](self._theme, self.column.title, self)
            if isinstance(self.body, Histogram):
                self.body.picked.connect(self._choose_range)
                self.body.cleared.connect(lambda: self._filter.set_choice(self.column.name, None))
            else:
                self.body.toggled.connect(self._toggle)
            self._rows.addWidget(self.body)
            self._order_tabs(self.body)
        self.body.show()

    def _order_tabs(self, body: Body) -> None:
        """Let Tab go from the header to the body, which was made long after the others."""
        if isinstance(body, NameList):
            QWidget.setTabOrder(self.clear_button, body.edit)
            QWidget.setTabOrder(body.edit, body.bars)
        else:
            QWidget.setTabOrder(self.clear_button, body)

    def _toggle(self, place: int) -> None:
        """Choose a bin as well, or no more."""
        if self._facet is not None:
            chosen = set(self._facet.chosen(self._choice)) ^ {place}
            self._filter.set_choice(self.column.name, self._facet.choose(chosen))

    def _choose_range(self, first: int, last: int) -> None:
        if self._facet is not None:
            choice = self._facet.choose(range(first, last + 1))
            self._filter.set_choice(self.column.name, choice)


def _describe(choice: Choice | None, facet: Facet | None, chosen: list[int]) -> str:
    """Return a choice in few words: labels of its bins, or how many they are."""
    if choice is None:
        return ""
    if facet is not None and facet.form != "histogram":
        if len(chosen) > 4:
            return f"{len(chosen)} chosen"
        if chosen and not choice.ranges:
            return ", ".join(facet.bins[place].label for place in chosen)
    return ", ".join(write_item(item) for item in choice.items) or "none"


def _limits(facet: Facet) -> tuple[str, str]:
    """Return the ends of a histogram in words; an end may be left open."""
    first, last = facet.bins[0].item, facet.bins[-1].item
    low = high = ""
    if isinstance(first, Range):
        low = f"< {_write(first.high)}" if first.low is None else _write(first.low)
    if isinstance(last, Range):
        high = f"≥ {_write(last.low)}" if last.high is None else _write(last.high)
    space = " " if facet.column.unit[:1].isalpha() or facet.column.unit == "%" else ""
    return low, f"{high}{space}{facet.column.unit}"


def _write(number: float | None) -> str:
    """Return a number with a sign as print has it."""
    return "" if number is None else write_number(number).replace("-", "−")
