"""One stage on near-black paper: a pyqtgraph view box that follows the shared lens."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsItem, QWidget

from viewer.gui.inspector.dots import PixelMark
from viewer.gui.inspector.grid import PICTURE, GridItem
from viewer.gui.inspector.lens import Lens
from viewer.gui.theme import Theme

WHEEL_STEP = 120
"""Eighths of a degree that one notch of a wheel turns."""
DRAG = 4
"""Pixels from which on a press that moves is a drag."""
LEFT = Qt.MouseButton.LeftButton


class Board(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """A view of one image in pixel coordinates (x = column, y = row, downward).

    The mouse is read here and reported; the owner moves the shared lens and calls
    `follow` on every board, so that none of them can run ahead.

    Parameters
    ----------
    theme : Theme
        Colours.
    name : str
        What it shows, for screen readers.
    """

    hovered = Signal(int, int)
    clicked = Signal(int, int)
    left = Signal()
    zoomed = Signal(int, float, float)
    panned = Signal(float, float)
    fit_asked = Signal()
    resized = Signal()
    first_painted = Signal()
    shown = Signal(bool)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=theme.paper)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(64, 64)
        self._box = pg.ViewBox(
            lockAspect=True, enableMouse=False, enableMenu=False, invertY=True, defaultPadding=0
        )
        self._box.disableAutoRange()
        self.setCentralItem(self._box)
        self._image = pg.ImageItem(axisOrder="row-major", autoDownsample=False)
        self._image.setZValue(PICTURE)
        self._box.addItem(self._image, ignoreBounds=True)
        self.grid = GridItem()
        self._box.addItem(self.grid, ignoreBounds=True)
        self.mark = PixelMark(theme)
        self._box.addItem(self.mark, ignoreBounds=True)
        self._visible = (0.0, 0.0, 1.0, 1.0)
        self._shape = (0, 0)
        self.message = ""
        self._theme = theme
        self._pressed: QPointF | None = None
        self._began = QPointF()
        self._wheel = 0
        self._armed = False

    def add(self, item: QGraphicsItem) -> None:
        """Put an item above the image, in pixel coordinates."""
        self._box.addItem(item, ignoreBounds=True)

    def set_picture(self, picture: NDArray[np.uint8] | None, shape: tuple[int, int]) -> None:
        """Show colours, uint8 (M, N, 3), or an empty board of that shape for None."""
        self._shape = shape
        self.grid.set_shape(*shape)
        if picture is None:
            self._image.clear()
        else:
            self._image.setImage(picture, autoLevels=False, levels=(0, 255))

    def arm(self) -> None:
        """Let the next paint emit `first_painted`."""
        self._armed = True

    def set_message(self, text: str) -> None:
        """Write a sentence on the board; "" takes it away."""
        if text != self.message:
            self.message = text
            self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.setBackground(theme.paper)
        self.mark.set_theme(theme)
        self.viewport().update()

    def fill(self, lens: Lens) -> None:
        """Give a lens the size of this board, and show what it shows then."""
        size = self.viewport().size()
        lens.set_view(size.width(), size.height(), self.devicePixelRatioF())
        self.follow(lens)

    def follow(self, lens: Lens) -> None:
        """Show what the lens shows."""
        self._visible = lens.visible()
        self._box.setRange(QRectF(*self._visible), padding=0, disableAutoRange=False)

    def place(self, position: QPointF) -> tuple[float, float]:
        """Return the (row, column) below a place in the viewport, with fractions."""
        column, row, columns, rows = self._visible
        size = self.viewport().size()
        return (
            row + position.y() * rows / max(size.height(), 1),
            column + position.x() * columns / max(size.width(), 1),
        )

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if event is not None:
            self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._armed:
            self._armed = False
            self.first_painted.emit()

    def event(self, event: QEvent) -> bool:
        handled = bool(super().event(event))
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.resized.emit()
        return handled

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown.emit(False)

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        if self.message:
            painter.setPen(QColor(self._theme.ghost).lighter(170))
            space = QRectF(self.viewport().rect()).adjusted(8, 8, -8, -8)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(space, flags, self.message)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / WHEEL_STEP)
        if steps:
            self._wheel -= steps * WHEEL_STEP
            self.zoomed.emit(steps, *self.place(event.position()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed = self._began = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None:
            row, column = self.place(event.position())
            row_before, column_before = self.place(self._pressed)
            self._pressed = event.position()
            self.panned.emit(row_before - row, column_before - column)
        row, column = self.place(event.position())
        if 0 <= row < self._shape[0] and 0 <= column < self._shape[1]:
            self.hovered.emit(math.floor(row), math.floor(column))
        else:
            self.left.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report a click: a press of the left button that was no drag."""
        moved = (event.position() - self._began).manhattanLength()
        if self._pressed is not None and moved < DRAG and event.button() == LEFT:
            row, column = self.place(self._began)
            if 0 <= row < self._shape[0] and 0 <= column < self._shape[1]:
                self.clicked.emit(math.floor(row), math.floor(column))
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        self.fit_asked.emit()

    def leaveEvent(self, event: QEvent) -> None:
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
