"""The main window: the browser at the left, the inspector at the right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

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

from viewer.datasets.digits import DigitSet, Split
from viewer.errors import UserError
from viewer.gui.appearance import Appearance
from viewer.gui.banner import Banner
from viewer.gui.browser.browser import Browser
from viewer.gui.commands import Commands
from viewer.gui.describe import identity, metadata
from viewer.gui.exporting import Exporter
from viewer.gui.extracting import ExtractionFeed, Key
from viewer.gui.icon import program_icon
from viewer.gui.inspector.inspector import Inspector
from viewer.gui.memory import WindowMemory
from viewer.gui.menus import build_menus
from viewer.gui.opening import SAMPLE, Opener, OpenRequest, short_name
from viewer.gui.settings import Settings
from viewer.gui.status import StatusBar

if TYPE_CHECKING:
    from viewer.core.extract import Extraction

PREPARING = "The strokes are being prepared"


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
        Makes the strokes; its jobs become the window's.
    """

    digit_shown = Signal(str)
    troubled = Signal(object)
    crashed = Signal(object)

    def __init__(self, settings: Settings, appearance: Appearance, feed: ExtractionFeed) -> None:
        super().__init__()
        self.appearance = appearance
        self.feed = feed
        self.jobs = feed.jobs
        self.opener = Opener(self.jobs)
        self.banner = Banner()
        self.browser = Browser(appearance.theme)
        self.inspector = Inspector(appearance.theme)
        self.status = StatusBar(self.jobs)
        self.exporter = Exporter(self.jobs, settings, self.banner)
        self.setWindowIcon(program_icon())
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self.memory = WindowMemory(settings, self)
        self.commands = Commands(self)
        self.actions_by_name = build_menus(self, self.commands.table())
        self.commands.add_recent_menu()
        self.inspector.switch_changed.connect(self._switch_changed)
        self.memory.restore()
        self._show_title(None)

    def start(self, request: OpenRequest) -> None:
        """Open the first set and load the kernels, both in the background."""
        self.feed.prepare()
        self.open(request)

    def open(self, request: OpenRequest) -> None:
        """Open a set in the background; the one on show stays until it is there."""
        if self.browser.dataset is None:
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
        for part in (self.menuBar(), self.status):
            part.setVisible(not on)
        self.browser.setVisible(not on and self.actions_by_name["browser"].isChecked())
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

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the state and stop all work; who runs the program waits for its end."""
        self.memory.keep()
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
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.browser)
        self.splitter.addWidget(self.inspector)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setHandleWidth(8)
        self.splitter.setChildrenCollapsible(False)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.splitter, 1)
        self.setCentralWidget(page)
        self.setStatusBar(self.status)
        self.resize(1360, 860)
        self.splitter.setSizes([344, 1016])

    def _connect(self) -> None:
        """Wire the parts to each other."""
        self.opener.opened.connect(self._opened)
        self.opener.failed.connect(self._open_failed)
        self.opener.cancelled.connect(self._open_cancelled)
        self.feed.ready.connect(self._extraction_ready)
        self.feed.failed.connect(self._extraction_failed)
        self.browser.digit_changed.connect(self._digit_changed)
        self.browser.selection_changed.connect(self._selection_changed)
        self.browser.refused.connect(self.report)
        self.crashed.connect(self.report)
        self.appearance.changed.connect(self._set_theme)

    def _opened(self, request: OpenRequest, dataset: DigitSet) -> None:
        """Show a set that is there, at the digit asked for."""
        if not request.remembered:
            self.banner.hide()
        self.feed.forget()
        self.browser.show_set(dataset)
        self.status.show_set(dataset)
        self.memory.opened(request, dataset)
        self.commands.refresh_recent()
        self._show_title(dataset)
        if dataset.notes and not request.remembered and request.source != SAMPLE:
            self.banner.show_note("  ".join(dataset.notes))
        if request.digit:
            self.go_to(request.digit)
        self.browser.grid.setFocus()

    def _open_failed(self, request: OpenRequest, error: Exception) -> None:
        """Say why a set cannot be opened; a remembered one gives way to the sample."""
        self.report(error, f"Opening {request.source}")
        self._open_cancelled()
        if request.remembered and request.source != SAMPLE:
            self.opener.open(OpenRequest(SAMPLE, remembered=True))

    def _open_cancelled(self) -> None:
        """Say that nothing is open, unless something is."""
        if self.browser.dataset is None:
            self.browser.show_set(None)

    def _digit_changed(self, split: Split | None, index: int) -> None:
        if split is None:
            self.inspector.show_nothing("No digit to show.")
            return
        if not self.feed.prepared:
            self.inspector.show_source(
                split.images[index], identity(split, index), metadata(split, index), PREPARING
            )
        self.feed.request((split.name, index), split.images[index])

    def _current_key(self) -> Key | None:
        split, index = self.browser.split, self.browser.current()
        return None if split is None or index is None else (split.name, index)

    def _extraction_ready(self, key: Key, extraction: Extraction) -> None:
        """Show an extraction unless another digit has become current meanwhile."""
        split = self.browser.split
        if key != self._current_key() or split is None:
            return
        title = identity(split, key[1])
        self.inspector.show_digit(extraction, title, metadata(split, key[1]))
        self.digit_shown.emit(title)

    def _extraction_failed(self, key: Key | None, error: Exception) -> None:
        self.report(error, "Preparing the strokes" if key is None else "Strokes")
        if key == self._current_key():
            self.inspector.show_nothing("This digit has no strokes to show.")

    def _selection_changed(self) -> None:
        self.status.show_selection(self.browser.selected_count())

    def _set_theme(self) -> None:
        self.browser.set_theme(self.appearance.theme)
        self.inspector.set_theme(self.appearance.theme)

    def _switch_changed(self, name: str, on: bool) -> None:
        """Let a menu's tick follow a switch of the inspector."""
        self.actions_by_name[name].setChecked(on)

    def _show_title(self, dataset: DigitSet | None) -> None:
        name = "" if dataset is None else f"{dataset.name} – "
        self.setWindowTitle(f"{name}Digit Stroke Viewer")
