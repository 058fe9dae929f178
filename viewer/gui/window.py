"""The main window: facets, browser and inspector side by side, the query above them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QMainWindow,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from viewer.catalog.pages import Page
from viewer.catalog.table import Table
from viewer.errors import UserError
from viewer.gui.appearance import Appearance
from viewer.gui.banner import Banner
from viewer.gui.browser.browser import Browser
from viewer.gui.commands import Commands
from viewer.gui.correcting import Correcting
from viewer.gui.current import CurrentDigit
from viewer.gui.export.exporter import Exporter
from viewer.gui.extracting import ExtractionFeed
from viewer.gui.facts_feed import FactsFeed
from viewer.gui.filter.facet_bar import FacetBar
from viewer.gui.filter.filter import Answer, Filter
from viewer.gui.history import History
from viewer.gui.icon import program_icon
from viewer.gui.inspector.palette import in_palette
from viewer.gui.laboratory import Laboratory
from viewer.gui.marking import Marking
from viewer.gui.memory import WindowMemory
from viewer.gui.menus import build_menus
from viewer.gui.opening import SAMPLE, Opener, OpenRequest, OpenSet, short_name
from viewer.gui.settings import Settings
from viewer.gui.stage import Stage
from viewer.gui.status import StatusBar
from viewer.gui.strokes_in_use import StrokesInUse
from viewer.gui.theme import Theme
from viewer.gui.top_row import TopRow


class MainWindow(QMainWindow):
    """Shows a set of digits and how the current one was written.

    `digit_shown` is emitted with a digit's identity when its strokes stand in the panels,
    `troubled` with every error that the banner shows. `crashed` may be emitted on any
    thread and reports an error that nothing else caught.

    Parameters
    ----------
    settings : Settings
    appearance : Appearance
    feed : ExtractionFeed
        Makes the strokes of the current digit; its jobs become the window's.
    facts : FactsFeed, optional
        Finds out about the strokes of all digits.
    """

    digit_shown = Signal(str)
    troubled = Signal(object)
    crashed = Signal(object)

    def __init__(
        self,
        settings: Settings,
        appearance: Appearance,
        feed: ExtractionFeed,
        facts: FactsFeed | None = None,
    ) -> None:
        super().__init__()
        theme = appearance.theme
        self.settings = settings
        self.appearance = appearance
        self.feed = feed
        self.jobs = feed.jobs
        self.opener = Opener(self.jobs)
        self.facts = facts or FactsFeed(self.jobs)
        self.filter = Filter(self.jobs)
        self.banner = Banner()
        self.top_row = TopRow(self.filter, settings, theme)
        self.facet_bar = FacetBar(self.filter, theme)
        self.browser = Browser(theme, self.jobs)
        self.stage = Stage(theme, self.jobs)
        self.inspector = self.stage.inspector
        self.lab = Laboratory(self)
        self._lab_shown = False
        self.status = StatusBar(self.jobs)
        self.correcting = Correcting(self.inspector, self)
        self.current = CurrentDigit(self.browser, self.inspector, self.feed, self.correcting)
        self.exporter = Exporter(self.jobs, settings, self.banner)
        self.marking = Marking(self.browser, self)
        self.history = History(self.marking, self.correcting, parent=self)
        self.strokes = StrokesInUse(self)
        self._facts_due = False
        self.request: OpenRequest | None = None
        self.answer: Answer | None = None
        self.setWindowIcon(program_icon())
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self.memory = WindowMemory(settings, self)
        self.commands = Commands(self)
        self.actions_by_name = build_menus(self, self.commands.table())
        self.commands.add_recent_menu()
        self.browser.grid.menu_wanted.connect(self.commands.show_digit_menu)
        self.browser.grid.opened.connect(self.actions_by_name["full-screen"].trigger)
        self.memory.restore()
        self._show_title()

    @property
    def table(self) -> Table | None:
        """The digits of the set that is open."""
        return self.browser.table

    @property
    def theme(self) -> Theme:
        """The colours in use, those of strokes among them."""
        return in_palette(self.appearance.theme, self.stage.drawing.palette)

    @property
    def is_settled(self) -> bool:
        """Whether all that is found out about the set and the current digit is on show."""
        if self.answer is None or self._facts_due or self.facts.running or self.filter.busy:
            return False
        return self.current.is_shown or not len(self.browser.shown())

    def start(self, request: OpenRequest) -> None:
        """Open the first set and load the kernels, both in the background."""
        self.feed.prepare()
        self.open(request)

    def open(self, request: OpenRequest) -> None:
        """Open a set in the background; the one on show stays until it is there."""
        if self.table is None:
            self.browser.grid.set_empty_text(f"Opening {short_name(request.source)} …")
        self.opener.open(request)

    def go_to(self, text: str) -> bool:
        """Show a digit by its identity; return whether there is one, else say so."""
        try:
            self.browser.go_to(text)
        except UserError as error:
            self.report(error)
            return False
        return True

    def report(self, error: Exception, doing: str = "") -> None:
        """Show an error in the banner."""
        self.banner.show_error(error, doing)
        self.troubled.emit(error)

    def show_all_strokes(self) -> None:
        """Let the replay stand at its end."""
        self.inspector.go_to_end()

    def set_full_screen(self, on: bool) -> None:
        """Show the panels and nothing else on the whole screen, or go back."""
        for part in (self.menuBar(), self.status, self.top_row):
            part.setVisible(not on)
        for name, column in (("browser", self.browser), ("facets", self.facet_bar)):
            column.setVisible(not on and self.actions_by_name[name].isChecked())
        if on:
            self._lab_shown = self.lab.is_open
        self.lab.set_open(not on and self._lab_shown)
        if on:
            self.showFullScreen()
        else:
            self.showNormal()

    def event(self, event: QEvent) -> bool:
        """Leave Space to the button or the choice that has the focus; else it plays."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
            and isinstance(self.focusWidget(), QAbstractButton | QComboBox)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the orders of a digit by Esc, the full screen by Esc or Enter."""
        leave = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.stage.ordering and event.key() == Qt.Key.Key_Escape:
            self.stage.show_one()
        elif self.isFullScreen() and event.key() in leave:
            self.actions_by_name["full-screen"].trigger()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the state and stop all work; who runs the program waits for its end."""
        self.memory.keep()
        self.marking.flush()
        self.correcting.flush()
        self.jobs.stop()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped: one file or folder, or files of one folder."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if len(paths) == 1:
            self.open(OpenRequest(str(paths[0])))
        elif paths and all(path.is_file() and path.parent == paths[0].parent for path in paths):
            self.open(OpenRequest(str(paths[0].parent)))
        else:
            self.report(
                UserError(
                    f"{len(paths)} things were dropped at once",
                    advice="Drop one folder, or files of one folder.",
                )
            )

    def _lay_out(self) -> None:
        """Place the parts."""
        page = QWidget()
        self.setCentralWidget(page)  # while it is empty: to move what is filled takes long
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        rows.addWidget(self.banner)
        rows.addWidget(self.top_row)
        rows.addWidget(self.splitter, 1)
        for column in (self.facet_bar, self.browser, self.stage):
            self.splitter.addWidget(column)
        self.splitter.setStretchFactor(2, 1)
        self.splitter.setHandleWidth(8)
        self.splitter.setChildrenCollapsible(False)
        self.setStatusBar(self.status)
        self.resize(1440, 880)
        self.splitter.setSizes([208, 344, 888])

    def _connect(self) -> None:
        """Wire the parts to each other."""
        self.opener.opened.connect(self._opened)
        self.opener.failed.connect(self._open_failed)
        self.opener.cancelled.connect(self._open_cancelled)
        self.current.shown.connect(self._digit_shown)
        self.current.failed.connect(self._digit_failed)
        self.facts.advanced.connect(self._facts_came)
        self.facts.finished.connect(self._facts_came)
        self.facts.failed.connect(lambda error: self.report(error, "Extracting all strokes"))
        self.filter.answered.connect(self._answered)
        self.filter.changed.connect(lambda: self.browser.show_page(None))
        self.browser.digit_changed.connect(self._digit_changed)
        self.browser.selection_changed.connect(self._selection_changed)
        self.browser.refused.connect(self.report)
        self.browser.hidden.connect(self._lift_filter)
        self.browser.clear_wanted.connect(lambda: self.filter.set_text(""))
        self.browser.page_changed.connect(lambda _page: self._selection_changed())
        self.top_row.query_line.left.connect(self.browser.grid.setFocus)
        self.top_row.query_line.troubled.connect(self.report)
        self.stage.digit_chosen.connect(self.browser.go_to_position)
        self.marking.changed.connect(self._marks_changed)
        self.strokes.corrected.connect(self._marks_changed)
        self.strokes.corrected.connect(self.stage.show_correction)
        self.strokes.changed.connect(self._strokes_changed)
        for teller in (self.marking, self.correcting, self.history, self.stage):
            teller.said.connect(self.status.say)
        for keeper in (self.marking, self.correcting):
            keeper.troubled.connect(self.banner.show_note)
        self.lab.use_wanted.connect(self.strokes.use_settings)
        self.lab.show_wanted.connect(self._show_changed)
        self.status.settings_wanted.connect(lambda: self.actions_by_name["lab"].trigger())
        for part in (self.browser, self.stage, self.lab, self.strokes):
            part.switch_changed.connect(self._switch_changed)
        self.crashed.connect(self.report)
        self.appearance.changed.connect(self._set_theme)
        self.stage.drawing.palette_changed.connect(self._set_theme)

    def _opened(self, request: OpenRequest, opened: OpenSet) -> None:
        """Show a set that is there, at the digit asked for."""
        dataset, self.request = opened.table.dataset, request
        if not request.remembered:
            self.banner.hide()
        self.feed.forget()
        self.facts.stop()
        self.stage.show_one()
        self.marking.set_marks(opened.marks, opened.table)
        self.strokes.set_corrections(opened.corrections, opened.table)
        self.history.forget()
        self.answer = None
        self.current.forget()
        self.browser.set_table(opened.table)
        self.status.show_set(dataset)
        where, order = self.memory.opened(request)
        self.filter.set_table(opened.table, where, order)
        self._facts_due = True  # once the first digit is on show, which they would delay
        self.commands.refresh_recent()
        self._show_title()
        if dataset.notes and not request.remembered and request.source != SAMPLE:
            self.banner.show_note("  ".join(dataset.notes))
        if request.digit and self.go_to(request.digit) and request.remembered:
            self.browser.hold_current()
        self.browser.grid.setFocus()

    def _open_failed(self, request: OpenRequest, error: Exception) -> None:
        """Say why a set cannot be opened; a remembered one gives way to the sample."""
        self.report(error, f"Opening {request.source}")
        self._open_cancelled()
        if request.remembered and request.source != SAMPLE:
            self.opener.open(OpenRequest(SAMPLE, remembered=True))

    def _open_cancelled(self) -> None:
        """Say that nothing is open, unless something is."""
        if self.table is None:
            self.browser.set_table(None)

    def _answered(self, answer: Answer) -> None:
        """Show what the filter let through."""
        self.answer = answer
        self.browser.show_result(answer.positions, answer.total, partial=answer.partial)
        if not answer.count:
            self._start_facts()
        self._selection_changed()
        self.memory.keep_soon()

    def _lift_filter(self, position: int) -> None:
        """Show all digits, since one is gone to that the filter does not show."""
        table = self.table
        if table is not None and self.filter.text:
            self.filter.set_text("")
            self.status.say(f"The filter was cleared to show {table.identity(position)}")

    def _facts_came(self) -> None:
        """Let everything that tells of columns know that there is more to tell."""
        self.filter.refresh()
        self.browser.columns_changed()
        self.current.tell()

    def _marks_changed(self, _positions: object) -> None:
        """Show other marks, in the filter's answer, too, where it asks for them."""
        self.browser.marks_changed()
        self.filter.refresh()
        self.current.tell()

    def _show_changed(self, positions: NDArray[np.int64], words: str) -> None:
        """Show the digits that settings tried in the lab would change."""
        self.browser.show_page(Page("changes", f"{len(positions):,} digits", words, positions))

    def _strokes_changed(self) -> None:
        """Find out about all digits anew, since other settings are used."""
        self.memory.keep_soon()
        if self.table is not None:
            self._facts_due = True
            self._facts_came()
            self.current.show_again()

    def _digit_changed(self, position: int) -> None:
        self.stage.set_digit(self.table, position)
        self.memory.keep_soon()
        self.current.show()

    def _digit_shown(self, name: str) -> None:
        self._start_facts()
        self.digit_shown.emit(name)

    def _digit_failed(self, error: Exception, doing: str) -> None:
        self.report(error, doing)
        self._start_facts()

    def _start_facts(self) -> None:
        """Begin to extract all digits of a set that was just opened."""
        if self._facts_due and self.table is not None:
            self._facts_due = False
            self.facts.start(self.table)

    def _selection_changed(self) -> None:
        self.status.show_selection(self.browser.selected_count())

    def _set_theme(self) -> None:
        theme = self.theme
        for part in (self.top_row, self.facet_bar, self.browser, self.stage):
            part.set_theme(theme)

    def _switch_changed(self, name: str, on: bool) -> None:
        """Let a menu's tick follow a switch of a part."""
        self.actions_by_name[name].setChecked(on)

    def _show_title(self) -> None:
        name = "" if self.table is None else f"{self.table.dataset.name} – "
        self.setWindowTitle(f"{name}Digit Stroke Viewer")
