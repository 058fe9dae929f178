from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.pictures import RING, TEE, TWO_STROKES, mask_of
from viewer.catalog.corrections.corrections import Corrections
from viewer.core.correction import move, split, strokes_of
from viewer.core.extract import extract
from viewer.datasets.digits import DigitSet, Split

SIDE = 28


def _drawn(picture: str) -> NDArray[np.uint8]:
    """Return a picture as a thick grey glyph in the middle of an image."""
    thick = np.kron(mask_of(picture), np.ones((2, 2), dtype=np.uint8))
    image = np.zeros((SIDE, SIDE), dtype=np.uint8)
    row, column = (np.array(image.shape) - thick.shape) // 2
    image[row : row + thick.shape[0], column : column + thick.shape[1]] = thick * 200
    return image


@pytest.fixture
def digits() -> DigitSet:
    """Twelve digits of two splits; number 3 of each is blank."""
    pictures = [_drawn(RING), _drawn(TEE), _drawn(TWO_STROKES), np.zeros((SIDE, SIDE), np.uint8)]
    images = np.stack(pictures * 3)
    labels = np.array([0, 7, 4, 1] * 3, dtype=np.uint8)
    writer = np.arange(12, dtype=np.int32) + 2100
    train = Split("train", images, labels, {"writer": writer})
    return DigitSet("drawn", "drawn", {"train": train, "test": Split("test", images[::-1])})


@pytest.fixture
def corrections(digits: DigitSet) -> Corrections:
    """Of the T of train, number 1: the last stroke first, and a pen lift more."""
    image = digits.splits["train"].images[1]
    found = extract(image)
    strokes = strokes_of(found.points, found.stroke_offsets)
    made = Corrections(digits, None)
    made.set("train", 1, image, split(move(strokes, len(strokes) - 1, 0), 0, 1))
    return made
