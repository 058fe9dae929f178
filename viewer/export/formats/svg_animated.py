"""SVG in which digits are written, stroke after stroke, without a script.

It plays wherever browsers show pictures, README files included, again and again; for readers
who prefer less motion, and in programs without animations, the strokes are there from the
start. A digit without ink stays blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from viewer.export.format import Chunk, Format
from viewer.export.pictures import look as choices
from viewer.export.pictures.cells import Cell
from viewer.export.pictures.drawing import drawings, pen_times
from viewer.export.pictures.look import Look
from viewer.export.pictures.painter import Page, Painter
from viewer.export.pictures.sheet import ANIMATIONS
from viewer.export.pictures.vector import put_on_sheet, snippet
from viewer.export.pictures.vector_replay import replay, rules


def cells(chunk: Chunk, look: Look) -> Iterator[Cell]:
    """Draw the digits of a chunk."""
    for drawing in drawings(chunk):
        times = pen_times(drawing, look.speed)
        yield Cell(
            drawing.identity,
            drawing.label,
            drawing.shape,
            replay(drawing, look).encode(),
            float(times.max(initial=0.0)),
        )


def write(cells: Iterable[Cell], file: BinaryIO, page: Page) -> None:
    """Put the digits on a sheet; all begin at once, and again when the longest is written."""
    cells = list(cells)
    style = rules(max(cell.duration for cell in cells), page.look.pause)
    file.write(put_on_sheet(cells, page, style).encode())


_PAINTER = Painter(".svg", ANIMATIONS, None, cells, write)

FORMAT = Format(
    "svg-animated",
    "SVG replay",
    "Strokes that are written before one's eyes in any browser, sharp at every size: for "
    "README files and pages.",
    ".svg",
    snippet,
    _PAINTER.file,
    _PAINTER.folder,
    (
        choices.SCALE,
        choices.SPEED,
        choices.PAUSE,
        choices.GHOST,
        choices.PALETTE,
        choices.BACKGROUND,
        choices.COLUMNS,
        choices.CAPTIONS,
    ),
)
