"""Sequences as a set of digits: an image drawn of each, and the sequence as its true path."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.idx import LARGEST
from viewer.datasets.sequences.drawn import NO_LABEL, Drawn
from viewer.datasets.steps import Steps
from viewer.errors import UserError

SIDE = 28
SOURCE_INDEX = "source_index"
"""Column with the index that a digit has in its file, where that is another one."""
DRAWN = (
    "There are only sequences in this file: the images are drawn by this program with a round "
    "pen as wide as MNIST's, and the paths of the pen are the sequences as they were read."
)
SCALED = "They are scaled and centred as MNIST's digits are."


def make_set(drawn: Drawn, name: str, path: Path, steps: Steps) -> DigitSet:
    """Draw the images of sequences.

    Parameters
    ----------
    drawn : Drawn
        The sequences. Points on pixels keep their places, in images of 28 x 28, or as large
        as needed; others are scaled and centred as MNIST does.
    name : str
        What the set is called.
    path : path
        What errors name.
    steps : Steps
        Counts the digits.

    Returns
    -------
    draft : DigitSet
        Not yet named. The digits of each split are in the order of their indices; where these
        are not 0, 1, 2 ... the column ``source_index`` keeps them.

    Raises
    ------
    UserError
        If a digit is there twice, or the images would be too large.
    """
    steps.begin(len(drawn))
    notes = [DRAWN if drawn.on_pixels else f"{DRAWN} {SCALED}"]
    splits: dict[str, Split] = {}
    room = LARGEST
    for split, chosen in chosen_by_split(drawn, path).items():
        part = take(drawn, chosen)
        side = _side(part)
        room -= len(part) * side * side
        if room < 0:
            raise UserError(
                f"its images would take more than {LARGEST >> 20} MiB",
                path=path,
                advice="Open a part of it.",
            )
        splits[split] = _make_split(split, part, side, steps)
        if splits[split].labels is None:
            missing = int((part.label == NO_LABEL).sum())
            what = "no labels" if missing == len(part) else f"labels for all but {missing:,}"
            notes.append(f"The file has {what} of the digits of {split}.")
    return DigitSet(name, "", splits, tuple(notes), "", drawn.class_names)


def chosen_by_split(drawn: Drawn, path: Path) -> dict[str, NDArray[np.int64]]:
    """Return the positions of each split's digits by index; splits as they first come.

    A UserError is raised if one digit is there twice.
    """
    names, first, place = np.unique(drawn.split, return_index=True, return_inverse=True)
    found = {}
    for number in np.argsort(first).tolist():
        some = np.flatnonzero(place == number)
        some = some[np.argsort(drawn.index[some], kind="stable")]
        index = drawn.index[some]
        again = np.flatnonzero(index[1:] == index[:-1])
        if len(again):
            raise UserError(
                f"{names[number]}:{index[again[0]]} is there twice",
                path=path,
                advice="Every digit can have one sequence.",
            )
        found[str(names[number])] = some
    return found


def take(drawn: Drawn, chosen: NDArray[np.int64]) -> Drawn:
    """Return the strokes of some digits, without their rows."""
    lengths = np.diff(drawn.offsets)[chosen]
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    first = np.repeat(drawn.offsets[:-1][chosen] - offsets[:-1], lengths)
    places = np.arange(offsets[-1]) + first
    return Drawn(
        drawn.points[places], drawn.starts[places], offsets, drawn.label[chosen],
        drawn.split[chosen], drawn.index[chosen], drawn.on_pixels, None,
        {name: (values[chosen], known[chosen]) for name, (values, known) in drawn.columns.items()},
        drawn.class_names,
    )  # fmt: skip


def pen_paths(drawn: Drawn, places: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return the paths of digits in the form of `Split.pen_paths`, by (row, column)."""
    return np.column_stack([places, drawn.strokes]).astype(np.float32)


def pixels(drawn: Drawn) -> NDArray[np.int64]:
    """Return the points of sequences on pixels as (row, column), 0-based."""
    return drawn.points[:, ::-1].astype(np.int64) - 1


def _side(part: Drawn) -> int:
    """Return how many rows and columns the images need."""
    return max(SIDE, int(part.points.max(initial=SIDE))) if part.on_pixels else SIDE


def _make_split(name: str, part: Drawn, side: int, steps: Steps) -> Split:
    """Draw the digits of a split."""
    from viewer.jit import prepare

    prepare(apart=True)
    if part.on_pixels:
        from viewer.core.pixel_pen import draw_pixels

        places = pixels(part).astype(np.float64)
        images = draw_pixels(pixels(part), part.starts, part.offsets, side, progress=steps.advance)
    else:
        images, places = _draw_scaled(part, steps)
    labels = None if (part.label == NO_LABEL).any() else part.label.astype(np.uint8)
    columns = {key: values for key, (values, known) in part.columns.items() if known.all()}
    if (part.index != np.arange(len(part))).any() and SOURCE_INDEX not in columns:
        columns[SOURCE_INDEX] = part.index
    return Split(name, images, labels, columns, (pen_paths(part, places), part.offsets))


def _draw_scaled(part: Drawn, steps: Steps) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """Draw digits as MNIST's are placed; one without a point is blank."""
    from viewer.core.pen import render_many

    inked = np.diff(part.offsets) > 0
    offsets = np.concatenate([part.offsets[:-1][inked], part.offsets[-1:]])
    images = np.zeros((len(part), SIDE, SIDE), dtype=np.uint8)
    upward = part.points * np.array([1.0, -1.0])
    images[inked], places = render_many(upward, part.strokes, offsets, progress=steps.advance)
    return images, places
