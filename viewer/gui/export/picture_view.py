"""A picture of a preview: still or playing, pixels or lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.gui.export.contents import Drawing, Film
from viewer.gui.images import rgba_image

SMALL = 128
"""Pictures below so many pixels are enlarged, by whole multiples."""
SQUARE = 8
"""Logical pixels of the squares behind a picture that is transparent."""


class PictureView(QWidget):
    """Shows a film or a drawing as large as it is, or as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frames: Sequence[NDArray[np.uint8]] = ()
        self._milliseconds: Sequence[int] = ()
        self._size = QSize()
        self._drawing: QSvgRenderer | None = None
        self.frame = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._advance)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Preview")

    @property
    def playing(self) -> bool:
        """Whether frames follow each other."""
        return self._timer.isActive()

    def show_film(self, film: Film) -> None:
        """Show a picture, or play several for ever."""
        self._drawing = None
        self._frames = film.frames
        self._milliseconds = film.milliseconds
        self._size = QSize(*film.size)
        self.frame = 0
        self._play()
        self.update()

    def show_drawing(self, drawing: Drawing) -> None:
        """Show an SVG picture."""
        self.clear()
        self._drawing = QSvgRenderer(drawing.svg, self)
        self._size = self._drawing.defaultSize()

    def clear(self) -> None:
        """Show nothing."""
        self._timer.stop()
        self._frames, self._milliseconds, self._drawing = (), (), None
        self.frame = 0
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        self._play()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._size.isEmpty() or (self._drawing is None and not self._frames):
            return
        painter = QPainter(self)
        area = self._area()
        self._paint_squares(painter, area)
        if self._drawing is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._drawing.render(painter, area)
            return
        enlarged = area.width() > self._size.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not enlarged)
        painter.drawImage(area, rgba_image(self._frames[self.frame]))

    def _area(self) -> QRectF:
        """Return where the picture lies, in the middle of the widget."""
        size = QSizeF(self._size)
        factor = min(self.width() / size.width(), self.height() / size.height())
        if factor >= 1:
            is_small = max(self._size.width(), self._size.height()) < SMALL
            factor = int(factor) if is_small else 1
        size *= factor
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        return QRectF(QPointF(left, top), size)

    def _paint_squares(self, painter: QPainter, area: QRectF) -> None:
        """Paint what is seen through a picture that is transparent."""
        painter.fillRect(area, Qt.GlobalColor.white)
        painter.save()
        painter.setClipRect(area)
        for row in range(int(area.height()) // SQUARE + 1):
            for column in range(row % 2, int(area.width()) // SQUARE + 1, 2):
                corner = area.topLeft() + QPointF(column * SQUARE, row * SQUARE)
                painter.fillRect(QRectF(corner, QSizeF(SQUARE, SQUARE)), Qt.GlobalColor.lightGray)
        painter.restore()

    def _play(self) -> None:
        """Let the next frame come when it is due."""
        if len(self._frames) > 1 and self.isVisible():
            self._timer.start(self._milliseconds[self.frame])
        else:
            self._timer.stop()

    def _advance(self) -> None:
        self.frame = (self.frame + 1) % len(self._frames)
        self.update()
        self._play()
