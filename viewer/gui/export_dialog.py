"""What to export, as what, and where to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
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
from viewer.export.run import Format, check_output

SUFFIX = ".npz"


@dataclass(frozen=True)
class ExportChoice:
    """What the dialog was left with.

    Parameters
    ----------
    all_shown : bool
        All digits the browser shows, not only the selected ones.
    format : str
        ``npz`` or ``published``.
    target : path
        File of an npz, folder of published text files.
    overwrite : bool
        Whether the user agreed to replace what is there.
    """

    all_shown: bool
    format: Format
    target: Path
    overwrite: bool


class ExportDialog(QDialog):
    """Asks for digits, format and target; existing targets are replaced only when agreed."""

    def __init__(
        self,
        split: str,
        selected: int,
        shown: int,
        folder: Path,
        format: str,  # noqa: A002
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self.setMinimumWidth(520)
        self._overwrite = False
        self._base = folder / f"{split}-strokes"
        self.selected_button = _radio(
            f"{selected:,} selected", "Export the digits selected in the browser"
        )
        self.shown_button = _radio(f"all {shown:,} shown", "Export every digit the browser shows")
        self.npz_button = _radio("npz", "One NumPy file: all sequences, with their offsets")
        self.published_button = _radio(
            "published text files", "A folder of text files, as the published data set has them"
        )
        self._group(self.selected_button, self.shown_button)
        self._group(self.npz_button, self.published_button)
        self.selected_button.setEnabled(selected > 0)
        (self.selected_button if selected > 0 else self.shown_button).setChecked(True)
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
        self.npz_button.toggled.connect(self._format_changed)
        self.npz_button.setChecked(format == "npz")
        self.published_button.setChecked(format != "npz")
        self._format_changed()
        self._lay_out()

    @property
    def format(self) -> Format:
        """The format chosen."""
        return "npz" if self.npz_button.isChecked() else "published"

    def choice(self) -> ExportChoice:
        """Return what was chosen."""
        return ExportChoice(
            all_shown=self.shown_button.isChecked(),
            format=self.format,
            target=self._path(),
            overwrite=self._overwrite,
        )

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

    def _format_changed(self) -> None:
        """Give the target the suffix of the format."""
        text = self.target.text().strip() or str(self._base)
        stem = text.removesuffix(SUFFIX)
        self.target.setText(stem + SUFFIX if self.format == "npz" else stem)

    def _browse(self) -> None:
        keep = QFileDialog.Option.DontConfirmOverwrite
        title = "Export to"
        if self.format == "npz":
            chosen, _filter = QFileDialog.getSaveFileName(
                self, title, self.target.text(), f"NumPy (*{SUFFIX})", options=keep
            )
        else:
            chosen, _filter = QFileDialog.getSaveFileName(
                self, title, self.target.text(), "Folder (*)", options=keep
            )
        if chosen:
            self.target.setText(chosen)
            self._format_changed()

    def _group(self, *buttons: QRadioButton) -> None:
        group = QButtonGroup(self)
        for button in buttons:
            group.addButton(button)

    def _lay_out(self) -> None:
        """Put the controls into a form."""
        target = QHBoxLayout()
        target.setSpacing(8)
        target.addWidget(self.target, 1)
        target.addWidget(self.browse_button)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow("Digits", _beside(self.selected_button, self.shown_button))
        form.addRow("Format", _beside(self.npz_button, self.published_button))
        form.addRow("Target", target)
        form.addRow("", self.problem)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export_button = buttons.addButton("Export", QDialogButtonBox.ButtonRole.AcceptRole)
        self.export_button.setToolTip("Make the sequences and write them, in the background")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.target.textChanged.connect(
            lambda text: self.export_button.setEnabled(bool(text.strip()))
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(buttons)


def _question(path: Path) -> str:
    """Return what is asked before writing to a path, "" where nothing would be replaced."""
    if path.is_file():
        return f"{path} exists. Replace it?"
    if path.is_dir() and any(path.iterdir()):
        return f"{path} holds files. Replace those of the same names?"
    return ""


def _radio(text: str, tip: str) -> QRadioButton:
    button = QRadioButton(text)
    button.setToolTip(tip)
    return button


def _beside(*buttons: QRadioButton) -> QHBoxLayout:
    """Return a row of buttons, left-aligned."""
    row = QHBoxLayout()
    row.setSpacing(16)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
