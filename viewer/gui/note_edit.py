"""The small dialog in which a note on digits is written."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from viewer.catalog.marks.change import NOTE_LIMIT

DIFFERENT = "These digits have different notes. What you write here replaces them all."


class NoteDialog(QDialog):
    """Asks for the text of a note; an empty one takes the note away.

    Parameters
    ----------
    about : str
        What the note is on: a digit's name, or how many digits.
    text : str
        The note there is.
    different : bool
        Whether the digits have different notes.
    """

    def __init__(
        self, about: str, text: str, *, different: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Note on {about}")
        self.edit = QPlainTextEdit(text)
        self.edit.setAccessibleName(f"Note on {about}")
        self.edit.setToolTip("Your note, kept with the set; Tab leaves the field")
        self.edit.setPlaceholderText("What is worth knowing about it")
        self.edit.setTabChangesFocus(True)
        self.edit.moveCursor(QTextCursor.MoveOperation.End)
        self.remark = QLabel(DIFFERENT if different else "")
        self.remark.setWordWrap(True)
        self.remark.setAccessibleName("Remark")
        self.remark.setVisible(different)
        self._before = self.remark.text()
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self.save_button = buttons.button(QDialogButtonBox.StandardButton.Save)
        self.save_button.setToolTip("Keep the note; an empty one is taken away (Ctrl+Enter)")
        self.save_button.setEnabled(False)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setToolTip("Change nothing (Esc)")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(Qt.KeyboardModifier.ControlModifier | key), self)
            shortcut.activated.connect(self.save_button.click)
        self.edit.textChanged.connect(self._text_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self.remark)
        layout.addWidget(buttons)
        self.resize(400, 200)

    @property
    def text(self) -> str:
        """The note as it was written, without blanks around it."""
        return self.edit.toPlainText().strip()

    def _text_changed(self) -> None:
        """Offer to save what fits."""
        count = len(self.text)
        fits = count <= NOTE_LIMIT
        self.save_button.setEnabled(fits)
        self.remark.setText(
            self._before if fits else f"{count:,} characters; at most {NOTE_LIMIT:,} can be kept."
        )
        self.remark.setVisible(bool(self.remark.text()))
