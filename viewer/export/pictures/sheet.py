"""Where digits lie on a sheet, and what is written below them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from viewer.errors import UserError
from viewer.export.format import Whole

CAPTION = (11, 16)
"""Pixels that the letters of captions are high, the smallest and the largest."""
CAPTION_SHARE = 1.1
"""Letters of a caption in image pixels, between those two."""
LEADING = 1.5
"""Height of a line of captions in letters."""

STILLS = 400
ANIMATIONS = 100
"""Digits that one sheet can have."""

STILL_PIXELS = 1 << 26
ANIMATION_PIXELS = 1 << 24
"""Pixels that one picture can have."""
LONGEST_SIDE = 16_383
"""Pixels; WebP has no larger pictures."""


@dataclass(frozen=True)
class Sheet:
    """A grid of equal cells, one a digit; a single digit is a sheet as well.

    Parameters
    ----------
    count : int
        Digits.
    columns : int
        Cells side by side.
    width, height : int
        Pixels of a digit's picture.
    gap : int
        Pixels between cells; there are none around them.
    caption : int
        Pixels that letters of captions are high.
    lines : int
        Lines of captions; 0 without any.
    """

    count: int
    columns: int
    width: int
    height: int
    gap: int
    caption: int
    lines: int

    @property
    def leading(self) -> int:
        """Pixels that a line of captions is high."""
        return math.ceil(self.caption * LEADING)

    @property
    def pitch(self) -> tuple[int, int]:
        """Pixels (down, right) from a cell to the next ones."""
        return self.height + self.lines * self.leading + self.gap, self.width + self.gap

    @property
    def size(self) -> tuple[int, int]:
        """Height and width in pixels."""
        down, right = self.pitch
        return math.ceil(self.count / self.columns) * down - self.gap, (
            self.columns * right - self.gap
        )

    def corner(self, place: int) -> tuple[int, int]:
        """Return (top, left) of a cell in pixels."""
        down, right = self.pitch
        return place // self.columns * down, place % self.columns * right


def plan_sheet(
    shapes: Sequence[tuple[int, int]],
    count: int,
    *,
    scale: int,
    columns: int = 0,
    lines: int = 0,
    tiles: int = 1,
) -> Sheet:
    """Lay out digits.

    Parameters
    ----------
    shapes : sequence of tuple of int
        Rows and columns of the images; the largest of them fit.
    count : int
        Digits.
    scale : int
        Pixels an image pixel.
    columns : int
        Cells side by side; 0 for a sheet as square as possible.
    lines : int
        Lines of captions.
    tiles : int
        Pictures of each digit, side by side.

    Returns
    -------
    sheet : Sheet
    """
    gap = scale
    width = tiles * (max(shape[1] for shape in shapes) * scale + gap) - gap
    height = max(shape[0] for shape in shapes) * scale
    letters = min(max(round(CAPTION_SHARE * scale), CAPTION[0]), CAPTION[1])
    sheets = [
        Sheet(count, across, width, height, gap, letters, lines)
        for across in ([min(columns, count)] if columns else range(1, count + 1))
    ]
    return min(sheets, key=lambda sheet: (max(sheet.size), -sheet.columns))


def shapes_of(whole: Whole) -> list[tuple[int, int]]:
    """Return the image shapes of the splits that have digits."""
    return [whole.shapes[split] for split, count in whole.counts.items() if count]


def check_count(whole: Whole, most: int) -> None:
    """Make sure that digits fit onto a sheet; a UserError says how many do."""
    if len(whole) > most:
        raise UserError(
            f"a sheet has room for {most} digits, not {len(whole):,}",
            advice="Select fewer, or give a folder, which gets one file a digit.",
        )
    if not len(whole):
        raise UserError("there is no digit to draw")


def check_size(size: tuple[int, int], most: int) -> None:
    """Make sure that a picture of (height, width) is not too large, with a UserError."""
    if size[0] * size[1] > most or max(size) > LONGEST_SIDE:
        raise UserError(
            f"the picture would have {size[1]:,} x {size[0]:,} pixels, more than can be written",
            advice="Choose a smaller scale or fewer digits.",
        )


def check_names(whole: Whole) -> None:
    """Make sure that names of splits can begin names of files, with a UserError."""
    for name in whole.counts:
        if not re.fullmatch(r"\w[\w-]*", name):
            raise UserError(
                f"the split's name {name!r} cannot be part of a file name",
                advice="Write one file instead of a folder.",
            )
    if len({name.casefold() for name in whole.counts}) < len(whole.counts):
        raise UserError(
            "the names of splits differ in capitals alone, and so would their files",
            advice="Write one file instead of a folder.",
        )


def file_name(identity: str, suffix: str) -> str:
    """Return the name of a digit's file, such as ``train-13.svg``."""
    split, _colon, index = identity.rpartition(":")
    return f"{split}-{index}{suffix}"


def fit_caption(identity: str, name: str, width: float, measure: Callable[[str], float]) -> str:
    """Return as much of a caption as there is room for.

    Parameters
    ----------
    identity : str
        Such as ``train:13``; if need be it is cut at its start, its figures stay longest.
    name : str
        Of its class; left out where there is no room for both.
    width : float
        Pixels.
    measure : callable
        Returns the width of a text in pixels.

    Returns
    -------
    caption : str
        Such as ``train:13 (6)``.
    """
    both = f"{identity} ({name})" if name else identity
    if measure(both) <= width:
        return both
    for start in range(len(identity)):
        cut = f"…{identity[start:]}" if start else identity
        if measure(cut) <= width:
            return cut
    return ""
