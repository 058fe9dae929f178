"""Where an export goes: a file or a folder, under which name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from viewer.export.format import Format

ALWAYS = "A folder always holds a manifest.json"
KEEP = (
    "Write NAME.manifest.json beside the file: the program's version, settings, checksums of "
    "the source, the digits, and the file's checksum"
)


class TargetRow(QWidget):
    """A path whose suffix follows the format, and whether it is a file or a folder.

    `changed` is emitted when any of it changes.

    Parameters
    ----------
    path : path
        Without a suffix.
    suffixes : iterable of str
        Of all formats.
    manifest : bool
        Whether a manifest is kept at first.
    """

    changed = Signal()

    def __init__(
        self,
        path: Path,
        suffixes: Iterable[str],
        *,
        manifest: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._stem = path
        self._suffixes = sorted(set(suffixes), key=len, reverse=True)
        self._form: Format | None = None
        self._wanted = manifest
        self.edit = QLineEdit(str(path))
        self.edit.setAccessibleName("Target")
        self.edit.setToolTip("The file or folder to write")
        self.browse_button = QPushButton("&Browse…")
        self.browse_button.setToolTip("Choose the file or folder")
        self.browse_button.setAutoDefault(False)
        self.file_button = QRadioButton("One f&ile")
        self.file_button.setToolTip("One file with all digits")
        self.folder_button = QRadioButton("A fol&der")
        self.folder_button.setToolTip("A folder with a file, or several, for each digit")
        self.manifest_box = QCheckBox("&Keep a manifest")
        self._lay_out()
        self.edit.textChanged.connect(self._text_changed)
        self.browse_button.clicked.connect(self._browse)
        self.file_button.clicked.connect(lambda: self._set_kind(folder=False))
        self.folder_button.clicked.connect(lambda: self._set_kind(folder=True))
        self.manifest_box.clicked.connect(self._manifest_clicked)

    @property
    def path(self) -> Path | None:
        """The path, None where nothing is written."""
        text = self.edit.text().strip()
        return Path(text).expanduser() if text else None

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self.folder_button.isChecked()

    @property
    def manifest(self) -> bool:
        """Whether a manifest is to be kept beside a file."""
        return self._wanted

    def set_format(self, form: Format, *, folder: bool) -> None:
        """Give the path the suffix of a format, or none for a folder."""
        self._form = form
        for button, writer in ((self.file_button, form.file), (self.folder_button, form.folder)):
            button.setEnabled(writer is not None)
        self._set_kind(folder=folder)

    def _set_kind(self, *, folder: bool) -> None:
        """Let the suffix say whether it is a file or a folder."""
        if self._form is None:
            return
        text = self.edit.text().strip() or str(self._stem)
        known = (suffix for suffix in self._suffixes if text.lower().endswith(suffix))
        text = text[: len(text) - len(next(known, ""))]
        self.edit.setText(text if folder else text + self._form.suffix)
        self._text_changed()

    def _text_changed(self) -> None:
        """Show what the path would be."""
        path = self.path
        if self._form is not None:
            folder = self._form.is_folder(path or Path("none"))
            (self.folder_button if folder else self.file_button).setChecked(True)
            self.manifest_box.setEnabled(not folder)
            self.manifest_box.setChecked(folder or self._wanted)
            self.manifest_box.setToolTip(ALWAYS if folder else KEEP)
        self.changed.emit()

    def _manifest_clicked(self, on: bool) -> None:
        self._wanted = on
        self.changed.emit()

    def _browse(self) -> None:
        form = self._form
        if form is None:
            return
        what = "Folder (*)" if self.is_folder else f"{form.title} (*{form.suffix})"
        chosen, _filter = QFileDialog.getSaveFileName(
            self, "Export to", self.edit.text(), what,
            options=QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if chosen:
            folder = self.is_folder
            self.edit.setText(chosen)
            self._set_kind(folder=folder)

    def _lay_out(self) -> None:
        """Put the path above what it is."""
        path = QHBoxLayout()
        path.setSpacing(8)
        path.addWidget(self.edit, 1)
        path.addWidget(self.browse_button)
        kinds = QHBoxLayout()
        kinds.setSpacing(16)
        for widget in (self.file_button, self.folder_button):
            kinds.addWidget(widget)
        kinds.addSpacing(16)
        kinds.addWidget(self.manifest_box)
        kinds.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addLayout(path)
        rows.addLayout(kinds)
