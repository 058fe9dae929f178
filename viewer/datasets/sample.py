"""The embedded sample: a few hundred synthetic digits that come with the program.

The file holds, for each split, its images, labels and metadata columns as they are, and
the pen paths as the steps from point to point in 1/32 px (their exact unit), which
compress well.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import IO, Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.digits import DigitSet, Split
from viewer.errors import UserError
from viewer.resources import resource_path

SAMPLE_FILE = "sample.npz"
NOTE = (
    "These digits are synthetic: this program made them, no person wrote them. "
    "They are not part of MNIST or QMNIST."
)
_COLUMN = "column."
GRID = 32
"""Pen paths are stored in 1/32 px, the grid on which the generator makes them."""


def open_sample() -> DigitSet:
    """Open the embedded sample.

    Returns
    -------
    digits : DigitSet
        Named ``Sample``, with the splits ``train`` and ``test``, the metadata columns
        of QMNIST and the true pen path of each digit.

    Raises
    ------
    UserError
        When the sample is missing or damaged.
    """
    path = resource_path(SAMPLE_FILE)
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        names = dict.fromkeys(key.split("/")[0] for key in arrays)
        splits = {name: _unpack(name, arrays) for name in names}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error) as error:
        raise UserError(
            "the sample is damaged", path=path, advice="Install Digit Stroke Viewer again."
        ) from error
    return DigitSet("Sample", "sample", splits, (NOTE,), family="sample")


def write_sample(file: IO[bytes], splits: Iterable[Split]) -> None:
    """Write splits of generated digits in the form that `open_sample` reads."""
    arrays: dict[str, Any] = {}
    for split in splits:
        arrays |= {f"{split.name}/{key}": value for key, value in _pack(split).items()}
    np.savez_compressed(file, **arrays)


def _pack(split: Split) -> dict[str, NDArray[np.generic]]:
    """Arrays of one split, small."""
    if split.labels is None or split.pen_paths is None:
        raise ValueError("the sample needs labels and pen paths")
    points, offsets = split.pen_paths
    places = np.rint(points[:, :2] * GRID).astype(np.int16)
    if not np.array_equal(places / np.float32(GRID), points[:, :2]):
        raise ValueError(f"pen paths must lie on a grid of 1/{GRID} px")
    return {
        "images": split.images,
        "labels": split.labels,
        "pen_steps": np.diff(places, axis=0, prepend=np.zeros((1, 2), np.int16)),
        "pen_strokes": points[:, 2].astype(np.uint8),
        "pen_points": np.diff(offsets).astype(np.uint8),
        **{_COLUMN + name: np.asarray(column) for name, column in split.columns.items()},
    }


def _unpack(name: str, arrays: dict[str, NDArray[np.generic]]) -> Split:
    """One split from its arrays."""
    own = {key.split("/")[1]: value for key, value in arrays.items() if key.startswith(name + "/")}
    strokes = own["pen_strokes"]
    points = np.empty((len(strokes), 3), dtype=np.float32)
    points[:, :2] = np.cumsum(own["pen_steps"], axis=0, dtype=np.int32) / np.float32(GRID)
    points[:, 2] = strokes
    offsets = np.concatenate([[0], np.cumsum(own["pen_points"], dtype=np.int64)])
    columns = {key[len(_COLUMN) :]: own[key] for key in own if key.startswith(_COLUMN)}
    images, labels = own["images"].astype(np.uint8), own["labels"].astype(np.uint8)
    return Split(name, images, labels, columns, (points, offsets))
