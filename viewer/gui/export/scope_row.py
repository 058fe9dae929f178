"""Which digits are exported: a button for each scope, and how many digits it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QWidget

from viewer.gui.export.scopes import Scope, describe_counts

TIPS = {
    "selection": "Export the digits selected in the browser",
    "shown": "Export every digit the browser shows",
    "set": "Export every digit of the open set, whatever the filter says",
}


class ScopeRow(QWidget):
    """Lets one scope be chosen; the first one with digits is at first.

    `changed` is emitted when another one is.

    Parameters
    ----------
    scopes : sequence of Scope
    """

    changed = Signal()

    def __init__(self, scopes: Sequence[Scope], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scopes = {scope.name: scope for scope in scopes}
        self.buttons = {scope.name: QRadioButton(scope.words) for scope in scopes}
        self.counts = QLabel()
        self.counts.setAccessibleName("Digits by split")
        self.counts.setToolTip("How many digits of each split that is")
        self.counts.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        for name, button in self.buttons.items():
            button.setToolTip(TIPS[name])
            button.setEnabled(bool(len(self._scopes[name])))
            group.addButton(button)
            layout.addWidget(button)
        layout.addStretch(1)
        layout.addWidget(self.counts)
        first = next((scope.name for scope in scopes if len(scope)), scopes[0].name)
        self.buttons[first].setChecked(True)
        self._show_counts()
        group.buttonToggled.connect(self._toggled)

    @property
    def chosen(self) -> Scope:
        """The scope that is chosen."""
        return next(
            self._scopes[name] for name, button in self.buttons.items() if button.isChecked()
        )

    def _toggled(self, _button: object, on: bool) -> None:
        if on:
            self._show_counts()
            self.changed.emit()

    def _show_counts(self) -> None:
        self.counts.setText(describe_counts(self.chosen.counts) or "no digits")
