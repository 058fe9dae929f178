"""The view of a sequence: the pen's row stands out, clicking a row moves the pen."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPointF, QSize, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from viewer.gui.inspector.cursor import Spot
from viewer.gui.inspector.labels import figures_font
from viewer.gui.inspector.sequence_model import COLUMNS, Index, SequenceModel
from viewer.gui.theme import Theme

FIRST_DERIVED = 5
"""The column from which figures are not in the sequence itself but follow from it."""


AHEAD = 2
"""Rows kept in view before and after the pen's."""


PADDING = "\N{FIGURE SPACE}"
"""Air between a right-aligned figure and the edge of its column."""


POINTER = 3
"""Width of the bar before the row that is pointed at."""


class RowDelegate(QStyledItemDelegate):
    """Paints the pen's row in the accent, and a hair-line before the derived columns.

    The row that is pointed at is shaded, with a bar before it.
    """

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(table)
        self.theme = theme
        self.pen_row = -1
        self.pointed_row = -1

    def displayText(self, value: object, locale: object) -> str:
        return f"{value}{PADDING}"

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        states = QStyle.StateFlag
        option.state &= ~states.State_HasFocus
        if index.row() == self.pen_row:
            option.state &= ~states.State_Selected
            option.backgroundBrush = QBrush(QColor(self.theme.accent))
            color = QColor(self.theme.accent_text)
            option.palette.setColor(QPalette.ColorRole.Text, color)
        elif index.row() == self.pointed_row:
            option.backgroundBrush = QBrush(QColor(self.theme.hover))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index.column() == FIRST_DERIVED:
            rect = option.rect
            painter.fillRect(rect.left(), rect.top(), 1, rect.height(), QColor(self.theme.border))
        if index.column() == 0 and index.row() == self.pointed_row:
            bar = self.theme.accent_text if index.row() == self.pen_row else self.theme.accent
            rect = option.rect
            painter.fillRect(rect.left(), rect.top(), POINTER, rect.height(), QColor(bar))


class SequenceTable(QTableView):
    """A sequence as a table.

    `row_chosen` is emitted with the row that a user made the current one, `pointed` with
    the point, counted from 0, of the row under the mouse, -1 where there is none.
    """

    row_chosen = Signal(int)
    pointed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sequence = SequenceModel()
        self.setModel(self.sequence)
        self._delegate = RowDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Stroke sequence")
        self.setToolTip("Click a row to put the pen there; Ctrl+C copies the selected rows")
        self.setFont(figures_font(self.font(), -1))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._size_columns()
        self._following = False
        self.setMouseTracking(True)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.clicked.connect(lambda index: self.row_chosen.emit(index.row()))
        self.set_theme(theme)

    def _size_columns(self) -> None:
        """Give every column the width of its widest text, once."""
        metrics = QFontMetrics(self.font())
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(0)
        rows.setDefaultSectionSize(metrics.lineSpacing() + 4)
        header = self.horizontalHeader()
        header.setFont(self.font())
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(0)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._widths = [
            max(metrics.horizontalAdvance(text) for text in (name, "8888")) + 16
            for name, _help in COLUMNS
        ]

    def full_width(self) -> int:
        """Return the width at which no column is cut off."""
        return sum(self._widths) + self.verticalScrollBar().sizeHint().width() + 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        spare = max(self.viewport().width() - sum(self._widths), 0)
        for column, width in enumerate(self._widths):
            share = spare * (column + 1) // len(COLUMNS) - spare * column // len(COLUMNS)
            self.setColumnWidth(column, width + share)

    def sizeHint(self) -> QSize:
        return QSize(self.full_width(), 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 96)

    def show_sequence(
        self, rows: NDArray[np.int8], points: NDArray[np.integer], offsets: NDArray[np.int64]
    ) -> None:
        """Show another digit: sequence rows, points (row, column), stroke offsets."""
        self._delegate.pen_row = self._delegate.pointed_row = -1
        self.sequence.set_sequence(rows, points, offsets)

    def show_point(self, point: int) -> None:
        """Mark the row that reaches a point, and scroll to it."""
        row = self.sequence.row(point)
        if row == self._delegate.pen_row:
            return
        self._delegate.pen_row = row
        self._following = True
        if row >= 0:
            index = self.sequence.index(row, max(self.currentIndex().column(), 0))
            none = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(index, none)
            ahead = min(row + AHEAD, self.sequence.rowCount() - 1)
            self.scrollTo(self.sequence.index(ahead, 0))
            self.scrollTo(self.sequence.index(max(row - AHEAD, 0), 0))
        self._following = False
        self.viewport().update()

    @property
    def pen_row(self) -> int:
        """The row that is marked as the pen's, -1 for none."""
        return self._delegate.pen_row

    @property
    def pointed_row(self) -> int:
        """The row that is marked since its pixel is pointed at, -1 for none."""
        return self._delegate.pointed_row

    def show_spot(self, spot: Spot | None) -> None:
        """Mark the row that reaches the pixel pointed at, or none; nothing scrolls."""
        before = self._delegate.pointed_row
        after = -1 if spot is None else self.sequence.row(spot.point)
        if after != before:
            self._delegate.pointed_row = after
            for row in {before, after} - {-1}:
                place = self.visualRect(self.sequence.index(row, 0))
                place.setWidth(self.viewport().width())
                self.viewport().update(place)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._delegate.theme = theme
        self.setStyleSheet(
            f"QTableView {{ background: {theme.surface}; color: {theme.text};"
            f" border: 1px solid {theme.border}; selection-background-color: {theme.hover};"
            f" selection-color: {theme.text}; }}"
            f"QHeaderView {{ background: {theme.surface}; }}"
            f"QHeaderView::section {{ background: {theme.surface}; color: {theme.muted};"
            f" border: none; border-bottom: 1px solid {theme.border}; padding: 2px 11px 2px 0;"
            f" font-size: {self.font().pointSizeF():g}pt; }}"
        )
        self.viewport().update()

    def selected_text(self) -> str:
        """Return the selected rows as lines of figures with tabs between, under their names."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return self._text(rows)

    def text(self) -> str:
        """Return all rows as lines with tabs; "" where there are none."""
        count = self.sequence.rowCount()
        return self._text(range(count)) if count else ""

    def _text(self, rows: Iterable[int]) -> str:
        lines = ["\t".join(name for name, _help in COLUMNS)]
        lines += ["\t".join(self.sequence.figures(row)) for row in rows]
        return "\n".join(lines) + "\n"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point_at(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        self._point_at(event.position())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.pointed.emit(-1)
        return bool(super().viewportEvent(event))

    def _point_at(self, place: QPointF) -> None:
        """Say which point the row below the mouse reaches; a pen lift reaches none."""
        row = self.indexAt(place.toPoint()).row()
        point = self.sequence.point(row) if row >= 0 else -1
        self.pointed.emit(point if self.sequence.row(point) == row else -1)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Copy)
        ):
            event.accept()  # the window's own Ctrl+C is for digits
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            if self.selectionModel().hasSelection():
                QGuiApplication.clipboard().setText(self.selected_text())
            return
        super().keyPressEvent(event)

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._following and current.isValid():
            self.row_chosen.emit(current.row())
