"""What is known about a digit, beside its sequence."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from viewer.gui.inspector.labels import figures_font
from viewer.gui.inspector.sequence_table import SequenceTable
from viewer.gui.theme import Theme

NARROWEST = 160
SPACE = 16
LOWEST = 176
"""Logical pixels that the details keep when the panels take the rest."""


class Metadata(QScrollArea):
    """Labels and values in two columns; scrolls where there are too many."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Metadata")
        self.setToolTip("What the data set says about this digit; values can be selected")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.setMinimumWidth(NARROWEST)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme = theme
        self._pairs: list[tuple[QLabel, QLabel]] = []
        self._page = QWidget(self)
        self._grid = QGridLayout(self._page)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.setWidget(self._page)
        self._page.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show labels and values in their order; labels are kept and reused."""
        while len(self._pairs) < len(values):
            self._add_pair()
        for (name, value), text in zip(self._pairs, values.items(), strict=False):
            name.setText(text[0])
            value.setAccessibleName(text[0])
            value.setText("–" if text[1] is None else str(text[1]))
        for index, (name, value) in enumerate(self._pairs):
            name.setVisible(index < len(values))
            value.setVisible(index < len(values))

    def _add_pair(self) -> None:
        row = len(self._pairs)
        self._grid.setRowStretch(row, 0)
        name, value = QLabel(self._page), QLabel(self._page)
        for label in (name, value):
            label.setFont(figures_font(self.font(), -1))
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setWordWrap(True)
        value.setToolTip("Drag to select it")
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(value, row, 1)
        self._grid.setRowStretch(row + 1, 1)
        self._pairs.append((name, value))
        self._paint_pair(name, value)

    def _paint_pair(self, name: QLabel, value: QLabel) -> None:
        name.setStyleSheet(f"color: {self._theme.muted};")
        value.setStyleSheet(f"color: {self._theme.text};")

    def texts(self) -> dict[str, str]:
        """Return what is shown."""
        return {name.text(): value.text() for name, value in self._pairs if name.isVisibleTo(self)}

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for pair in self._pairs:
            self._paint_pair(*pair)


class Details(QWidget):
    """Metadata at the left, the sequence table at the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.metadata = Metadata(theme, self)
        self.table = SequenceTable(theme, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.metadata, 1)
        layout.addWidget(self.table)

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST + SPACE + 160, LOWEST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = self.width() - SPACE
        width = max(room // 2, min(self.table.full_width(), room - NARROWEST))
        self.table.setFixedWidth(width)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.metadata.set_theme(theme)
        self.table.set_theme(theme)
