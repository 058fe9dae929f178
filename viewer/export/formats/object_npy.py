"""Object arrays of small arrays as npy files, with the same bytes on every machine.

Strategy: what NumPy pickles depends on its version: from 2.0 on it names modules that older
ones, such as those sketch-rnn runs with, do not have. So the pickle is put together here, in
the form that NumPy 1 wrote and all versions read, and each small array becomes a string of
bytes that depends on nothing but itself: pieces of a file can be made anywhere.
"""

from __future__ import annotations

import pickle
import struct
from collections.abc import Sequence
from typing import IO

import numpy as np
from numpy.typing import NDArray

_FUNCTION, _ARGUMENTS, _INT16 = b"\x00", b"\x01", b"\x02"
"""Places in the pickle's memo."""
_SHORT = 256
"""Bytes from which on their count takes 4 bytes."""
_NEEDS_OBJECTS = 63
"""Flags of the dtype of Python objects, as NumPy has them."""


def _number(value: int) -> bytes:
    return pickle.BININT + struct.pack("<i", value)


def _text(value: str) -> bytes:
    return pickle.BINUNICODE + struct.pack("<I", len(value)) + value.encode("ascii")


def _global(module: str, name: str) -> bytes:
    return pickle.GLOBAL + f"{module}\n{name}\n".encode("ascii")


def _dtype(code: str, order: str, flags: int) -> bytes:
    """Return what makes a dtype: a call, and the state that the result gets."""
    call = _text(code) + pickle.NEWFALSE + pickle.NEWTRUE + pickle.TUPLE3 + pickle.REDUCE
    state = _number(3) + _text(order) + 3 * pickle.NONE + 2 * _number(-1) + _number(flags)
    return _global("numpy", "dtype") + call + pickle.MARK + state + pickle.TUPLE + pickle.BUILD


_EMPTY_ARRAY = pickle.SHORT_BINBYTES + b"\x01b"
_HEAD = b"".join(
    (
        pickle.PROTO + b"\x03",
        _dtype("i2", "<", 0) + pickle.BINPUT + _INT16 + pickle.POP,
        _global("numpy.core.multiarray", "_reconstruct") + pickle.BINPUT + _FUNCTION,
        _global("numpy", "ndarray") + _number(0) + pickle.TUPLE1 + _EMPTY_ARRAY,
        pickle.TUPLE3 + pickle.BINPUT + _ARGUMENTS,
        pickle.REDUCE + pickle.MARK + _number(1),
    )
)
"""Up to the shape of the array of objects."""
_LIST = pickle.TUPLE1 + _dtype("O8", "|", _NEEDS_OBJECTS) + pickle.NEWFALSE + pickle.EMPTY_LIST
_TAIL = pickle.APPENDS + pickle.TUPLE + pickle.BUILD + pickle.STOP
_ITEM = b"".join(
    (
        pickle.BINGET + _FUNCTION + pickle.BINGET + _ARGUMENTS + pickle.REDUCE,
        pickle.MARK + _number(1),
    )
)
"""Up to the shape of an array in it."""
_STATE = pickle.TUPLE2 + pickle.BINGET + _INT16 + pickle.NEWFALSE
_BUILD = pickle.TUPLE + pickle.BUILD


def pickle_items(
    rows: NDArray[np.int16], lengths: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Pickle the rows of digits, each as an array of its own.

    Parameters
    ----------
    rows : ndarray of int16, shape (T, k)
        Of all digits, one after the other.
    lengths : ndarray of int64, shape (n,)
        Rows of each.

    Returns
    -------
    items : ndarray of uint8
        The parts of a pickle that make the arrays, one after the other.
    ends : ndarray of int64, shape (n,)
        Where each ends.
    """
    content = rows.astype("<i2").tobytes()
    columns = _number(rows.shape[1]) + _STATE
    ends = (np.cumsum(lengths) * rows.shape[1] * rows.itemsize).tolist()
    items = []
    first = 0
    for length, behind in zip(lengths.tolist(), ends, strict=True):
        size = behind - first
        short = size < _SHORT
        items += [
            _ITEM + _number(length) + columns,
            pickle.SHORT_BINBYTES if short else pickle.BINBYTES,
            size.to_bytes(1 if short else 4, "little"),
            content[first:behind] + _BUILD,
        ]
        first = behind
    sizes = np.array([len(item) for item in items], dtype=np.int64).reshape(-1, 4)
    return np.frombuffer(b"".join(items), dtype=np.uint8), np.cumsum(sizes.sum(axis=1))


def write_items(file: IO[bytes], items: Sequence[bytes]) -> None:
    """Write an object array as an npy file.

    Parameters
    ----------
    file : binary file
    items : sequence of bytes
        Of each array in it, cut out of what `pickle_items` returned.
    """
    header = {"descr": "|O", "fortran_order": False, "shape": (len(items),)}
    np.lib.format.write_array_header_1_0(file, header)
    file.write(_HEAD + _number(len(items)) + _LIST + pickle.MARK)
    file.write(b"".join(items) + _TAIL)
