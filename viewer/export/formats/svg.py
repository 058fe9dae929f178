"""SVG of strokes as the inspector shows them: one path a stroke, numbers, arrows.

A digit without ink has no paths; what is behind the strokes, and its caption, are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from viewer.export.format import Chunk, Format
from viewer.export.pictures import look as choices
from viewer.export.pictures.cells import Cell
from viewer.export.pictures.drawing import drawings
from viewer.export.pictures.look import Look
from viewer.export.pictures.painter import Page, Painter
from viewer.export.pictures.sheet import STILLS
from viewer.export.pictures.vector import put_on_sheet, snippet
from viewer.export.pictures.vector_still import still


def cells(chunk: Chunk, look: Look) -> Iterator[Cell]:
    """Draw the digits of a chunk."""
    for drawing in drawings(chunk):
        content = still(drawing, look).encode()
        yield Cell(drawing.identity, drawing.label, drawing.shape, content)


def write(cells: Iterable[Cell], file: BinaryIO, page: Page) -> None:
    """Put the digits on a sheet."""
    file.write(put_on_sheet(cells, page).encode())


_PAINTER = Painter(".svg", STILLS, None, cells, write)

FORMAT = Format(
    "svg",
    "SVG drawing",
    "Strokes as lines that can be enlarged and edited, one path a stroke, with numbers and "
    "arrows: for papers and pages.",
    ".svg",
    snippet,
    _PAINTER.file,
    _PAINTER.folder,
    (
        choices.SCALE,
        choices.NUMBERS,
        choices.ARROWS,
        choices.MOVES,
        choices.IMAGE,
        choices.PALETTE,
        choices.BACKGROUND,
        choices.COLUMNS,
        choices.CAPTIONS,
    ),
)
