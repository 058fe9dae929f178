"""IDX files and extended labels written from their description, apart from the reader."""

from __future__ import annotations

import gzip
import lzma
import struct
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FORMS = {"uint8": (8, "B"), "int8": (9, "b"), "int16": (11, "h"), "int32": (12, "i")}
FORMS |= {"float32": (13, "f"), "float64": (14, "d")}
SIDE = 28


def pack_gzip(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def pack_xz(data: bytes) -> bytes:
    return lzma.compress(data, preset=0)


PACKINGS: dict[str, Callable[[bytes], bytes]] = {"": bytes, ".gz": pack_gzip, ".xz": pack_xz}


def header(code: int, *sizes: int) -> bytes:
    """Return an IDX header; one that promises nonsense just as well."""
    return struct.pack(f">HBB{len(sizes)}I", 0, code, len(sizes), *sizes)


def pack_idx(array: NDArray[np.generic]) -> bytes:
    """Return an array as the bytes of an IDX file, number by number."""
    code, letter = FORMS[array.dtype.name]
    data = struct.pack(f">{array.size}{letter}", *array.ravel().tolist())
    return header(code, *array.shape) + data


def make_images(count: int) -> NDArray[np.uint8]:
    """Return images that all differ."""
    pixels = np.arange(count * SIDE * SIDE) * 7919 % 251
    return pixels.reshape(count, SIDE, SIDE).astype(np.uint8)


def make_classes(count: int) -> NDArray[np.uint8]:
    return (np.arange(count) * 3 % 10).astype(np.uint8)


def make_extended(classes: Sequence[int] | NDArray[np.uint8]) -> NDArray[np.int32]:
    """Return extended labels in QMNIST's order of columns; every number tells its place."""
    rows = [
        (label, row % 5, 2100 + row, row % 130, 30 + label, 200_000 + row, 0, 0)
        for row, label in enumerate(map(int, classes))
    ]
    return np.array(rows, dtype=np.int32).reshape(-1, 8)


def pack_tsv(table: NDArray[np.int32]) -> bytes:
    return b"".join(b"%s\n" % "\t".join(map(str, row)).encode() for row in table.tolist())


def write_mnist(
    folder: Path, *, train: int = 12, test: int = 8, ending: str = "", separator: str = "-"
) -> Path:
    """Write a folder of MNIST's form with so many digits; none leaves a split out."""
    folder.mkdir(parents=True, exist_ok=True)
    for stem, count in (("train", train), ("t10k", test)):
        if count:
            for kind, array in (
                (f"images{separator}idx3-ubyte", make_images(count)),
                (f"labels{separator}idx1-ubyte", make_classes(count)),
            ):
                data = PACKINGS[ending](pack_idx(array))
                (folder / f"{stem}-{kind}{ending}").write_bytes(data)
    return folder
