"""Twenty queries and what they mean, said once more in plain NumPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Columns = Mapping[str, NDArray[Any]]
Mask = NDArray[np.bool_]

QUERIES: list[tuple[str, Callable[[Columns], Mask]]] = [
    ("class=7", lambda c: c["class"] == 7),
    ("class=7 & strokes>=2", lambda c: (c["class"] == 7) & (c["strokes"] >= 2)),
    ("class=0 and strokes=2", lambda c: (c["class"] == 0) & (c["strokes"] == 2)),
    ("class in (1, 4, 7)", lambda c: np.isin(c["class"], [1, 4, 7])),
    ("class=2..4 & loops>0", lambda c: (c["class"] >= 2) & (c["class"] <= 4) & (c["loops"] > 0)),
    ("not class=1", lambda c: c["class"] != 1),
    ("class!=1 & points<30", lambda c: (c["class"] != 1) & (c["points"] < 30)),
    ("writer=2103", lambda c: c["writer"] == 2103),
    (
        "writer in (100..199, 2103)",
        lambda c: in_range(c["writer"], 100, 199) | (c["writer"] == 2103),
    ),
    ("hsf=4 | hsf=1", lambda c: (c["hsf"] == 4) | (c["hsf"] == 1)),
    ("(class=3 | class=5) & loops=0", lambda c: np.isin(c["class"], [3, 5]) & (c["loops"] == 0)),
    (
        "class=6 & not (hsf=4 | writer<50)",
        lambda c: (c["class"] == 6) & ~((c["hsf"] == 4) | (c["writer"] < 50)),
    ),
    ("endpoints=0 & loops=1", lambda c: (c["endpoints"] == 0) & (c["loops"] == 1)),
    ("junctions>=4", lambda c: c["junctions"] >= 4),
    ("level=..100", lambda c: c["level"] <= 100),
    ("slant>30 & class=1", lambda c: (c["slant"] > 30) & (c["class"] == 1)),
    ("aspect>=1.5", lambda c: c["aspect"] >= 1.5),
    ("travel>20 & lifts=1", lambda c: (c["travel"] > 20) & (c["lifts"] == 1)),
    ("unusual>=99 & class=4", lambda c: (c["unusual"] >= 99) & (c["class"] == 4)),
    ("not exact | length>100", lambda c: ~c["exact"] | (c["length"] > 100)),
]  # fmt: skip
"""The text of a query, and a function from columns to the digits that match."""


def in_range(values: NDArray[Any], low: int, high: int) -> Mask:
    """Return which values lie from `low` to `high`, both included."""
    return (values >= low) & (values <= high)
