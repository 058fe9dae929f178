"""The row below the menus: the query, its saved forms, and the order of what it finds."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from viewer.gui.filter.filter import Filter
from viewer.gui.filter.order_choice import OrderChoice
from viewer.gui.filter.query_line import QueryLine
from viewer.gui.settings import Settings
from viewer.gui.theme import Theme


class TopRow(QWidget):
    """The query line and the choice of an order, side by side."""

    def __init__(
        self, filter_: Filter, settings: Settings, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.query_line = QueryLine(filter_, settings, theme)
        self.order_choice = OrderChoice(filter_, theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 0)
        row.setSpacing(16)
        row.addWidget(self.query_line, 1)
        row.addWidget(self.order_choice)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.query_line.set_theme(theme)
        self.order_choice.set_theme(theme)
