"""GIF, APNG and WebP in which digits are written: the same frames in three files.

A digit without ink stays blank. Colours are few enough for one table, so the three show
the same but on a transparent ground, where pixels of a GIF are seen or not and nothing in
between, so that ghosts are left out. The suffix of an APNG is ``.apng``, which its
specification registers: ``.png`` is that of stills here, and programs that do not know the
form take the suffix for one. Renamed to ``.png`` it plays all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from viewer.export.format import Chunk, Format
from viewer.export.formats.arrays import pack_arrays, unpack_arrays
from viewer.export.pictures import look as choices
from viewer.export.pictures.apng import write_apng
from viewer.export.pictures.cells import Cell
from viewer.export.pictures.drawing import Drawing, drawings
from viewer.export.pictures.film import SAME, Film
from viewer.export.pictures.gif import write_gif
from viewer.export.pictures.look import Look
from viewer.export.pictures.painter import Page, Painter
from viewer.export.pictures.ramps import MOVING, color_table
from viewer.export.pictures.replay import Replay
from viewer.export.pictures.sheet import ANIMATION_PIXELS, ANIMATIONS


def cells(chunk: Chunk, look: Look) -> Iterator[Cell]:
    """Yield what the digits of a chunk are drawn from; those of a sheet are drawn together."""
    for drawing in drawings(chunk):
        arrays: dict[str, NDArray[Any]] = {
            "image": drawing.image,
            "points": drawing.points,
            "offsets": drawing.offsets,
        }
        yield Cell(drawing.identity, drawing.label, drawing.shape, pack_arrays(arrays))


def write(
    container: Callable[[Film, BinaryIO], None],
    cells: Iterable[Cell],
    file: BinaryIO,
    page: Page,
) -> None:
    """Draw the digits on a sheet; the replay ends when the longest is written."""
    cells = list(cells)
    found = [Drawing(cell.identity, cell.label, **unpack_arrays(cell.content)) for cell in cells]
    replay = Replay(found, page, [page.class_of(cell) for cell in cells])
    table = np.zeros((SAME + 1, 4), dtype=np.uint8)
    table[:MOVING] = color_table(page.look.background, page.look.palette)[:MOVING]
    table[MOVING:SAME] = table[0]
    film = Film(page.sheet.size, replay.frames(), tuple(replay.durations), table, page.look.loops)
    container(film, file)


def _write_webp(film: Film, file: BinaryIO) -> None:
    from viewer.export.pictures.webp import write_webp

    write_webp(film, file)


def _snippet(suffix: str, output: str) -> str:
    """Return lines of Python that read the frames of a picture."""
    name = output if output.lower().endswith(suffix) else f"{output}/train-0{suffix}"
    lines = (
        "from PIL import Image, ImageSequence",
        f"with Image.open({name!r}) as replay:",
        '    frames = [frame.convert("RGBA") for frame in ImageSequence.Iterator(replay)]',
    )
    return "\n".join(lines)


def _format(
    name: str, title: str, meaning: str, container: Callable[[Film, BinaryIO], None]
) -> Format:
    suffix = f".{name}"
    painter = Painter(suffix, ANIMATIONS, ANIMATION_PIXELS, cells, partial(write, container))
    return Format(
        name,
        title,
        meaning,
        suffix,
        partial(_snippet, suffix),
        painter.file,
        painter.folder,
        (
            choices.SCALE,
            choices.SPEED,
            choices.FRAMES,
            choices.PAUSE,
            choices.LOOPS,
            choices.GHOST,
            choices.PALETTE,
            choices.BACKGROUND,
            choices.COLUMNS,
            choices.CAPTIONS,
        ),
    )


GIF = _format(
    "gif", "GIF replay", "Strokes that are written in a picture that plays everywhere.", write_gif
)
APNG = _format(
    "apng",
    "APNG replay",
    "As GIF, with a ground that can be fully transparent: for browsers.",
    write_apng,
)
WEBP = _format(
    "webp",
    "WebP replay",
    "As GIF, in less space, with a ground that can be fully transparent: for browsers.",
    _write_webp,
)
