"""Thumbnails ready to be put on the screen, kept as long as they may be seen again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPixmap

from viewer.catalog.table import Table
from viewer.core.settings import ExtractionSettings
from viewer.datasets.digits import Split
from viewer.gui.browser.raster import Traced, color_table, draw_dots, draw_source, draw_strokes
from viewer.gui.browser.traces import Trace, Traces
from viewer.gui.images import color_image
from viewer.gui.theme import Theme

if TYPE_CHECKING:
    from viewer.catalog.corrections.corrections import Corrections

CELLS = ("source", "skeleton", "strokes")
"""What a thumbnail can draw."""
BYTES = 16_000_000
"""Memory that thumbnails may take beside those in view."""


class Tiles:
    """The thumbnails of digits by position, at one size and of one kind.

    A skeleton or strokes that are not extracted yet are asked for, and the source stands
    in for them.

    Parameters
    ----------
    theme : Theme
    traces : Traces
        Where skeletons and strokes come from.
    """

    def __init__(self, theme: Theme, traces: Traces) -> None:
        self.cell = CELLS[0]
        self._traces = traces
        self._table: Table | None = None
        self._colors = color_table(theme)
        self._side = 56
        self._ratio = 1.0
        self._made: OrderedDict[int, QPixmap] = OrderedDict()
        self._stand_ins: set[int] = set()

    def set_table(self, table: Table | None) -> None:
        """Take another set."""
        self._table = table
        self._traces.set_table(table)
        self._forget()

    def set_settings(self, settings: ExtractionSettings) -> None:
        """Draw what extraction with other settings gives."""
        self._traces.set_settings(settings)
        if self.cell != "source":
            self._forget()

    def set_corrections(self, corrections: Corrections | None) -> None:
        """Draw corrected strokes in the place of computed ones."""
        self._traces.set_corrections(corrections)
        self._forget()

    def forget_digit(self, position: int) -> None:
        """Draw a digit anew that has been corrected."""
        self._traces.forget_digit(position)
        self._made.pop(position, None)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._colors = color_table(theme)
        self._forget()

    def set_cell(self, cell: str) -> None:
        """Draw another of `CELLS`."""
        self.cell = cell
        self._forget()

    def set_size(self, edge: int, ratio: float) -> None:
        """Take the edge of a thumbnail in logical pixels, and the screen's pixels for one."""
        if (round(edge * ratio), ratio) != (self._side, self._ratio):
            self._side, self._ratio = round(edge * ratio), ratio
            self._forget()

    def prepare(self, positions: Sequence[int]) -> None:
        """Have the thumbnails of the digits in view; others may be dropped."""
        missing, waiting = [], []
        for position in positions:
            made = position in self._made
            traced = self.cell == "source" or self._traces.get(position) is not None
            if not traced:
                waiting.append(position)
            if made:
                self._made.move_to_end(position)
            if not made or (traced and position in self._stand_ins):
                missing.append(position)
        if self._table is not None and missing:
            for split, indices in self._table.by_split(np.array(missing, np.int64)):
                self._draw(split, indices, self._table.first(split.name))
        if self.cell != "source":
            self._traces.ask(waiting)
        most = 2 * len(positions) + BYTES // (4 * self._side * self._side)
        while len(self._made) > most:
            self._stand_ins.discard(self._made.popitem(last=False)[0])

    def get(self, position: int) -> QPixmap:
        """Return the thumbnail of a digit that was prepared."""
        return self._made[position]

    def _draw(self, split: Split, indices: NDArray[np.int64], first: int) -> None:
        """Draw thumbnails of a split: strokes where they are there, else the source."""
        positions = indices + first
        if self.cell == "source":
            self._keep(positions, self._draw_sources(split.images[indices]))
            return
        found = [self._traces.get(position) for position in positions.tolist()]
        traces = [trace for trace in found if trace is not None]
        there = np.array([trace is not None for trace in found], np.bool_)
        self._stand_ins.difference_update(positions[there].tolist())
        self._stand_ins.update(positions[~there].tolist())
        if there.any():
            height, width = split.images.shape[1:]
            draw = draw_dots if self.cell == "skeleton" else draw_strokes
            scale = self._scale(height, width)
            drawn = draw(_join(traces), len(traces), (height, width), scale, self._colors)
            self._keep(positions[there], drawn)
        if not there.all():
            self._keep(positions[~there], self._draw_sources(split.images[indices[~there]]))

    def _draw_sources(self, images: NDArray[np.uint8]) -> NDArray[np.uint32]:
        return draw_source(images, self._scale(*images.shape[1:]), self._colors)

    def _scale(self, height: int, width: int) -> int:
        """Return the screen pixels for a pixel, 1 where the image is larger than its room."""
        return max(self._side // max(height, width), 1)

    def _keep(self, positions: NDArray[np.int64], pictures: NDArray[np.uint32]) -> None:
        """Put pictures in the middle of paper and keep them as pixmaps."""
        count, height, width = pictures.shape
        room = max(self._side, height, width)
        stack = np.full((count, room, room), self._colors[0], np.uint32)
        top, left = (room - height) // 2, (room - width) // 2
        stack[:, top : top + height, left : left + width] = pictures
        sheet = color_image(stack.reshape(count * room, room))
        for place, position in enumerate(positions.tolist()):
            tile = sheet.copy(QRect(0, place * room, room, room))
            if room > self._side:
                smooth = Qt.TransformationMode.SmoothTransformation
                tile = tile.scaled(self._side, self._side, mode=smooth)
            pixmap = QPixmap.fromImage(tile)
            pixmap.setDevicePixelRatio(self._ratio)
            self._made[position] = pixmap

    def _forget(self) -> None:
        self._made.clear()
        self._stand_ins.clear()


def _join(traces: list[Trace]) -> Traced:
    """Put the strokes of digits one after the other."""
    counts = [len(stroke) for _points, stroke in traces]
    return Traced(
        np.concatenate([points for points, _stroke in traces]),
        np.concatenate([stroke for _points, stroke in traces]),
        np.repeat(np.arange(len(traces)), counts),
    )
