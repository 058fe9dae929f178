"""The browser: which split and class is shown, the grid, and the way to a digit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelection, QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.selection import parse_identity
from viewer.errors import UserError
from viewer.gui.browser.delegate import GAP, ThumbnailDelegate
from viewer.gui.browser.grid import ThumbnailGrid
from viewer.gui.browser.model import DigitModel
from viewer.gui.describe import identity
from viewer.gui.theme import Theme

SIZES = (28, 168)
"""Smallest and largest edge of a thumbnail in pixels."""


class Browser(QWidget):
    """All digits of the open set, and which one is current.

    `digit_changed` is emitted with the split and the index of the new current digit, or
    with None and -1; `selection_changed` whenever the selection or what is shown changes;
    `refused` with the UserError of a digit that cannot be gone to.
    """

    digit_changed = Signal(object, int)
    selection_changed = Signal()
    refused = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset: DigitSet | None = None
        self.model = DigitModel(self)
        self.delegate = ThumbnailDelegate(theme, self)
        self.grid = ThumbnailGrid(self)
        self.grid.setModel(self.model)
        self.grid.setItemDelegate(self.delegate)
        self.grid.set_cell(self.delegate.cell())
        _name(self.grid, "Digits", "")
        self.grid.selectionModel().currentChanged.connect(self._current_changed)
        self.grid.selectionModel().selectionChanged.connect(self._selection_changed)
        self._make_controls()
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.split_choice)
        top.addWidget(self.class_choice, 1)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.size_slider)
        foot.addWidget(self.jump)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8 - GAP, 8, 0, 0)
        layout.setSpacing(8 - GAP)
        for row in (top, foot):
            row.setContentsMargins(GAP, 0, 0, GAP)
            row.setSpacing(8)
            layout.addLayout(row)
        layout.addWidget(self.grid, 1)
        self.setMinimumWidth(232)
        self.setFocusProxy(self.grid)
        self.show_set(None)

    def show_set(self, dataset: DigitSet | None) -> None:
        """Show another set, at the first digit of its first split."""
        self._dataset = dataset
        with QSignalBlocker(self.split_choice):
            self.split_choice.clear()
            if dataset is not None:
                for name, split in dataset.splits.items():
                    self.split_choice.addItem(f"{name}  ({len(split):,})", name)
        for control in (self.split_choice, self.class_choice, self.jump, self.size_slider):
            control.setEnabled(dataset is not None)
        self._fill_classes()
        self._refilter(0)

    @property
    def dataset(self) -> DigitSet | None:
        """The set shown."""
        return self._dataset

    @property
    def split(self) -> Split | None:
        """The split shown."""
        return self.model.split

    @property
    def class_shown(self) -> int | None:
        """The class shown, None for all."""
        value = self.class_choice.currentData()
        return None if value is None or value < 0 else int(value)

    def current(self) -> int | None:
        """Return the index of the current digit in its split."""
        row = self.grid.currentIndex().row()
        return self.model.digit_at(row) if row >= 0 else None

    def selected(self) -> NDArray[np.int64]:
        """Return the ascending indices of the selected digits in their split."""
        selected = np.zeros(len(self.model.indices), np.bool_)
        selection = self.grid.selectionModel().selection()
        for place in range(selection.count()):
            part = selection.at(place)
            selected[part.top() : part.bottom() + 1] = True
        digits: NDArray[np.int64] = self.model.indices[selected]
        return digits

    def selected_count(self) -> int:
        """Return how many digits are selected."""
        return len(self.selected())

    def go_to(self, text: str) -> None:
        """Go to ``13`` of the split shown or to ``train:13``; a class filter may be lifted.

        Raises
        ------
        UserError
            If there is no such digit.
        """
        dataset, split = self._dataset, self.split
        if dataset is None or split is None:
            raise UserError("no set is open", advice="Open one first.")
        text = text.strip()
        name, index = parse_identity(text if ":" in text else f"{split.name}:{text}", dataset)
        if name != split.name:
            self.choose_split(name)
        row = self.model.row_of(index)
        if row is None:
            self.choose_class(None)
            row = self.model.row_of(index)
        if row is not None:
            self.grid.go_to(row)

    def choose_split(self, name: str) -> None:
        """Show a split by name; an unknown one changes nothing."""
        place = self.split_choice.findData(name)
        if place >= 0:
            self.split_choice.setCurrentIndex(place)

    def choose_class(self, value: int | None) -> None:
        """Show one class, or all; a class that does not occur changes nothing."""
        place = self.class_choice.findData(-1 if value is None else value)
        if place >= 0:
            self.class_choice.setCurrentIndex(place)

    def set_thumbnail_size(self, edge: int) -> None:
        """Set the edge of the thumbnails in pixels; out of range takes the nearest."""
        self.size_slider.setValue(min(max(edge, SIZES[0]), SIZES[1]))

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.delegate.theme = theme
        self.grid.viewport().update()

    def _make_controls(self) -> None:
        """Make the controls above the grid."""
        self.split_choice = QComboBox()
        _name(self.split_choice, "Split", "The part of the set that is shown")
        self.split_choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.split_choice.currentIndexChanged.connect(self._split_chosen)
        self.class_choice = QComboBox()
        _name(self.class_choice, "Class", "Show the digits of one class, or all")
        self.class_choice.currentIndexChanged.connect(self._class_chosen)
        self.count = QLabel()
        _name(self.count, "Count", "Digits shown, of the digits in the split")
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        _name(self.size_slider, "Thumbnail size", "Size of the thumbnails")
        self.size_slider.setRange(*SIZES)
        self.size_slider.setSingleStep(28)
        self.size_slider.setPageStep(28)
        self.size_slider.setValue(56)
        self.size_slider.setFixedWidth(72)
        self.size_slider.valueChanged.connect(self._resize)
        self.jump = QLineEdit()
        self.jump.setPlaceholderText("go to")
        self.jump.setFixedWidth(104)
        _name(self.jump, "Go to", "An index such as 13, or a digit such as train:13; then Enter")
        self.jump.returnPressed.connect(self._jump)

    def _fill_classes(self) -> None:
        """List the classes of the chosen split with their counts; the chosen one stays."""
        name = self.split_choice.currentData()
        split = None if self._dataset is None or name is None else self._dataset.splits[name]
        kept = self.class_choice.currentData()
        with QSignalBlocker(self.class_choice):
            self.class_choice.clear()
            self.class_choice.addItem("All classes", -1)
            if split is not None and split.labels is not None:
                counts = np.bincount(split.labels)
                for value in np.flatnonzero(counts):
                    self.class_choice.addItem(f"Class {value}  ({counts[value]:,})", int(value))
            self.class_choice.setCurrentIndex(max(0, self.class_choice.findData(kept)))

    def _split_chosen(self) -> None:
        self._fill_classes()
        self._refilter(0)

    def _class_chosen(self) -> None:
        self._refilter(self.current())

    def _refilter(self, digit: int | None) -> None:
        """Show what the choices ask for, at a digit if it is among it."""
        name = self.split_choice.currentData()
        split = None if self._dataset is None or name is None else self._dataset.splits[name]
        self.model.show(split, self.class_shown)
        shown, total = self.model.rowCount(), 0 if split is None else len(split)
        self.count.setText("" if split is None else f"{shown:,} of {total:,}")
        if split is None:
            self.grid.set_empty_text(
                "Nothing is open.\n\nDrop a folder or a file here, or open one from the File menu."
            )
        else:
            self.grid.set_empty_text("This split holds no digits.")
        row = None if digit is None else self.model.row_of(digit)
        if shown:
            self.grid.go_to(0 if row is None else row)
        else:
            self.jump.setPlaceholderText("go to")
            self.digit_changed.emit(None, -1)
        self.selection_changed.emit()

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and self.split is not None:
            digit = self.model.digit_at(current.row())
            self.jump.setPlaceholderText(identity(self.split, digit))
            self.digit_changed.emit(self.split, digit)

    def _selection_changed(self, _on: QItemSelection, _off: QItemSelection) -> None:
        self.selection_changed.emit()

    def _resize(self, edge: int) -> None:
        self.delegate.edge = edge
        self.grid.set_cell(self.delegate.cell())

    def _jump(self) -> None:
        try:
            self.go_to(self.jump.text())
        except UserError as error:
            self.refused.emit(error)
            return
        self.jump.clear()
        self.grid.setFocus()


def _name(widget: QWidget, name: str, tip: str) -> None:
    """Give a control its accessible name and its tool tip."""
    widget.setAccessibleName(name)
    widget.setToolTip(tip)
