"""Sets of any size of handwritten digits that no person wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.core.pen import SIDE, centre
from viewer.datasets.digits import Split
from viewer.datasets.synthetic.allographs import allographs, share_ends
from viewer.datasets.synthetic.curves import Pattern, patterns
from viewer.datasets.synthetic.draws import draw
from viewer.datasets.synthetic.pen import NUMBERS, write
from viewer.datasets.synthetic.raster import rasterise
from viewer.datasets.synthetic.writer import Writers, hsf_series, meet_writers
from viewer.errors import Cancelled

STREAM = 0
CHOICES = 4
"""Random numbers of a digit for its class, allograph and paper."""
AT_ONCE = 50
"""Writers who take turns."""
EACH = 100
"""Digits each of them writes before the next writers come (NIST's wrote about 112)."""
TURN = AT_ONCE * EACH
CHUNK = 5000
PAPER = np.array([252, 253, 253, 254])
PEN_STEP = 3
"""Every third path point, about 1 px apart, is kept as the true pen path."""


def generate(
    count: int,
    seed: int,
    *,
    first: int = 0,
    writers: int | None = None,
    name: str = "train",
    pen_paths: bool = True,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Split:
    """Write digits as a pen would, the same ones for the same seed.

    Digit ``first + i`` of a seed is the same whatever `count`, `first` and `pen_paths`
    are: two runs that do not overlap are two parts of one endless set.

    Parameters
    ----------
    count : int
        How many digits.
    seed : int
        Not negative.
    first : int, optional
        Number of the first digit.
    writers : int, optional
        How many writers take turns for ever. By default 50 take turns until each has
        written 100 digits, then the next 50 come; so digits that lie ``TURN`` = 5000
        or more apart, counted from multiples of it, have different writers.
    name : str, optional
        Name of the split.
    pen_paths : bool, optional
        Keep the true pen paths (about 500 bytes a digit).
    progress : callable, optional
        Called with the digits done and `count`.
    cancelled : callable, optional
        Asked between chunks of 5,000 digits.

    Returns
    -------
    split : Split
        28x28 images, labels, and the metadata columns of QMNIST (int32): ``writer``,
        ``hsf_series``, ``digit_index`` (within the writer), ``nist_class`` (30-39),
        ``global_index``, ``duplicate``, ``unused``.

    Raises
    ------
    ValueError
        For a negative number, or no writers.
    Cancelled
        When `cancelled` says so.
    """
    if count < 0 or first < 0 or seed < 0 or (writers is not None and writers < 1):
        raise ValueError("count, first and seed must not be negative; writers at least 1")
    images = np.empty((count, SIDE, SIDE), dtype=np.uint8)
    labels = np.empty(count, dtype=np.uint8)
    points, lengths = [], []
    for start in range(0, count, CHUNK):
        if cancelled is not None and cancelled():
            raise Cancelled
        part = slice(start, min(start + CHUNK, count))
        chunk = _write_chunk(first + start, part.stop - start, seed, writers)
        images[part], labels[part] = chunk.images, chunk.labels
        if pen_paths:
            points.append(chunk.points)
            lengths.append(chunk.lengths)
        if progress is not None:
            progress(part.stop, count)
    paths = None
    if pen_paths:
        ends = np.cumsum(np.concatenate([np.zeros(1, np.int64), *lengths]))
        paths = (np.concatenate([np.empty((0, 3), np.float32), *points]), ends)
    return Split(name, images, labels, _columns(first, labels, writers), paths)


@dataclass(frozen=True, eq=False)
class _Chunk:
    """A run of digits with their pen paths end to end."""

    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    points: NDArray[np.float32]
    lengths: NDArray[np.int64]


def _assign(
    index: NDArray[np.int64], writers: int | None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Writer and place among the writer's digits, of each digit."""
    if writers is not None:
        return index % writers, index // writers
    turn, place = np.divmod(index, TURN)
    return turn * AT_ONCE + place % AT_ONCE, place // AT_ONCE


def _columns(
    first: int, labels: NDArray[np.uint8], writers: int | None
) -> dict[str, NDArray[np.int32]]:
    """Metadata as QMNIST has it."""
    index = np.arange(first, first + len(labels), dtype=np.int64)
    writer, place = _assign(index, writers)
    columns = {
        "writer": writer,
        "hsf_series": hsf_series(writer),
        "digit_index": place,
        "nist_class": 30 + labels.astype(np.int64),
        "global_index": index,
        "duplicate": np.zeros(len(labels), dtype=np.int64),
        "unused": np.zeros(len(labels), dtype=np.int64),
    }
    return {name: column.astype(np.int32) for name, column in columns.items()}


def _choose_forms(
    choice: NDArray[np.float64],
    labels: NDArray[np.uint8],
    writers: Writers,
    who: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Allograph of each digit: mostly the writer's preferred one."""
    usual = choice[:, 1] < writers.steadiness[who]
    place = np.where(usual, writers.preference[who, labels], choice[:, 2])
    forms = np.searchsorted(share_ends(), labels + place, side="right")
    digits = np.array([form.digit for form in allographs()])
    ends = np.searchsorted(digits, labels, side="right")
    return np.minimum(forms, ends - 1)  # labels + place may round up to the next digit


def _write_chunk(first: int, count: int, seed: int, crowd: int | None) -> _Chunk:
    """Write the digits first .. first + count - 1, one allograph after the other."""
    numbers = draw(seed, STREAM, first, count, CHOICES + NUMBERS)
    labels = (numbers[:, 0] * 10).astype(np.uint8)
    writer, _ = _assign(np.arange(first, first + count, dtype=np.int64), crowd)
    lowest = int(writer.min())
    writers = meet_writers(seed, lowest, int(writer.max()) - lowest + 1)
    who = writer - lowest
    forms = _choose_forms(numbers, labels, writers, who)
    paper = PAPER[(numbers[:, 3] * len(PAPER)).astype(np.int64)]

    images = np.empty((count, SIDE, SIDE), dtype=np.uint8)
    kept = [_kept_points(pattern) for pattern in patterns()]
    lengths = np.array([len(keep) for keep in kept], dtype=np.int64)[forms]
    starts = np.cumsum(lengths) - lengths
    points = np.empty((int(lengths.sum()), 3), dtype=np.float32)
    for form in np.unique(forms):
        those = np.flatnonzero(forms == form)
        pattern, keep = patterns()[form], kept[form]
        ink = write(pattern, int(form), writers, who[those], numbers[those, CHOICES:])
        images[those], shift = centre(rasterise(ink, paper[those]))
        rows = starts[those][:, None] + np.arange(len(keep))
        points[rows, :2] = ink.path[:, keep] + shift[:, None] - 0.5
        points[rows, 2] = pattern.stroke[keep]
    return _Chunk(images, labels, points, lengths)


def _kept_points(pattern: Pattern) -> NDArray[np.int64]:
    """Path points that make up the true pen path: every third one and all ends."""
    keep = np.arange(len(pattern.stroke)) % PEN_STEP == 0
    lift = np.flatnonzero(np.diff(pattern.stroke))
    keep[[0, -1, *lift, *(lift + 1)]] = True
    return np.flatnonzero(keep)
