"""The values of a facet as bars to click: one line a value, with its live count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from viewer.gui.filter.tints import bar_color
from viewer.gui.inspector.labels import figures_font
from viewer.gui.theme import Theme

LINE = 24
"""Height of a line in pixels."""

TICK = 24
"""Width of the column of ticks."""

KEYS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Space,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a `BarList`.

    Parameters
    ----------
    label : str
        The value, as people read it.
    count : int
        Digits that have it and match all other facets.
    chosen : bool
        Whether the query selects it.
    """

    label: str
    count: int
    chosen: bool = False

    @property
    def words(self) -> str:
        """The value and its count, as tool tips and assistive programs say them."""
        digits = "1 digit" if self.count == 1 else f"{self.count:,} digits"
        return f"{self.label}: {digits}{', chosen' if self.chosen else ''}"


class BarList(QWidget):
    """Lines with a tick, a label, a bar and a count; a click or Space chooses.

    `toggled` is emitted with the place of a line that was clicked.
    """

    toggled = Signal(int)

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bars: tuple[Bar, ...] = ()
        self._current = 0
        self._hovered = -1
        self.setAccessibleName(title)
        self.setToolTip("Click values to show the digits that have one of them")
        self.setFont(figures_font(self.font()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The lines shown."""
        return self._bars

    @property
    def current(self) -> int:
        """The line that the keys act on."""
        return self._current

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show other lines."""
        resized = len(bars) != len(self._bars)
        self._bars = tuple(bars)
        self._current = min(self._current, max(len(bars) - 1, 0))
        self._describe()
        if resized:
            self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def line(self, place: int) -> QRect:
        """Return where a line lies."""
        return QRect(0, place * LINE, self.width(), LINE)

    def sizeHint(self) -> QSize:
        return QSize(200, LINE * len(self._bars))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, LINE * len(self._bars))

    def event(self, event: QEvent) -> bool:
        """Keep its keys from the menus, and say of each line what it is."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in KEYS and not event.modifiers():
                event.accept()
                return True
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._place(QPointF(event.pos()))
            text = self._bars[place].words if place >= 0 else self.toolTip()
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._bars) - 1
        key = event.key()
        if last < 0 or key not in KEYS or event.modifiers():
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggled.emit(self._current)
        else:
            places = {
                Qt.Key.Key_Up: self._current - 1,
                Qt.Key.Key_Down: self._current + 1,
                Qt.Key.Key_Home: 0,
                Qt.Key.Key_End: last,
            }
            self._go(min(max(places[Qt.Key(key)], 0), last))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._go(place)
            self.toggled.emit(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._place(event.position()))

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        among = any(bar.chosen for bar in self._bars)
        most = max((bar.count for bar in self._bars), default=0)
        labels = self._label_width()
        counts = self._count_width()
        for place, bar in enumerate(self._bars):
            line = self.line(place)
            if event.rect().intersects(line):
                self._paint_ground(painter, place, line)
                self._paint_line(painter, bar, line, labels, counts, most, among=among)

    def _paint_ground(self, painter: QPainter, place: int, line: QRect) -> None:
        """Show the line under the mouse, and the one that the keys act on."""
        box = QRectF(line).adjusted(0.5, 1.5, -0.5, -1.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if place == self._hovered:
            painter.setBrush(QColor(self._theme.hover))
        if place == self._current and self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.accent), 1))
        painter.drawRoundedRect(box, 4, 4)

    def _paint_line(
        self,
        painter: QPainter,
        bar: Bar,
        line: QRect,
        labels: int,
        counts: int,
        most: int,
        *,
        among: bool,
    ) -> None:
        """Draw tick, label, bar and count."""
        theme = self._theme
        if bar.chosen:
            self._paint_tick(painter, line)
        painter.setPen(QColor(theme.text if bar.count or bar.chosen else theme.muted))
        label = QRect(TICK, line.top(), labels, LINE)
        middle = Qt.AlignmentFlag.AlignVCenter
        text = self.fontMetrics().elidedText(bar.label, Qt.TextElideMode.ElideRight, labels)
        painter.drawText(label, middle | Qt.AlignmentFlag.AlignLeft, text)
        count = QRect(line.right() - counts - 7, line.top(), counts, LINE)
        painter.setPen(QColor(theme.text if bar.chosen else theme.muted))
        painter.drawText(count, middle | Qt.AlignmentFlag.AlignRight, f"{bar.count:,}")
        left, right = label.right() + 9, count.left() - 8
        if bar.count and right > left:
            width = max((right - left) * bar.count / most, 2.0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(bar_color(theme, chosen=bar.chosen, among_chosen=among))
            painter.drawRoundedRect(QRectF(left, line.top() + 8, width, 8), 2, 2)

    def _paint_tick(self, painter: QPainter, line: QRect) -> None:
        pen = QPen(QColor(self._theme.accent), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        middle = line.top() + LINE / 2
        corners = [QPointF(8, middle), QPointF(11, middle + 3.5), QPointF(17, middle - 4)]
        painter.drawPolyline(corners)

    def _label_width(self) -> int:
        """Return the width of the labels: as they need, at most two fifths of the line."""
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(bar.label) for bar in self._bars), default=0)
        return min(widest + 1, (self.width() - TICK) * 2 // 5)

    def _count_width(self) -> int:
        metrics = self.fontMetrics()
        texts = (f"{bar.count:,}" for bar in self._bars)
        return max((metrics.horizontalAdvance(text) for text in texts), default=0) + 1

    def _place(self, point: QPointF) -> int:
        """Return the line at a point, -1 where there is none."""
        place = int(point.y() // LINE)
        return place if 0 <= place < len(self._bars) and 0 <= point.x() < self.width() else -1

    def _hover(self, place: int) -> None:
        if place != self._hovered:
            self._hovered = place
            self.update()

    def _go(self, place: int) -> None:
        self._current = place
        self._describe()
        self.update()

    def _describe(self) -> None:
        """Tell assistive programs the line that the keys act on."""
        self.setAccessibleDescription(self._bars[self._current].words if self._bars else "")
