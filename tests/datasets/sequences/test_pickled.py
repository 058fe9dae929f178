"""Pickled arrays of arrays: what NumPy writes is read, everything else is refused."""

from __future__ import annotations

import builtins
import contextlib
import os
import pickle
import re
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.datasets.sequences.sequence_files import DIGITS, objects
from viewer.datasets.sequences import pickled
from viewer.datasets.sequences.making import PickleError
from viewer.datasets.sequences.pickled import read_arrays

GLOBAL = b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n"
EMPTY = GLOBAL + b"K\x00\x85C\x01b\x87R"
"""What makes an empty array."""
INT16 = b"cnumpy\ndtype\nX\x02\x00\x00\x00i2\x89\x88\x87R"
OBJECT = b"cnumpy\ndtype\nX\x02\x00\x00\x00O8\x89\x88\x87R"


def array_of(numbers: bytes, dtype: bytes = INT16, shape: bytes = b"K\x01K\x03\x86") -> bytes:
    """Return what makes an array of numbers."""
    return EMPTY + b"(K\x01" + shape + dtype + b"\x89" + numbers + b"tb"


def list_of(items: bytes, count: int = 1) -> bytes:
    """Return the pickle of an array of objects."""
    shape = b"K" + bytes([count]) + b"\x85"
    return b"\x80\x03" + EMPTY + b"(K\x01" + shape + OBJECT + b"\x89](" + items + b"etb."


SIX = b"C\x06\x01\x00\x02\x00\x03\x00"
GOOD = list_of(array_of(SIX))


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
@pytest.mark.parametrize("dtype", ["<i2", ">i2", "i1", "u1", "<i8", ">f4", "f8", "?"])
def test_what_numpy_pickles_is_read(protocol: int, dtype: str) -> None:
    array = objects(DIGITS, dtype)
    found = read_arrays(pickle.dumps(array, protocol=protocol))
    assert len(found) == len(DIGITS)
    for own, expected in zip(found, array, strict=True):
        np.testing.assert_array_equal(own, expected)
        assert own.dtype == expected.dtype.newbyteorder("=")


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 3)), max_size=5), st.booleans())
def test_arrays_of_any_shape_are_read(shapes: list[tuple[int, int]], fortran: bool) -> None:
    array = np.empty(len(shapes), object)
    for place, shape in enumerate(shapes):
        numbers = np.arange(np.prod(shape)).reshape(shape).astype(np.int16)
        array[place] = np.asfortranarray(numbers) if fortran else numbers
    found = read_arrays(pickle.dumps(array, protocol=4))
    for own, expected in zip(found, array, strict=True):
        np.testing.assert_array_equal(own, expected)


def test_pickles_of_python_2_are_read() -> None:
    """It wrote bytes as text, and names of types too, as sketch-rnn's own files have them."""

    def old(pickled: bytes) -> bytes:
        return pickled.replace(b"X\x02\x00\x00\x00", b"U\x02").replace(b"C", b"U")

    numbers = np.array([200, -2, 255], "<i2").tobytes()
    found = read_arrays(old(list_of(array_of(b"C\x06" + numbers))))
    assert found[0].tolist() == [[200, -2, 255]]


def test_a_pickle_is_as_python_makes_it() -> None:
    """The helpers of this test write what Python reads, too."""
    assert pickle.loads(GOOD)[0].tolist() == [[1, 2, 3]]
    assert read_arrays(GOOD)[0].tolist() == [[1, 2, 3]]


class Reduced:
    """Pickles as a call of a function."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self.call = function, arguments

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return self.call


def wrap(value: Any) -> NDArray[Any]:
    array = np.empty(1, object)
    array[0] = value
    return array


HOSTILE = {
    "system": (wrap(Reduced(os.system, "touch PWNED")), "asks for posix.system"),
    "eval": (wrap(Reduced(builtins.eval, "1")), "asks for builtins.eval"),
    "alone": (Reduced(os.system, "touch PWNED"), "asks for posix.system"),
    "getattr": (wrap(Reduced(getattr, np.ndarray, "tofile")), "asks for builtins.getattr"),
    "in an argument": (
        wrap(Reduced(np.dtype, Reduced(os.system, "touch PWNED"))),
        "asks for posix.system",
    ),
    "in a list": (wrap([[Reduced(os.getcwd)]]), "asks for posix.getcwd"),
    "loader": (wrap(Reduced(np.load, "x.npy")), "asks for numpy.load"),
    "another pickle": (wrap(Reduced(pickle.loads, GOOD)), "asks for _pickle.loads"),
    "a file": (wrap(Reduced(open, "/etc/passwd")), "asks for io.open"),
    "memmap": (wrap(Reduced(np.memmap, "x", "u1", "w+")), "asks for numpy.memmap"),
    "text": (wrap("text"), "not arrays of numbers"),
    "dates": (wrap(np.array(["2020-01-01"], "M8[D]")), "holds 'M8', not numbers"),
    "records": (wrap(np.zeros(2, "i2,i2")), "holds 'V4', not numbers"),
    "objects in objects": (wrap(wrap(wrap(1))), "not arrays of numbers"),
    "no array": ([1, 2], "does not hold a list of arrays"),
    "a table": (np.full((2, 2), None), "does not hold a list of arrays"),
    "a dictionary": (wrap({}), "has the operation '}'"),
    "a float": (wrap(1.5), "has the operation 'G'"),
}


@pytest.mark.parametrize("protocol", [2, 4])
@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_array_is_refused(
    name: str, protocol: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    value, problem = HOSTILE[name]
    data = pickle.dumps(value, protocol=protocol)
    with pytest.raises(PickleError) as caught:
        read_arrays(data)
    said = str(caught.value).replace("__builtin__", "builtins").replace("cPickle", "_pickle")
    assert problem in said or (protocol == 2 and "asks for" in said), said
    assert not list(tmp_path.iterdir())


PROGRAMS = {
    "submodule": (b"cnumpy.core.multiarray\nfromfile\n.", "asks for numpy.core.multiarray.from"),
    "dots": (b"\x8c\x05numpy\x8c\x0bndarray.dot\x93.", "asks for numpy.ndarray.dot"),
    "instance": (b"(ios\nsystem\n.", "has the operation 'i'"),
    "object": (b"cnumpy\nndarray\n)\x81.", "has the operation 0x81"),
    "extension": (b"\x82\x01.", "has the operation 0x82"),
    "persistent": (b"Pname\n.", "has the operation 'P'"),
    "call of an array": (EMPTY + b")R.", "calls what is no function"),
    "call of a call": (GLOBAL + b"\x85RR.", "damaged"),
    "class that is none": (
        b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\ndtype\nK\x00\x85C\x01b\x87R.",
        "array of another kind",
    ),
    "encoding": (b"c_codecs\nencode\nX\x01\x00\x00\x00aX\x03\x00\x00\x00hex\x86R.", "encodes"),
    "state of a list": (b"]Nb.", "gives a state to what is no array"),
    "forged flags": (
        EMPTY + b"(K\x01K\x01\x85" + OBJECT + b"(K\x03X\x01\x00\x00\x00|NNNJ\xff\xff\xff\xff"
        b"J\xff\xff\xff\xffK\x00tb\x89C\x08AAAAAAAAtb.",
        "damaged",
    ),
    "forged size": (list_of(array_of(SIX, shape=b"K\x01M\xff\xff\x86")), "another size"),
    "huge shape": (list_of(array_of(SIX, shape=b"J\xff\xff\xff\x7fJ\xff\xff\xff\x7f\x86")),
                   "another size"),
    "huge empty shape": (
        list_of(array_of(b"C\x00", shape=b"K\x00J\xff\xff\xff\x7f\x86")), "damaged"
    ),
    "negative shape": (list_of(array_of(SIX, shape=b"J\xff\xff\xff\xffK\x03\x86")), "damaged"),
    "many dimensions": (list_of(array_of(b"C\x00", shape=b"(" + b"K\x00" * 9 + b"t")), "damaged"),
    "shape of text": (list_of(array_of(SIX, shape=b"C\x01aK\x03\x86")), "damaged"),
    "wrong count": (list_of(array_of(SIX), 2), "damaged"),
    "twice": (list_of(array_of(SIX)[:-1] + b"b" + array_of(SIX)[len(EMPTY):-1] + b"b"), "damaged"),
    "cut": (GOOD[:-1], "cut short"),
    "cut in bytes": (b"B\xff\xff\xff\x7fabc", "cut short"),
    "cut in long bytes": (b"\x8e" + struct.pack("<Q", 1 << 62) + b"abc", "cut short"),
    "cut in a number": (b"J\x01", "cut short"),
    "empty": (b"", "cut short"),
    "nothing left": (b".", "damaged"),
    "no mark": (b"K\x01t.", "damaged"),
    "no memo": (b"h\x05.", "damaged"),
    "endless line": (b"c" + b"a" * 999, "damaged"),
    "new protocol": (b"\x80\x09.", "protocol 9"),
    "a name that is a list": (b"]]\x93.", "damaged"),
    "numbers that are text": (list_of(array_of(b"X\x06\x00\x00\x00abcdef")), "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", PROGRAMS)
def test_programs_that_make_no_array_are_refused(name: str) -> None:
    data, problem = PROGRAMS[name]
    with pytest.raises(PickleError, match=re.escape(problem)):
        read_arrays(data)


@given(st.binary(max_size=60), st.integers(0, len(GOOD)))
def test_no_pickle_does_more_than_be_refused(tail: bytes, cut: int) -> None:
    with contextlib.suppress(PickleError):
        read_arrays(GOOD[:cut] + tail)


def bomb(kind: str) -> bytes:
    """Return a short program that asks for much time or memory."""
    large = b"\x00\x01" * (1 << 16)
    numbers = b"B" + struct.pack("<I", len(large)) + large
    swapped = INT16 + b"(K\x03X\x01\x00\x00\x00>NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb"
    made = {
        # a list in a list twice, in a list twice, ...
        "laughs": b"]q\x00" + b"".join(b"](h" + bytes([n]) + b"h" + bytes([n]) + b"eq"
                                       + bytes([n + 1]) for n in range(60)) + b"]\x93.",
        "lists": b"](" + b"]" * (1 << 20),
        "marks": b"(" * (1 << 20),
        "copies": numbers + b"q\x00" + swapped + b"q\x01" + b"".join(
            EMPTY + b"(K\x01J" + struct.pack("<i", len(large) // 2) + b"\x85h\x01\x89h\x00tbq\x02"
            for _ in range(200)
        ) + b".",
        "encodings": b"X" + struct.pack("<I", len(large)) + large + b"q\x00"
        + b"c_codecs\nencode\nh\x00X\x06\x00\x00\x00latin1\x86Rq\x01" * 200 + b".",
        "text": b"X" + struct.pack("<I", 1 << 31) + b"a" * 99,
        "frames": b"\x80\x03" * (1 << 20),
    }  # fmt: skip
    return made[kind]


@pytest.mark.parametrize("kind", ["laughs", "lists", "marks", "copies", "encodings", "text"])
def test_bombs_end_early(kind: str) -> None:
    with pytest.raises(PickleError):
        read_arrays(bomb(kind))


def test_steps_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pickled, "MOST_STEPS", 1000)
    with pytest.raises(PickleError, match="makes more than is read"):
        read_arrays(bomb("frames"))


def test_objects_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pickled, "MOST_OBJECTS", 1000)
    with pytest.raises(PickleError, match="makes more than is read"):
        read_arrays(b"]" + b"]a" * 2000 + b".")
