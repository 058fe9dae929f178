"""The line above a page: what it is, the pages beside it, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from viewer.catalog.pages import Page
from viewer.gui.browser.cells import GAP


class PageHeader(QWidget):
    """Title and subtitle of a page with its buttons; hidden while there is none.

    `back_wanted` asks for the filter's digits again, `turned` for the writer before (-1)
    or behind (+1).
    """

    back_wanted = Signal()
    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel()
        self.title.setAccessibleName("Page")
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.subtitle = QLabel()
        self.subtitle.setAccessibleName("What is on the page")
        self.subtitle.setForegroundRole(self.subtitle.foregroundRole().PlaceholderText)
        self.subtitle.setWordWrap(True)
        for label in (self.title, self.subtitle):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.back = _button("Back", "Back to the digits of the filter  (Esc)")
        self.back.clicked.connect(self.back_wanted)
        self.previous = _button("‹", "Previous writer  (Alt+Left)")
        self.next = _button("›", "Next writer  (Alt+Right)")
        for button, step in ((self.previous, -1), (self.next, 1)):
            button.setFixedWidth(32)
            button.clicked.connect(lambda _on=False, step=step: self.turned.emit(step))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.back)
        line.addWidget(self.title, 1)
        line.addWidget(self.previous)
        line.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, 0, 8)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.subtitle)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.show_page(None)

    def show_page(self, page: Page | None) -> None:
        """Tell of a page, or hide."""
        self.setVisible(page is not None)
        if page is None:
            return
        self.title.setText(page.title)
        self.subtitle.setText(page.subtitle)
        for button, name, beside in (
            (self.previous, "Previous writer", page.previous),
            (self.next, "Next writer", page.next),
        ):
            button.setVisible(page.kind == "writer")
            button.setEnabled(beside is not None)
            button.setAccessibleName(f"{name}, {beside}" if beside else name)


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip.partition("  ")[0])
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
