"""Parts of SVG pictures: one `<path>` a stroke, with the sequence's points as they are.

Within a digit's group a unit is an image pixel and the center of the first one is 0, 0, so
that paths have the very numbers of the sequence: x is the column, y the row, from 0. Letters
stand outside of it, in pixels of the picture, because few programs enlarge small letters
well.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from numpy.typing import NDArray

from viewer.export.pictures.cells import Cell
from viewer.export.pictures.drawing import GHOST, Drawing
from viewer.export.pictures.painter import Page
from viewer.export.pictures.palette import GROUNDS, Ground
from viewer.export.pictures.sheet import fit_caption

FONT = "Helvetica, Arial, sans-serif"
FIGURE_WIDTH = 0.64
FIGURE_HEIGHT = 0.74
"""Room for a figure, in sizes of the font: that of the largest usual one, DejaVu Sans."""
LETTER_WIDTH = 0.62
"""Room for a letter of a caption."""
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def number(value: float) -> str:
    """Write a number with two decimals at the most."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def text_of(text: str) -> str:
    """Write text so that it can stand between tags; XML has no control characters."""
    return escape(_FORBIDDEN.sub("\ufffd", text))


def attribute(text: str) -> str:
    """Write text as the value of an attribute, with its quotes."""
    return quoteattr(_FORBIDDEN.sub("\ufffd", text))


def line_data(points: NDArray[np.integer]) -> str:
    """Return the data of a path through points (row, column); a single one is closed, a dot."""
    places = " ".join(f"{column} {row}" for row, column in points.tolist())
    return f"M{places}" + ("z" if len(points) == 1 else "")


def pixel_data(mask: NDArray[np.bool_]) -> str:
    """Return the data of a path around pixels, a box for each run of them in a row."""
    edges = np.diff(mask.astype(np.int8), axis=1, prepend=0, append=0)
    runs = zip(np.argwhere(edges == 1).tolist(), np.argwhere(edges == -1).tolist(), strict=True)
    return "".join(
        f"M{column - 0.5:g} {row - 0.5:g}h{stop - column}v1h{column - stop}z"
        for (row, column), (_row, stop) in runs
    )


def behind(drawing: Drawing, image: str, ground: Ground) -> list[str]:
    """Return what is behind strokes: ``none``, ``source``, ``skeleton`` or ``strokes``."""
    if image == "source":
        return [_image(drawing, ground)]
    style = f'{ground.ink}" {{}}-opacity="{ground.ghost_share:g}"'
    if image == "skeleton" and len(drawing.points):
        fill = style.format("fill")
        data = pixel_data(drawing.skeleton)
        return [f'<path class="image" stroke="none" fill="{fill} d="{data}"/>']
    if image == "strokes" and len(drawing.points):
        data = "".join(line_data(points) for points in drawing.strokes)
        stroke = style.format("stroke")
        return [f'<path class="ghost" stroke="{stroke} stroke-width="{GHOST}" d="{data}"/>']
    return []


def _image(drawing: Drawing, ground: Ground) -> str:
    """Return an image: how opaque its ink is in each pixel is the grey value."""
    from PIL import Image

    ink = bytes.fromhex(ground.ink[1:3])[0]
    pixels = np.dstack((np.full_like(drawing.image, ink), drawing.image))
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, format="PNG")
    rows, columns = drawing.shape
    content = base64.b64encode(file.getvalue()).decode()
    return (
        f'<image class="image" x="-.5" y="-.5" width="{columns}" height="{rows}" '
        f'opacity="{ground.image_share:g}" style="image-rendering:pixelated" '
        f'href="data:image/png;base64,{content}"/>'
    )


def group(scale: int, parts: Iterable[str], attributes: str) -> str:
    """Return a digit's group, in which a unit is an image pixel."""
    half = number(scale / 2)
    inside = "\n".join(parts)
    return f'<g transform="translate({half} {half}) scale({scale})"{attributes}>\n{inside}\n</g>'


def put_on_sheet(cells: Iterable[Cell], page: Page, style: str = "") -> str:
    """Return a whole file.

    Parameters
    ----------
    cells : iterable of Cell
        With the parts of the picture of each digit.
    page : Page
    style : str
        CSS; "" for none.

    Returns
    -------
    svg : str
        Each digit is a group with its identity in ``data-digit``, and its class, where it
        is known, in ``data-class``.
    """
    height, width = page.sheet.size
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img">',
        f"<title>{text_of(page.title)}</title>",
    ]
    if style:
        parts.append(f"<style>\n{style}</style>")
    if paper := GROUNDS[page.look.background].paper:
        parts.append(f'<rect width="{width}" height="{height}" fill="{paper}"/>')
    for place, cell in enumerate(cells):
        top, left = page.sheet.corner(place)
        down, right = (
            (room - page.look.scale * side) // 2
            for room, side in zip((page.sheet.height, page.sheet.width), cell.shape, strict=True)
        )
        name = page.class_of(cell)
        known = f" data-class={attribute(name)}" if name else ""
        shift = f"translate({left + right} {top + down})"
        parts += [
            f'<g transform="{shift}" data-digit={attribute(cell.identity)}{known}>',
            f"<title>{text_of(f'{cell.identity} {name}'.rstrip())}</title>",
            cell.content.decode(),
            "</g>",
        ]
        if page.look.captions:
            parts.append(_caption(page, (top, left), cell.identity, name))
    return "\n".join([*parts, "</svg>\n"])


def _caption(page: Page, corner: tuple[int, int], identity: str, name: str) -> str:
    """Return the line below a digit: its identity and its class."""
    sheet, ground = page.sheet, GROUNDS[page.look.background]
    text = fit_caption(
        identity, name, sheet.width, lambda text: len(text) * LETTER_WIDTH * sheet.caption
    )
    middle = number(corner[1] + sheet.width / 2)
    base = corner[0] + sheet.height + (sheet.leading + FIGURE_HEIGHT * sheet.caption) / 2
    return (
        f'<text class="caption" x="{middle}" y="{number(base)}" text-anchor="middle" '
        f'font-family="{FONT}" font-size="{sheet.caption}" fill="{ground.ink}" '
        f'fill-opacity="{ground.muted_share:g}">{text_of(text)}</text>'
    )


def snippet(output: str) -> str:
    """Return lines of Python that read the strokes' points out of a picture."""
    name = output if output.lower().endswith(".svg") else f"{output}/train-0.svg"
    return "\n".join(
        (
            "import re",
            "from xml.etree import ElementTree",
            f"tree = ElementTree.parse({name!r})",
            'paths = [e.get("d") for e in tree.iter() if e.get("class") == "stroke"]',
            'strokes = [[int(n) for n in re.findall(r"\\d+", path)] for path in paths]',
        )
    )
