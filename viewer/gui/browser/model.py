"""The digits on show as a Qt model: a table and an array of positions in it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from viewer.catalog.table import Table
from viewer.gui.describe import tool_tip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class DigitModel(QAbstractListModel):
    """The digits shown, one a row, in any order; a filter swaps the array.

    A row says where a digit is shown now. What a digit is, is its position in the table:
    `position_at` and `row_of` go from one to the other.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table: Table | None = None
        self._positions: NDArray[np.int64] = np.empty(0, np.int64)

    @property
    def table(self) -> Table | None:
        """The digits there are, if a set is open."""
        return self._table

    @property
    def positions(self) -> NDArray[np.int64]:
        """Positions of the digits shown, shape (rows,)."""
        return self._positions

    def show(self, table: Table | None, positions: NDArray[np.int64]) -> None:
        """Show some digits of a table."""
        self.beginResetModel()
        self._table = table
        self._positions = positions
        self.endResetModel()

    def position_at(self, row: int) -> int:
        """Return the position of the digit in a row."""
        return int(self._positions[row])

    def row_of(self, position: int) -> int | None:
        """Return the row of a digit, None where it is not shown."""
        rows = np.flatnonzero(self._positions == position)
        return int(rows[0]) if len(rows) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._positions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        if self._table is None or not index.isValid() or not 0 <= row < len(self._positions):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._table.identity(self.position_at(row))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self._table, self.position_at(row))
        return None
