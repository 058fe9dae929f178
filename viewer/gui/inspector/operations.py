"""What can be corrected by hand on the strokes of a digit, and where the pen is afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from viewer.core.correction import Strokes, begin_at, merge, move, reverse, split

TAKE_BACK = "take-back"
"""The operation that drops a correction; it is no `change` of strokes."""


class Operation(NamedTuple):
    """One operation: its name, words and key, what it is for, what is said when it is done."""

    name: str
    word: str
    text: str
    key: str
    help: str
    done: str


OPERATIONS = (
    Operation(
        "reverse", "Reverse", "&Reverse the stroke", "V",
        "Draw this stroke from its other end", "Stroke reversed",
    ),
    Operation(
        "earlier", "Earlier", "Stroke &earlier", "Ctrl+Up",
        "Draw this stroke before the one in front of it", "Stroke drawn earlier",
    ),
    Operation(
        "later", "Later", "Stroke &later", "Ctrl+Down",
        "Draw this stroke after the next one", "Stroke drawn later",
    ),
    Operation(
        "split", "Split here", "&Split the stroke here", "B",
        "Lift the pen before this point: a stroke of its own begins with it", "Stroke split",
    ),
    Operation(
        "join", "Join with next", "&Join with the next stroke", "J",
        "Keep the pen down from this stroke to the next one", "Strokes joined",
    ),
    Operation(
        "start", "Start here", "Start the digit &here", "H",
        "Begin the digit with this point", "Digit begun here",
    ),
    Operation(
        TAKE_BACK, "Take back all", "&Take back the correction", "Ctrl+Backspace",
        "Drop the correction of this digit: the computed order again", "Correction taken back",
    ),
)  # fmt: skip
"""The operations as they stand in the bar and in the menu."""

_CHANGES: dict[str, Callable[[Strokes, int, int], Strokes]] = {
    "reverse": lambda strokes, stroke, _point: reverse(strokes, stroke),
    "earlier": lambda strokes, stroke, _point: _shift(strokes, stroke, -1),
    "later": lambda strokes, stroke, _point: _shift(strokes, stroke, 1),
    "split": split,
    "join": lambda strokes, stroke, _point: merge(strokes, stroke),
    "start": begin_at,
}


def find_pen(strokes: Strokes, drawn: int) -> tuple[int, int]:
    """Return the stroke that the pen stands in and the point of it.

    Parameters
    ----------
    strokes : tuple of ndarray
        At least one.
    drawn : int
        Points drawn, at least one; the pen stands on the last of them.
    """
    ends = np.cumsum([len(stroke) for stroke in strokes])
    stroke = int(np.searchsorted(ends, drawn))
    return stroke, drawn - 1 - int(ends[stroke] - len(strokes[stroke]))


def change(name: str, strokes: Strokes, drawn: int) -> tuple[Strokes, int]:
    """Change the stroke that the pen stands in.

    The pen stays on its pixel. Where it stands at the end of a stroke it stays at the end,
    and goes there with *start*, so that the stroke meant is on show as a whole.

    Parameters
    ----------
    name : str
        Of one of `OPERATIONS`, `TAKE_BACK` apart.
    strokes : tuple of ndarray
        (row, column) of the points of each stroke.
    drawn : int
        Points drawn, as in `find_pen`.

    Returns
    -------
    strokes : tuple of ndarray
        The strokes as changed.
    drawn : int
        Points that are drawn up to the pen in them.

    Raises
    ------
    ValueError
        If it cannot be done; it says why.
    """
    stroke, point = find_pen(strokes, drawn)
    pixel = strokes[stroke][point]
    whole = name == "start" or (name != "split" and point == len(strokes[stroke]) - 1)
    changed = _CHANGES[name](strokes, stroke, point)
    return changed, stand(changed, (int(pixel[0]), int(pixel[1])), whole=whole)


def stand(strokes: Strokes, pixel: tuple[int, int], *, whole: bool = False) -> int:
    """Return how many points are drawn with the pen on a pixel, or at its stroke's end."""
    before = 0
    for stroke in strokes:
        found = np.flatnonzero((stroke == pixel).all(axis=1))
        if len(found):
            return before + (len(stroke) if whole else int(found[0]) + 1)
        before += len(stroke)
    return before


def same(one: Strokes, other: Strokes) -> bool:
    """Return whether two digits have the same strokes in the same order and direction."""
    return len(one) == len(other) and all(map(np.array_equal, one, other))


def _shift(strokes: Strokes, stroke: int, by: int) -> Strokes:
    """Draw a stroke one place earlier (-1) or later (+1)."""
    to = stroke + by
    if not 0 <= to < len(strokes):
        raise ValueError(f"this is the {'first' if by < 0 else 'last'} stroke")
    return move(strokes, stroke, to)
