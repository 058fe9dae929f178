"""Animated PNG files, written frame by frame.

References
----------
.. [1] W3C (2025), Portable Network Graphics (PNG) Specification, Third Edition, sections 4.9
   and 11.3.6.
"""

from __future__ import annotations

import struct
import zlib
from typing import BinaryIO

import numpy as np

from viewer.export.pictures.film import Film, changes

PALETTE = 3
"""Colour type: each pixel is an index."""
REPLACE, OVER = 0, 1
"""Whether transparent pixels of a frame clear what was there (blend operation)."""
LEVEL = 9


def write_apng(film: Film, file: BinaryIO) -> None:
    """Write an animated PNG."""
    height, width = film.size
    file.write(b"\x89PNG\r\n\x1a\n")
    _chunk(file, b"IHDR", struct.pack(">IIBBBBB", width, height, 8, PALETTE, 0, 0, 0))
    _chunk(file, b"acTL", struct.pack(">II", len(film.durations), film.loops))
    _chunk(file, b"PLTE", film.table[:, :3].tobytes())
    _chunk(file, b"tRNS", film.table[:, 3].tobytes())
    number = 0
    patches = changes(film.frames, mark_same=film.opaque)
    for patch, duration in zip(patches, film.durations, strict=True):
        rows, columns = patch.indices.shape
        place = struct.pack(">IIII", columns, rows, patch.left, patch.top)
        rest = struct.pack(">HHBB", duration, 1000, 0, OVER if film.opaque and number else REPLACE)
        _chunk(file, b"fcTL", struct.pack(">I", number) + place + rest)
        lines = np.pad(patch.indices, ((0, 0), (1, 0)))  # a 0 before each: no filter
        content = zlib.compress(lines.tobytes(), LEVEL)
        if number:
            _chunk(file, b"fdAT", struct.pack(">I", number + 1) + content)
        else:
            _chunk(file, b"IDAT", content)
        number += 2 if number else 1
    _chunk(file, b"IEND", b"")


def _chunk(file: BinaryIO, kind: bytes, content: bytes) -> None:
    file.write(struct.pack(">I", len(content)) + kind + content)
    file.write(struct.pack(">I", zlib.crc32(kind + content)))
