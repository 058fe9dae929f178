"""sketch-rnn's way with its data, rewritten from the description in its paper and README.

It takes the three arrays of object type, counts the longest drawing, divides all offsets by
their standard deviation in ``train``, and pads a batch to stroke-5 behind a start token.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

START = (0, 0, 1, 0, 0)
LIMIT = 1000


@dataclass
class Loaded:
    """Batches of stroke-5 of each part, behind a start token, and what they were divided by."""

    longest: int
    factor: float
    batches: dict[str, NDArray[np.float64]]


def load(content: bytes) -> Loaded:
    """Read a file as sketch-rnn's training does; each part becomes one batch."""
    data: Any = np.load(io.BytesIO(content), encoding="latin1", allow_pickle=True)
    parts = {name: data[name] for name in ("train", "valid", "test")}
    together = np.concatenate(list(parts.values()))
    longest = max(len(drawing) for drawing in together)
    steps = [value for drawing in parts["train"] for row in drawing for value in row[:2].tolist()]
    factor = float(np.std(np.array(steps, dtype=np.float32)))
    batches = {
        name: np.array([_padded(drawing, longest, factor) for drawing in drawings])
        for name, drawings in parts.items()
    }
    return Loaded(longest, factor, batches)


def _padded(drawing: NDArray[np.int16], longest: int, factor: float) -> list[tuple[float, ...]]:
    scaled = np.clip(drawing, -LIMIT, LIMIT).astype(np.float32)
    scaled[:, 0:2] /= factor
    return [START, *big_strokes(scaled, longest)]


def big_strokes(drawing: NDArray[Any], length: int) -> list[tuple[float, ...]]:
    """Turn stroke-3 into stroke-5 of a length."""
    rows: list[tuple[float, ...]] = [
        (dx, dy, 1 - lift, lift, 0) for dx, dy, lift in drawing.tolist()
    ]
    assert len(rows) <= length
    return rows + [(0, 0, 0, 0, 1)] * (length - len(rows))


def normal_strokes(big: NDArray[Any]) -> list[tuple[float, ...]]:
    """Turn stroke-5 into stroke-3, up to the end; without an end, and with one in the first
    row, all rows are taken, as sketch-rnn does."""
    ended = [place for place, row in enumerate(big.tolist()) if row[4] > 0]
    behind = (ended[0] if ended else 0) or len(big)
    return [(row[0], row[1], row[3]) for row in big[:behind].tolist()]
