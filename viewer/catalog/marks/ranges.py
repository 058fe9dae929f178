"""Indices as text such as ``0-99,205``, which stays short however many are meant."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

LARGEST_INDEX = 10_000_000
"""Indices are below this; no set of digits has a tenth of it."""
_RANGES = re.compile("[0-9]{1,8}(?:-[0-9]{1,8})?(?:,[0-9]{1,8}(?:-[0-9]{1,8})?)*")


def format_ranges(indices: NDArray[np.int64]) -> str:
    """Return indices as text.

    Parameters
    ----------
    indices : ndarray of int64, shape (n,)
        In ascending order, each once.

    Returns
    -------
    text : str
        Such as ``0-99,205``; "" for none.
    """
    breaks = np.flatnonzero(np.diff(indices) != 1) + 1
    firsts = indices[np.concatenate(([0], breaks))] if len(indices) else indices
    lasts = indices[np.concatenate((breaks - 1, [-1]))] if len(indices) else indices
    return ",".join(
        str(first) if first == last else f"{first}-{last}"
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)
    )


def parse_ranges(text: str) -> NDArray[np.int64]:
    """Read what `format_ranges` wrote.

    Parameters
    ----------
    text : str
        Indices and ranges with both ends included, ascending, without overlaps.

    Returns
    -------
    indices : ndarray of int64, shape (n,)
        In ascending order.

    Raises
    ------
    ValueError
        If the text is anything else.
    """
    if not _RANGES.fullmatch(text):
        raise ValueError("not ranges of indices")
    parts = [part.partition("-") for part in text.split(",")]
    firsts = np.array([int(first) for first, _dash, _last in parts])
    lasts = np.array([int(last or first) for first, _dash, last in parts])
    if (lasts < firsts).any() or (firsts[1:] <= lasts[:-1]).any() or lasts[-1] >= LARGEST_INDEX:
        raise ValueError("the ranges do not ascend")
    lengths = lasts - firsts + 1
    skipped = firsts - np.cumsum(lengths) + lengths
    indices: NDArray[np.int64] = np.arange(lengths.sum()) + np.repeat(skipped, lengths)
    return indices
