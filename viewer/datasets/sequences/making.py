"""Arrays as pickles describe them: what is named, called and given a state.

Nothing named is ever called: an object in the making only notes what it would become. NumPy's
own functions are no help against hostile pickles, for they take a dtype with forged flags.

References
----------
.. [1] NumPy, numpy/_core/src/multiarray/methods.c (array_reduce, array_setstate).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

LONGEST_NAME = 64
LARGEST_EMPTY = 1 << 22
"""Product of the sizes of an empty array, without those that are 0."""
_ARRAY, _NDARRAY, _DTYPE, _FROM_BUFFER, _ENCODE = range(5)
_NAMES = {
    ("numpy.core.multiarray", "_reconstruct"): _ARRAY,
    ("numpy._core.multiarray", "_reconstruct"): _ARRAY,
    ("numpy.core.numeric", "_frombuffer"): _FROM_BUFFER,
    ("numpy._core.numeric", "_frombuffer"): _FROM_BUFFER,
    ("numpy", "ndarray"): _NDARRAY,
    ("numpy", "dtype"): _DTYPE,
    ("_codecs", "encode"): _ENCODE,
}
"""All that a pickle may name: what NumPy 1 and 2 use for arrays, and old pickles for bytes."""
_NUMBERS = {f"{kind}{size}" for kind in "iu" for size in (1, 2, 4, 8)} | {
    "b1", "f2", "f4", "f8"
}  # fmt: skip
_OBJECTS = "O"
Value: TypeAlias = Any


class PickleError(Exception):
    """A pickle is damaged, or wants something that arrays do not need."""


@dataclass(frozen=True)
class Name:
    """A name the pickle asked for, by what it stands for."""

    meaning: int


@dataclass
class Type:
    """A dtype in the making: a code such as ``i2``, and the dtype unless it is of objects."""

    code: str
    dtype: np.dtype[Any] | None = None


@dataclass
class Made:
    """An array in the making: its numbers, or the arrays that it holds."""

    shape: tuple[int, ...] = ()
    numbers: NDArray[Any] | None = None
    items: list[Value] | None = None


def find_name(module: Value, name: Value) -> Name:
    """Return what a name stands for; any name but a few is refused."""
    if type(module) is not str or type(name) is not str:
        raise ValueError("this is no name")
    if (module, name) not in _NAMES:
        asked = ascii(f"{module}.{name}"[:LONGEST_NAME])[1:-1]
        raise PickleError(f"its pickle asks for {asked}, which is refused")
    return Name(_NAMES[module, name])


class Maker:
    """Makes arrays of numbers, and counts their bytes.

    Parameters
    ----------
    room : int
        Bytes that may be made.
    """

    def __init__(self, room: int) -> None:
        self._room = room

    def spend(self, size: int) -> None:
        """Count bytes that are made."""
        self._room -= size
        if self._room < 0:
            raise PickleError("its pickle makes more than is read")

    def call(self, name: Value, arguments: Value) -> Value:
        """Return what a call would make, in the making."""
        if not isinstance(name, Name) or type(arguments) is not tuple:
            raise PickleError("its pickle calls what is no function, which is refused")
        return _CALLS[name.meaning](self, *arguments)

    def build(self, made: Value, state: Value) -> None:
        """Give something in the making its state."""
        if isinstance(made, Type):
            _set_order(made, *state)
        elif isinstance(made, Made):
            self._fill(made, *state)
        else:
            raise PickleError("its pickle gives a state to what is no array, which is refused")

    def make_array(self, kind: Value, _shape: Value, _code: Value) -> Made:
        """Note the call of ``_reconstruct``, which makes an empty array."""
        if not isinstance(kind, Name) or kind.meaning != _NDARRAY:
            raise PickleError("its pickle makes an array of another kind, which is refused")
        return Made()

    def make_type(self, code: Value, _align: Value = False, _copy: Value = False) -> Type:
        """Note the call of ``dtype``."""
        code = code.decode("ascii") if type(code) is bytes else code
        if type(code) is not str:
            raise ValueError("this is no dtype")
        if code in ("O", "O8", "O4"):
            return Type(_OBJECTS)
        if code not in _NUMBERS:
            raise PickleError(f"its pickle holds {code[:LONGEST_NAME]!a}, not numbers")
        return Type(code, np.dtype(code))

    def make_from_buffer(self, data: Value, kind: Value, shape: Value, order: Value) -> Made:
        """Note the call of ``_frombuffer``."""
        if not isinstance(kind, Type) or order not in ("C", "F"):
            raise ValueError("this is no array of numbers")
        return Made(shape, self._read_numbers(data, kind, shape, order))

    def encode(self, text: Value, encoding: Value) -> bytes:
        """Return the bytes that an old pickle holds as text."""
        if encoding != "latin1" or type(text) is not str:
            raise PickleError("its pickle encodes text, which is refused")
        self.spend(len(text))
        return text.encode("latin-1")

    def _fill(
        self, made: Made, _version: Value, shape: Value, kind: Value, fortran: Value, data: Value
    ) -> None:
        """Fill an array with what its state holds."""
        if made.numbers is not None or made.items is not None or not isinstance(kind, Type):
            raise ValueError("this is no state of an array")
        if kind.code != _OBJECTS:
            made.numbers = self._read_numbers(data, kind, shape, "F" if fortran else "C")
        elif type(data) is list and len(data) == _size(shape):
            made.items = data
        else:
            raise ValueError("the array does not hold what its shape promises")
        made.shape = shape

    def _read_numbers(self, data: Value, kind: Type, shape: Value, order: str) -> NDArray[Any]:
        """Return an array of numbers."""
        if kind.dtype is None or type(data) is not bytes:
            raise ValueError("this is no array of numbers")
        if _size(shape) * kind.dtype.itemsize != len(data):
            raise PickleError("it holds arrays of another size than they promise")
        if 0 in shape:
            if math.prod(max(size, 1) for size in shape) > LARGEST_EMPTY:
                raise ValueError("no array has such a shape")
            return np.zeros(shape, kind.dtype)
        array = np.frombuffer(data, kind.dtype).reshape(shape, order="C" if order == "C" else "F")
        if kind.dtype.isnative:
            return array
        self.spend(len(data))
        return array.astype(kind.dtype.newbyteorder("="))


def _set_order(made: Type, _version: Value, order: Value, *_rest: Value) -> None:
    """Take the byte order out of a dtype's state; the rest is for other kinds."""
    order = order.decode("ascii") if type(order) is bytes else order
    if order not in ("<", ">", "|", "="):
        raise ValueError("this is no byte order")
    if made.dtype is not None and order != "|":
        made.dtype = made.dtype.newbyteorder(order)


def _size(shape: Value) -> int:
    """Return how many items an array of some shape has."""
    if type(shape) is not tuple or not 1 <= len(shape) <= 3:
        raise ValueError("this is no shape of few dimensions")
    if not all(type(size) is int and 0 <= size < 1 << 32 for size in shape):
        raise ValueError("this is no shape")
    return math.prod(shape)


_CALLS: dict[int, Callable[..., Value]] = {
    _ARRAY: Maker.make_array,
    _DTYPE: Maker.make_type,
    _FROM_BUFFER: Maker.make_from_buffer,
    _ENCODE: Maker.encode,
}
