"""The cells of a sheet on their way to it, as bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from viewer.export.formats.arrays import pack_arrays, unpack_arrays

UNKNOWN = -1
"""What stands for a label that is not known."""


@dataclass(frozen=True)
class Cell:
    """One digit of a sheet, ready to be put into its place.

    Parameters
    ----------
    identity : str
        Such as ``train:13``.
    label : int or None
        Its class.
    shape : tuple of int
        Rows and columns of its image.
    content : bytes
        Whatever a format draws it with.
    duration : float
        Seconds the pen takes, where it moves.
    """

    identity: str
    label: int | None
    shape: tuple[int, int]
    content: bytes
    duration: float = 0.0


def pack_cells(cells: Iterable[Cell]) -> bytes:
    """Put cells into one piece of bytes."""
    cells = list(cells)
    content = b"".join(cell.content for cell in cells)
    labels = [UNKNOWN if cell.label is None else cell.label for cell in cells]
    return pack_arrays(
        {
            "identities": np.array([cell.identity for cell in cells], dtype=np.str_),
            "labels": np.array(labels, dtype=np.int64),
            "shapes": np.array([cell.shape for cell in cells], dtype=np.int64).reshape(-1, 2),
            "lengths": np.array([len(cell.content) for cell in cells], dtype=np.int64),
            "durations": np.array([cell.duration for cell in cells], dtype=np.float64),
            "content": np.frombuffer(content, dtype=np.uint8),
        }
    )


def unpack_cells(piece: bytes) -> Iterator[Cell]:
    """Yield the cells that `pack_cells` was given."""
    arrays = unpack_arrays(piece)
    behind = np.cumsum(arrays["lengths"]).tolist()
    facts = zip(
        arrays["identities"].tolist(),
        arrays["labels"].tolist(),
        arrays["shapes"].tolist(),
        arrays["durations"].tolist(),
        [0, *behind],
        behind,
        strict=False,
    )
    content = arrays["content"].tobytes()
    for identity, label, (rows, columns), duration, start, stop in facts:
        yield Cell(
            identity,
            None if label == UNKNOWN else label,
            (rows, columns),
            content[start:stop],
            duration,
        )
