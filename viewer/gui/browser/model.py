"""The digits of a split as a Qt model: arrays and an index array over them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from viewer.datasets.digits import Split
from viewer.gui.describe import identity, tool_tip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class DigitModel(QAbstractListModel):
    """The digits shown, one a row; a filter swaps the index array.

    A row says where a digit is shown now. What a digit is, is its split and its index
    there: `digit_at` and `row_of` go from one to the other.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._split: Split | None = None
        self._indices: NDArray[np.int64] = np.empty(0, np.int64)

    @property
    def split(self) -> Split | None:
        """The split shown, if a set is open."""
        return self._split

    @property
    def indices(self) -> NDArray[np.int64]:
        """Ascending indices of the digits shown, shape (rows,)."""
        return self._indices

    def show(self, split: Split | None, class_shown: int | None = None) -> None:
        """Show the digits of a split, of one class or of all."""
        self.beginResetModel()
        self._split = split
        if split is None:
            self._indices = np.empty(0, np.int64)
        elif class_shown is None or split.labels is None:
            self._indices = np.arange(len(split), dtype=np.int64)
        else:
            self._indices = np.flatnonzero(split.labels == class_shown).astype(np.int64)
        self.endResetModel()

    def digit_at(self, row: int) -> int:
        """Return the index of the digit in a row."""
        return int(self._indices[row])

    def row_of(self, digit: int) -> int | None:
        """Return the row of a digit, None where the filter hides it."""
        row = int(np.searchsorted(self._indices, digit))
        if row < len(self._indices) and self._indices[row] == digit:
            return row
        return None

    def image_at(self, row: int) -> NDArray[np.uint8] | None:
        """Return the image in a row, None for a row that is not there."""
        if self._split is None or not 0 <= row < len(self._indices):
            return None
        image: NDArray[np.uint8] = self._split.images[self._indices[row]]
        return image

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._indices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        if self._split is None or not index.isValid() or not 0 <= row < len(self._indices):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return identity(self._split, self.digit_at(row))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self._split, self.digit_at(row))
        return None
