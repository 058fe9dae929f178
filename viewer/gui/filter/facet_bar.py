"""The column of facets: what digits there are, by each thing that is known about them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from viewer.catalog.columns import Column
from viewer.catalog.query.names import offer_columns
from viewer.catalog.table import Table
from viewer.gui.actions import ActionSpec
from viewer.gui.filter.facet_section import FacetSection
from viewer.gui.filter.filter import Answer, Filter
from viewer.gui.theme import Theme

WIDTH = 232
"""Width of the bar in pixels, to begin with."""

FIRST_OPEN = ("split", "class", "strokes", "loops", "writer", "hsf")
"""Facets that stand first, and are unfolded until the user says otherwise."""

RUNNING = ("index", "digit_index", "global_index", "nist_class", "unused")
"""Columns without a facet: they number the digits, or say what another column says."""

ALL_FOLDED = "-"


class FacetBar(QWidget):
    """The facets of a `Filter`, one below the other.

    Within a facet any of the chosen values will do; between facets all must hold.
    """

    def __init__(self, filter_: Filter, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = filter_
        self._theme = theme
        self._table: Table | None = None
        self._open = set(FIRST_OPEN)
        self._sections: dict[str, FacetSection] = {}
        self._lines: list[QFrame] = []
        self._title = QLabel("Facets", self)
        self._clear = QPushButton("Clear all", self)
        self._clear.setFlat(True)
        self._clear.setAccessibleName("Clear all facets")
        self._clear.setToolTip("Clear the whole query: show all digits (Ctrl+Shift+F)")
        self._clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._clear.clicked.connect(lambda: filter_.set_text(""))
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._lay_out()
        self.setAccessibleName("Facets")
        filter_.changed.connect(self._follow)
        filter_.answered.connect(self._show)
        self.set_theme(theme)
        self._follow()

    def _lay_out(self) -> None:
        """Place the title above the column, which scrolls."""
        self._column.setContentsMargins(0, 0, 4, 8)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        area = QScrollArea(self)
        area.setWidget(self._page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top = QHBoxLayout()
        top.setContentsMargins(8, 0, 4, 0)
        top.addWidget(self._title, 1)
        top.addWidget(self._clear)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(8, 8, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(top)
        rows.addWidget(area, 1)
        self.setMinimumWidth(176)
        self.resize(WIDTH, 600)

    def actions_table(self) -> list[ActionSpec]:
        """Return what can be done with the facets from menus and keys."""
        return [
            ActionSpec(
                "facets-focus",
                "View",
                "&Go to the facets",
                "Ctrl+Shift+G",
                self.take_focus,
                "Choose by facets with the keys: Tab, arrows and Space",
            ),
            ActionSpec(
                "facets-fold",
                "View",
                "F&old all facets",
                "Ctrl+Shift+K",
                lambda: self.unfold_all(on=False),
                "Leave only the names of the facets",
            ),
        ]

    @property
    def sections(self) -> dict[str, FacetSection]:
        """The facets by the names of their columns."""
        return self._sections

    def take_focus(self) -> None:
        """Give the first facet the focus."""
        for section in self._sections.values():
            section.header.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return

    def unfold_all(self, *, on: bool) -> None:
        """Unfold all facets, or fold them."""
        for section in self._sections.values():
            section.set_unfolded(on)

    def save_state(self) -> str:
        """Return which facets are unfolded."""
        return ",".join(sorted(self._open)) or ALL_FOLDED

    def restore_state(self, state: str) -> None:
        """Unfold the facets that were when the state was saved; "" for the usual ones."""
        names = state.split(",") if state else FIRST_OPEN
        self._open = {name for name in names if name not in ("", ALL_FOLDED)}
        for name, section in self._sections.items():
            section.set_unfolded(name in self._open)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self._title.setStyleSheet(f"color: {theme.muted};")
        for line in self._lines:
            line.setStyleSheet(_rule(theme))
        for section in self._sections.values():
            section.set_theme(theme)

    def _follow(self) -> None:
        """Show the choices of the filter's query, over another table where it has one."""
        if self._filter.table is not self._table:
            self._rebuild()
        query = self._filter.query
        self._clear.setEnabled(query is not None and bool(self._filter.text))
        for section in self._sections.values():
            section.show_choice(query)

    def _rebuild(self) -> None:
        """Have a section for each column of the table."""
        self._table = self._filter.table
        for part in (*self._sections.values(), *self._lines):
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._sections.clear()
        self._lines.clear()
        if self._table is not None:
            before = ""
            for column in sorted(offer_columns(self._table).values(), key=_rank):
                if not _has_facet(column, self._table):
                    continue
                if before and _group(column) != before:
                    self._add_line()
                before = _group(column)
                self._add_section(column)
        self._ask()

    def _add_section(self, column: Column) -> None:
        section = FacetSection(self._filter, column, self._theme, self._page)
        section.set_unfolded(column.name in self._open)
        section.folded.connect(lambda: self._folded(section))
        self._sections[column.name] = section
        self._column.insertWidget(self._column.count() - 1, section)

    def _add_line(self) -> None:
        """Part the first from what else came with the set, was found, and was marked."""
        line = QFrame(self._page)
        line.setFixedHeight(9)
        line.setStyleSheet(_rule(self._theme))
        self._lines.append(line)
        self._column.insertWidget(self._column.count() - 1, line)

    def _folded(self, section: FacetSection) -> None:
        if section.unfolded:
            self._open.add(section.column.name)
        else:
            self._open.discard(section.column.name)
        self._ask()

    def _ask(self) -> None:
        """Have the unfolded facets counted; what is folded costs nothing."""
        self._filter.set_facets(name for name, one in self._sections.items() if one.unfolded)

    def _show(self, answer: Answer) -> None:
        """Show the counts of an answer."""
        for name, facet in answer.facets.items():
            if name in self._sections:
                self._sections[name].show_counts(facet, answer.counts[name])


def _rule(theme: Theme) -> str:
    """Return the style of the lines between groups: a hair-line with air above and below."""
    return f"margin: 4px 0; border: none; border-top: 1px solid {theme.border};"


def _rank(column: Column) -> int:
    """Return the place of a column's facet; those of a rank keep their order."""
    return FIRST_OPEN.index(column.name) if column.name in FIRST_OPEN else len(FIRST_OPEN)


def _group(column: Column) -> str:
    if column.name in FIRST_OPEN:
        return "first"
    return "set" if column.origin in ("identity", "metadata") else column.origin


def _has_facet(column: Column, table: Table) -> bool:
    """Return whether a column parts the digits in a way that is worth a facet."""
    if column.name in RUNNING:
        return False
    return column.name != "split" or len(table.words("split")) > 1
