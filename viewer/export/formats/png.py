"""PNG of digits at any stage of their way to strokes, or at all of them side by side.

Pixels of an image are squares as large as the scale; at the scale 1, and without captions,
the picture is the image. On white, grey values are turned round; on a transparent ground
they are how opaque a pixel is. A digit without ink is blank at the stages that have none.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from viewer.export.format import Chunk, Format
from viewer.export.formats.arrays import pack_arrays, unpack_arrays
from viewer.export.pictures import look as choices
from viewer.export.pictures.cells import Cell
from viewer.export.pictures.drawing import drawings
from viewer.export.pictures.look import Look
from viewer.export.pictures.painter import Page, Painter
from viewer.export.pictures.sheet import STILL_PIXELS, STILLS
from viewer.export.pictures.stages import Contact, find_stages, stages_of

SUFFIX = ".png"
FAST = 1
"""Of zlib, for pieces on their way to the sheet."""


def cells(chunk: Chunk, look: Look) -> Iterator[Cell]:
    """Yield the digits of a chunk at the stages that are shown."""
    for drawing in drawings(chunk):
        content = pack_arrays(find_stages(drawing, chunk.settings, look))
        packed = zlib.compress(content, FAST)
        yield Cell(drawing.identity, drawing.label, drawing.shape, packed)


def write(cells: Iterable[Cell], file: BinaryIO, page: Page) -> None:
    """Put the digits on a sheet."""
    from PIL import Image

    contact = Contact(page)
    for place, cell in enumerate(cells):
        contact.put(place, cell, unpack_arrays(zlib.decompress(cell.content)))
    grey = contact.pixels.shape[2] == 1
    Image.fromarray(contact.pixels[:, :, 0] if grey else contact.pixels).save(file, "PNG")


def _tiles(look: Look) -> int:
    return len(stages_of(look))


def _snippet(output: str) -> str:
    """Return lines of Python that read a picture."""
    name = output if output.lower().endswith(SUFFIX) else f"{output}/train-0{SUFFIX}"
    lines = (
        "import numpy as np",
        "from PIL import Image",
        f"with Image.open({name!r}) as picture:",
        "    pixels = np.asarray(picture)",
    )
    return "\n".join(lines)


_PAINTER = Painter(SUFFIX, STILLS, STILL_PIXELS, cells, write, _tiles)

FORMAT = Format(
    "png",
    "PNG picture",
    "Digits at a stage of their way to strokes, or at all stages side by side; several make a "
    "contact sheet.",
    SUFFIX,
    _snippet,
    _PAINTER.file,
    _PAINTER.folder,
    (
        choices.STAGE,
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
