"""A few lines of code to read and copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QWidget

SPARE = 4
"""Logical pixels below the last line, without which there would be something to scroll."""


class CodeBox(QWidget):
    """Shows code, or words where there is none.

    Parameters
    ----------
    title : str
        What it is.
    copy : str
        Words of the button that copies it.
    tip : str
        What it is good for.
    lines : int
        Lines that are seen.
    wrapped : bool
        Whether long lines go on below.
    """

    def __init__(
        self,
        title: str,
        copy: str,
        tip: str,
        *,
        lines: int,
        wrapped: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._code = ""
        self.copy_button = QPushButton(copy)
        self.copy_button.setAccessibleName(f"Copy: {title}")
        self.copy_button.setToolTip(f"Copy it. {tip}")
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self._copy)
        self.edit = QPlainTextEdit()
        self.edit.setReadOnly(True)
        self.edit.setTabChangesFocus(True)
        self.edit.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.edit.setAccessibleName(title)
        self.edit.setToolTip(tip)
        if not wrapped:
            self.edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        margins = 2 * (self.edit.frameWidth() + int(self.edit.document().documentMargin()))
        self.edit.setFixedHeight(lines * self.edit.fontMetrics().lineSpacing() + margins + SPARE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def code(self) -> str:
        """What can be copied; "" for nothing."""
        return self._code

    def set_code(self, code: str, remark: str = "") -> None:
        """Show code, or a remark where there is none."""
        self._code = code
        self.copy_button.setEnabled(bool(code))
        if (code or remark) != self.edit.toPlainText():
            self.edit.setPlainText(code or remark)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code)
