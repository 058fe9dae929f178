"""PNG pictures of single digits as grey images, ink bright."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.mnist import check_side
from viewer.datasets.streams import GET_AGAIN, explain
from viewer.errors import UserError

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
LARGEST_PNG = 1 << 20
"""Most bytes of a picture's file; one of 64 x 64 pixels has a few thousand."""
_START = struct.Struct(">8sI4sII")
_BRIGHT = 127


def read_png(path: Path) -> NDArray[np.uint8]:
    """Read a picture from a file; see `decode_png`."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_PNG + 1)
    except (OSError, ValueError) as error:
        raise explain(error, path) from error
    return decode_png(data, path)


def decode_png(data: bytes, path: Path, what: str = "this") -> NDArray[np.uint8]:
    """Turn a PNG picture into a grey image.

    Parameters
    ----------
    data : bytes
        The whole file. 1, 2, 4, 8 and 16 bits, grey, palette and colour will do.
    path : path
        Where it is from, for errors.
    what : str
        What it is, for errors.

    Returns
    -------
    image : ndarray of uint8, shape (M, N)
        Colours become their luma (ITU-R 601-2). What is transparent becomes black behind
        bright ink, white behind dark.

    Raises
    ------
    UserError
        If it is not a PNG picture, damaged, or larger than 64 x 64 pixels; its size is known
        before it is unpacked.
    """
    start = data[: _START.size].ljust(_START.size, b"\0")
    magic, _, chunk, width, height = _START.unpack(start)
    if magic != PNG_MAGIC or chunk != b"IHDR" or len(data) > LARGEST_PNG:
        raise UserError(f"{what} is not a PNG picture of a digit", path=path, advice=GET_AGAIN)
    check_side(height, width, path)
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            if picture.mode.startswith("I"):
                return (np.asarray(picture, np.int32) >> 8).clip(0, 255).astype(np.uint8)
            if picture.has_transparency_data:
                return _flatten(np.asarray(picture.convert("RGBA").convert("LA")))
            return np.array(picture.convert("L"))
    except (OSError, ValueError, SyntaxError, EOFError, struct.error) as error:
        raise UserError(f"{what} is a damaged PNG picture", path=path, advice=GET_AGAIN) from error


def _flatten(levels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Lay grey levels with their opacity, (M, N, 2), on what stands out from the ink."""
    grey, opacity = levels[..., 0].astype(np.int32), levels[..., 1].astype(np.int32)
    ink = (grey * opacity).sum() / max(opacity.sum(), 1)
    behind = 0 if ink > _BRIGHT else 255
    flat = (grey * opacity + behind * (255 - opacity) + 127) // 255
    return flat.astype(np.uint8)


def invert_dark_ink(splits: Sequence[NDArray[np.uint8]]) -> bool:
    """Invert all images in place if most of their borders are bright, as ink on paper is.

    Parameters
    ----------
    splits : sequence of ndarray of uint8, shape (n, M, N)

    Returns
    -------
    inverted : bool
    """
    borders = [
        images[:, rows, columns].ravel()
        for images in splits
        for rows, columns in (
            (0, slice(None)),
            (-1, slice(None)),
            (slice(None), 0),
            (slice(None), -1),
        )
    ]
    if np.median(np.concatenate(borders)) <= _BRIGHT:
        return False
    for images in splits:
        np.subtract(255, images, out=images)
    return True
