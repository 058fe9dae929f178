"""What moves the stages below the panels: the level of the threshold, the steps of thinning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from viewer.gui.actions import ActionSpec
from viewer.gui.inspector import level_commands, thinning_commands
from viewer.gui.inspector.panels import GAP
from viewer.gui.inspector.thinning_steps import ThinningSteps
from viewer.gui.inspector.threshold_plot import ThresholdPlot
from viewer.gui.theme import Theme

if TYPE_CHECKING:
    from viewer.core.extract import Extraction


class StageTools(QWidget):
    """The plot of the threshold and the steps of thinning, side by side."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = ThresholdPlot(theme)
        self.thinning = ThinningSteps(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.plot, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.thinning, 1, Qt.AlignmentFlag.AlignTop)

    def show_digit(self, extraction: Extraction) -> None:
        """Show the levels and the steps of a digit."""
        self.plot.show_digit(extraction)
        self.thinning.show_digit(extraction)

    def show_nothing(self) -> None:
        """Have no digit."""
        self.plot.show_nothing()
        self.thinning.show_nothing()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.plot.set_theme(theme)
        self.thinning.set_theme(theme)

    def actions_table(self) -> list[ActionSpec]:
        """Return the actions for the window's menus and keys."""
        return [
            *level_commands.actions_table(self.plot),
            *thinning_commands.actions_table(self.thinning),
        ]
