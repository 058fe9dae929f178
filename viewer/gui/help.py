"""The sheet of keys and the words about the program."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from viewer import __version__
from viewer.gui.actions import MENUS, ActionSpec

ABOUT = (
    "Shows how a handwritten digit was written: its image as a sequence of pen strokes, made "
    "by the method of the MNIST digits stroke sequence data set (E. D. de Jong, 2016).\n\n"
    "The built-in sample is synthetic: a program wrote its digits; no person did."
)


class KeySheet(QDialog):
    """All actions that have a key, with what they do."""

    def __init__(self, specs: Iterable[ActionSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(16, 16, 16, 16)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        table = list(specs)
        for menu in MENUS:
            rows = [spec for spec in table if spec.menu == menu and spec.shortcut]
            if not rows:
                continue
            grid.addWidget(QLabel(f"<b>{menu}</b>"), grid.rowCount(), 0, 1, 3)
            for spec in rows:
                row = grid.rowCount()
                grid.addWidget(_quiet(keys(spec)), row, 0)
                grid.addWidget(QLabel(spec.text.replace("&", "")), row, 1)
                grid.addWidget(_quiet(spec.help), row, 2)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 8)
        layout.addWidget(area)
        layout.addWidget(buttons)
        self.resize(760, 640)


def keys(spec: ActionSpec) -> str:
    """Return an action's keys as the desktop writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return "  ".join(QKeySequence(key).toString(native) for key in spec.shortcut.split())


def show_about(parent: QWidget) -> None:
    """Say what the program is; the window can be used on."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setObjectName("about")
    box.setWindowTitle("About")
    box.setText(f"Digit Stroke Viewer {__version__}")
    box.setInformativeText(ABOUT)
    box.setIconPixmap(parent.window().windowIcon().pixmap(64))
    box.open()


def _quiet(text: str) -> QLabel:
    """Return a label in the colour of captions."""
    label = QLabel(text)
    label.setForegroundRole(label.foregroundRole().PlaceholderText)
    label.setWordWrap(len(text) > 40)
    return label
