"""What tests ask of sequences that were read."""

from __future__ import annotations

from pathlib import Path

from tests.datasets.sequences.sequence_files import Digit
from viewer.datasets.sequences.drawn import Drawn
from viewer.datasets.sequences.reading import read_sequences
from viewer.datasets.steps import Steps


def read(path: Path) -> Drawn:
    """Read a file or folder of sequences."""
    return read_sequences(path, Steps())


def unpack(drawn: Drawn) -> list[Digit]:
    """Return the strokes of all digits, point by point."""
    digits: list[Digit] = []
    for digit in range(len(drawn)):
        digits.append([])
        for point in range(drawn.offsets[digit], drawn.offsets[digit + 1]):
            if drawn.starts[point]:
                digits[-1].append([])
            x, y = drawn.points[point]
            digits[-1][-1].append((x, y))
    return digits
