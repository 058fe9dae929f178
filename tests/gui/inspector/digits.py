"""Extractions drawn as pictures, so that tests need no kernels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.core.extract import Extraction
from viewer.core.sequence import encode, stroke_offsets
from viewer.core.settings import PUBLISHED
from viewer.core.threshold import ThresholdTrace


def trace(stopped_by: str = "components8", parts: tuple[int, int] = (1, 2)) -> ThresholdTrace:
    """Return a trace that chose level 25 of 0, 25, 50."""
    counts = np.array([parts[0], parts[0], parts[1]], np.int32)
    return ThresholdTrace(
        levels=np.array([0, 25, 50], np.int16),
        pixels=np.array([9, 8, 3], np.int32),
        components4=counts,
        components8=counts,
        level=25,
        stopped_by=stopped_by,
    )


def draw(picture: str, *, exact: bool = True, stopped_by: str = "components8") -> Extraction:
    """Return the extraction of a picture.

    Letters are points in the order a, b, c, ..., then A, B, ...; digits are pixels that this
    sub-iteration removed; ``*`` is a small part, ``,`` a pixel the threshold dropped.
    """
    lines = [line.strip() for line in picture.strip().splitlines()]
    cells = np.array([list(line) for line in lines])
    order = [*"abcdefghijklmnopqrstuvwxyz", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    found = [np.argwhere(cells == letter) for letter in order]
    points = np.concatenate([*found, np.zeros((0, 2), np.int64)]).astype(np.int16)
    skeleton = np.isin(cells, order)
    digits = np.char.isdigit(cells)
    removed_by = np.where(digits, cells, "0").astype(np.uint8)
    small = cells == "*"
    thresholded = skeleton | digits | small
    image = np.where(thresholded, 200, 0) + np.where(cells == ",", 20, 0)
    return Extraction(
        image=image.astype(np.uint8),
        settings=PUBLISHED,
        threshold=trace(stopped_by),
        thresholded=thresholded,
        removed_by=removed_by,
        passes=1,
        small=small,
        skeleton=skeleton,
        start=(int(points[0, 0]), int(points[0, 1])) if len(points) else None,
        points=points,
        stroke_offsets=stroke_offsets(points),
        closed_length=17,
        exact=exact,
        rows=encode(points),
    )


def blank(rows: int = 28, columns: int = 28) -> Extraction:
    """Return the extraction of an image without ink."""
    return draw("\n".join(["." * columns] * rows))


def dense(side: int = 64) -> Extraction:
    """Return a digit of many points and strokes: every other row of a large image."""
    base = blank(side, side)
    skeleton: NDArray[np.bool_] = np.zeros((side, side), dtype=np.bool_)
    skeleton[1::2, 2:-2] = True
    points = np.argwhere(skeleton).astype(np.int16)
    return Extraction(
        image=skeleton.astype(np.uint8) * np.uint8(255),
        settings=base.settings,
        threshold=base.threshold,
        thresholded=skeleton,
        removed_by=base.removed_by,
        passes=1,
        small=base.small,
        skeleton=skeleton,
        start=(1, 2),
        points=points,
        stroke_offsets=stroke_offsets(points),
        closed_length=9,
        exact=True,
        rows=encode(points),
    )


TWO_STROKES = """
    ..........
    .1abcd,...
    ...33e2...
    .....f....
    ..........
    .g........
    .hij...**.
    ..........
    ..........
    ..........
"""
