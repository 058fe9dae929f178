"""What is peculiar to EMNIST: images that lie transposed, and tables of characters."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.streams import Reader
from viewer.errors import UserError

AT_ONCE = 4096
LARGEST_MAPPING = 1 << 16
MOST_CLASSES = 256
UNNAMED = "N/A"


def turn_upright(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Swap the rows and columns of images that lie transposed in their file [1]_.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, M, N)
        Of square ones the memory is used again: no other copy is made.

    Returns
    -------
    upright : ndarray of uint8, shape (n, N, M)

    References
    ----------
    .. [1] G. Cohen, S. Afshar, J. Tapson, A. van Schaik (2017), EMNIST: an extension of MNIST
       to handwritten letters; its IDX files hold the columns that MATLAB writes first.
    """
    if images.shape[1] != images.shape[2]:
        return np.ascontiguousarray(images.transpose(0, 2, 1))
    for start in range(0, len(images), AT_ONCE):
        part = images[start : start + AT_ONCE]
        part[:] = part.transpose(0, 2, 1).copy()
    return images


def read_mapping(path: Path) -> tuple[str, ...]:
    """Read a table of what labels mean, such as ``emnist-letters-mapping.txt``.

    Parameters
    ----------
    path : path
        Lines of a label and the codes of one character or of its two cases.

    Returns
    -------
    names : tuple of str
        A character for each label from 0 on, of two cases the lower one; ``N/A`` for labels
        that are left out.

    Raises
    ------
    UserError
        If the file is damaged or is not such a table.
    """
    with Reader(path) as reader:
        text = reader.read(LARGEST_MAPPING)
        whole = reader.at_end()
    names: dict[int, str] = {}
    for number, line in enumerate(text.splitlines() if whole else [b""], start=1):
        words = [int(word) if word.isdigit() and len(word) <= 3 else -1 for word in line.split()]
        label, codes = (words or [-1])[0], words[1:]
        if not codes or not 0 <= label < MOST_CLASSES or not all(32 < c < 127 for c in codes):
            raise UserError(
                f"line {number} is not a label and the codes of its character",
                path=path,
                advice="Such a file has lines as '10 65', for label 10 and the letter A.",
            )
        names[label] = chr(codes[-1])
    if not names:
        raise UserError("it names no classes", path=path, advice="Get the file again.")
    return tuple(names.get(label, UNNAMED) for label in range(max(names) + 1))
