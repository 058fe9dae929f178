"""The drawing of the threshold's plot: what is above each level, and the levels that matter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from viewer.gui.inspector.level_field import EDGE, GAP, GRIP, HEAD, LAST, LevelField
from viewer.gui.inspector.level_words import counts_at, legend_words, level_words, stop_words
from viewer.gui.theme import Theme

if TYPE_CHECKING:
    from viewer.core.extract import Extraction
    from viewer.core.threshold import LevelCounts

CURVES = ("pixels", "parts4", "parts8")
SAMPLE = 14
"""Length of a line's sample in the legend."""

LEGEND_GAP = 10

LINE = 1.5
DOT = 2.0
TICK = 14.0
"""How far above the ground the tick of a pixel's grey value reaches."""
DOTS_APART = 6.0
"""Logical pixels between two levels of the climb from which each gets a dot."""

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

BEYOND = 0.4
"""Opacity of what the climb never saw."""


class LevelCurves:
    """Curves of one digit.

    Parameters
    ----------
    extraction : Extraction
        Its threshold's trace is marked.
    counts : LevelCounts
        What its image holds above every level.
    """

    def __init__(self, extraction: Extraction, counts: LevelCounts) -> None:
        self.counts = counts
        self.trace = extraction.threshold
        self.field = LevelField(counts)
        self._stop_words = stop_words(extraction)

    def paint(
        self, painter: QPainter, theme: Theme, level: int, pixel: int | None, *, focused: bool
    ) -> None:
        """Draw everything but the head, for a level in use and a grey value pointed at."""
        ground = self.field.rect.bottom()
        stop = self.field.place(int(self.trace.levels[-1]))
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.drawLine(
            QPointF(self.field.rect.left(), ground), QPointF(self.field.rect.right(), ground)
        )
        for left, right, opacity in ((0.0, stop, 1.0), (stop, self.field.width, BEYOND)):
            painter.save()
            painter.setClipRect(QRectF(left, 0, right - left, ground + LINE))
            painter.setOpacity(opacity)
            self._paint_curves(painter, theme)
            painter.restore()
        self._paint_climb(painter, theme)
        self._paint_stop(painter, theme, stop)
        self._paint_scales(painter, theme)
        if pixel is not None:
            self._paint_pixel(painter, theme, pixel)
        self._paint_level(painter, theme, level, focused=focused)
        self._paint_numbers(painter, theme, level, pixel)
        self._paint_legend(painter, theme, level)

    def _paint_curves(self, painter: QPainter, theme: Theme) -> None:
        """Draw the pixels as a hill, the parts as steps: dashed 4-, solid 8-connected."""
        hill = self.field.hill(self.counts.pixels)
        floor = [self.field.spot(level, 0) for level in (LAST, 0)]
        fill = QColor(theme.border)
        fill.setAlphaF(0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon([*hill, *floor])
        painter.setPen(_pen(theme, "pixels"))
        painter.drawPolyline(hill)
        steps = (self.counts.components4, self.counts.components8)
        for kind, parts in zip(CURVES[1:], steps, strict=True):
            painter.setPen(_pen(theme, kind))
            painter.drawPolyline(self.field.steps(parts))

    def _paint_climb(self, painter: QPainter, theme: Theme) -> None:
        """Draw a dot for each level that the climb looked at, where there is room."""
        levels = self.trace.levels
        if self.field.place(int(levels[1])) - self.field.place(0) < DOTS_APART:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.muted))
        for level, kept in zip(levels, self.trace.pixels, strict=True):
            painter.drawEllipse(self.field.spot(int(level), int(kept)), DOT, DOT)

    def _paint_stop(self, painter: QPainter, theme: Theme, stop: float) -> None:
        """Draw the level that stopped the climb, and say why on the side with more room."""
        top = self.field.rect.top() - self.field.line - GAP
        painter.setPen(QPen(QColor(theme.muted), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(stop, top + 2), QPointF(stop, self.field.rect.bottom()))
        metrics = QFontMetricsF(painter.font())
        before = stop > self.field.width / 2
        room = (stop if before else self.field.width - stop) - GAP
        words = fitting(self._stop_words, metrics, room)
        space = QRectF(0 if before else stop + GAP, top, room, self.field.line)
        painter.setPen(QColor(theme.text))
        painter.drawText(space, RIGHT if before else LEFT, words)

    def _paint_scales(self, painter: QPainter, theme: Theme) -> None:
        """Write the highest numbers beside the field: pixels on the left, parts on the right."""
        field = self.field
        if not field.most_pixels:
            return
        y, right = field.rect.top() - field.line / 2, field.rect.right() + GAP
        pixels = QRectF(0, y, field.rect.left() - GAP, field.line)
        painter.setPen(QColor(theme.muted))
        painter.drawText(pixels, RIGHT, str(field.most_pixels))
        painter.setPen(QColor(theme.text))
        parts = QRectF(right, y, field.width - right, field.line)
        painter.drawText(parts, LEFT, str(field.most_parts))

    def _paint_level(self, painter: QPainter, theme: Theme, level: int, *, focused: bool) -> None:
        """Draw the level in use with its grip, and the automatic one where it differs."""
        ground, automatic = self.field.rect.bottom(), self.trace.level
        x = self.field.place(level)
        if level != automatic:
            painter.setPen(QPen(QColor(theme.accent), 1, Qt.PenStyle.DashLine))
            other = self.field.place(automatic)
            painter.drawLine(QPointF(other, self.field.rect.top()), QPointF(other, ground))
        accent = QColor(theme.accent)
        painter.setPen(QPen(accent, 2))
        painter.drawLine(QPointF(x, self.field.rect.top()), QPointF(x, ground))
        painter.setBrush(accent)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(x, ground), GRIP, GRIP)
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(accent, 1))
            painter.drawEllipse(QPointF(x, ground), GRIP + 2.5, GRIP + 2.5)

    def _paint_pixel(self, painter: QPainter, theme: Theme, pixel: int) -> None:
        """Draw a tick from the ground up at a grey value."""
        ground, x = self.field.rect.bottom(), self.field.place(pixel)
        painter.setPen(QPen(QColor(theme.text), LINE))
        painter.drawLine(QPointF(x, ground - TICK), QPointF(x, ground + GRIP))

    def _paint_numbers(
        self, painter: QPainter, theme: Theme, level: int, pixel: int | None
    ) -> None:
        """Write levels below the field, the first ones first, none over another."""
        center = Qt.AlignmentFlag.AlignCenter
        painter.setPen(QColor(theme.accent))
        taken = [self._number_box(painter, level, str(level))]
        painter.drawText(taken[0], center, str(level))
        if pixel is not None:
            texts = (f"pixel {pixel}", str(pixel))
            boxes = [self._number_box(painter, pixel, text) for text in texts]
            free = [at for at, box in enumerate(boxes) if not _near(box, taken[0])]
            place = free[0] if free else 0
            taken.append(beside(boxes[place], taken[0], self.field.width))
            painter.setPen(QColor(theme.text))
            painter.drawText(taken[-1], center, texts[place])
        painter.setPen(QColor(theme.muted))
        for number in (self.trace.level, 0, LAST):
            box = self._number_box(painter, number, str(number))
            if not any(_near(box, other) for other in taken):
                taken.append(box)
                painter.drawText(box, center, str(number))

    def _number_box(self, painter: QPainter, level: int, text: str) -> QRectF:
        """Return where a text stands below its level, all of it in the plot."""
        width = QFontMetricsF(painter.font()).horizontalAdvance(text)
        left = min(max(self.field.place(level) - width / 2, 0), self.field.width - width)
        return QRectF(left, self.field.rect.bottom() + GRIP + 1, width, self.field.line)

    def _paint_legend(self, painter: QPainter, theme: Theme, level: int) -> None:
        """Say what the curves are and what they are at this level, in places that stay."""
        metrics = QFontMetricsF(painter.font())
        field = self.field
        widest = legend_words(field.most_pixels, field.most_parts, field.most_parts)
        rows = [[SAMPLE + GAP + metrics.horizontalAdvance(text) for text in row] for row in widest]
        room = field.width - 2 * LEGEND_GAP
        form = next((at for at, row in enumerate(rows) if sum(row) <= room), len(rows) - 1)
        shown = legend_words(*counts_at(self.counts, level))[form]
        x, middle = 0.0, round(HEAD + field.line / 2) + 0.5
        for kind, text, length in zip(CURVES, shown, rows[form], strict=True):
            painter.setPen(_pen(theme, kind))
            painter.drawLine(QPointF(x, middle), QPointF(x + SAMPLE, middle))
            painter.setPen(QColor(theme.muted if kind == "pixels" else theme.text))
            space = QRectF(x + SAMPLE + GAP, HEAD, field.width - x, field.line)
            painter.drawText(space, LEFT, text)
            x += length + LEGEND_GAP

    def paint_head(self, painter: QPainter, theme: Theme, level: int, room: float) -> None:
        """Say the level and its distance from the automatic one, beside the button."""
        words = level_words(level, self.trace.level)
        painter.setPen(QColor(theme.text if level == self.trace.level else theme.accent))
        painter.drawText(
            QRectF(0, 0, room, HEAD),
            LEFT,
            fitting(words, QFontMetricsF(painter.font()), room),
        )


def fitting(texts: Sequence[str], metrics: QFontMetricsF, room: float) -> str:
    """Return the first text that fits, or the last one with an ellipsis."""
    for text in texts:
        if metrics.horizontalAdvance(text) <= room:
            return text
    return metrics.elidedText(texts[-1], Qt.TextElideMode.ElideRight, max(room, 0.0))


def beside(box: QRectF, other: QRectF, width: float) -> QRectF:
    """Return where a box is clear of another one, on the nearer side that has room."""
    if not _near(box, other):
        return box
    before, after = QRectF(box), QRectF(box)
    before.moveRight(other.left() - EDGE)
    after.moveLeft(other.right() + EDGE)
    fits = [side for side in (before, after) if side.left() >= 0 and side.right() <= width]
    return min(fits or [box], key=lambda side: abs(side.left() - box.left()))


def _near(box: QRectF, other: QRectF) -> bool:
    """Whether two boxes leave too little air between them."""
    return box.adjusted(-EDGE, 0, EDGE, 0).intersects(other)


def _pen(theme: Theme, kind: str) -> QPen:
    """Return the line of a curve; the two of the parts differ in dashes."""
    pen = QPen(QColor(theme.muted if kind == "pixels" else theme.text), LINE)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if kind == "parts4":
        pen.setDashPattern([2.5, 2.0])
    return pen
