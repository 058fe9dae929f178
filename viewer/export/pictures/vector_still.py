"""The strokes of one digit as parts of an SVG picture that does not move."""

from __future__ import annotations

from viewer.export.pictures.arrows import Arrow, place_arrows
from viewer.export.pictures.drawing import (
    CHEVRON_LINE,
    DASH,
    GAP,
    LINE,
    SMALLEST_NUMBERED,
    START,
    Drawing,
    chevron,
    dash_width,
    figure_size,
    line_width,
)
from viewer.export.pictures.look import Look
from viewer.export.pictures.numbers import place_numbers
from viewer.export.pictures.palette import GROUNDS, Ground, mix
from viewer.export.pictures.vector import (
    FIGURE_HEIGHT,
    FIGURE_WIDTH,
    FONT,
    behind,
    group,
    line_data,
    number,
)


def still(drawing: Drawing, look: Look) -> str:
    """Return what is inside of a digit's cell.

    Parameters
    ----------
    drawing : Drawing
    look : Look
        Below 4 pixels an image pixel there are only strokes, and what is behind them.

    Returns
    -------
    svg : str
        A group in which a unit is an image pixel, with elements of the classes ``image``,
        ``move``, ``stroke``, ``start`` and ``arrow``, and one with the numbers.
    """
    ground = GROUNDS[look.background]
    colors = ground.palettes[look.palette]
    detailed = look.scale >= SMALLEST_NUMBERED
    parts = behind(drawing, look.image, ground)
    if look.moves and detailed and len(drawing.offsets) > 2:
        parts.append(_moves(drawing, ground, look.scale))
    for stroke, points in enumerate(drawing.strokes):
        color = colors[stroke % len(colors)]
        row, column = points[0].tolist()
        parts += [
            f'<path class="stroke" stroke="{color}" d="{line_data(points)}"/>',
            f'<circle class="start" cx="{column}" cy="{row}" r="{START}" fill="{color}" '
            'stroke="none"/>',
        ]
    if look.arrows and detailed:
        for arrow in place_arrows(drawing.points, drawing.offsets):
            color = colors[arrow.stroke % len(colors)]
            parts.append(_arrow(arrow, color, look.scale))
    width = number(line_width(LINE, look.scale))
    line = f' fill="none" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"'
    drawn = group(look.scale, parts, line)
    if look.numbers and detailed and len(drawing.points):
        drawn += "\n" + _numbers(drawing, ground, colors, look.scale)
    return drawn


def _moves(drawing: Drawing, ground: Ground, scale: int) -> str:
    """Return the pen's ways through the air."""
    lines = []
    for stop in drawing.offsets[1:-1].tolist():
        (y1, x1), (y2, x2) = drawing.points[stop - 1 : stop + 1].tolist()
        lines.append(f'<line class="move" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>')
    style = (
        f'stroke="{ground.ink}" stroke-opacity="{ground.muted_share:g}" '
        f'stroke-width="{number(dash_width(scale))}" stroke-dasharray="{DASH} {GAP}"'
    )
    return f"<g {style}>{''.join(lines)}</g>"


def _arrow(arrow: Arrow, color: str, scale: int) -> str:
    """Return a chevron."""
    corners = chevron(arrow, scale)
    places = " ".join(f"{number(column - 0.5)},{number(row - 0.5)}" for row, column in corners)
    width = number(line_width(CHEVRON_LINE, scale))
    return f'<polyline class="arrow" stroke="{color}" stroke-width="{width}" points="{places}"/>'


def _numbers(drawing: Drawing, ground: Ground, colors: tuple[str, ...], scale: int) -> str:
    """Return the strokes' numbers, in pixels of the picture."""
    size = figure_size(scale)
    figures = len(str(len(drawing.offsets) - 1))
    room = (FIGURE_HEIGHT * size / scale, FIGURE_WIDTH * figures * size / scale)
    spots = place_numbers(drawing.points, drawing.offsets, room, drawing.shape)
    parts = []
    for stroke, spot in enumerate(spots):
        if spot is None:
            continue
        color = mix(colors[stroke % len(colors)], ground.ink, ground.lit)
        row, column = (scale * place for place in spot.center)
        if spot.leader is not None:
            y1, x1 = ((drawing.points[drawing.offsets[stroke]] + 0.5) * scale).tolist()
            y2, x2 = (scale * place for place in spot.leader)
            parts.append(
                f'<line class="leader" stroke="{color}" x1="{number(x1)}" y1="{number(y1)}" '
                f'x2="{number(x2)}" y2="{number(y2)}"/>'
            )
        base = row + FIGURE_HEIGHT * size / 2
        place = f'x="{number(column)}" y="{number(base)}"'
        parts.append(f'<text class="number" fill="{color}" {place}>{stroke + 1}</text>')
    font = f'font-family="{FONT}" font-size="{size}" text-anchor="middle"'
    return f"<g {font}>{''.join(parts)}</g>"
