"""Sequences to score: drawn at random, or those of the embedded sample."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.core.sequence import encode
from viewer.datasets.sequences.rows import Rows

Random = np.random.Generator


def make_random(seed: int) -> Random:
    return np.random.Generator(np.random.PCG64(seed))


def draw_walk(random: Random, points: int) -> NDArray[np.int8]:
    """Return the rows of a random walk with jumps in 28 x 28 pixels."""
    path = np.zeros((points, 2), np.int64)
    pen = random.integers(5, 20, 2)
    for place in range(points):
        path[place] = pen
        far = 9 if random.random() < 0.1 else 1
        pen = np.clip(pen + random.integers(-far, far + 1, 2), 0, 27)
    return encode(path, announce_last_jump=bool(random.random() < 0.5))


def draw_walks(seed: int, count: int, longest: int = 30) -> list[NDArray[np.int8]]:
    """Return random sequences; among them one without ink, and one of a single point."""
    random = make_random(seed)
    sizes = random.integers(2, longest + 1, count)
    sizes[: min(2, count)] = (0, 1)[:count]
    return [draw_walk(random, int(size)) for size in random.permutation(sizes)]


def make_rows(
    sequences: Sequence[NDArray[np.integer]],
    label: Sequence[int] | NDArray[np.uint8] | None = None,
    *,
    split: str = "train",
    first: int = 0,
) -> Rows:
    """Put sequences together; they are counted from `first`."""
    count = len(sequences)
    lengths = [len(rows) for rows in sequences]
    return Rows(
        np.concatenate(sequences).astype(np.int8),
        np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        None if label is None else np.asarray(label, dtype=np.uint8),
        np.full(count, split),
        np.arange(first, first + count, dtype=np.int64),
    )


def true_steps(rows: Rows) -> NDArray[np.int64]:
    """Return what is to be predicted, sequence by sequence."""
    steps = [rows.sequence(digit)[1:] for digit in range(len(rows))]
    return np.concatenate(steps).astype(np.int64)


def write_rows(path: Path, rows: Rows) -> Path:
    """Write sequences as a ragged npz."""
    label: dict[str, Any] = {} if rows.label is None else {"label": rows.label}
    np.savez(
        path, rows=rows.rows, offsets=rows.offsets, split=rows.split, index=rows.index, **label
    )
    return path
