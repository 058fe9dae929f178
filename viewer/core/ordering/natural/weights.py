"""The weights of the natural order, read from the program's resources."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.core.ordering.natural.costs import COUNT, SHAPED
from viewer.core.ordering.natural.shape import SHAPES
from viewer.core.ordering.natural.walking import KINDS
from viewer.errors import UserError
from viewer.resources import resource_path

NAME = "natural-order.json"


@cache
def natural_weights() -> NDArray[np.int64]:
    """Return the weights that belong to the program; not to be written to."""
    weights = read_weights(resource_path(NAME), "weights", COUNT, SHAPED.tolist())
    weights.flags.writeable = False
    return weights


@cache
def walking_weights() -> NDArray[np.int64]:
    """Return the weights of the choice between a walk and a lift; not to be written to."""
    weights = read_weights(resource_path(NAME), "walking", KINDS)
    weights.flags.writeable = False
    return weights


def read_weights(
    path: Path, part: str, count: int, shaped: Sequence[int] = ()
) -> NDArray[np.int64]:
    """Read weights from a file.

    Parameters
    ----------
    path : Path
        JSON: each part maps the name of each number to its ``weight``, a whole one, and
        its ``meaning``; where the weight depends on the digit's shape, ``by shape`` maps
        the name of each number of the shape to a whole one, too.
    part : str
        ``weights`` or ``walking``.
    count : int
        Numbers there are.
    shaped : sequence of int
        Places of those whose weights depend on the shape.

    Returns
    -------
    weights : ndarray of int64, shape (count + s * SHAPES,)
        One a number, then those by shape of each of the ``s`` numbers that have some.

    Raises
    ------
    UserError
        If the file does not hold a whole number for each name, and no other names.
    """
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))[part]
        values = [entry["weight"] for entry in entries.values()]
        having = [place for place, entry in enumerate(entries.values()) if "by shape" in entry]
        if having != list(shaped):
            raise ValueError(f"weights by shape are needed at {list(shaped)}, not at {having}")
        for entry in entries.values():
            values += entry.get("by shape", {}).values()
        wanted = count + len(shaped) * SHAPES
        if len(values) != wanted or not all(type(value) is int for value in values):
            raise ValueError(f"{wanted} whole numbers are needed, not {len(values)} values")
        return np.array(values, dtype=np.int64)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise UserError("the weights of the natural order cannot be read", path=path) from error
