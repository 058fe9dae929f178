"""IDX files, the form of MNIST and QMNIST: arrays of one type behind a short header."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.streams import GET_AGAIN, Reader
from viewer.errors import UserError

TYPES = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
MOST_DIMENSIONS = 4
LARGEST = 640 << 20
"""Most bytes of data that are read; all NIST digits have 316 MB, EMNIST's largest file 547 MB."""
OTHER_FORMS = {
    b"\x1f\x8b": "a gzip file within a packed one",
    b"\xfd7zXZ": "an xz file within a packed one",
    b"\x1f\x9d": "a file of compress, which gzip -d unpacks",
    b"PK\x03\x04": "a zip archive",
    b"BZh": "a bzip2 file",
    b"\x28\xb5\x2f\xfd": "a zstandard file",
    b"\x93NUMPY": "a NumPy file",
    b"\x89PNG": "a PNG picture",
    b"<": "a web page or XML",
}
"""What lies in the place of an IDX file at times, by its first bytes."""


@dataclass(frozen=True)
class IdxHeader:
    """What an IDX file says of itself.

    Parameters
    ----------
    dtype : dtype
        As stored, big-endian.
    shape : tuple of int
        One to four sizes.
    """

    dtype: np.dtype[Any]
    shape: tuple[int, ...]

    @property
    def size(self) -> int:
        """Bytes of the data; exact, however large the sizes are."""
        return math.prod(self.shape) * self.dtype.itemsize

    def __str__(self) -> str:
        return f"{self.dtype.newbyteorder('=')} {' x '.join(map(str, self.shape))}"


def read_idx(path: Path, check: Callable[[IdxHeader, Path], None] | None = None) -> NDArray[Any]:
    """Read an IDX file of any type; plain, gzip or xz, whatever its name.

    Parameters
    ----------
    path : path
        The file.
    check : callable, optional
        Is given the header and the path before any data is read, and raises a UserError if
        the file is not what is looked for.

    Returns
    -------
    array : ndarray
        In the machine's byte order, with the shape that the header gives.

    Raises
    ------
    UserError
        If the file cannot be read, its header is not one of an IDX file, it promises more
        than `LARGEST` bytes, or holds less or more than it promises. Memory is taken only
        for what the file really holds.

    References
    ----------
    .. [1] Y. LeCun, C. Cortes, C. Burges, The MNIST database of handwritten digits,
       "The IDX file format".
    """
    with Reader(path) as reader:
        header = _read_header(reader)
        if check is not None:
            check(header, path)
        _check_size(header, path)
        try:
            # pages of the buffer are touched, and so taken, only as data arrives
            array = np.empty(header.shape, header.dtype)
        except MemoryError as error:
            raise UserError(
                f"there is no memory for its {header.size:,} bytes of data",
                path=path,
                advice="Close other programs, or open a smaller file.",
            ) from error
        found = reader.fill(array.reshape(-1).view(np.uint8).data)
        _check_end(header, path, found, more=not reader.at_end())
    if array.dtype.isnative:
        return array
    return array.byteswap(inplace=True).view(array.dtype.newbyteorder("="))


def _read_header(reader: Reader) -> IdxHeader:
    """Read and check the header."""
    start = reader.read(8)
    if not start:
        raise UserError("the file holds nothing once unpacked", path=reader.path, advice=GET_AGAIN)
    if start[:2] not in (b"\0\0", b"\0"):
        form = next((f for magic, f in OTHER_FORMS.items() if start.startswith(magic)), None)
        raise UserError(
            f"this is {form}, not an IDX file" if form else "this is not an IDX file",
            path=reader.path,
            advice="Give the IDX file itself, such as train-images-idx3-ubyte; it begins with "
            "two zero bytes.",
        )
    if len(start) < 4:
        raise _cut_in_header(reader.path)
    code, dimensions = start[2:4]
    if code not in TYPES:
        raise UserError(
            f"its IDX header names the unknown type {code:#04x}",
            path=reader.path,
            advice="The types are 0x08, 0x09 and 0x0b to 0x0e. " + GET_AGAIN,
        )
    if not 1 <= dimensions <= MOST_DIMENSIONS:
        raise UserError(
            f"its IDX header names {dimensions} dimensions",
            path=reader.path,
            advice=f"One to {MOST_DIMENSIONS} can be read. " + GET_AGAIN,
        )
    sizes = start[4:] + reader.read(4 * (dimensions - 1))
    if len(sizes) < 4 * dimensions:
        raise _cut_in_header(reader.path)
    return IdxHeader(np.dtype(TYPES[code]), tuple(np.frombuffer(sizes, ">u4").tolist()))


def _cut_in_header(path: Path) -> UserError:
    return UserError("the file ends within its IDX header", path=path, advice=GET_AGAIN)


def _check_size(header: IdxHeader, path: Path) -> None:
    """Make sure, before memory is taken, that the promised size is one to be read."""
    # zero among huge sizes promises nothing, but no array has such a shape either
    if math.prod(max(size, 1) for size in header.shape) * header.dtype.itemsize > LARGEST:
        raise UserError(
            f"its IDX header promises {header}, more than the {LARGEST >> 20} MiB that are read",
            path=path,
            advice=GET_AGAIN,
        )


def _check_end(header: IdxHeader, path: Path, found: int, *, more: bool) -> None:
    """Make sure that a file holds what its header promises, and nothing else."""
    if found < header.size:
        raise UserError(
            f"the file is cut short: it holds {found:,} of the {header.size:,} bytes of data "
            f"that its IDX header promises ({header})",
            path=path,
            advice=GET_AGAIN,
        )
    if more:
        raise UserError(
            f"the file goes on behind the {header.size:,} bytes of data that its IDX header "
            f"promises ({header})",
            path=path,
            advice=GET_AGAIN,
        )
