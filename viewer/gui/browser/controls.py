"""The controls above the grid: what a cell draws and says, how large it is, and the jump."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from viewer.catalog.columns import Column, find_column
from viewer.gui.browser.cells import GAP
from viewer.gui.browser.tiles import CELLS

SIZES = (28, 168)
"""Smallest and largest edge of a thumbnail in pixels."""
_CELL_TIPS = (
    "The image as it is in the set",
    "The pixels left by thinning, with air between them",
    "The strokes, coloured in their order; each starts with a dot",
)
_ORDER = ("identity", "metadata", "facts", "marks")


class BrowserControls(QWidget):
    """Two rows of controls.

    `cell_chosen` and `caption_chosen` are emitted with a name when the user chooses one.
    """

    cell_chosen = Signal(str)
    caption_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = ("", "")
        self.cell_choice = QComboBox()
        _name(self.cell_choice, "Thumbnails show", "What a thumbnail draws")
        for place, cell in enumerate(CELLS):
            self.cell_choice.addItem(cell.capitalize(), cell)
            self.cell_choice.setItemData(place, _CELL_TIPS[place], Qt.ItemDataRole.ToolTipRole)
        self.cell_choice.activated.connect(
            lambda place: self.cell_chosen.emit(self.cell_choice.itemData(place))
        )
        self.caption_choice = QComboBox()
        _name(self.caption_choice, "Caption", "What stands below a thumbnail")
        self.caption_choice.setMinimumContentsLength(6)
        self.caption_choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.caption_choice.activated.connect(
            lambda place: self.caption_chosen.emit(self.caption_choice.itemData(place))
        )
        self._make_others()
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.cell_choice)
        top.addWidget(self.caption_choice, 1)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.size_slider)
        foot.addWidget(self.jump)
        rows = self._rows = QVBoxLayout(self)
        rows.setContentsMargins(GAP, 0, 0, GAP)
        rows.setSpacing(8)
        for row in (top, foot):
            row.setSpacing(8)
            rows.addLayout(row)
        self.set_captions((), "")

    def set_open(self, *, there: bool) -> None:
        """Take part, or not while nothing is open."""
        for control in (self.cell_choice, self.caption_choice, self.jump, self.size_slider):
            control.setEnabled(there)

    def set_cell(self, cell: str) -> None:
        """Show which of `CELLS` is drawn."""
        self.cell_choice.setCurrentIndex(CELLS.index(cell))

    def set_count(self, shown: str, of_all: str) -> None:
        """Say how many digits are shown and, where there is room, of how many."""
        self._counts = (shown, of_all)
        self._fit_count()

    def set_captions(self, columns: Iterable[Column], chosen: str) -> None:
        """Offer columns as captions; the chosen one stays on offer before it is there."""
        offered = sorted(columns, key=lambda column: _ORDER.index(column.origin))
        if chosen and all(column.name != chosen for column in offered):
            offered.append(find_column(chosen))
        if self.captions() == ["", *(column.name for column in offered)]:
            self.caption_choice.setCurrentIndex(self.caption_choice.findData(chosen))
            return  # an open list must not be rebuilt under the mouse
        with QSignalBlocker(self.caption_choice):
            self.caption_choice.clear()
            self.caption_choice.addItem("No caption", "")
            for column in offered:
                self.caption_choice.addItem(column.title, column.name)
                place = self.caption_choice.count() - 1
                self.caption_choice.setItemData(place, column.help, Qt.ItemDataRole.ToolTipRole)
            self.caption_choice.setCurrentIndex(max(self.caption_choice.findData(chosen), 0))

    def captions(self) -> list[str]:
        """Return the names on offer as captions, "" for none among them."""
        return [self.caption_choice.itemData(at) for at in range(self.caption_choice.count())]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rows.activate()
        self._fit_count()

    def _fit_count(self) -> None:
        """Write the longer of the two counts that fits."""
        shown, of_all = self._counts
        longer = f"{shown} {of_all}"
        fits = self.count.fontMetrics().horizontalAdvance(longer) <= self.count.width()
        self.count.setText(longer if fits and of_all else shown)

    def _make_others(self) -> None:
        """Make the count, the slider and the field to jump from."""
        self.count = QLabel()
        self.count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        _name(self.count, "Count", "Digits shown, of the digits in the set")
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        _name(self.size_slider, "Thumbnail size", "Size of the thumbnails")
        self.size_slider.setRange(*SIZES)
        self.size_slider.setSingleStep(28)
        self.size_slider.setPageStep(28)
        self.size_slider.setValue(56)
        self.size_slider.setFixedWidth(72)
        self.jump = QLineEdit()
        self.jump.setPlaceholderText("go to")
        self.jump.setFixedWidth(96)
        _name(self.jump, "Go to", "An index such as 13, or a digit such as train:13; then Enter")


def _name(widget: QWidget, name: str, tip: str) -> None:
    """Give a control its accessible name and its tool tip."""
    widget.setAccessibleName(name)
    widget.setToolTip(tip)
