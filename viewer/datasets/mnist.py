"""Images and class labels of MNIST and of every set in its form."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.idx import IdxHeader, read_idx
from viewer.errors import UserError

LARGEST_SIDE = 64
TEN_CLASSES = 10
ANY_CLASSES = 256


def read_images(path: Path) -> NDArray[np.uint8]:
    """Read the images of digits from an IDX file.

    Parameters
    ----------
    path : path
        IDX file of unsigned bytes with three dimensions.

    Returns
    -------
    images : ndarray of uint8, shape (n, M, N)
        At least one image of 1 x 1 to 64 x 64 pixels.

    Raises
    ------
    UserError
        If the file is damaged or holds something else.
    """
    return read_idx(path, _check_images)


def read_classes(path: Path, count: int, classes: int = TEN_CLASSES) -> NDArray[np.uint8]:
    """Read the class labels of images from an IDX file.

    Parameters
    ----------
    path : path
        IDX file of unsigned bytes with one dimension.
    count : int
        Number of images.
    classes : int
        Number of classes there may be.

    Returns
    -------
    labels : ndarray of uint8, shape (count,)
        From 0 to below `classes`.

    Raises
    ------
    UserError
        If the file is damaged, holds something else or labels of another number of images.
    """

    def check(header: IdxHeader, path: Path) -> None:
        _check_form(header, path, 1, "class labels (uint8, one a digit)")
        if header.shape != (count,):
            raise UserError(
                f"it holds {header.shape[0]:,} labels for {count:,} images",
                path=path,
                advice="Give images and labels of the same set and split.",
            )

    labels: NDArray[np.uint8] = read_idx(path, check)
    check_classes(labels, classes, path)
    return labels


def check_classes(labels: NDArray[np.uint8], classes: int, path: Path) -> None:
    """Make sure that labels are among the classes there are; else a UserError names one."""
    wrong = labels >= classes
    if wrong.any():
        first = int(np.argmax(wrong))
        raise UserError(
            f"the label of digit {first} is {labels[first]}",
            path=path,
            advice=f"Labels of this set are 0 to {classes - 1}.",
        )


def check_side(rows: int, columns: int, path: Path) -> None:
    """Make sure that images are of a size that can be worked on; else a UserError says it."""
    if not (1 <= rows <= LARGEST_SIDE and 1 <= columns <= LARGEST_SIDE):
        raise UserError(
            f"its images have {rows} x {columns} pixels",
            path=path,
            advice=f"Images of 1 x 1 to {LARGEST_SIDE} x {LARGEST_SIDE} pixels can be opened.",
        )


def _check_images(header: IdxHeader, path: Path) -> None:
    """Make sure that a file holds images, and of a size that can be worked on."""
    if (len(header.shape), header.dtype.kind) in ((1, "u"), (2, "i")):
        raise UserError(
            f"these are labels, not images ({header})",
            path=path,
            advice="Open the images they belong to, or the folder of both.",
        )
    _check_form(header, path, 3, "images (uint8, digits x rows x columns)")
    count, rows, columns = header.shape
    if not count:
        raise UserError("it holds no images", path=path, advice="Open another images file.")
    check_side(rows, columns, path)


def _check_form(header: IdxHeader, path: Path, dimensions: int, what: str) -> None:
    """Make sure that a file holds unsigned bytes of so many dimensions."""
    if header.dtype != np.uint8 or len(header.shape) != dimensions:
        raise UserError(
            f"it holds {header}, not {what}", path=path, advice="Give a file of that kind."
        )
