"""The choice of how pens that write at once keep pace."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from viewer.gui.compare.together import PACES, Pace

WORDS: dict[Pace, tuple[str, str]] = {
    "points": ("By point", "Every pen is on its n-th point at the same moment (Y changes it)"),
    "share": ("By share", "All pens begin and end together (Y changes it)"),
}


class PaceChoice(QComboBox):
    """A list of the paces; `chosen` gives the one that a user picked."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Pace")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for place, pace in enumerate(PACES):
            words, help_text = WORDS[pace]
            self.addItem(words)
            self.setItemData(place, help_text, Qt.ItemDataRole.ToolTipRole)
        self.show_pace("points")
        self.activated.connect(lambda place: self.chosen.emit(PACES[place]))

    def show_pace(self, pace: Pace) -> None:
        """Show another pace."""
        self.setCurrentIndex(PACES.index(pace))
        self.setToolTip(WORDS[pace][1])
