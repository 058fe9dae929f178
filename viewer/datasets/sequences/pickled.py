"""Arrays of arrays that NumPy pickled, read without Python's unpickler.

Strategy: a pickle is a program for a small stack machine, and Python's own machine calls
whatever a program names. The one here knows only the operations that NumPy's arrays of arrays
are made of, and calls nothing, so that a hostile file can do no more than be refused. Steps,
objects and bytes are counted: a short program can ask for little time and memory.

References
----------
.. [1] Python's Lib/pickletools.py, which describes the operations.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numpy.typing import NDArray

from viewer.datasets.sequences.making import (
    LONGEST_NAME,
    Made,
    Maker,
    PickleError,
    Value,
    find_name,
)

MOST_STEPS, MOST_OBJECTS = 1 << 23, 1 << 22
"""Caps: 200,000 arrays take 6 million steps and 3 million objects."""
MOST_WAITING = 1 << 14
"""Objects on the stack at a time; pickles put a thousand of a list there at most."""
TIMES_AS_LARGE = 4
"""Bytes made of a pickle, as a multiple of its own."""
_FAULTS = (IndexError, KeyError, TypeError, ValueError, OverflowError)
"""What a damaged pickle makes the machine raise."""
_MARK = object()
"""Where the items of a tuple or list begin on the stack."""


def read_arrays(data: bytes) -> list[NDArray[Any]]:
    """Read a pickled array of arrays.

    Parameters
    ----------
    data : bytes
        The pickle, of protocol 1 to 5.

    Returns
    -------
    arrays : list of ndarray
        Of truth values, whole numbers or floating point numbers. One may be there many times.

    Raises
    ------
    PickleError
        If it is anything else; the text says what was refused.
    """
    try:
        made = _Machine(data).run()
    except _FAULTS as error:
        raise PickleError("its pickle is damaged") from error
    if not isinstance(made, Made) or made.items is None or len(made.shape) != 1:
        raise PickleError("it does not hold a list of arrays")
    arrays = []
    for item in made.items:
        if not isinstance(item, Made) or item.numbers is None:
            raise PickleError("it holds objects that are not arrays of numbers")
        arrays.append(item.numbers)
    return arrays


class _Machine:
    """The stack machine, with the operations that arrays need."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 0
        self._stack: list[Value] = []
        self._memo: dict[int, Value] = {}
        self._objects = 0
        self._maker = Maker(TIMES_AS_LARGE * len(data))

    def run(self) -> Value:
        """Run the program and return what it leaves behind."""
        data, size = self._data, len(self._data)
        for _ in range(MOST_STEPS):
            if self._place >= size:
                raise PickleError("its pickle is cut short")
            code = data[self._place]
            self._place += 1
            if code == _STOP:
                return self._stack[-1]
            operation = _OPERATIONS.get(code)
            if operation is None:
                name = ascii(chr(code)) if 32 < code < 127 else f"{code:#04x}"
                raise PickleError(f"its pickle has the operation {name}, which is refused")
            operation(self)
            if len(self._stack) > MOST_WAITING or self._objects > MOST_OBJECTS:
                break
        raise PickleError("its pickle makes more than is read")

    def push(self, value: Value) -> None:
        """Put a value on the stack."""
        self._objects += 1
        self._stack.append(value)

    def pop(self) -> Value:
        """Take the last value off the stack."""
        return self._stack.pop()

    def take(self, size: int) -> bytes:
        """Return so many bytes of the program."""
        place = self._place
        if size > len(self._data) - place:
            raise PickleError("its pickle is cut short")
        self._maker.spend(size)
        self._place = place + size
        return self._data[place : place + size]

    def number(self, size: int, *, signed: bool = False) -> int:
        """Return a number of so many bytes."""
        place = self._place
        self._place = place + size
        if self._place > len(self._data):
            raise PickleError("its pickle is cut short")
        return int.from_bytes(self._data[place : self._place], "little", signed=signed)

    def byte(self) -> int:
        """Return a number of one byte."""
        place = self._place
        self._place = place + 1
        return self._data[place]

    def line(self) -> str:
        """Return the rest of a line."""
        end = self._data.find(b"\n", self._place, self._place + 4 * LONGEST_NAME)
        if end < 0:
            raise ValueError("this line does not end")
        return self.take(end + 1 - self._place)[:-1].decode("ascii")

    def push_text(self, data: bytes) -> None:
        """Put text on the stack."""
        self._maker.spend(len(data))
        self.push(data.decode("utf-8"))

    def push_tuple(self, size: int) -> None:
        """Put the last values on the stack as a tuple."""
        values = tuple(self._stack[-size:])
        if len(values) < size:
            raise ValueError("there are not as many")
        del self._stack[-size:]
        self.push(values)

    def pop_to_mark(self) -> list[Value]:
        """Take all values behind the last mark off the stack, and the mark."""
        place = len(self._stack) - 1
        while self._stack[place] is not _MARK:
            place -= 1
            if place < 0:
                raise ValueError("there is no mark")
        values = self._stack[place + 1 :]
        del self._stack[place:]
        return values

    def memoize(self, key: int) -> None:
        """Remember the last value."""
        self._objects += 1
        self._memo[key] = self._stack[-1]

    def recall(self, key: int) -> None:
        """Put a remembered value on the stack."""
        self._stack.append(self._memo[key])

    def find(self, module: Value, name: Value) -> None:
        """Put what a name stands for on the stack."""
        self.push(find_name(module, name))

    def find_below(self, name: Value) -> None:
        """Put what a name of the module on the stack stands for in its place."""
        self.find(self.pop(), name)

    def reduce(self) -> None:
        """Note what a call would make."""
        arguments, name = self.pop(), self.pop()
        self.push(self._maker.call(name, arguments))

    def build(self) -> None:
        """Give an object its state."""
        state = self.pop()
        self._maker.build(self._stack[-1], state)

    def extend(self, values: list[Value]) -> None:
        """Append values to a list."""
        found = self._stack[-1]
        if type(found) is not list:
            raise ValueError("this is no list")
        self._objects += len(values)
        found.extend(values)


def _read_integer(text: str) -> int | bool:
    """Return a number in text; 00 and 01 are the truth values of old pickles."""
    if len(text) > 20:
        raise ValueError("this number is too long")
    return text == "01" if text in ("00", "01") else int(text)


def _check_protocol(version: int) -> None:
    if version > 5:
        raise PickleError(f"its pickle is of protocol {version}, which is not known")


_STOP = ord(".")
_OPERATIONS: dict[int, Callable[[_Machine], object]] = {
    0x80: lambda m: _check_protocol(m.byte()),
    0x95: lambda m: m.take(8),  # the length of a frame
    ord("("): lambda m: m.push(_MARK),
    ord("0"): lambda m: m.pop(),
    ord("N"): lambda m: m.push(None),
    0x88: lambda m: m.push(True),
    0x89: lambda m: m.push(False),
    ord("K"): lambda m: m.push(m.byte()),
    ord("M"): lambda m: m.push(m.number(2)),
    ord("J"): lambda m: m.push(m.number(4, signed=True)),
    0x8A: lambda m: m.push(m.number(m.byte(), signed=True)),
    ord("I"): lambda m: m.push(_read_integer(m.line())),
    **{
        code: lambda m, size=size: m.push(m.take(m.number(size)))  # type: ignore[misc]
        for code, size in (
            (ord("U"), 1),
            (ord("T"), 4),
            (ord("C"), 1),
            (ord("B"), 4),
            (0x8E, 8),
            (0x96, 8),
        )
    },
    ord("X"): lambda m: m.push_text(m.take(m.number(4))),
    0x8C: lambda m: m.push_text(m.take(m.byte())),
    0x8D: lambda m: m.push_text(m.take(m.number(8))),
    ord(")"): lambda m: m.push(()),
    ord("t"): lambda m: m.push(tuple(m.pop_to_mark())),
    0x85: lambda m: m.push_tuple(1),
    0x86: lambda m: m.push_tuple(2),
    0x87: lambda m: m.push_tuple(3),
    ord("]"): lambda m: m.push([]),
    ord("l"): lambda m: m.push(m.pop_to_mark()),
    ord("a"): lambda m: m.extend([m.pop()]),
    ord("e"): lambda m: m.extend(m.pop_to_mark()),
    ord("q"): lambda m: m.memoize(m.byte()),
    ord("r"): lambda m: m.memoize(m.number(4)),
    0x94: lambda m: m.memoize(len(m._memo)),
    ord("h"): lambda m: m.recall(m.byte()),
    ord("j"): lambda m: m.recall(m.number(4)),
    ord("c"): lambda m: m.find(m.line(), m.line()),
    0x93: lambda m: m.find_below(m.pop()),
    ord("R"): lambda m: m.reduce(),
    ord("b"): lambda m: m.build(),
}
"""The operations by their code; all others are refused."""
