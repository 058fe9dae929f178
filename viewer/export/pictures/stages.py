"""Digits at the stages of their way to strokes, in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from viewer.export.pictures.canvas import Canvas
from viewer.export.pictures.captions import draw_caption, draw_words
from viewer.export.pictures.cells import Cell
from viewer.export.pictures.drawing import Drawing
from viewer.export.pictures.look import ALL, STAGES, Look
from viewer.export.pictures.painter import Page
from viewer.export.pictures.palette import GROUNDS
from viewer.export.pictures.ramps import color_table
from viewer.export.pictures.still import draw_still, enlarge

if TYPE_CHECKING:
    from viewer.core.settings import ExtractionSettings

STROKES = STAGES[-1]


def stages_of(look: Look) -> tuple[str, ...]:
    """Return the stages that are shown."""
    return STAGES if look.stage == ALL else (look.stage,)


def find_stages(
    drawing: Drawing, settings: ExtractionSettings, look: Look
) -> dict[str, NDArray[Any]]:
    """Return the stages of a digit that are shown.

    Parameters
    ----------
    drawing : Drawing
    settings : ExtractionSettings
        What its strokes were extracted with.
    look : Look

    Returns
    -------
    stages : dict of str to ndarray
        Grey values uint8 (M, N), with 255 for all ink of the stages after the source; of
        strokes the indices uint16 (scale M, scale N) of `viewer.export.pictures.ramps`. In
        the stage ``thinned`` small parts are still there, in ``skeleton`` they are not.
    """
    shown = stages_of(look)
    stages: dict[str, NDArray[Any]] = {"source": drawing.image}
    if {*shown} - {"source", STROKES}:
        from viewer.core.extract import extract

        found = extract(drawing.image, settings)
        thinned = found.thresholded & (found.removed_by == 0)
        masks = {"thresholded": found.thresholded, "thinned": thinned, "skeleton": found.skeleton}
        stages |= {stage: 255 * mask.astype(np.uint8) for stage, mask in masks.items()}
    if STROKES in shown:
        rows, columns = drawing.shape
        canvas = Canvas.blank(rows * look.scale, columns * look.scale)
        draw_still(canvas, drawing, look)
        stages[STROKES] = canvas.indices
    return {stage: stages[stage] for stage in shown}


class Contact:
    """A contact sheet that digits are put on.

    Parameters
    ----------
    page : Page

    Attributes
    ----------
    pixels : ndarray of uint8, shape (H, W, C)
        C is 1 for grey, 3 for colours, and 4 for colours with opacity.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        look, sheet = page.look, page.sheet
        self._stages = stages_of(look)
        self._tile = (sheet.width + sheet.gap) // len(self._stages) - sheet.gap
        channels = 3 if STROKES in self._stages else 1
        if look.background == "transparent":
            channels = 4
        self._colors = color_table(look.background, look.palette)[:, :channels]
        self._greys = _grey_table(look.background)[:, :channels]
        self.pixels = np.empty((*sheet.size, channels), dtype=np.uint8)
        self.pixels[...] = self._colors[0]

    def put(self, place: int, cell: Cell, stages: dict[str, NDArray[Any]]) -> None:
        """Draw the stages of a digit, and its captions."""
        sheet, scale = self._page.sheet, self._page.look.scale
        top, left = sheet.corner(place)
        for number, (stage, values) in enumerate(stages.items()):
            drawn = self._colors[values] if stage == STROKES else self._greys[values]
            shown = drawn if stage == STROKES else enlarge(drawn, scale)
            inset = (sheet.height - len(shown)) // 2, (self._tile - shown.shape[1]) // 2
            start = left + number * (self._tile + sheet.gap)
            self._paste((top + inset[0], start + inset[1]), shown)
        if sheet.lines:
            words = Canvas.blank(sheet.lines * sheet.leading, sheet.width)
            self._write_words(words, self._stages if len(self._stages) > 1 else (), cell)
            self._paste((top + sheet.height, left), self._colors[words.indices])

    def _write_words(self, words: Canvas, stages: Sequence[str], cell: Cell) -> None:
        """Write the names of stages below each, and the digit's own below the first."""
        sheet = self._page.sheet
        first = Canvas(words.indices[: sheet.leading])
        for number, stage in enumerate(stages):
            middle = number * (self._tile + sheet.gap) + self._tile / 2
            draw_words(first, sheet.caption, middle, stage)
        last = Canvas(words.indices[-sheet.leading :])
        draw_caption(last, sheet.caption, self._tile, cell.identity, self._page.class_of(cell))

    def _paste(self, corner: tuple[int, int], pixels: NDArray[np.uint8]) -> None:
        top, left = corner
        self.pixels[top : top + len(pixels), left : left + pixels.shape[1]] = pixels


def _grey_table(background: str) -> NDArray[np.uint8]:
    """Return the colours of grey values, shape (256, 4)."""
    values = np.arange(256, dtype=np.uint8)
    opaque = np.full(256, 255, dtype=np.uint8)
    if background == "transparent":
        ink = [
            np.full(256, value, np.uint8) for value in bytes.fromhex(GROUNDS[background].ink[1:])
        ]
        return np.stack((*ink, values), axis=1)
    grey = values if background == "black" else 255 - values
    return np.stack((grey, grey, grey, opaque), axis=1)
