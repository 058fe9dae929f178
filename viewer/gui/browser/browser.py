"""The browser: the filter's digits or a page of them, the grid, and the way to a digit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from viewer.catalog.pages import Page
from viewer.catalog.table import Table
from viewer.core.settings import ExtractionSettings
from viewer.datasets.selection import parse_identity
from viewer.errors import UserError
from viewer.gui.actions import ActionSpec
from viewer.gui.browser import commands
from viewer.gui.browser.cells import GAP, CellPainter
from viewer.gui.browser.controls import SIZES, BrowserControls
from viewer.gui.browser.grid import ThumbnailGrid
from viewer.gui.browser.model import DigitModel
from viewer.gui.browser.page_header import PageHeader
from viewer.gui.browser.pager import Pager
from viewer.gui.browser.selection import Selection
from viewer.gui.browser.showing import Place, Showing
from viewer.gui.browser.tiles import CELLS, Tiles
from viewer.gui.browser.traces import Traces
from viewer.gui.browser.words import count_words, empty_words
from viewer.gui.jobs import Jobs
from viewer.gui.theme import Theme

if TYPE_CHECKING:
    from viewer.catalog.corrections.corrections import Corrections


class Browser(QWidget):
    """The digits of the open set that the filter or a page shows, and which one is current.

    A digit is named by its position in the table. `digit_changed` is emitted with the
    position of the new current digit, -1 for none; `selection_changed` whenever the
    selection or what is shown changes; `page_changed` with the page shown above the
    filter's digits, or None; `refused` with the UserError of something that cannot be
    shown; `hidden` with the position of a digit to go to that the filter does not show:
    it is gone to when a result with it comes; `clear_wanted` when nothing matches and the
    user wants the filter lifted; `switch_changed` with the name of a checkable action and
    its state.

    Parameters
    ----------
    theme : Theme
    jobs : Jobs
        Run what is made in the background.
    """

    digit_changed = Signal(int)
    selection_changed = Signal()
    page_changed = Signal(object)
    refused = Signal(object)
    hidden = Signal(int)
    clear_wanted = Signal()
    switch_changed = Signal(str, bool)

    def __init__(self, theme: Theme, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table: Table | None = None
        self._result: NDArray[np.int64] = np.empty(0, np.int64)
        self._total = 0
        self._partial = False
        self._page: Page | None = None
        self._kept: Place | None = None
        self._wanted: int | None = None
        self._told: int | None = None
        self.model = DigitModel(self)
        self._traces = Traces(jobs, self)
        self._tiles = Tiles(theme, self._traces)
        self._cells = CellPainter(theme, self._tiles, self.font())
        self.grid = ThumbnailGrid(self.model, self._cells, self)
        self.grid.setAccessibleName("Digits")
        self._showing = Showing(self.model, self.grid)
        self.controls = BrowserControls()
        self.header = PageHeader()
        self.pager = Pager(jobs, self)
        self.clear_button = QPushButton("Clear the filter")
        self.clear_button.setAccessibleName("Clear the filter")
        self.clear_button.setToolTip("Show all digits of the set again")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8 - GAP, 8, 0, 0)
        layout.setSpacing(8 - GAP)
        for part in (self.controls, self.header):
            layout.addWidget(part)
        layout.addWidget(self.grid, 1)
        below_words = QVBoxLayout(self.grid.viewport())
        below_words.addSpacing(96)
        below_words.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignCenter)
        self.setMinimumWidth(256)
        self.setFocusProxy(self.grid)
        self._connect()
        self.set_table(None)

    @property
    def table(self) -> Table | None:
        """The digits there are, if a set is open."""
        return self._table

    @property
    def page(self) -> Page | None:
        """The page shown above the filter's digits, if one is."""
        return self._page

    @property
    def cell(self) -> str:
        """What a thumbnail draws: ``source``, ``skeleton`` or ``strokes``."""
        return self._tiles.cell

    @property
    def caption(self) -> str:
        """Name of the column below the thumbnails; "" for none."""
        return self._cells.column

    def current(self) -> int | None:
        """Return the position of the current digit."""
        return self._showing.current()

    def shown(self) -> NDArray[np.int64]:
        """Return the positions of the digits shown, in their order."""
        return self.model.positions

    def selected(self) -> NDArray[np.int64]:
        """Return the positions of the selected digits, in the order they are shown."""
        return self.grid.selection.selected()

    def selected_count(self) -> int:
        """Return how many digits are selected."""
        return self.grid.selection.count

    def set_table(self, table: Table | None) -> None:
        """Show all digits of another set, at the first."""
        self.pager.cancel()
        self._table = self._cells.table = table
        self._tiles.set_table(table)
        self._page, self._kept, self._wanted, self._told = None, None, None, None
        self.grid.selection = Selection(0 if table is None else len(table))
        self._result = np.arange(0 if table is None else len(table), dtype=np.int64)
        self._total, self._partial = len(self._result), False
        self.controls.set_open(there=table is not None)
        self.columns_changed()
        self._show(self._result, None)
        self.page_changed.emit(None)

    def show_result(
        self, positions: NDArray[np.int64], total: int, *, partial: bool = False
    ) -> None:
        """Show what the filter let through; the current digit and the selection stay.

        Parameters
        ----------
        positions : ndarray of int64, shape (k,)
            In the order they are shown.
        total : int
            Digits there are in all.
        partial : bool
            Whether more may match once more is known of the digits.
        """
        same = np.array_equal(positions, self._result)
        wanted, self._wanted = self._wanted, None
        self._result, self._total, self._partial = positions, total, partial
        if self._page is not None:
            return
        if same:
            self._tell_count()
        else:
            self._show(positions, self._showing.heir(positions))
        if wanted is not None and not self._showing.go(wanted):
            self._wanted = wanted

    def show_page(self, page: Page | None) -> None:
        """Show a page above the filter's digits; None goes back to them, where they were."""
        if page is None and self._page is None:
            return
        if self._page is None:
            self._kept = self._showing.keep()
        self._page = page
        if page is not None:
            self._show(page.positions, None)
        else:
            self._show(self._result, None)
        self.page_changed.emit(page)

    def go_to(self, text: str) -> None:
        """Go to ``13`` of the current digit's split, or to ``train:13``.

        A page gives way where it does not show the digit; where the filter does not,
        `hidden` is emitted.

        Raises
        ------
        UserError
            If there is no such digit.
        """
        table = self._table
        if table is None:
            raise UserError("no set is open", advice="Open one first.")
        text = text.strip()
        if ":" not in text:
            split, _index = table.locate(self.current() or 0)
            text = f"{split.name}:{text}"
        self.go_to_position(table.position(*parse_identity(text, table.dataset)))

    def go_to_position(self, position: int) -> None:
        """Go to a digit by its position, as `go_to` does."""
        if self._page is not None and self.model.row_of(position) is None:
            self.show_page(None)
        if not self._showing.go(position):
            self._wanted = position
            self.hidden.emit(position)

    def hold_current(self) -> None:
        """Come back to the current digit when results without it give way to one with it.

        A digit that the user goes to meanwhile takes its place.
        """
        self._wanted = self.current()

    def set_thumbnail_size(self, edge: int) -> None:
        """Set the edge of the thumbnails in pixels; out of range takes the nearest."""
        self.controls.size_slider.setValue(min(max(edge, SIZES[0]), SIZES[1]))

    def set_cell(self, cell: str) -> None:
        """Let thumbnails draw ``source``, ``skeleton`` or ``strokes``.

        Raises
        ------
        ValueError
            If it is none of these.
        """
        if cell not in CELLS:
            raise ValueError(f"a cell draws one of {', '.join(CELLS)}, not {cell}")
        self._tiles.set_cell(cell)
        self.controls.set_cell(cell)
        self.grid.viewport().update()
        for name in CELLS:
            self.switch_changed.emit(f"cell-{name}", name == cell)

    def set_caption(self, column: str) -> None:
        """Write the values of a column below the thumbnails; "" for nothing.

        A column that is not there yet is shown once it comes.
        """
        self._cells.column = column
        self.columns_changed()
        self.grid.cells_changed()

    def change_caption(self, step: int) -> None:
        """Go to the next (+1) or the previous (-1) caption on offer."""
        offered = self.controls.captions()
        self.set_caption(offered[(offered.index(self.caption) + step) % len(offered)])

    def columns_changed(self) -> None:
        """Take notice that columns of the table were added or filled."""
        columns = () if self._table is None else tuple(self._table.columns.values())
        self.controls.set_captions(columns, self._cells.column)
        self.grid.viewport().update()

    def marks_changed(self) -> None:
        """Draw the marks anew."""
        self.grid.viewport().update()

    def set_corrections(self, corrections: Corrections | None) -> None:
        """Show corrected strokes in the place of computed ones."""
        self._tiles.set_corrections(corrections)

    def digit_corrected(self, position: int) -> None:
        """Show a digit anew that has been corrected."""
        self._tiles.forget_digit(position)
        self.grid.viewport().update()

    def set_settings(self, settings: ExtractionSettings) -> None:
        """Show skeletons and strokes as other settings give them."""
        self._tiles.set_settings(settings)
        self.grid.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._cells.theme = theme
        self._tiles.set_theme(theme)
        self.grid.viewport().update()

    def show_writer(self) -> None:
        """Show the page of the writer of the current digit."""
        current = self.current()
        if self._table is not None and current is not None:
            self.pager.writer_of(self._table, current)

    def turn_page(self, step: int) -> None:
        """Go from a page of a writer to that of the previous (-1) or the next (+1) one."""
        page = self._page
        beside = None if page is None else page.previous if step < 0 else page.next
        if beside is not None and self._table is not None:
            self.pager.writer(self._table, int(beside))

    def show_classes(self) -> None:
        """Show some digits of each class out of the filter's; each time others."""
        if self._table is not None:
            self.pager.classes(self._table, self._result)

    def show_similar(self) -> None:
        """Show the digits whose strokes are shaped most like the current one's."""
        current = self.current()
        if self._table is not None and current is not None:
            self.pager.similar(self._table, current)

    def show_odd(self) -> None:
        """Show the most unusual digits of each class out of the filter's."""
        if self._table is not None:
            self.pager.odd(self._table, self._result)

    def actions_table(self) -> list[ActionSpec]:
        """Return the browser's actions for menus and keys."""
        return commands.actions_table(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave a page by Esc."""
        if event.key() == Qt.Key.Key_Escape and self._page is not None:
            self.show_page(None)
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        """Wire the parts to each other."""
        self.grid.selectionModel().currentChanged.connect(self._current_changed)
        self.grid.picked.connect(self._picked)
        self._traces.arrived.connect(self.grid.viewport().update)
        self._traces.failed.connect(self.refused)
        self.pager.made.connect(self.show_page)
        self.pager.failed.connect(self.refused)
        self.header.back_wanted.connect(lambda: self.show_page(None))
        self.header.turned.connect(self.turn_page)
        self.controls.cell_chosen.connect(self.set_cell)
        self.controls.caption_chosen.connect(self.set_caption)
        self.controls.size_slider.valueChanged.connect(self._resize)
        self.controls.jump.returnPressed.connect(self._jump)
        self.clear_button.clicked.connect(self.clear_wanted)

    def _show(self, positions: NDArray[np.int64], current: int | None) -> None:
        """Show digits in the grid, at one of them if it is there, else at the first."""
        page, kept = self._page, self._kept
        self._cells.captions = None if page is None else page.captions
        if page is None and kept is not None:
            self._kept = None
            self._showing.resume(self._table, positions, kept)
        else:
            sections = () if page is None else page.sections
            self._showing.show(self._table, positions, sections, current)
        self.header.show_page(page)
        self._tell_count()
        if not len(positions) and self._told != -1:
            self._told = -1
            self.digit_changed.emit(-1)
        self.selection_changed.emit()

    def _tell_count(self) -> None:
        """Say how many digits are shown; where there are none, why."""
        shown, on_page = len(self.model.positions), self._page is not None
        total = None if self._table is None else self._total
        partial = self._partial and not on_page
        self.controls.set_count(*count_words(shown, total, partial=partial, on_page=on_page))
        self.grid.set_empty_text(empty_words(total, partial=partial, on_page=on_page))
        self.clear_button.setVisible(bool(total) and not shown and not on_page)
        if not shown:
            self.controls.jump.setPlaceholderText("go to")

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not current.isValid() or self._table is None:
            return
        position = self.model.position_at(current.row())
        if position != self._told:
            self._told = position
            self.controls.jump.setPlaceholderText(self._table.identity(position))
            self.digit_changed.emit(position)

    def _picked(self) -> None:
        self._wanted = None
        self.selection_changed.emit()

    def _resize(self, edge: int) -> None:
        self._cells.set_edge(edge)
        self.grid.cells_changed()

    def _jump(self) -> None:
        try:
            self.go_to(self.controls.jump.text())
        except UserError as error:
            self.refused.emit(error)
            return
        self.controls.jump.clear()
        self.grid.setFocus()
