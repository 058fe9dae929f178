"""The quiet line below the menus that says what went wrong and what to do."""

from __future__ import annotations

import traceback

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from viewer.errors import UserError


class Banner(QFrame):
    """One message at a time, with its details to copy, until it is dismissed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAccessibleName("Message")
        self._details = ""
        self.label = QLabel()
        self.label.setObjectName("banner-text")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_button = QPushButton("Copy")
        self.copy_button.setToolTip("Copy the message with its details")
        self.copy_button.setAccessibleName("Copy the message")
        self.copy_button.clicked.connect(self._copy)
        self.dismiss_button = QPushButton("Dismiss")
        self.dismiss_button.setToolTip("Put the message away")
        self.dismiss_button.setAccessibleName("Dismiss the message")
        self.dismiss_button.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.label, 1)
        for button in (self.copy_button, self.dismiss_button):
            button.setFlat(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """The message shown, "" when the banner is away."""
        return "" if self.isHidden() else self.label.text()

    def show_note(self, text: str) -> None:
        """Say something that is good to know."""
        self._show(text, text, error=False)

    def show_error(self, error: BaseException, doing: str = "") -> None:
        """Say what went wrong: for a UserError in its words, else as a defect.

        Parameters
        ----------
        error : exception
        doing : str
            What was being done, such as ``Opening mnist``; put before a defect.
        """
        if isinstance(error, UserError):
            self._show(str(error), str(error), error=True)
            return
        what = f"{doing}: " if doing else ""
        details = "".join(traceback.format_exception(error))
        self._show(
            f"{what}an error inside the program ({type(error).__name__}). "
            "The window can be used on; Copy takes the details for a report.",
            details,
            error=True,
        )

    def _show(self, text: str, details: str, *, error: bool) -> None:
        self._details = details
        self.label.setText(text)
        self.setProperty("error", error)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
