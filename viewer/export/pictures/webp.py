"""Animated WebP files without loss, by Pillow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from viewer.export.pictures.film import Film

METHOD = 1
QUALITY = 20
"""Effort without loss, of 0 to 6 and of 0 to 100; more saves two hundredths in twice the time."""
NEVER = 0
"""Whole frames in between would help to seek, and make files a third larger."""


class _Reel(Image.Image):
    """An image whose frames are made when they are asked for, one after the other.

    Pillow reads pictures of several frames by ``n_frames`` and ``seek``; a list of frames it
    would keep in memory.
    """

    def __init__(self, frames: Iterator[NDArray[np.uint8]], count: int) -> None:
        self._frames = frames
        self._next = 0
        self.n_frames = count
        first = next(frames)
        mode = "RGB" if first.shape[2] == 3 else "RGBA"
        self.__setstate__([{}, mode, (first.shape[1], first.shape[0]), None, first.tobytes()])

    def seek(self, frame: int) -> None:
        if frame == self._next + 1:
            self._next = frame
            self.frombytes(next(self._frames).tobytes())


def write_webp(film: Film, file: BinaryIO) -> None:
    """Write an animated WebP."""
    colors = np.ascontiguousarray(film.table[:, : 3 if film.opaque else 4])
    reel = _Reel((colors[frame] for frame in film.frames), len(film.durations))
    reel.save(
        file, "WEBP", save_all=True, duration=list(film.durations), loop=film.loops,
        lossless=True, quality=QUALITY, method=METHOD, kmin=NEVER, kmax=NEVER,
    )  # fmt: skip
