"""What to export, as what, and where to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from viewer.errors import UserError
from viewer.export.run import FORMATS, Format, check_output

FORMAT_WORDS: dict[Format, tuple[str, str]] = {
    "npz": ("npz", "One NumPy file: all sequences with their offsets, metadata and marks"),
    "published": (
        "published text files",
        "A folder of text files, as the published data set has them; it has no place for marks",
    ),
    "identifiers": (
        "list of digits",
        "A text file with the name of each digit, such as train:13; no sequences",
    ),
}
SUFFIXES: dict[Format, str] = {"npz": ".npz", "published": "", "identifiers": ".txt"}
FILTERS: dict[Format, str] = {
    "npz": "NumPy (*.npz)",
    "published": "Folder (*)",
    "identifiers": "Text (*.txt)",
}
SCOPE_TIPS = {
    "selection": "Export the digits selected in the browser",
    "shown": "Export every digit the browser shows",
    "set": "Export every digit of the open set, whatever the filter says",
}


@dataclass(frozen=True)
class Scope:
    """Digits that can be exported.

    Parameters
    ----------
    name : str
        ``selection``, ``shown`` or ``set``.
    words : str
        What they are, with their number.
    counts : dict of str to int
        How many there are by split; empty for none.
    """

    name: str
    words: str
    counts: dict[str, int]


@dataclass(frozen=True)
class ExportChoice:
    """What the dialog was left with.

    Parameters
    ----------
    scope : str
        Name of the scope.
    format : str
        ``npz``, ``published`` or ``identifiers``.
    target : path
        A file; a folder for published text files.
    overwrite : bool
        Whether the user agreed to replace what is there.
    """

    scope: str
    format: Format
    target: Path
    overwrite: bool


class ExportDialog(QDialog):
    """Asks for digits, format and target; existing targets are replaced only when agreed.

    Parameters
    ----------
    scopes : sequence of Scope
        The first one with digits is chosen.
    stem : path
        Target without a suffix.
    format : str
        The format chosen at first.
    """

    def __init__(
        self,
        scopes: Sequence[Scope],
        stem: Path,
        format: str,  # noqa: A002
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self.setMinimumWidth(560)
        self._overwrite = False
        self._stem = stem
        self._scopes = {scope.name: scope for scope in scopes}
        self.scope_buttons = {
            scope.name: _radio(scope.words, SCOPE_TIPS[scope.name]) for scope in scopes
        }
        self.format_buttons = {name: _radio(*FORMAT_WORDS[name]) for name in FORMATS}
        self.counts = _remark("Digits by split")
        self.meaning = _remark("What the format is")
        self.target = QLineEdit()
        self.target.setAccessibleName("Target")
        self.target.setToolTip("The file or folder to write")
        self.problem = QLabel()
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.setAccessibleName("Problem")
        self.problem.hide()
        self.browse_button = QPushButton("Browse…")
        self.browse_button.setToolTip("Choose the file or folder")
        self.browse_button.clicked.connect(self._browse)
        self._group(self.scope_buttons.values(), self._scope_changed)
        self._group(self.format_buttons.values(), self._format_changed)
        for scope in scopes:
            self.scope_buttons[scope.name].setEnabled(bool(scope.counts))
        self._lay_out()
        first = next((scope.name for scope in scopes if scope.counts), scopes[0].name)
        self.scope_buttons[first].setChecked(True)
        self.format_buttons[format if format in FORMATS else FORMATS[0]].setChecked(True)

    @property
    def format(self) -> Format:
        """The format chosen."""
        return next(name for name, button in self.format_buttons.items() if button.isChecked())

    @property
    def scope(self) -> str:
        """The name of the scope chosen."""
        return next(name for name, button in self.scope_buttons.items() if button.isChecked())

    def choice(self) -> ExportChoice:
        """Return what was chosen."""
        return ExportChoice(self.scope, self.format, self._path(), self._overwrite)

    def accept(self) -> None:
        """Close, after a question where something would be replaced."""
        path = self._path()
        self._overwrite = False
        if question := _question(path):
            answer = QMessageBox.question(self, "Export", question)
            if answer != QMessageBox.StandardButton.Yes:
                return
            self._overwrite = True
        try:
            check_output(path, self.format, overwrite=self._overwrite)
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        super().accept()

    def _path(self) -> Path:
        return Path(self.target.text().strip()).expanduser()

    def _scope_changed(self) -> None:
        """Say how many digits of each split are meant."""
        self.counts.setText(describe_counts(self._scopes[self.scope].counts) or "no digits")
        self._update_export()

    def _format_changed(self) -> None:
        """Give the target the suffix of the format."""
        text = self.target.text().strip() or str(self._stem)
        for suffix in filter(None, SUFFIXES.values()):
            text = text.removesuffix(suffix)
        self.target.setText(text + SUFFIXES[self.format])
        self.meaning.setText(FORMAT_WORDS[self.format][1])
        self.problem.hide()

    def _update_export(self) -> None:
        """Offer to export where there are digits and a target."""
        self.export_button.setEnabled(
            bool(self.target.text().strip()) and bool(self._scopes[self.scope].counts)
        )

    def _browse(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(
            self,
            "Export to",
            self.target.text(),
            FILTERS[self.format],
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self.target.setText(chosen)
            self._format_changed()

    def _group(self, buttons: Iterable[QRadioButton], changed: Callable[[], None]) -> None:
        """Let one button of several be chosen."""
        group = QButtonGroup(self)
        for button in buttons:
            group.addButton(button)
        group.buttonToggled.connect(lambda _button, on: changed() if on else None)

    def _lay_out(self) -> None:
        """Put the controls into a form."""
        target = QHBoxLayout()
        target.setSpacing(8)
        target.addWidget(self.target, 1)
        target.addWidget(self.browse_button)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow("Digits", _beside(self.scope_buttons.values()))
        form.addRow("", self.counts)
        form.addRow("Format", _beside(self.format_buttons.values()))
        form.addRow("", self.meaning)
        form.addRow("Target", target)
        form.addRow("", self.problem)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setToolTip("Export nothing (Esc)")
        self.export_button = buttons.addButton("Export", QDialogButtonBox.ButtonRole.AcceptRole)
        self.export_button.setToolTip("Write the digits, in the background")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.target.textChanged.connect(self._update_export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(buttons)


def describe_counts(counts: dict[str, int]) -> str:
    """Return counts by split in words, such as ``train 400, test 12``."""
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())


def _question(path: Path) -> str:
    """Return what is asked before writing to a path, "" where nothing would be replaced."""
    if path.is_file():
        return f"{path} exists. Replace it?"
    if path.is_dir() and any(path.iterdir()):
        return f"{path} holds files. Replace those of the same names?"
    return ""


def _remark(name: str) -> QLabel:
    """Return an empty label in the colour of captions."""
    label = QLabel()
    label.setAccessibleName(name)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setWordWrap(True)
    return label


def _radio(text: str, tip: str) -> QRadioButton:
    button = QRadioButton(text)
    button.setToolTip(tip)
    return button


def _beside(buttons: Iterable[QRadioButton]) -> QHBoxLayout:
    """Return a row of buttons, left-aligned."""
    row = QHBoxLayout()
    row.setSpacing(16)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
