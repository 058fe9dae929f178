"""A slider to scrub with, which says where the mouse is and shows where others point."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QPolygonF
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

SIGN = 5.0
"""Logical pixels the sign of a mark is high, and wide to both sides of its tip."""


class ScrubSlider(QSlider):
    """A slider that jumps to where it is pressed and drags on from there.

    Attributes
    ----------
    pointed : Signal
        The value below the mouse, -1 once it is gone; nothing moves by that.
    """

    pointed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setMouseTracking(True)
        self._mark: int | None = None

    @property
    def mark(self) -> int | None:
        """The value that is marked, None for none."""
        return self._mark

    def set_mark(self, value: int | None) -> None:
        """Mark a value by a small sign above the groove, or none."""
        if value != self._mark:
            self._mark = value
            self.update()

    def place(self, value: int) -> float:
        """Return where the middle of the handle is at a value."""
        length = self._handle_length()
        return length / 2 + QStyle.sliderPositionFromValue(
            self.minimum(), self.maximum(), value, max(self.width() - length, 1)
        )

    def value_at(self, x: float) -> int:
        """Return the value at a place."""
        length = self._handle_length()
        return QStyle.sliderValueFromPosition(
            self.minimum(), self.maximum(), round(x - length / 2), max(self.width() - length, 1)
        )

    def _handle_length(self) -> int:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        return self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, option, self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setSliderPosition(self.value_at(event.position().x()))
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        value = self.value_at(event.position().x())
        if self.isSliderDown():
            self.setSliderPosition(value)
        self.pointed.emit(value)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._mark is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.WindowText))
        tip = QPointF(self.place(self._mark), SIGN)
        left, right = tip + QPointF(-SIGN, -SIGN), tip + QPointF(SIGN, -SIGN)
        painter.drawPolygon(QPolygonF([left, right, tip]))
