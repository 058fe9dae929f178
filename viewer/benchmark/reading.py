"""The arrays of a file of predictions, each checked."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.benchmark.sequences import MOST_INDEX
from viewer.datasets.sequences.arrays import Arrays, show
from viewer.errors import UserError

MAKE_AGAIN = "See digit-strokes benchmark --help for the form of the file."


def read_predictions(arrays: Arrays) -> dict[str, Any]:
    """Read and check all arrays of an open file of predictions.

    Parameters
    ----------
    arrays : Arrays
        As the head of `viewer.benchmark.predictions` tells.

    Returns
    -------
    found : dict of str to ndarray
        Those of ``rows``, ``offsets``, ``label``, ``score``, ``split`` and ``index`` that are
        there, in the dtypes told there.

    Raises
    ------
    UserError
        If one is missing or of another form, or a number is not finite.
    """
    names = set(arrays.names)
    if ("rows" in names) != ("offsets" in names):
        one, other = ("rows", "offsets") if "rows" in names else ("offsets", "rows")
        raise UserError(f"it has {one} but no {other}", path=arrays.path, advice=MAKE_AGAIN)
    if not names & {"rows", "label"}:
        held = ", ".join(sorted(names)[:6]) or "nothing"
        raise UserError(
            f"there are no predictions in this file: it holds {show(held)}",
            path=arrays.path,
            advice=MAKE_AGAIN,
        )
    found: dict[str, Any] = {}
    if "rows" in names:
        found["rows"] = _finite(arrays, "rows", "predicted steps (S x 4)", (-1, 4))
        found["offsets"] = _read_offsets(arrays, len(found["rows"]))
    count = len(found["offsets"]) - 1 if found else -1
    if "label" in names:
        found["label"] = _read_labels(arrays, count)
        count = len(found["label"])
        if "score" in names:
            found["score"] = _finite(arrays, "score", "scores by class", (count, -1))
    if not count:
        raise UserError("it holds no predictions", path=arrays.path, advice=MAKE_AGAIN)
    if ("split" in names) != ("index" in names):
        one, other = ("split", "index") if "split" in names else ("index", "split")
        raise UserError(f"it has {one} but no {other}", path=arrays.path, advice=MAKE_AGAIN)
    if "split" in names:
        found["split"] = arrays.read("split", "U", "the name of each digit's split", (count,))
        found["index"] = _read_index(arrays, count)
    return found


def _finite(arrays: Arrays, name: str, what: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Read numbers, none of which may be nan or infinite."""
    with np.errstate(over="ignore"):  # too large for float32 becomes infinite
        numbers = arrays.read(name, "fiu", what, shape).astype(np.float32, copy=False)
    if not np.isfinite(numbers).all():
        row = int(np.argmin(np.isfinite(numbers).all(axis=1)))
        raise UserError(f"{name} holds a number that is not finite, in row {row}", path=arrays.path)
    return numbers


def _read_offsets(arrays: Arrays, count: int) -> NDArray[np.int64]:
    offsets = arrays.read("offsets", "iu", "where the steps of each sequence begin", (-1,))
    offsets = offsets.astype(np.int64)
    sound = len(offsets) and offsets[0] == 0 and offsets[-1] == count
    if not sound or (offsets[1:] < offsets[:-1]).any():
        raise UserError(
            f"offsets does not go from 0 up to the {count:,} rows", path=arrays.path,
            advice=MAKE_AGAIN,
        )  # fmt: skip
    return offsets


def _read_labels(arrays: Arrays, count: int) -> NDArray[np.uint8]:
    label = arrays.read("label", "iu", "the predicted class of each sequence", (count,))
    if label.min(initial=0) < 0 or label.max(initial=0) > np.iinfo(np.uint8).max:
        raise UserError(
            f"label goes from {label.min()} to {label.max()}", path=arrays.path,
            advice="Classes are 0 to 255.",
        )  # fmt: skip
    return label.astype(np.uint8)


def _read_index(arrays: Arrays, count: int) -> NDArray[np.int64]:
    index = arrays.read("index", "iu", "the index of each digit", (count,))
    if index.min(initial=0) < 0 or index.max(initial=0) >= MOST_INDEX:
        raise UserError(f"index goes from {index.min()} to {index.max()}", path=arrays.path)
    return index.astype(np.int64)
