"""Arrays of an npz file, one at a time, each checked before memory is taken for it."""

from __future__ import annotations

import ast
import math
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.idx import LARGEST
from viewer.datasets.sequences.making import PickleError
from viewer.datasets.sequences.pickled import read_arrays
from viewer.datasets.streams import GET_AGAIN, explain
from viewer.errors import UserError

LARGEST_PICKLE = 128 << 20
"""Bytes of an array of objects: 200,000 sequences have half of that."""
LONGEST_HEADER = 4096
PIECE = 1 << 20
_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError),
    *(RuntimeError, MemoryError, SyntaxError, KeyError, TypeError),
)
"""What zipfile and Python's parser raise on damaged files; a RuntimeError if one is encrypted."""
_PLAIN = re.compile(r"[<>|=]?(?:b1|[iu][1248]|f[248]|U[0-9]{1,4}|O)")
_LONG = re.compile(r"(?<=[0-9])L(?=[,)])")
"""How Python 2 ended large numbers."""


@dataclass(frozen=True)
class Header:
    """What an array promises to be.

    Parameters
    ----------
    shape : tuple of int
        Its shape.
    fortran : bool
        Whether its first axis is the fastest.
    dtype : dtype
        Of numbers, truth values, text or objects; void if it is of anything else.
    kind : str
        The dtype in words.
    """

    shape: tuple[int, ...]
    fortran: bool
    dtype: np.dtype[Any]
    kind: str


class Arrays:
    """The arrays of an open npz file.

    Parameters
    ----------
    archive : ZipFile
        The file; `opening` opens it.
    path : path
        What errors name.
    """

    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        self.path = path
        self._archive = archive
        self._entries = {entry.filename.removesuffix(".npy"): entry for entry in archive.infolist()}

    @property
    def names(self) -> list[str]:
        """The names of the arrays, in the order of the file."""
        return list(self._entries)

    def read(self, name: str, kinds: str, what: str, shape: tuple[int, ...]) -> NDArray[Any]:
        """Read an array.

        Parameters
        ----------
        name : str
            Its name.
        kinds : str
            Kinds of dtype it may have, such as ``iu``.
        what : str
            What it is, for errors, such as "the rows of sequences".
        shape : tuple of int
            Its shape, -1 where any size will do.

        Returns
        -------
        array : ndarray

        Raises
        ------
        UserError
            If it is of another kind or shape, or too large.
        """
        with self._archive.open(self._entries[name]) as file:
            found = _read_header(file)
            described = f"{found.kind} {' x '.join(map(str, found.shape)) or 'alone'}"
            fits = len(found.shape) == len(shape) and all(
                want in (-1, size) for want, size in zip(shape, found.shape, strict=True)
            )
            if found.dtype.kind not in kinds or not fits:
                raise self.fault(name, f"holds {described}, not {what}")
            # zero among huge sizes promises nothing, but no array has such a shape either
            if math.prod(max(size, 1) for size in found.shape) * found.dtype.itemsize > LARGEST:
                raise self.fault(
                    name, f"promises {described}, more than the {LARGEST >> 20} MiB that are read"
                )
            size = math.prod(found.shape) * found.dtype.itemsize
            data = _read_bytes(file, size)
        if len(data) != size:
            raise self.fault(name, f"does not hold the {size:,} bytes that its header promises")
        if not size:
            return np.zeros(found.shape, found.dtype.newbyteorder("="))
        array = np.frombuffer(data, found.dtype).reshape(
            found.shape, order="F" if found.fortran else "C"
        )
        return array.astype(found.dtype.newbyteorder("="), order="C", copy=False)

    def header(self, name: str) -> Header:
        """Return what an array promises to be, without reading it."""
        with self._archive.open(self._entries[name]) as file:
            return _read_header(file)

    def read_objects(self, name: str) -> list[NDArray[Any]]:
        """Read an array of arrays, without Python's unpickler.

        Parameters
        ----------
        name : str
            Its name.

        Returns
        -------
        arrays : list of ndarray
            One may be there many times.

        Raises
        ------
        UserError
            If it holds anything but arrays of numbers, or wants something else to be done.
        """
        with self._archive.open(self._entries[name]) as file:
            shape = _read_header(file).shape
            data = _read_bytes(file, LARGEST_PICKLE)
        if len(data) > LARGEST_PICKLE:
            raise self.fault(
                name, f"holds more than the {LARGEST_PICKLE >> 20} MiB of objects that are read"
            )
        try:
            found = read_arrays(bytes(data))
        except PickleError as error:
            raise self.fault(name, f"cannot be read: {error}") from error
        if shape != (len(found),):
            raise self.fault(name, f"holds {len(found):,} arrays, not what its header promises")
        return found

    def fault(self, name: str, problem: str) -> UserError:
        """Return the error that an array is at fault."""
        return UserError(f"{show(name)} {problem}", path=self.path, advice=GET_AGAIN)


@contextmanager
def opening(path: Path) -> Iterator[Arrays]:
    """Open an npz file; every fault of it becomes a UserError."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield Arrays(archive, path)
    except _FAULTS as error:
        raise UserError(
            f"this npz file cannot be read ({show(str(error).partition('.')[0].lower())})",
            path=path,
            advice=GET_AGAIN,
        ) from error
    except OSError as error:
        raise explain(error, path) from error


def show(text: str) -> str:
    """Return text out of a file as it fits into an error."""
    return ascii(text[:60])[1:-1]


def _read_bytes(file: IO[bytes], size: int) -> bytearray:
    """Read so many bytes, piece by piece, and one more if there are more."""
    data = bytearray()
    while len(data) <= size and (piece := file.read(min(PIECE, size + 1 - len(data)))):
        data += piece
    return data


def _read_header(file: IO[bytes]) -> Header:
    """Read the header of an array in NumPy's form, version 1 or 2."""
    width = {(1, 0): 2, (2, 0): 4}.get(np.lib.format.read_magic(file))
    if width is None:
        raise ValueError("this version of NumPy's form is not known")
    size = int.from_bytes(file.read(width), "little")
    if size > LONGEST_HEADER:
        raise ValueError("a header is too long")
    text = _LONG.sub("", file.read(size).decode("latin-1"))
    header = ast.literal_eval(text.strip())
    shape, descr = header["shape"], header["descr"]
    if type(shape) is not tuple or not all(type(size) is int and size >= 0 for size in shape):
        raise ValueError("a header has no shape")
    plain = type(descr) is str and _PLAIN.fullmatch(descr)
    return Header(
        shape,
        bool(header["fortran_order"]),
        np.dtype(descr) if plain else np.dtype("V"),
        str(np.dtype(descr)) if plain else show(str(descr)),
    )
