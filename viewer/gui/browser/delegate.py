"""Paints one thumbnail, straight from the array."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from viewer.gui.browser.model import DigitModel, Index
from viewer.gui.images import gray_image
from viewer.gui.theme import Theme

GAP = 4
"""Pixels from a thumbnail to the edge of its cell; the selection frame lies there."""


class ThumbnailDelegate(QStyledItemDelegate):
    """A digit in a square cell, with whole screen pixels a digit pixel where it fits."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.edge = 56

    def cell(self) -> QSize:
        """Return the size of a cell."""
        return QSize(self.edge + 2 * GAP, self.edge + 2 * GAP)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return self.cell()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        image = model.image_at(index.row()) if isinstance(model, DigitModel) else None
        if image is None:
            return
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        tile = QRectF(cell).adjusted(GAP, GAP, -GAP, -GAP)
        painter.save()
        painter.fillRect(tile, QColor(self.theme.paper))
        digit = _fitted(tile, image.shape[0], image.shape[1], painter.device().devicePixelRatioF())
        enlarged = digit.height() >= image.shape[0]
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not enlarged)
        painter.drawImage(digit, gray_image(image))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            self._frame(painter, tile, QColor(self.theme.accent), 2.0)
        elif state & QStyle.StateFlag.State_MouseOver:
            self._frame(painter, tile, QColor(self.theme.muted), 1.0)
        if state & QStyle.StateFlag.State_HasFocus:
            self._mark_current(painter, tile)
        painter.restore()

    def _frame(self, painter: QPainter, tile: QRectF, color: QColor, width: float) -> None:
        """Draw a frame just outside a thumbnail."""
        pen = QPen(color, width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        grow = width / 2
        painter.drawRect(tile.adjusted(-grow, -grow, grow, grow))

    def _mark_current(self, painter: QPainter, tile: QRectF) -> None:
        """Underline the digit that the panels show."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.accent))
        painter.drawRect(QRectF(tile.left(), tile.bottom() - 3, tile.width(), 3))


def _fitted(tile: QRectF, height: int, width: int, ratio: float) -> QRectF:
    """Return where an image lies in a tile: centred, at a whole scale in screen pixels."""
    scale = min(tile.width() / width, tile.height() / height)
    whole = int(scale * ratio + 1e-6) / ratio
    if whole > 0:
        scale = whole
    left = tile.left() + int((tile.width() - width * scale) / 2 * ratio) / ratio
    top = tile.top() + int((tile.height() - height * scale) / 2 * ratio) / ratio
    return QRectF(left, top, width * scale, height * scale)
