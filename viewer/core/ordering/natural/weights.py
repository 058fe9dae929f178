"""The weights of the natural order, read from the program's resources."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.core.ordering.natural.costs import COUNT
from viewer.core.ordering.natural.walking import KINDS
from viewer.errors import UserError
from viewer.resources import resource_path

NAME = "natural-order.json"


@cache
def natural_weights() -> NDArray[np.int64]:
    """Return the weights that belong to the program; not to be written to."""
    weights = read_weights(resource_path(NAME), "weights", COUNT)
    weights.flags.writeable = False
    return weights


@cache
def walking_weights() -> NDArray[np.int64]:
    """Return the weights of the choice between a walk and a lift; not to be written to."""
    weights = read_weights(resource_path(NAME), "walking", KINDS)
    weights.flags.writeable = False
    return weights


def read_weights(path: Path, part: str, count: int) -> NDArray[np.int64]:
    """Read weights from a file.

    Parameters
    ----------
    path : Path
        JSON: each part maps the name of each number to its ``weight``, a whole one, and
        its ``meaning``.
    part : str
        ``weights`` or ``walking``.
    count : int
        Numbers there are.

    Returns
    -------
    weights : ndarray of int64, shape (count,)

    Raises
    ------
    UserError
        If the file does not hold a whole number for each name, and no other names.
    """
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))[part]
        values = [entry["weight"] for entry in entries.values()]
        if len(values) != count or not all(type(value) is int for value in values):
            raise ValueError(f"{count} whole numbers are needed, not {len(values)} values")
        return np.array(values, dtype=np.int64)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise UserError("the weights of the natural order cannot be read", path=path) from error
