"""Binary images drawn as pictures in the source of a test."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def mask_of(picture: str) -> NDArray[np.bool_]:
    """Read a picture: every character but a full stop and white space is a pixel."""
    lines = [line.strip() for line in picture.strip().splitlines()]
    return np.array([[character != "." for character in line] for line in lines], dtype=np.bool_)


RING = """
......
..##..
.#..#.
.#..#.
..##..
......
"""

TEE = """
.......
.#####.
...#...
...#...
...#...
.......
"""

TWO_STROKES = """
.........
.##...#..
...#..#..
......#..
#.....#..
##.......
"""

BLOB = """
........
.######.
.######.
.######.
.######.
.######.
........
"""
