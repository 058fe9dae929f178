"""Which data set to get, where to, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from viewer.errors import UserError
from viewer.fetch.catalogue import SETS, RemoteSet, default_folder
from viewer.fetch.pace import Pace
from viewer.gui.jobs import Job, Jobs
from viewer.gui.settings import DATA_FOLDER, Settings

HEADINGS = ("Set", "Digits", "Size", "Licence", "In the folder")
STEPS = 1000


class FetchDialog(QDialog):
    """Gets a data set from its mirrors in the background.

    `fetched` is emitted with the folder when all of it is there. A cancel, closing
    included, keeps what has come; the next try goes on from it.

    Parameters
    ----------
    jobs : Jobs
        Runs the work.
    settings : Settings
        Remembers the folder.
    """

    fetched = Signal(str)

    def __init__(self, jobs: Jobs, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Get data")
        self.setMinimumWidth(680)
        self._jobs = jobs
        self._settings = settings
        self._job: Job | None = None
        self._pace = Pace()
        self.list = _make_list()
        self.description = _make_label("What the set is", lines=2)
        self.folder = QLineEdit(settings.get(DATA_FOLDER) or _usual_folder())
        self.folder.setAccessibleName("Folder")
        self.folder.setToolTip("The folder for data; each set gets a folder of its own in it")
        self.browse_button = _make_button("Browse…", "Choose the folder")
        self.replace_box = QCheckBox("Replace other files of the same names")
        self.replace_box.setToolTip(
            "Files that have the names of the set's files and are not the published ones"
        )
        self.state = _make_label("How far it is", lines=1)
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(12)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.bar.setAccessibleName("Progress")
        self.bar.setToolTip("How much of the set is there")
        self.problem = _make_problem()
        self.copy_button = _make_button("Copy", "Copy the message with the addresses")
        self.get_button = _make_button("Get", "Fetch what is not there yet, and open the set")
        self.close_button = _make_button("Close", "Close; what has come is kept")
        self._lay_out()
        self._connect()
        self.choose(next(iter(SETS)))
        self._show_idle("")

    @property
    def chosen(self) -> RemoteSet:
        """The set that is selected."""
        return list(SETS.values())[max(self.list.currentIndex().row(), 0)]

    def choose(self, name: str) -> None:
        """Select a set by its name in the catalogue."""
        self.list.setCurrentIndex(self.list.model().index(list(SETS).index(name), 0))

    def target(self) -> Path:
        """Return the folder that the selected set would get."""
        return Path(self.folder.text().strip()).expanduser().absolute() / self.chosen.name

    def start(self) -> None:
        """Start to fetch the selected set."""
        if self._job is not None:
            return
        wanted, target, replace = self.chosen, self.target(), self.replace_box.isChecked()
        if DATA_FOLDER.accepts(str(target.parent)):
            self._settings.set(DATA_FOLDER, str(target.parent))

        def work(job: Job) -> Iterator[object]:
            from viewer.fetch.install import fetch

            yield fetch(
                wanted.name,
                target,
                replace=replace,
                progress=job.report,
                cancelled=job.cancelled,
            )

        job = Job(f"Fetching {wanted.title}", work)
        job.on_value = lambda folder: self._finish(str(folder))
        job.on_error = self._fail
        job.on_end = self._ended
        self._pace = Pace()
        self._job = self._jobs.start(job)
        self._show_busy(f"Asking for {wanted.title} …")

    def cancel(self) -> None:
        """Stop; what has come is kept."""
        if self._job is not None:
            self._job.cancel()
            self.close_button.setEnabled(False)
            self.state.setText("Stopping …")

    def reject(self) -> None:
        """Close, and stop where something is under way."""
        if self._job is not None:
            self._job.cancel()
            self._job.on_end = lambda: None  # the dialog may be gone by then
            self._job = None
        super().reject()

    def _finish(self, folder: str) -> None:
        self._job = None
        self.fetched.emit(folder)
        self.accept()

    def _fail(self, error: Exception) -> None:
        """Show why it failed; the words of a FetchError have an address a line."""
        text = getattr(error, "text", "") or str(error)
        if not isinstance(error, UserError):
            text = f"An error inside the program ({type(error).__name__}): {error}"
        self.problem.setPlainText(text)
        self.problem.show()
        self.copy_button.show()

    def _ended(self) -> None:
        """Be ready again after a failure or a cancel; after a success there is no job left."""
        job, self._job = self._job, None
        if job is None:
            return
        stopped = "Stopped. What has come is kept; Get goes on from there."
        self._show_idle(stopped if job.cancelled() else "")
        self._look()

    def _advance(self) -> None:
        """Show how far the job is."""
        job = self._job
        if job is None or job.cancelled() or not job.total:
            return
        self._pace.note(job.done)
        self.bar.setValue(STEPS * job.done // job.total)
        self.state.setText(self._pace.describe(job.total))

    def _show_busy(self, text: str) -> None:
        self.state.setText(text)
        self.bar.setValue(0)
        self.problem.hide()
        self.copy_button.hide()
        self._enable(ready=False)

    def _show_idle(self, text: str) -> None:
        self.state.setText(text)
        self.bar.setValue(0)
        self._enable(ready=True)

    def _enable(self, *, ready: bool) -> None:
        """Let the choices be made, or only the work be stopped."""
        for widget in (self.folder, self.browse_button, self.replace_box):
            widget.setEnabled(ready)
        self._enable_get()
        self.bar.setVisible(not ready)
        self.close_button.setEnabled(True)
        self.close_button.setText("Close" if ready else "Cancel")

    def _look(self) -> None:
        """Say what of each set is in the folder, and what the selected set is."""
        base = self.target().parent
        for row, wanted in enumerate(SETS.values()):
            there, count = wanted.count_there(base / wanted.name), len(wanted.files)
            words = "complete" if there == count else f"{there} of {count} files" if there else ""
            item = self.list.topLevelItem(row)
            if item is not None:
                item.setText(HEADINGS.index("In the folder"), words)
        self.description.setText(self.chosen.description)
        self._enable_get()

    def _enable_get(self) -> None:
        self.get_button.setEnabled(self._job is None and bool(self.folder.text().strip()))

    def _browse(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, "Folder for data", self.folder.text()):
            self.folder.setText(chosen)

    def _connect(self) -> None:
        """Connect the controls."""
        self.list.currentItemChanged.connect(lambda *_: self._look())
        self.list.itemActivated.connect(lambda *_: self.start())
        self.folder.textChanged.connect(lambda _text: self._look())
        self.browse_button.clicked.connect(self._browse)
        self.copy_button.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self.problem.toPlainText())
        )
        self.get_button.clicked.connect(self.start)
        self.close_button.clicked.connect(lambda: self.cancel() if self._job else self.reject())
        self._jobs.changed.connect(self._advance)

    def _lay_out(self) -> None:
        """Put the controls into rows."""
        folder = QHBoxLayout()
        folder.setSpacing(8)
        folder.addWidget(self.folder, 1)
        folder.addWidget(self.browse_button)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow("Folder", folder)
        form.addRow("", self.replace_box)
        buttons = QDialogButtonBox()
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.addButton(self.get_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.close_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.get_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.list)
        layout.addSpacing(8)
        layout.addWidget(self.description)
        layout.addSpacing(8)
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addWidget(self.bar)
        layout.addWidget(self.state)
        layout.addWidget(buttons)
        self.problem.hide()
        self.copy_button.hide()


def _usual_folder() -> str:
    """Return the user's own folder for data; "" where there is no home folder."""
    try:
        return str(default_folder())
    except UserError:
        return ""


def _make_list() -> QTreeWidget:
    """Make the table of sets."""
    made = QTreeWidget()
    made.setAccessibleName("Data sets")
    made.setToolTip("The data sets that can be fetched")
    made.setHeaderLabels(list(HEADINGS))
    made.setRootIsDecorated(False)
    made.setAllColumnsShowFocus(True)
    made.setUniformRowHeights(True)
    made.setStyleSheet("QTreeView::item { padding: 4px 2px; }")
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for wanted in SETS.values():
        words = [wanted.title, f"{wanted.digits:,}", wanted.size_words, wanted.licence, ""]
        item = QTreeWidgetItem(made, words)
        for column in (1, 2):
            item.setTextAlignment(column, right)
        item.setToolTip(0, wanted.description)
    for column in (1, 2):
        made.headerItem().setTextAlignment(column, right)
    header = made.header()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setStretchLastSection(True)
    header.setSectionsMovable(False)
    rows = made.sizeHintForRow(0) * len(SETS)
    made.setFixedHeight(rows + header.sizeHint().height() + 2 * made.frameWidth() + 8)
    return made


def _make_problem() -> QPlainTextEdit:
    """Make the box for what went wrong, from which text can be copied."""
    made = QPlainTextEdit()
    made.setReadOnly(True)
    made.setAccessibleName("Problem")
    made.setToolTip("What went wrong, and what can be done")
    made.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
    made.setMinimumHeight(12 * made.fontMetrics().lineSpacing())
    return made


def _make_label(name: str, lines: int) -> QLabel:
    label = QLabel()
    label.setAccessibleName(name)
    label.setToolTip(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    label.setMinimumHeight(lines * label.fontMetrics().lineSpacing())  # so that nothing moves
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def _make_button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAccessibleName(text.removesuffix("…"))
    button.setAutoDefault(False)
    return button
