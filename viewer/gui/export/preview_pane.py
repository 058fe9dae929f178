"""What the file will look like, and how large it will be."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from viewer.gui.export.contents import Drawing, Film, Text
from viewer.gui.export.picture_view import PictureView
from viewer.gui.export.sample import Estimate, Preview
from viewer.gui.export.scopes import describe_digits
from viewer.gui.export.sizes import describe_size

WORKING = "Making a preview …"
PATIENCE = 400
"""Milliseconds before it is said that a preview is made."""


class PreviewPane(QWidget):
    """Shows a preview, or words in its place; below it, sizes.

    Attributes
    ----------
    total : int
        How many digits would be written.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.total = 0
        self._preview: Preview | None = None
        self.picture = PictureView()
        self.picture.setToolTip("The first digits as they will be written")
        self.picture.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.picture.setAutoFillBackground(True)
        self.text = _make_text()
        self.message = _make_message()
        self.stack = QStackedWidget()
        self.stack.setFrameShape(QFrame.Shape.StyledPanel)
        self.stack.setBackgroundRole(QPalette.ColorRole.Base)
        self.stack.setAutoFillBackground(True)
        for page in (self.message, self.text, self.picture):
            self.stack.addWidget(page)
        self.size_label = QLabel()
        self.size_label.setAccessibleName("Size")
        self.size_label.setToolTip("Bytes of what is shown, and from some more digits, of all")
        self.size_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.size_label)
        self.setMinimumSize(240, 200)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(PATIENCE)
        self._waiting.timeout.connect(lambda: self.message.setText(WORKING))

    def show_waiting(self) -> None:
        """Show nothing until a preview comes; after a while, that it is made."""
        self.show_message("")
        self._waiting.start()

    def show_message(self, text: str) -> None:
        """Show words in the place of a preview."""
        self._waiting.stop()
        self.picture.clear()
        self._preview = None
        self.message.setText(text)
        self.stack.setCurrentWidget(self.message)
        self.size_label.setText(" ")  # which keeps its line

    def show_preview(self, preview: Preview) -> None:
        """Show what came out."""
        self._waiting.stop()
        self._preview = preview
        content = preview.content
        if isinstance(content, Text):
            self.picture.clear()
            modes = QPlainTextEdit.LineWrapMode
            self.text.setLineWrapMode(modes.WidgetWidth if content.wrapped else modes.NoWrap)
            self.text.setPlainText(content.text)
            self.stack.setCurrentWidget(self.text)
        else:
            if isinstance(content, Film):
                self.picture.show_film(content)
            elif isinstance(content, Drawing):
                self.picture.show_drawing(content)
            self.stack.setCurrentWidget(self.picture)
        self.size_label.setText(self._describe(preview))

    def show_estimate(self, estimate: Estimate) -> None:
        """Say how large all of it will be, about."""
        if self._preview is not None:
            size, total = describe_size(estimate.size), f"{self.total:,}"
            self.size_label.setText(f"{self._describe(self._preview)}, about {size} for {total}")

    def _describe(self, preview: Preview) -> str:
        """Return the size of a preview in words."""
        words = f"{describe_size(preview.size)} for {describe_digits(preview.digits)}"
        if preview.files > 1:
            words = f"{preview.files} files, {words}"
        return f"{preview.name}: {words}" if preview.files == 1 and preview.name else words


def _make_text() -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    made.setAccessibleName("Preview")
    made.setToolTip("How the file will begin, or what will be in it")
    return made


def _make_message() -> QLabel:
    made = QLabel()
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    made.setAccessibleName("Preview")
    made.setContentsMargins(24, 24, 24, 24)
    return made
