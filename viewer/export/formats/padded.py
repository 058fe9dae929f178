"""Sequences of different lengths in one array: padded to the same number of rows."""

from __future__ import annotations

import math
from typing import BinaryIO

import numpy as np
from numpy.typing import ArrayLike, NDArray

from viewer.errors import UserError
from viewer.export.format import Chunk
from viewer.export.formats.arrays import add_arrays, adding_npy, creating_npz
from viewer.export.formats.columns import Arrays

BLOCK = 1024
"""Digits that are padded at a time."""


def pad_rows(
    rows: NDArray[np.generic],
    lengths: NDArray[np.int64],
    length: int,
    padding: ArrayLike,
) -> NDArray[np.generic]:
    """Give all digits the same number of rows.

    Parameters
    ----------
    rows : ndarray, shape (T, k)
        Of all digits, one after the other.
    lengths : ndarray of int64, shape (n,)
        Rows of each, at most `length`.
    length : int
        Rows that each is to have.
    padding : array_like, shape (k,)
        The row that follows the own ones.

    Returns
    -------
    padded : ndarray, shape (n, length, k)
        Of the rows' dtype.
    """
    padded = np.empty((len(lengths), length, rows.shape[1]), dtype=rows.dtype)
    padded[:] = np.asarray(padding, dtype=rows.dtype)
    padded[np.arange(length) < lengths[:, None]] = rows
    return padded


def write_padded(
    file: BinaryIO,
    name: str,
    rows: NDArray[np.generic],
    lengths: NDArray[np.int64],
    length: int,
    padding: ArrayLike,
    others: Arrays,
) -> None:
    """Write an npz file with the array that `pad_rows` returns, without holding all of it.

    Parameters
    ----------
    file : binary file
    name : str
        Of the padded array.
    rows, lengths, length, padding
        As for `pad_rows`.
    others : dict of str to ndarray
        What follows it and ``lengths``.
    """
    little = rows.astype(rows.dtype.newbyteorder("<"), copy=False)
    shape = (len(lengths), length, rows.shape[1])
    header = {"descr": little.dtype.str, "fortran_order": False, "shape": shape}
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    with creating_npz(file) as archive:
        with adding_npy(archive, name, math.prod(shape) * rows.dtype.itemsize) as entry:
            np.lib.format.write_array_header_1_0(entry, header)
            for first in range(0, len(lengths), BLOCK):
                own = lengths[first : first + BLOCK]
                part = little[offsets[first] : offsets[first + len(own)]]
                entry.write(pad_rows(part, own, length, padding).tobytes())
        add_arrays(archive, {"lengths": lengths, **others})


def check_lengths(chunk: Chunk, lengths: NDArray[np.int64], most: int, what: str) -> None:
    """Make sure that no digit is longer than asked for; nothing is cut.

    Raises
    ------
    UserError
        If one is; it is named.
    """
    if most and lengths.max(initial=0) > most:
        place = int(np.argmax(lengths))
        raise UserError(
            f"{chunk.identity(place)} has {lengths[place]} {what}, more than length={most}",
            advice="Choose a larger length, or 0 for as many as the longest digit needs.",
        )
