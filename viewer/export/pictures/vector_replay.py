"""The strokes of one digit as parts of an SVG picture in which they are written.

Strategy: a path's length counts as the milliseconds that the pen takes for it. All strokes
have one animation, as long as the whole replay of T milliseconds: it pulls a dash of the
length T over the path, so evenly that the dash has come as far as the pen. With the pen's
first moment t in ``--t``, the dash begins at the offset T + t and ends at t; at the time s
it covers what lies before s - t. So a stroke's delay is a number on it, strokes loop
together, and whoever has no animations, or wants none, sees them written.
"""

from __future__ import annotations

import numpy as np

from viewer.export.pictures.drawing import (
    AIR,
    LINE,
    PEN,
    START,
    Drawing,
    line_width,
    pen_times,
)
from viewer.export.pictures.look import Look
from viewer.export.pictures.palette import GROUNDS
from viewer.export.pictures.vector import behind, group, line_data, number

SPOT = "h.01"
"""A line so short that its round ends make it a dot; without any length it has no dashes."""


def replay(drawing: Drawing, look: Look) -> str:
    """Return what is inside of a digit's cell.

    Parameters
    ----------
    drawing : Drawing
    look : Look

    Returns
    -------
    svg : str
        A group in which a unit is an image pixel, with elements of the classes ``stroke``,
        ``start`` and ``pen``; those that move have their first moment in ``--t``, in
        milliseconds, and their duration as ``pathLength``.
    """
    ground = GROUNDS[look.background]
    colors = ground.palettes[look.palette]
    times = np.rint(1000 * pen_times(drawing, look.speed)).astype(int).tolist()
    bounds = drawing.offsets.tolist()
    parts, pen = behind(drawing, look.ghost, ground), []
    for stroke, points in enumerate(drawing.strokes):
        first, last = bounds[stroke], bounds[stroke + 1] - 1
        begin, data = times[first], line_data(points)
        way = f'd="{data}" {_moment(begin, times[last])}'
        color = colors[stroke % len(colors)]
        row, column = points[0].tolist()
        if stroke:
            row_before, column_before = drawing.points[first - 1].tolist()
            air = f'd="M{column_before} {row_before} {column} {row}"'
            moment = _moment(times[first - 1], begin)
            style = f'stroke-opacity="{ground.muted_share:g}" stroke-width="{2 * AIR:g}"'
            pen.append(f'<path class="pen" {style} {air} {moment}/>')
        if len(points) > 1:
            pen.append(f'<path class="pen" {way}/>')
        parts += [
            f'<path class="stroke" stroke="{color if len(points) > 1 else "none"}" {way}/>',
            f'<path class="start" stroke="{color}" stroke-width="{2 * START:g}" '
            f'd="M{column} {row}{SPOT}" {_moment(begin, begin + 1)}/>',
        ]
    width = number(line_width(LINE, look.scale))
    line = f' fill="none" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"'
    if pen:
        style = f'stroke="{ground.ink}" stroke-width="{2 * PEN:g}"'
        parts.append(f'<g class="pens" display="none" {style}>')
        parts += [*pen, "</g>"]
    return group(look.scale, parts, line)


def _moment(begin: int, end: int) -> str:
    """Return the attributes of a path that the pen is on from a time to another one."""
    return f'pathLength="{max(end - begin, 1)}" style="--t:{begin}px"'


def rules(duration: float, pause: float) -> str:
    """Return the CSS of a sheet.

    Parameters
    ----------
    duration : float
        Seconds that the longest digit takes.
    pause : float
        Seconds that the finished digits are held.

    Returns
    -------
    css : str
    """
    total = round(1000 * duration) + max(round(1000 * pause), 2)
    play = f"{total}ms linear infinite"
    away = 2 * total + 1
    return f"""\
@media (prefers-reduced-motion: no-preference) {{
.stroke, .start {{ stroke-dasharray: {total}px; animation: write {play} }}
.pens {{ display: inline }}
.pen {{ stroke-dasharray: 1px {2 * total}px; animation: lead {play} }}
}}
@keyframes write {{
from {{ stroke-dashoffset: calc(var(--t) + {total}px) }}
to {{ stroke-dashoffset: var(--t) }}
}}
@keyframes lead {{
from {{ stroke-dashoffset: calc(var(--t) + {away}px) }}
to {{ stroke-dashoffset: calc(var(--t) + {away - total}px) }}
}}
"""
