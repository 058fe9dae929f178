"""What is compared: a digit, its name and its image."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class CompareItem(NamedTuple):
    """One of the digits that stand side by side.

    Parameters
    ----------
    position : int
        Its position in the table.
    identity : str
        Its name, such as ``train:13``.
    caption : str
        What to say of it besides its strokes, such as ``class 7, writer 2103``; may be "".
    image : ndarray of uint8, shape (M, N)
        Its source image.
    """

    position: int
    identity: str
    caption: str
    image: NDArray[np.uint8]
