"""The sequence of a digit as a table: rows as published, and what each reaches."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from viewer.core.sequence import END_ROW, point_of_row

COLUMNS = (
    ("row", "Number of the row, from 0"),
    ("dx", "Columns to the right of the point before; the first row counts from (0, 0)"),
    ("dy", "Rows below the point before; the first row counts from (0, 0)"),
    ("eos", "End of stroke: 1 announces that the pen is lifted"),
    ("eod", "End of digit: 1 in the last row"),
    ("x", "Column of the point, from 1"),
    ("y", "Row of the point, from 1"),
    ("stroke", "Number of the stroke, from 1"),
    ("point", "Number of the point, from 1"),
)

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


class SequenceModel(QAbstractTableModel):
    """Sequence rows with the point each one reaches; strings are made on demand."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: NDArray[np.int8] = np.zeros((0, 4), dtype=np.int8)
        self._points: NDArray[np.integer] = np.zeros((0, 2), dtype=np.int16)
        self._offsets: NDArray[np.int64] = np.zeros(1, dtype=np.int64)
        self._point_of_row: NDArray[np.int64] = np.zeros(0, dtype=np.int64)

    def set_sequence(
        self,
        rows: NDArray[np.int8],
        points: NDArray[np.integer],
        offsets: NDArray[np.int64],
    ) -> None:
        """Take another digit: sequence rows, points (row, column), stroke offsets."""
        self.beginResetModel()
        self._rows, self._points, self._offsets = rows, points, offsets
        self._point_of_row = point_of_row(rows)
        self.endResetModel()

    def point(self, row: int) -> int:
        """Return the index of the point at which the pen stands after a row, or -1."""
        return int(self._point_of_row[row])

    def row(self, point: int) -> int:
        """Return the row that reaches a point, -1 where there is none."""
        if not 0 <= point < len(self._points):
            return -1
        return int(np.searchsorted(self._point_of_row, point))

    def figures(self, row: int) -> tuple[str, ...]:
        """Return a row's texts, in the order of `COLUMNS`."""
        dx, dy, eos, eod = self._rows[row].tolist()
        own = (str(row), str(dx), str(dy), str(eos), str(eod))
        if eos:
            what = "end" if (dx, dy, eos, eod) == END_ROW else "lift"
            return (*own, "", "", what, "")
        index = self.point(row)
        down, right = self._points[index].tolist()
        stroke = int(np.searchsorted(self._offsets, index, side="right"))
        return (*own, str(right + 1), str(down + 1), str(stroke), str(index + 1))

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.figures(index.row())[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section][0]
        if role == Qt.ItemDataRole.ToolTipRole:
            return COLUMNS[section][1]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None
