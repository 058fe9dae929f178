"""Arrays as bytes: those of a piece on their way to the file, and the npz file itself.

The same arrays give the same bytes: `numpy.savez` stamps the time of day into the file, so
the zip entries are written here, with a fixed date. Nothing is pickled.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

DATE = (1980, 1, 1, 0, 0, 0)
MODE = 0o644 << 16
UNIX = 3
_LENGTH = struct.Struct("<Q")


def pack_arrays(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Put arrays into one piece of bytes.

    Parameters
    ----------
    arrays : mapping of str to ndarray
        Of numbers, truth values or text, not of objects.

    Returns
    -------
    content : bytes
        For each array, the length of its name in 8 bytes, its name and its npy file.

    Raises
    ------
    ValueError
        If an array holds objects.
    """
    file = io.BytesIO()
    for name, array in arrays.items():
        key = name.encode()
        file.write(_LENGTH.pack(len(key)) + key)
        write_npy(file, array)
    return file.getvalue()


def unpack_arrays(content: bytes) -> dict[str, NDArray[Any]]:
    """Take the arrays out of what `pack_arrays` returned, in their order.

    Parameters
    ----------
    content : bytes

    Returns
    -------
    arrays : dict of str to ndarray

    Raises
    ------
    ValueError
        If it is something else.
    """
    file = io.BytesIO(content)
    arrays: dict[str, NDArray[Any]] = {}
    while head := file.read(_LENGTH.size):
        if len(head) < _LENGTH.size:
            raise ValueError("the bytes end in a length")
        name = file.read(_LENGTH.unpack(head)[0]).decode()
        arrays[name] = np.lib.format.read_array(file, allow_pickle=False)
    return arrays


def write_arrays(
    file: BinaryIO, arrays: Mapping[str, NDArray[Any]], *, compressed: bool = True
) -> None:
    """Write arrays as an npz file without pickles.

    Parameters
    ----------
    file : binary file
        Where it begins; it stays open.
    arrays : mapping of str to ndarray
        Of numbers, truth values or text, not of objects.
    compressed : bool
        Whether the arrays are deflated.

    Raises
    ------
    ValueError
        If an array holds objects.
    """
    with creating_npz(file, compressed=compressed) as archive:
        add_arrays(archive, arrays)


@contextmanager
def creating_npz(file: BinaryIO, *, compressed: bool = True) -> Iterator[zipfile.ZipFile]:
    """Open an npz file to write; `adding_npy` writes its arrays."""
    method = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(file, "w", method) as archive:
        yield archive


def add_arrays(archive: zipfile.ZipFile, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays into an npz file, as `write_arrays` does."""
    for name, array in arrays.items():
        with adding_npy(archive, name, array.nbytes) as entry:
            write_npy(entry, array)


@contextmanager
def adding_npy(archive: zipfile.ZipFile, name: str, size: int) -> Iterator[IO[bytes]]:
    """Open an array of an npz file to write, of about so many bytes."""
    entry = zipfile.ZipInfo(f"{name}.npy", DATE)
    entry.create_system = UNIX
    entry.external_attr = MODE
    entry.compress_type = archive.compression
    entry.file_size = size
    with archive.open(entry, "w") as opened:
        yield opened


def write_npy(file: IO[bytes], array: NDArray[Any]) -> None:
    """Write an array in the npy format, little-endian on every machine.

    Parameters
    ----------
    file : binary file
    array : ndarray
        Not of objects.

    Raises
    ------
    ValueError
        If it holds objects.
    """
    portable = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
    np.lib.format.write_array(file, portable, allow_pickle=False)
