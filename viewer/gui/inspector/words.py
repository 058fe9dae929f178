"""Captions of the four stages and the read-out of a pixel; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from viewer.core.extract import Extraction

NO_STROKE = "strokes: none"
SEARCHES = {
    "nearest": (
        "the shortest closed one of all nearest-neighbour tours",
        "the shortest closed one found: there were too many ties to search them all",
    ),
    "shortest": (
        "the shortest of all open paths from the published start",
        "the shortest open path found: there were too many to search them all",
    ),
    "natural": (
        "as a hand would write, the cheapest of all orders of the skeleton's chains",
        "as a hand would write, the cheapest next chain each time: there were too many to "
        "search all orders",
    ),
}
"""How each order is found: by a complete search, and where that takes too long."""


class Caption(NamedTuple):
    """The key figures of a stage, and what they mean."""

    text: str
    help: str


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun in the right form."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def source_caption(image: NDArray[np.uint8]) -> Caption:
    """Describe a source image."""
    rows, columns = image.shape
    inked = int(np.count_nonzero(image))
    return Caption(
        f"{rows} x {columns}, {count(inked, 'pixel')} > 0",
        f"The image as it is: {count(rows, 'row')}, {count(columns, 'column')}, "
        f"grey values 0 to {int(image.max())}.",
    )


def threshold_caption(extraction: Extraction) -> Caption:
    """Say which level was chosen and what stopped the next one."""
    trace = extraction.threshold
    last = int(trace.levels[-1])
    kept = f"{int(np.count_nonzero(extraction.thresholded)):,}"
    help_text = f"Level: pixels above it are kept, here {kept}. Chosen: the last one before "
    if trace.stopped_by in ("components4", "components8"):
        kind = "4-connected" if trace.stopped_by == "components4" else "8-connected"
        parts = trace.components4 if trace.stopped_by == "components4" else trace.components8
        verb = "split" if parts[-1] > parts[0] else "lose"
        reason = f"next would {verb} {kind} parts"
        help_text += f"the number of {kind} parts changed, from {parts[0]} to {parts[-1]} at {last}"
    elif trace.stopped_by == "pixels":
        share = f"{extraction.settings.threshold_keep:.0%}"
        reason = f"next would keep under {share} of the pixels"
        help_text += f"fewer than {share} of the pixels were left, {trace.pixels[-1]} at {last}"
    else:
        reason = "the highest allowed"
        help_text += f"the ceiling of {extraction.settings.threshold_ceiling}"
    if extraction.level != trace.level:
        return Caption(
            f"level {extraction.level}, by hand", f"{help_text}. The rule chooses {trace.level}."
        )
    return Caption(f"level {trace.level}: {reason}", help_text + ".")


def thinning_caption(extraction: Extraction) -> Caption:
    """Count what thinning and the removal of small components took away."""
    removed = int(np.count_nonzero(extraction.removed_by))
    asked = extraction.settings.thinning_passes
    ran = extraction.passes if asked is None else asked
    small = int(np.count_nonzero(extraction.small))
    left = int(np.count_nonzero(extraction.skeleton))
    stray = f"{small} in small parts, " if small else ""
    return Caption(
        f"{count(ran, 'pass', 'passes')}, {removed} removed, {stray}{left} left",
        f"Zhang-Suen thinning, two sub-iterations a pass: the lighter a removed pixel, the later "
        f"it went. Parts of fewer than {extraction.settings.minimum_component} pixels, drawn as "
        f"rings, are removed after it: {count(small, 'pixel')}.",
    )


def strokes_caption(extraction: Extraction) -> Caption:
    """Count strokes, points and pen lifts."""
    points = len(extraction.points)
    if points == 0:
        return Caption("no strokes", "Nothing is left of the image to write.")
    strokes = len(extraction.stroke_offsets) - 1
    figures = (
        f"{count(strokes, 'stroke')}, {count(points, 'point')}, {count(strokes - 1, 'pen lift')}"
    )
    length = f"The sum of |dx|^3 + |dy|^3 along it is {extraction.closed_length:,}."
    if extraction.corrected:
        return Caption(
            figures + ", corrected by hand",
            f"Order of the points: corrected by hand and kept beside the set. {length}",
        )
    search = SEARCHES[extraction.settings.order][not extraction.exact]
    if extraction.settings.walking:
        search += "; the pen stays down where it moves over ink"
    return Caption(
        figures if extraction.exact else figures + ", bounded search",
        f"Order of the points: {search}. {length}",
    )


class Readout:
    """What every stage says of a pixel.

    Parameters
    ----------
    image : ndarray of uint8, shape (M, N)
        The source image.
    extraction : Extraction or None
        None while only the source is known.
    """

    def __init__(self, image: NDArray[np.uint8], extraction: Extraction | None) -> None:
        self._image = image
        self._extraction = extraction
        self._order: dict[tuple[int, int], list[int]] = {}
        if extraction is not None:
            for index, (row, column) in enumerate(extraction.points.tolist()):
                self._order.setdefault((row, column), []).append(index)

    def point_at(self, row: int, column: int) -> int:
        """Return the index of the first point on a pixel, -1 where none is."""
        return self._order.get((row, column), [-1])[0]

    def texts(self, row: int, column: int) -> tuple[str, str, str, str, str]:
        """Return place, grey value, thresholded, thinned and stroke of a pixel."""
        place = f"row {row}, column {column}"
        value = int(self._image[row, column])
        grey = f"source: {value}"
        extraction = self._extraction
        if extraction is None:
            return place, grey, "", "", ""
        if not value:
            return place, grey, "thresholded: empty", "thinned: empty", NO_STROKE
        if not extraction.thresholded[row, column]:
            return place, grey, "thresholded: dropped", "thinned: empty", NO_STROKE
        removed = int(extraction.removed_by[row, column])
        if removed:
            thinned = f"removed in pass {(removed + 1) // 2}, sub-iteration {2 - removed % 2}"
        elif extraction.small[row, column]:
            thinned = "removed as a small part"
        else:
            thinned = "kept"
        index = self.point_at(row, column)
        stroke = NO_STROKE
        if index >= 0:
            number = int(np.searchsorted(extraction.stroke_offsets, index, side="right"))
            stroke = f"strokes: point {index + 1}, stroke {number}"
            if again := self._order[row, column][1:]:
                stroke += f", again {', '.join(str(point + 1) for point in again)}"
        return place, grey, "thresholded: kept", f"thinned: {thinned}", stroke
