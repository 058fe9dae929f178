"""The filmstrip: a small picture for each stroke, with all strokes before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QToolTip, QWidget

from viewer.gui.inspector.board import WHEEL_STEP
from viewer.gui.inspector.cursor import Spot
from viewer.gui.inspector.film import Film
from viewer.gui.inspector.film_picture import EDGE, FilmPainter
from viewer.gui.inspector.labels import figures_font
from viewer.gui.inspector.words import count
from viewer.gui.theme import Theme

if TYPE_CHECKING:
    from viewer.core.extract import Extraction

HEIGHT = 64
"""Logical pixels the strip is high; also the largest side of a picture."""

SMALLEST = 56
"""Side of a picture below which the strip scrolls; the scroll bar takes the rest."""

GAP = 8
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
HELP = (
    "Move along a picture to scrub; click to put the pen at the stroke's end (Left, Right), "
    "drag to leave it where you let go"
)


class Filmstrip(QAbstractScrollArea):
    """Pictures of the first stroke, the first two, ..., in a row that scrolls when it is long.

    Parameters
    ----------
    theme : Theme
        Colours.

    Attributes
    ----------
    scrubbed : Signal
        The position (see `Schedule`) that the mouse points at: its place across picture n
        is the share of stroke n that is drawn.
    left : Signal
        The mouse is gone after it scrubbed.
    chosen : Signal
        A position to stay at: the end of the stroke clicked or gone to by key, or where
        the mouse was let go after it was dragged.
    """

    scrubbed = Signal(float)
    left = Signal()
    chosen = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Filmstrip")
        self.setToolTip(HELP)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFont(figures_font(self.font(), -1))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalScrollBar().setStyleSheet(
            f"QScrollBar:horizontal {{ height: {HEIGHT - SMALLEST}px; }}"
            "QScrollBar::handle { border-radius: 2px; margin: 2px; }"
        )
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._film = Film.empty()
        self._painter = FilmPainter(self._film, theme)
        self._side = HEIGHT
        self._scrubbing = False
        self._kept = -1
        self._pressed_at = 0.0
        self._describe()

    @property
    def count(self) -> int:
        """Pictures, one for each stroke."""
        return self._film.count

    @property
    def current(self) -> int:
        """The stroke that is marked, counted from 0; -1 for none."""
        return self._film.current

    def show_strokes(self, extraction: Extraction) -> None:
        """Show the strokes of a digit."""
        rows, columns = extraction.image.shape
        self._take(Film(extraction.points, extraction.stroke_offsets, (rows, columns)))

    def show_nothing(self) -> None:
        """Show no picture."""
        self._take(Film.empty())

    def _take(self, film: Film) -> None:
        self._film = film
        self._painter = FilmPainter(film, self._painter.theme)
        self._scrubbing = False
        self._kept = -1
        self._lay_out()
        self.horizontalScrollBar().setValue(0)
        self._describe()

    def set_position(self, position: float) -> None:
        """Mark the stroke that is being drawn, and how far it is."""
        if position == self._film.position:
            return
        before = self.current
        self._film.position = position
        after = self.current
        for stroke in {before, after}:
            self.viewport().update(self.place(stroke))
        if after != before:
            self._describe()
            if not self._scrubbing and self._kept < 0:
                self._reveal(after)

    @property
    def pointed(self) -> int:
        """The stroke that is framed since one of its pixels is pointed at; -1 for none."""
        return self._film.pointed

    def show_spot(self, spot: Spot | None) -> None:
        """Frame the stroke of the pixel that is pointed at, or none; nothing scrolls."""
        before = self._film.pointed
        self._film.pointed = after = -1 if spot is None else spot.stroke
        if after != before:
            for stroke in (before, after):
                self.viewport().update(self.place(stroke))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._painter = FilmPainter(self._film, theme)
        self.viewport().update()

    def place(self, stroke: int) -> QRect:
        """Return where a stroke's picture is in the viewport."""
        x = stroke * (self._side + GAP) - self.horizontalScrollBar().value()
        return QRect(x, 0, self._side, self._side)

    def _lay_out(self) -> None:
        """Make the pictures as large as they fit, down to a size; then they scroll."""
        width = self.viewport().width()
        number = max(self.count, 1)
        self._side = min(max((width + GAP) // number - GAP, SMALLEST), HEIGHT)
        bar = self.horizontalScrollBar()
        bar.setRange(0, max(number * (self._side + GAP) - GAP - width, 0))
        bar.setPageStep(width)
        bar.setSingleStep(self._side + GAP)
        self.viewport().update()

    def _reveal(self, stroke: int) -> None:
        """Scroll as little as brings a picture, and a part of its neighbours, into view."""
        bar, place = self.horizontalScrollBar(), self.place(stroke)
        over = place.right() + self._side // 2 - self.viewport().width()
        under = place.left() - self._side // 2
        if over > 0 or under < 0:
            bar.setValue(bar.value() + (over if over > 0 else under))

    def _describe(self) -> None:
        words = f"stroke {self.current + 1} of {self.count}" if self.count else "no strokes"
        self.setAccessibleDescription(words)

    def _stroke_at(self, x: float) -> int:
        """Return the stroke whose picture is at a place, -1 for none."""
        stroke, inside = divmod(x + self.horizontalScrollBar().value(), self._side + GAP)
        return int(stroke) if inside < self._side and 0 <= stroke < self.count else -1

    def _position_at(self, stroke: int, x: float) -> float:
        """Return the position that a place across a stroke's picture stands for."""
        share = (x - self.place(stroke).left() - EDGE) / (self._side - 2 * EDGE)
        return self._film.position_at(stroke, share)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        stroke = self._stroke_at(x)
        if stroke >= 0 and stroke != self._kept:
            self._kept = -1
            self._scrubbing = True
            self.scrubbed.emit(self._position_at(stroke, x))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().x()
        self._kept = -1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        stroke = self._stroke_at(x)
        if event.button() == Qt.MouseButton.LeftButton and stroke >= 0:
            dragged = abs(x - self._pressed_at) >= QApplication.startDragDistance()
            end = float(self._film.ends(stroke)[1])
            self._scrubbing = False
            self._kept = stroke  # a hand that trembles must not move the pen away again
            self.chosen.emit(self._position_at(stroke, x) if dragged else end)

    def _leave(self) -> None:
        self._kept = -1
        if self._scrubbing:
            self._scrubbing = False
            self.left.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._leave()
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            stroke = self._stroke_at(event.pos().x())
            text = self._words(stroke) if stroke >= 0 else self.toolTip()
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return bool(super().viewportEvent(event))

    def _words(self, stroke: int) -> str:
        """Say what a picture is."""
        first, last = self._film.ends(stroke)
        points = count(last - first + 1, "point")
        return f"Stroke {stroke + 1} of {self.count}, {points}.\n{HELP}"

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys from the menus while the strip has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if event.key() in STEPS and plain == Qt.KeyboardModifier.NoModifier:
                event.accept()
                return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = STEPS.get(Qt.Key(event.key()))
        if direction is None:
            event.ignore()
        elif (end := self._film.end_beyond(direction)) is not None:
            self.chosen.emit(end)

    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.horizontalScrollBar()
        turned = event.angleDelta().x() or event.angleDelta().y()
        bar.setValue(bar.value() - turned * bar.singleStep() // WHEEL_STEP)
        event.setAccepted(bar.maximum() > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(8 * (HEIGHT + GAP) - GAP, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(SMALLEST, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        for stroke in range(self.count):
            place = self.place(stroke)
            if place.intersects(event.rect()):
                self._painter.paint(painter, stroke, QRectF(place), focused=self.hasFocus())
