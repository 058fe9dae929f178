"""Images and labels in one npz file, as Keras keeps MNIST."""

from __future__ import annotations

import math
import zipfile
import zlib
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.identity import guess_family
from viewer.datasets.idx import LARGEST
from viewer.datasets.mnist import ANY_CLASSES, check_side
from viewer.datasets.steps import Steps
from viewer.datasets.streams import GET_AGAIN, explain
from viewer.errors import UserError

NPZ_MAGIC = b"PK\x03\x04"
SPLITS = {"train": "train", "val": "validation", "test": "test"}
"""Splits by the word for them in the names of arrays."""
KEYS = (("x_{}", "y_{}"), ("{}_images", "{}_labels"))
"""Names of images and labels: Keras', and another that is in use."""
LONGEST_HEADER = 4096
PIECE = 1 << 20
_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError),
    *(RuntimeError, MemoryError, SyntaxError),
)
"""What zipfile and NumPy raise on damaged files; a RuntimeError if one is encrypted."""


def open_npz(path: Path, steps: Steps) -> DigitSet:
    """Open an npz file of images.

    Parameters
    ----------
    path : path
        With arrays ``x_train``, ``y_train``, ``x_test``, ``y_test``; a split may be absent,
        and so may its labels. Nothing is unpickled.
    steps : Steps
        Counts the arrays.

    Returns
    -------
    draft : DigitSet
        Not yet named.

    Raises
    ------
    UserError
        If the file is damaged or holds something else.

    References
    ----------
    .. [1] Keras API documentation, "MNIST digits classification dataset".
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name.removesuffix(".npy") for name in archive.namelist()]
            keys = _find_keys(names, path)
            steps.begin(sum(1 + (labels in names) for _, _, labels in keys))
            splits = {}
            for name, images, labels in keys:
                split = Split(name, _read_images(archive, images, path))
                steps.advance()
                if labels in names:
                    classes = _read_classes(archive, labels, len(split), path)
                    split = Split(name, split.images, classes)
                    steps.advance()
                splits[name] = split
    except _FAULTS as error:
        raise UserError(
            f"this npz file cannot be read ({str(error).partition('.')[0].lower()})",
            path=path,
            advice=GET_AGAIN,
        ) from error
    except OSError as error:
        raise explain(error, path) from error
    notes = tuple(
        f"The digits of {name} have no labels: the file holds none."
        for name, split in splits.items()
        if split.labels is None
    )
    return DigitSet(path.name, "", splits, notes, guess_family(path.name))


def _find_keys(names: list[str], path: Path) -> list[tuple[str, str, str]]:
    """Return split, images and labels, by name."""
    for images, labels in KEYS:
        found = [
            (split, images.format(word), labels.format(word))
            for word, split in SPLITS.items()
            if images.format(word) in names
        ]
        if found:
            return found
    held = ", ".join(sorted(names)[:6]) or "nothing"
    raise UserError(
        f"there are no images in this npz file: it holds {ascii(held)[1:-1]}",
        path=path,
        advice="Images are looked for under x_train and x_test, labels under y_train and y_test.",
    )


def _read_images(archive: zipfile.ZipFile, name: str, path: Path) -> NDArray[np.uint8]:
    """Read images; a last axis of length 1 is dropped."""
    images = _read_array(archive, name, path)
    if images.ndim == 4 and images.shape[3] == 1:
        images = images[..., 0]
    if images.dtype != np.uint8 or images.ndim != 3:
        raise UserError(
            f"{name} holds {_describe(images)}, not images (uint8, digits x rows x columns)",
            path=path,
            advice="Store grey levels 0 to 255 as unsigned bytes.",
        )
    if not len(images):
        raise UserError(f"{name} holds no images", path=path, advice="Open another file.")
    check_side(images.shape[1], images.shape[2], path)
    return np.ascontiguousarray(images)


def _read_classes(archive: zipfile.ZipFile, name: str, count: int, path: Path) -> NDArray[np.uint8]:
    """Read the labels of so many images; integers of any size do."""
    labels = _read_array(archive, name, path)
    if labels.dtype.kind not in "iu" or labels.shape not in ((count,), (count, 1)):
        raise UserError(
            f"{name} holds {_describe(labels)}, not the labels of {count:,} images",
            path=path,
            advice="Store one whole number a digit.",
        )
    if labels.min(initial=0) < 0 or labels.max(initial=0) >= ANY_CLASSES:
        raise UserError(
            f"{name} goes from {labels.min()} to {labels.max()}",
            path=path,
            advice=f"Labels can be 0 to {ANY_CLASSES - 1}.",
        )
    return labels.reshape(count).astype(np.uint8)


def _describe(array: NDArray[Any]) -> str:
    return f"{array.dtype} {' x '.join(map(str, array.shape)) or 'alone'}"


def _read_array(archive: zipfile.ZipFile, name: str, path: Path) -> NDArray[Any]:
    """Read an array piece by piece; its header is checked before memory is taken."""
    key = f"{name}.npy" if f"{name}.npy" in archive.namelist() else name
    with archive.open(key) as file:
        shape, fortran, dtype = _read_header(file)
        _check_promise(name, shape, dtype, path)
        size = math.prod(shape) * dtype.itemsize
        data = bytearray()
        while len(data) <= size and (piece := file.read(PIECE)):
            data += piece
    if len(data) != size:
        raise UserError(
            f"{name} does not hold the {size:,} bytes that its header promises",
            path=path,
            advice=GET_AGAIN,
        )
    return np.frombuffer(data, dtype).reshape(shape, order="F" if fortran else "C")


def _check_promise(name: str, shape: tuple[int, ...], dtype: np.dtype[Any], path: Path) -> None:
    """Make sure, before memory is taken, that an array is one to be read."""
    if dtype.hasobject:
        raise UserError(
            f"{name} holds Python objects", path=path, advice="Only arrays of numbers are read."
        )
    if min(shape, default=0) < 0:
        raise ValueError("a size is negative")
    # zero among huge sizes promises nothing, but no array has such a shape either
    if math.prod(max(size, 1) for size in shape) * dtype.itemsize > LARGEST:
        raise UserError(
            f"{name} promises {dtype} {' x '.join(map(str, shape))}, more than the "
            f"{LARGEST >> 20} MiB that are read",
            path=path,
            advice=GET_AGAIN,
        )


def _read_header(file: IO[bytes]) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """Read the header of an array in NumPy's form, version 1 or 2."""
    version = np.lib.format.read_magic(file)
    read = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }.get(version)
    if read is None:
        raise ValueError(f"version {version} of NumPy's form is not known")
    shape, fortran, dtype = read(file, max_header_size=LONGEST_HEADER)
    return shape, fortran, dtype
