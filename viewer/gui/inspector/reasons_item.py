"""The options of a choice on the Strokes board: faint arrows, and words beside them."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QLabel, QStyleOptionGraphicsItem, QWidget

from viewer.gui.inspector.labels import figures_font
from viewer.gui.inspector.reasons_choices import ELSEWHERE, Choice, Section
from viewer.gui.theme import Theme

LINE = 0.2
TAKEN = 0.3
"""Width of an arrow, in pixels, and of the one whose option was taken."""
CASING = 0.28
"""Paper around an arrow, so that it shows on strokes."""
HEAD = 0.85
FAINT = 0.6
OVER = 5.0
"""Height in the stack: above strokes, below the pixel's frame."""
APART = 8
"""Logical pixels between the words and what they must not cover."""


class ChoicesItem(QGraphicsItem):
    """Arrows along the options; what is taken is bold, and dashes are a lift of the pen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setZValue(OVER)
        self._theme = theme
        self._bounds = QRectF(0, 0, 1, 1)
        self._choices: list[Choice] = []

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The options drawn, those taken last, which is on top."""
        return tuple(self._choices)

    def covered(self, row: int, column: int) -> QRectF:
        """Return what a pixel and the arrows from near it cover, in pixels of the image."""
        area = QRectF(column, row, 1, 1)
        for choice in self._choices:
            line = _centers(choice)
            away = line[0] - area.center()
            if not choice.lifted and abs(away.x()) + abs(away.y()) <= ELSEWHERE:
                area = area.united(QPolygonF(line).boundingRect().adjusted(-0.5, -0.5, 0.5, 0.5))
        return area

    def set_choices(self, choices: Sequence[Choice], shape: tuple[int, int]) -> None:
        """Draw other options on a digit of some shape."""
        self.prepareGeometryChange()
        self._bounds = QRectF(0, 0, shape[1], shape[0])
        drawn = [choice for choice in choices if len(choice.line)]
        self._choices = sorted(drawn, key=lambda choice: choice.taken)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for choice in self._choices:
            width = TAKEN if choice.taken else LINE
            painter.setOpacity(1.0 if choice.taken else FAINT)
            for color, wide in ((self._theme.paper, width + CASING), (self._theme.ink, width)):
                pen = QPen(
                    QColor(color),
                    wide,
                    Qt.PenStyle.SolidLine,
                    Qt.PenCapStyle.RoundCap,
                    Qt.PenJoinStyle.RoundJoin,
                )
                _paint_arrow(painter, choice, pen)
        painter.setOpacity(1.0)


def _centers(choice: Choice) -> list[QPointF]:
    return [QPointF(column + 0.5, row + 0.5) for row, column in choice.line.tolist()]


def _paint_arrow(painter: QPainter, choice: Choice, pen: QPen) -> None:
    """Draw a line with a head, its first step dashed where the pen is lifted."""
    line = _centers(choice)
    if choice.lifted:
        dashes = QPen(pen)
        dashes.setWidthF(pen.widthF() / 2)
        dashes.setDashPattern([3.0, 4.0])
        painter.setPen(dashes)
        painter.drawLine(line[0], line[1])
        line = line[1:]
    painter.setPen(pen)
    if len(line) == 1:
        painter.drawPoint(line[0])
        return
    painter.drawPolyline(QPolygonF(line))
    way = line[-1] - line[max(len(line) - 3, 0)]
    length = (way.x() ** 2 + way.y() ** 2) ** 0.5
    way *= HEAD / length
    side = QPointF(-way.y(), way.x()) * 0.7
    painter.drawPolyline(QPolygonF([line[-1] - way + side, line[-1], line[-1] - way - side]))


class ChoiceWords(QLabel):
    """A quiet panel of words near the mouse, which it never stands in the way of."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Why this order")
        self.setObjectName("choice_words")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setFont(figures_font(self.font(), -1))
        self._theme = theme
        self._sections: tuple[Section, ...] = ()
        self.set_theme(theme)
        self.hide()

    @property
    def sentences(self) -> list[str]:
        """What it says, a sentence for each choice."""
        return [section.text for section in self._sections]

    def show_sections(
        self, sections: Sequence[Section], away_from: QRect, ink: QRect, room: QRect
    ) -> None:
        """Say something beside an area.

        Parameters
        ----------
        sections : sequence of Section
        away_from : QRect
            What must not be covered, in the parent's pixels.
        ink : QRect
            What is covered as little as possible.
        room : QRect
            Where the words may stand.
        """
        self._sections = tuple(sections)
        self.setAccessibleDescription(". ".join(self.sentences))
        self._write()
        self.adjustSize()
        self.move(place_beside(self.size(), away_from, ink, room))
        self.raise_()
        self.show()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.setStyleSheet(
            f"#choice_words {{ background: {theme.surface}; color: {theme.text};"
            f" border: 1px solid {theme.border}; border-radius: 4px; padding: 4px; }}"
        )
        self._write()

    def _write(self) -> None:
        muted = self._theme.muted
        rows = []
        for section in self._sections:
            if section.title and len(self._sections) > 1:
                title = html.escape(section.title)
                rows.append(f"<tr><td colspan=2 style='color:{muted}'>{title}</td></tr>")
            for choice in section.choices:
                color = self._theme.text if choice.taken else muted
                words, cost = html.escape(choice.words), html.escape(choice.cost)
                rows.append(
                    f"<tr style='color:{color}'><td style='white-space:pre'>{words}</td>"
                    f"<td align=right style='padding-left:8px; white-space:pre'>{cost}</td></tr>"
                )
        self.setText(f"<table cellspacing=0 cellpadding=0>{''.join(rows)}</table>")


def place_beside(size: QSize, away_from: QRect, ink: QRect, room: QRect) -> QPoint:
    """Return where a panel stands beside an area: where it covers the least ink."""
    clear = away_from.adjusted(-APART, -APART, APART, APART)
    left = clear.center().x() - size.width() // 2
    left = max(min(left, room.right() + 1 - size.width()), room.left())
    top = clear.center().y() - size.height() // 2
    top = max(min(top, room.bottom() + 1 - size.height()), room.top())
    corners = (
        QPoint(left, clear.bottom() + 1),
        QPoint(left, clear.top() - size.height()),
        QPoint(clear.right() + 1, top),
        QPoint(clear.left() - size.width(), top),
    )

    def loss(corner: QPoint) -> tuple[bool, int]:
        covered = QRect(corner, size).intersected(ink)
        area = max(covered.width(), 0) * max(covered.height(), 0)
        return not room.contains(QRect(corner, size)), area

    return min(corners, key=loss)
