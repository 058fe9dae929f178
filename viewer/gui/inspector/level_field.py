"""Where levels, pixels and parts lie in the threshold's plot."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

if TYPE_CHECKING:
    from viewer.core.threshold import LevelCounts

LAST = 255
"""The highest level."""

EDGE = 8
GAP = 4
HEAD = 24
"""Height of the line that holds the level and the button beside it."""

GRIP = 5.0
"""Radius of the grip on the line of the level in use."""


class LevelField:
    """The geometry of one digit's curves: levels along x, two scales along y.

    Parameters
    ----------
    counts : LevelCounts
        What the image holds above every level.

    Attributes
    ----------
    rect : QRectF
        The part between the scales, its lower edge the ground.
    width, line : float
        Width of all, and height of a line of words.
    """

    def __init__(self, counts: LevelCounts) -> None:
        self.most_pixels = int(counts.pixels[0])
        self.most_parts = max(int(counts.components4.max()), 2)
        self.rect = QRectF(0, 0, 1, 1)
        self.width = self.line = 1.0

    def lay_out(self, width: float, height: float, metrics: QFontMetricsF) -> None:
        """Take the room there is."""
        self.width, self.line = width, metrics.height()
        left = max(metrics.horizontalAdvance(str(self.most_pixels)) + GAP, EDGE)
        right = max(metrics.horizontalAdvance(str(self.most_parts)) + GAP, EDGE)
        top = HEAD + 2 * self.line + 2 * GAP
        self.rect = QRectF(left, top, width - left - right, height - top - self.line - GRIP - 1)

    def place(self, level: int) -> float:
        """Return where a level is, in the middle of a pixel; the last is also the end."""
        return round(self.rect.left() + min(level, LAST) / LAST * self.rect.width()) + 0.5

    def level_at(self, x: float) -> int:
        """Return the level nearest to a pixel, given its left edge as the mouse is."""
        share = (x - self.rect.left()) / max(self.rect.width(), 1.0)
        return round(min(max(share, 0.0), 1.0) * LAST)

    def spot(self, level: int, kept: int) -> QPointF:
        """Return where a number of pixels above a level is."""
        height = kept / max(self.most_pixels, 1) * self.rect.height()
        x = self.rect.left() + min(level, LAST) / LAST * self.rect.width()
        return QPointF(x, self.rect.bottom() - height)

    def hill(self, pixels: NDArray[np.int32]) -> list[QPointF]:
        """Return the line of the pixels kept, from the first level to the last."""
        return [self.spot(level, int(kept)) for level, kept in enumerate(pixels)]

    def steps(self, parts: NDArray[np.int32]) -> list[QPointF]:
        """Return the corners of a number of parts, which holds until the next level."""
        changes = (np.flatnonzero(np.diff(parts)) + 1).tolist()
        corners: list[QPointF] = []
        for first, last in pairwise([0, *changes, LAST + 1]):
            y = self.rect.bottom() - int(parts[first]) / self.most_parts * self.rect.height()
            y = round(y) + 0.5
            corners += [QPointF(self.place(first), y), QPointF(self.place(last), y)]
        return corners
