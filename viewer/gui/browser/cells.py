"""Paints cells: thumbnail, caption, frame and signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from viewer.catalog.table import Table
from viewer.gui.browser.signs import sign, sign_size
from viewer.gui.browser.tiles import Tiles
from viewer.gui.describe import value_text
from viewer.gui.theme import Theme

GAP = 4
"""Pixels from a thumbnail to the edge of its cell; the selection frame lies there."""
REMEMBERED = 8192
"""Captions whose words are kept as they fit."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell in view: its row and digit, its corner, and whether it is selected."""

    row: int
    position: int
    x: int
    y: int
    selected: bool


class CellPainter:
    """Draws many cells at once, layer by layer.

    Parameters
    ----------
    theme : Theme
    tiles : Tiles
        The thumbnails.
    font : QFont
        Of the window; captions are a step smaller.
    """

    def __init__(self, theme: Theme, tiles: Tiles, font: QFont) -> None:
        self.theme = theme
        self.tiles = tiles
        self.table: Table | None = None
        self.edge = 56
        self.column = ""
        """The column whose values are the captions; "" for none."""
        self.captions: Sequence[str] | None = None
        """Captions by row, in the place of a column."""
        self._font = QFont(font)
        self._font.setPointSizeF(max(font.pointSizeF() - 1, 6))
        self._metrics = QFontMetrics(self._font)
        self._fitted: dict[str, tuple[str, int]] = {}

    def size(self) -> QSize:
        """Return the size of a cell."""
        tile = self.edge + 2 * GAP
        return QSize(tile, tile + (self._metrics.height() if self._has_captions() else 0))

    def set_edge(self, edge: int) -> None:
        """Take another edge of the thumbnails."""
        self.edge = edge
        self._fitted.clear()

    def paint(
        self, painter: QPainter, cells: Sequence[Cell], current: int, hovered: int, ratio: float
    ) -> None:
        """Paint cells; `current` and `hovered` are rows, -1 for none."""
        tiles = self.tiles
        tiles.set_size(self.edge, ratio)
        tiles.prepare([cell.position for cell in cells])
        for cell in cells:
            painter.drawPixmap(cell.x + GAP, cell.y + GAP, tiles.get(cell.position))
        if self._has_captions():
            self._paint_captions(painter, cells)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frames(painter, cells, hovered)
        self._paint_current(painter, [cell for cell in cells if cell.row == current])
        self._paint_signs(painter, cells, ratio)

    def _has_captions(self) -> bool:
        return bool(self.column) or self.captions is not None

    def _paint_captions(self, painter: QPainter, cells: Sequence[Cell]) -> None:
        """Write captions in the middle below the thumbnails."""
        painter.setFont(self._font)
        painter.setPen(QColor(self.theme.muted))
        width = self.edge + 2 * GAP
        base = width - GAP // 2 + self._metrics.ascent()
        for cell in cells:
            text = self._caption(cell)
            if text:
                fitted, advance = self._fit(text)
                painter.drawText(cell.x + (width - advance) // 2, cell.y + base, fitted)

    def _caption(self, cell: Cell) -> str | None:
        if self.captions is not None:
            return self.captions[cell.row]
        if self.table is None or self.column not in self.table.columns:
            return None
        return value_text(self.table, self.column, cell.position)

    def _fit(self, text: str) -> tuple[str, int]:
        """Return a caption as it fits into a cell, and its width."""
        fitted = self._fitted.get(text)
        if fitted is None:
            if len(self._fitted) >= REMEMBERED:
                self._fitted.clear()
            room = self.edge + GAP
            shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            fitted = self._fitted[text] = (shown, self._metrics.horizontalAdvance(shown))
        return fitted

    def _paint_frames(self, painter: QPainter, cells: Sequence[Cell], hovered: int) -> None:
        """Draw frames just outside the thumbnails that are selected or under the mouse."""
        for framed, color, width in (
            ([c for c in cells if c.row == hovered and not c.selected], self.theme.muted, 1.0),
            ([c for c in cells if c.selected], self.theme.accent, 2.0),
        ):
            pen = QPen(QColor(color), width)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            away = GAP - width / 2
            side = self.edge + width
            painter.drawRects([QRectF(c.x + away, c.y + away, side, side) for c in framed])

    def _paint_current(self, painter: QPainter, cells: Sequence[Cell]) -> None:
        """Underline the digit that the panels show."""
        for cell in cells:
            bottom = cell.y + GAP + self.edge
            painter.fillRect(QRectF(cell.x + GAP, bottom - 3, self.edge, 3), self.theme.accent)

    def _paint_signs(self, painter: QPainter, cells: Sequence[Cell], ratio: float) -> None:
        """Draw what the digits are marked with: star, colour, note and pencil in corners."""
        table, size = self.table, sign_size(self.edge)
        if table is None:
            return
        far = GAP + self.edge - size
        for name, right, down in (
            ("favourite", far, GAP),
            ("colour", GAP, far),
            ("noted", GAP, GAP),
            ("corrected", far, far),
        ):
            if name not in table.columns:
                continue
            values = table.values(name)
            for cell in cells:
                value = values[cell.position]
                if value:
                    drawn = sign(str(value) if name == "colour" else name, size, ratio)
                    painter.drawPixmap(cell.x + right, cell.y + down, drawn)
