"""A grid of equal cells whose layout is arithmetic.

Strategy: Qt's own QListView lays out item by item, 80 ms for 70,000 digits and 450 ms for
400,000 at every change of its width. Here a cell's place follows from its row, and the
selection is a mask, so that showing, resizing, jumping and selecting take the same time
for any number of digits.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from viewer.gui.browser.arrangement import Arrangement, Section
from viewer.gui.browser.cells import GAP, Cell, CellPainter
from viewer.gui.browser.model import DigitModel
from viewer.gui.browser.picking import Picker
from viewer.gui.browser.selection import Selection

Index = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction
HEADING = 16
"""Pixels that a heading is higher than its words."""


class ThumbnailGrid(QAbstractItemView):
    """Shows the rows of a digit model in equal cells, from left to right, line by line.

    `picked` is emitted when what is selected was changed through the grid, `opened` when
    the current digit is to be shown large, and `menu_wanted` with a place on the screen
    where a menu on the selected digits is wanted.

    Parameters
    ----------
    model : DigitModel
    cells : CellPainter
        Draws the cells, and says how large they are.
    """

    picked = Signal()
    opened = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(
        self, model: DigitModel, cells: CellPainter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.cells = cells
        self.selection = Selection()
        self._digits = model
        self._sections: tuple[tuple[str, int], ...] = ()
        self._empty_text = ""
        self._picker = Picker(self)
        self._arrangement = Arrangement(0, (), 1, (1, 1), 0)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
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

    def set_sections(self, sections: Sequence[tuple[str, int]]) -> None:
        """Set headings and the rows they stand above; none for no headings."""
        self._sections = tuple(sections)
        self._arrange()

    def columns(self) -> int:
        """Return the number of cells in a line."""
        return max(1, self.viewport().width() // self.cells.size().width())

    def cells_changed(self) -> None:
        """Take another size of cells; the current digit stays in view."""
        self._arrange()
        self.scrollTo(self.currentIndex())

    def reset(self) -> None:
        super().reset()
        self._sections = ()
        self._arrange()
        self.verticalScrollBar().setValue(0)

    def select_all(self) -> None:
        """Select every row."""
        self.selection.choose_all()
        self.tell_picked()

    def tell_picked(self) -> None:
        """Show and report that the selection was changed."""
        self.viewport().update()
        self.picked.emit()

    def nearest_row(self, point: QPoint) -> int:
        """Return the row nearest to a place in the viewport, a line outside of it at most."""
        y = min(max(point.y(), -1), self.viewport().height())
        return self._arrangement.nearest_row(point.x(), y + self.verticalOffset())

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        x, y = self._arrangement.place(index.row())
        return QRect(QPoint(x, y - self.verticalOffset()), self.cells.size())

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._arrangement.row_at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self._digits.index(row, 0)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if not index.isValid():
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        place = self.visualRect(index)
        place.setTop(self._arrangement.top(index.row()) - bar.value())
        top = place.top() + bar.value()
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(top - (height - place.height()) // 2)
        elif place.top() < 0 or hint == QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(top)
        elif place.bottom() >= height or hint == QAbstractItemView.ScrollHint.PositionAtBottom:
            bar.setValue(top + place.height() - height)

    def moveCursor(self, action: _Move, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        count = self._digits.rowCount()
        if not count:
            return QModelIndex()
        current = self.currentIndex().row()
        if current < 0:
            return self._digits.index(0, 0)
        page = max(1, self.viewport().height() // self.cells.size().height())
        lines = {
            _Move.MoveUp: -1,
            _Move.MoveDown: 1,
            _Move.MovePageUp: -page,
            _Move.MovePageDown: page,
        }
        ends = {_Move.MoveHome: 0, _Move.MoveEnd: count - 1}
        if action in lines:
            row = self._arrangement.below(current, lines[action])
        else:
            step = -1 if action in (_Move.MoveLeft, _Move.MovePrevious) else 1
            row = ends.get(action, min(max(current + step, 0), count - 1))
        return self._digits.index(row, 0)

    def step(self, action: _Move) -> None:
        """Move the current digit as a key would, without the focus."""
        index = self.moveCursor(action, Qt.KeyboardModifier.NoModifier)
        if index.isValid():
            self.go_to(index.row(), center=False)

    def go_to(self, row: int, *, center: bool = True) -> None:
        """Make a row the current one, select it alone and scroll to it."""
        self.selection.choose(row)
        self.set_current(row, center=center)
        self.tell_picked()

    def set_current(self, row: int, *, center: bool = True) -> None:
        """Make a row the current one, and scroll to it; the selection stays."""
        index = self._digits.index(row, 0)
        hidden = not self.viewport().rect().contains(self.visualRect(index))
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        if hidden and center:
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: Index) -> bool:
        return False

    def setSelection(self, _rect: QRect, _command: QItemSelectionModel.SelectionFlag) -> None:
        """Do nothing: `selection` holds what is selected."""

    def visualRegionForSelection(self, _selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())

    def updateGeometries(self) -> None:
        """Set the range of the scroll bar."""
        height, line = self.viewport().height(), self.cells.size().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._arrangement.height - height))
        bar.setEnabled(bar.maximum() > 0)
        bar.setPageStep(height)
        bar.setSingleStep(max(1, line // 2))
        super().updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the first digit in view where it is."""
        first = None
        if self._digits.rowCount() and event.oldSize().width() > 0:
            first = self._arrangement.nearest_row(0, self.verticalOffset())
        columns = self._arrangement.columns
        super().resizeEvent(event)
        self._arrange()
        if first is not None and columns != self._arrangement.columns:
            self.verticalScrollBar().setValue(self._arrangement.place(first)[1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Select by keys; Enter opens the current digit large."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit()
        else:
            event.setAccepted(self._picker.press_key(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._picker.press(event.position().toPoint(), event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and self.indexAt(event.position().toPoint()).isValid():
            self.opened.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu on the selection, or on the digit under the mouse where it is none."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            row = self.indexAt(event.pos()).row()
            if row < 0:
                return
            if not self.selection.has(row):
                self._picker.pick(row)
            self.menu_wanted.emit(event.globalPos())
        elif self.currentIndex().isValid():
            place = self.visualRect(self.currentIndex()).center()
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._picker.drag(event.position().toPoint())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._picker.release()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if not self._digits.rowCount():
            self._paint_empty(painter)
            return
        offset = self.verticalOffset()
        top, bottom = event.rect().top() + offset, event.rect().bottom() + 1 + offset
        positions, mask = self._digits.positions, self.selection.mask
        cells: list[Cell] = []
        for section, rows in self._arrangement.visible(top, bottom):
            if section.title:
                self._paint_heading(painter, section, offset)
            for row in rows:
                x, y = self._arrangement.place(row)
                position = int(positions[row])
                cells.append(Cell(row, position, x, y - offset, bool(mask[position])))
        hovered = -1
        if self.viewport().underMouse():
            hovered = self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos())).row()
        ratio = self.viewport().devicePixelRatioF()
        self.cells.paint(painter, cells, self.currentIndex().row(), hovered, ratio)

    def _arrange(self) -> None:
        """Lay the cells out anew."""
        size = self.cells.size()
        self._arrangement = Arrangement(
            self._digits.rowCount(),
            self._sections,
            self.columns(),
            (size.width(), size.height()),
            self.fontMetrics().height() + HEADING,
        )
        self.updateGeometries()
        self.viewport().update()

    def _paint_heading(self, painter: QPainter, section: Section, offset: int) -> None:
        """Write a heading above a hair-line."""
        room = QRect(GAP, section.top - offset, self.viewport().width() - 2 * GAP, 0)
        room.setBottom(section.cells - offset - 1 - HEADING // 4)
        painter.setPen(QColor(self.cells.theme.text))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.drawText(room.adjusted(0, 0, 0, -HEADING // 4), left, section.title)
        painter.fillRect(
            QRect(room.left(), room.bottom(), room.width(), 1), QColor(self.cells.theme.border)
        )

    def _paint_empty(self, painter: QPainter) -> None:
        """Say why there is nothing."""
        painter.setPen(QColor(self.palette().color(QPalette.ColorRole.PlaceholderText)))
        room = self.viewport().rect().adjusted(24, 24, -24, -24)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, flags, self._empty_text)
