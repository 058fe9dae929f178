"""GIF files, written frame by frame, so that the frames never lie in memory together.

One global table of colours, no dithering. Pillow squeezes the pixels (LZW); all else is here,
because Pillow keeps all frames, joins equal ones, and has its own mind about tables.

References
----------
.. [1] CompuServe (1990), Graphics Interchange Format, Version 89a.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

import numpy as np

from viewer.export.pictures.film import SAME, Film, Patch, changes, cut

KEEP, CLEAR = 1, 2
"""What becomes of a frame when the next one comes (disposal, section 23)."""
OPAQUE = 128
"""Opacity from which on a pixel is seen; GIF knows all or nothing."""


def write_gif(film: Film, file: BinaryIO) -> None:
    """Write an animated GIF."""
    seen = film.table[:, 3] >= OPAQUE
    height, width = film.size
    file.write(b"GIF89a" + struct.pack("<HHBBB", width, height, 0xF7, 0, 0))
    file.write(film.table[:, :3].tobytes())
    if film.loops != 1:
        again = max(film.loops - 1, 0)
        file.write(b"\x21\xff\x0bNETSCAPE2.0\x03\x01" + struct.pack("<HB", again, 0))
    if film.opaque:
        disposal, patches = KEEP, changes(film.frames, mark_same=True)
    else:
        shown = (np.where(seen[frame], frame, np.uint8(SAME)) for frame in film.frames)
        disposal, patches = CLEAR, (cut(frame, frame != SAME) for frame in shown)
    for patch, duration in zip(patches, film.durations, strict=True):
        file.write(_image(patch, duration, disposal))
    file.write(b";")


def _image(patch: Patch, duration: int, disposal: int) -> bytes:
    """Return a graphic control extension and an image."""
    from PIL import Image

    height, width = patch.indices.shape
    control = struct.pack("<BHBB", disposal << 2 | 1, duration // 10, SAME, 0)
    place = struct.pack("<HHHHB", patch.left, patch.top, width, height, 0)
    image = Image.fromarray(np.ascontiguousarray(patch.indices))
    squeezed = image.tobytes("gif", "L", 8, 0)
    return b"\x21\xf9\x04" + control + b"\x2c" + place + b"\x08" + squeezed + b"\x00"
