"""Digits that are written at once on one sheet, as frames of pixels.

Strategy: what is written stays, so each frame draws only what the pens did since the frame
before; the pens themselves are put on top of a copy.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from viewer.export.pictures.canvas import Canvas, Place
from viewer.export.pictures.captions import draw_caption
from viewer.export.pictures.drawing import (
    AIR,
    LINE,
    PEN,
    START,
    Drawing,
    line_width,
    pen_times,
)
from viewer.export.pictures.painter import Page
from viewer.export.pictures.ramps import INK, MUTED, stroke_ramp
from viewer.export.pictures.still import draw_behind, to_place

HUNDREDTH = 10
"""Milliseconds; frames of a GIF last whole hundredths of a second."""
NEARLY = 1e-6
"""Of a frame: what is over a whole number of frames by less does not get another one."""


class Replay:
    """A sheet of digits that are written.

    Parameters
    ----------
    drawings : sequence of Drawing
    page : Page
    names : sequence of str
        What their classes are called.

    Attributes
    ----------
    durations : list of int
        Milliseconds of each frame. The last one shows all digits as they are written, for
        as long as the pause, and no pen.
    """

    def __init__(self, drawings: Sequence[Drawing], page: Page, names: Sequence[str]) -> None:
        self._drawings, self._page, self._names = drawings, page, names
        look = page.look
        step = HUNDREDTH * round(1000 / look.fps / HUNDREDTH)
        self._step = step / 1000
        longest = max(
            (float(pen_times(drawing, look.speed).max(initial=0.0)) for drawing in drawings),
            default=0.0,
        )
        moving = math.ceil(longest / self._step - NEARLY)
        pause = HUNDREDTH * round(1000 * look.pause / HUNDREDTH)
        self.durations = [step] * moving + [max(pause, step)]

    def frames(self) -> Iterator[NDArray[np.uint8]]:
        """Yield the indices of each frame, shape (H, W); see `viewer.export.pictures.ramps`."""
        sheet = self._page.sheet
        written = Canvas.blank(*sheet.size)
        hands = []
        for place, drawing in enumerate(self._drawings):
            top, left = sheet.corner(place)
            area = slice(top, top + sheet.height), slice(left, left + sheet.width)
            hand = _Hand(drawing, area, self._page)
            draw_behind(hand.on(written), drawing, self._page.look.scale, self._page.look.ghost)
            if self._page.look.captions:
                below = slice(top + sheet.height, top + sheet.height + sheet.leading)
                line = Canvas(written.indices[below, area[1]])
                name = self._names[place]
                draw_caption(line, sheet.caption, sheet.width, drawing.identity, name)
            hands.append(hand)
        last = len(self.durations) - 1
        for number in range(last):
            for hand in hands:
                hand.write(written, number * self._step)
            shown = Canvas(written.indices.copy())
            for hand in hands:
                hand.show_pen(shown)
            yield shown.indices.astype(np.uint8)
        for hand in hands:
            hand.write(written, math.inf)
        yield written.indices.astype(np.uint8)


class _Hand:
    """Writes one digit; positions are those of `viewer.export.pictures.timeline.Schedule`."""

    def __init__(self, drawing: Drawing, area: tuple[slice, slice], page: Page) -> None:
        self._points, self._scale = drawing.points, page.look.scale
        self._times = pen_times(drawing, page.look.speed)
        self._positions = np.arange(1.0, len(self._points) + 1)
        self._starts = {first: stroke for stroke, first in enumerate(drawing.offsets[:-1].tolist())}
        self._position = 0.0
        self._stroke = 0
        self._area = area
        self._inset = tuple(
            (side.stop - side.start - self._scale * length) // 2
            for side, length in zip(area, drawing.shape, strict=True)
        )
        self._width = line_width(LINE, self._scale) * self._scale

    def on(self, sheet: Canvas) -> Canvas:
        """Return the digit's part of a sheet."""
        rows, columns = (
            slice(side.start + inset, side.stop)
            for side, inset in zip(self._area, self._inset, strict=True)
        )
        return Canvas(sheet.indices[rows, columns])

    def write(self, sheet: Canvas, time: float) -> None:
        """Write up to a time."""
        if not len(self._points):
            return
        canvas = self.on(sheet)
        position = float(np.interp(time, self._times, self._positions))
        for point in range(math.floor(self._position), math.ceil(position)):
            reached = position >= point + 1
            if point in self._starts:
                if reached:
                    self._stroke = self._starts[point]
                    place = to_place(self._points[point], self._scale)
                    canvas.disc(stroke_ramp(self._stroke), place, START * self._scale)
            else:
                begin, end = max(self._position, point), min(position, point + 1)
                canvas.line(
                    stroke_ramp(self._stroke), self._tip(begin), self._tip(end), self._width
                )
        self._position = position

    def _tip(self, position: float) -> Place:
        """Return where the pen is."""
        before = min(math.floor(position), len(self._points)) - 1
        after = min(before + 1, len(self._points) - 1)
        share = position - math.floor(position)
        start, end = self._points[before].astype(float), self._points[after].astype(float)
        row, column = ((start + share * (end - start) + 0.5) * self._scale).tolist()
        return row, column

    def show_pen(self, sheet: Canvas) -> None:
        """Draw the pen: a full disc while it writes, a pale one in the air, none at the end."""
        if not 0 < self._position < len(self._points):
            return
        before = math.floor(self._position)
        lifted = self._position > before and before in self._starts
        ramp, radius = (MUTED, AIR) if lifted else (INK, PEN)
        self.on(sheet).disc(ramp, self._tip(self._position), radius * self._scale)
