"""A grid of equal cells whose layout is arithmetic.

Strategy: Qt's own QListView lays out item by item, 80 ms for 70,000 digits and 450 ms for
400,000 at every change of its width. Here a cell's place follows from its row, so showing,
resizing and jumping take the same time for any number of digits, and a selection is a few
ranges of rows.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QPalette,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

Index = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction


class ThumbnailGrid(QAbstractItemView):
    """Shows the rows of a list model in equal cells, from left to right, line by line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._anchor = 0
        self._cell = QSize(64, 64)
        self._empty_text = ""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_empty_text(self, text: str) -> None:
        """Set the words shown where there is no digit."""
        self._empty_text = text
        self.viewport().update()

    def columns(self) -> int:
        """Return the number of cells in a line."""
        return max(1, self.viewport().width() // self._cell.width())

    def set_cell(self, cell: QSize) -> None:
        """Take another size of cells; the current digit stays in view."""
        self._cell = cell.expandedTo(QSize(1, 1))
        self.updateGeometries()
        self.scrollTo(self.currentIndex())
        self.viewport().update()

    def reset(self) -> None:
        self._anchor = 0
        super().reset()
        self.updateGeometries()
        self.verticalScrollBar().setValue(0)

    def select_all(self) -> None:
        """Select every row by one range."""
        model = self.model()
        if model is not None and model.rowCount():
            self._select(0, model.rowCount() - 1, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        line, column = divmod(index.row(), self.columns())
        cell = self._cell
        return QRect(
            QPoint(column * cell.width(), line * cell.height() - self.verticalOffset()), cell
        )

    def indexAt(self, point: QPoint) -> QModelIndex:
        cell = self._cell
        column = point.x() // cell.width()
        line = (point.y() + self.verticalOffset()) // cell.height()
        if not 0 <= column < self.columns() or line < 0 or self.model() is None:
            return QModelIndex()
        row = line * self.columns() + column
        return self.model().index(row, 0) if row < self.model().rowCount() else QModelIndex()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if not index.isValid():
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        place = self.visualRect(index)
        top = place.top() + bar.value()
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(top - (height - place.height()) // 2)
        elif place.top() < 0 or hint == QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(top)
        elif place.bottom() >= height or hint == QAbstractItemView.ScrollHint.PositionAtBottom:
            bar.setValue(top + place.height() - height)

    def moveCursor(self, action: _Move, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        model = self.model()
        count = 0 if model is None else model.rowCount()
        if not count:
            return QModelIndex()
        current = self.currentIndex().row()
        if current < 0:
            return model.index(0, 0)
        columns = self.columns()
        page = columns * max(1, self.viewport().height() // self._cell.height())
        steps = {
            _Move.MoveLeft: -1,
            _Move.MovePrevious: -1,
            _Move.MoveRight: 1,
            _Move.MoveNext: 1,
            _Move.MoveUp: -columns,
            _Move.MoveDown: columns,
            _Move.MovePageUp: -page,
            _Move.MovePageDown: page,
        }
        if action == _Move.MoveHome:
            row = 0
        elif action == _Move.MoveEnd:
            row = count - 1
        elif action in (_Move.MoveUp, _Move.MoveDown) and not 0 <= current + steps[action] < count:
            row = current
        else:
            row = min(max(current + steps.get(action, 0), 0), count - 1)
        return model.index(row, 0)

    def step(self, action: _Move) -> None:
        """Move the current digit as a key would, without the focus."""
        index = self.moveCursor(action, Qt.KeyboardModifier.NoModifier)
        if index.isValid():
            self.go_to(index.row(), center=False)

    def go_to(self, row: int, *, center: bool = True) -> None:
        """Make a row the current one, select it alone and scroll to it."""
        index = self.model().index(row, 0)
        hidden = not self.viewport().rect().contains(self.visualRect(index))
        self._anchor = row
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        if center and hidden:
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: Index) -> bool:
        return False

    def keyboardSearch(self, _search: str) -> None:
        """Do nothing: a search through all rows by their text is slow and of no use."""

    def setSelection(self, _rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select from the anchor to the current row, in reading order.

        Qt sets the current index before it calls this, for keys and for the mouse.
        """
        current = self.currentIndex().row()
        if current < 0:
            return
        if not command & QItemSelectionModel.SelectionFlag.Current:
            self._anchor = current
        self._select(min(self._anchor, current), max(self._anchor, current), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion() if selection.isEmpty() else QRegion(self.viewport().rect())

    def updateGeometries(self) -> None:
        model = self.model()
        count = 0 if model is None else model.rowCount()
        cell, height = self._cell, self.viewport().height()
        lines = -(-count // self.columns())
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, lines * cell.height() - height))
        bar.setEnabled(bar.maximum() > 0)
        bar.setPageStep(height)
        bar.setSingleStep(max(1, cell.height() // 2))
        super().updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the first digit in view where it is."""
        columns = max(1, event.oldSize().width() // self._cell.width())
        first = self.verticalOffset() // self._cell.height() * columns
        super().resizeEvent(event)
        self.updateGeometries()
        if event.oldSize().width() > 0 and columns != self.columns():
            self.verticalScrollBar().setValue(first // self.columns() * self._cell.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        model = self.model()
        count = 0 if model is None else model.rowCount()
        if not count:
            self._paint_empty(painter)
            return
        cell, columns = self._cell, self.columns()
        first = (event.rect().top() + self.verticalOffset()) // cell.height() * columns
        last = (event.rect().bottom() + self.verticalOffset()) // cell.height() * columns + columns
        hovered = self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos()))
        selection, current = self.selectionModel(), self.currentIndex()
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        flags, delegate = QStyle.StateFlag, self.itemDelegate()
        for row in range(max(0, first), min(last, count)):
            index = model.index(row, 0)
            state = flags.State_Enabled
            if selection.isSelected(index):
                state |= flags.State_Selected
            if index == current:
                state |= flags.State_HasFocus
            if index == hovered and self.viewport().underMouse():
                state |= flags.State_MouseOver
            option.rect = self.visualRect(index)
            option.state = state
            delegate.paint(painter, option, index)

    def _select(self, first: int, last: int, command: QItemSelectionModel.SelectionFlag) -> None:
        model = self.model()
        selection = QItemSelection(model.index(first, 0), model.index(last, 0))
        self.selectionModel().select(selection, command)

    def _paint_empty(self, painter: QPainter) -> None:
        """Say why there is nothing."""
        painter.setPen(QColor(self.palette().color(QPalette.ColorRole.PlaceholderText)))
        room = self.viewport().rect().adjusted(24, 24, -24, -24)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, flags, self._empty_text)
