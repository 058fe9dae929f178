"""Which digits of a set are corrected, and how.

A correction is known by the name of the split, the index and the image of its digit: files
of another set may come to lie in the same folder under the same names.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.ledger import Digits
from viewer.core.correction import Strokes, check_strokes

Record: TypeAlias = dict[str, str | int | list[list[int]] | None]
"""``split``, ``index``, ``image``, and ``strokes`` (row, column, row, ...) or None for none."""

LARGEST_INDEX = 10_000_000
"""Indices are below this, as those of marks are."""
LARGEST_SIDE = 64
"""Pixels a side of an image may have for extraction."""
FIELDS = {"split", "index", "image", "strokes"}
KEY_DIGITS = 16
_KEY = re.compile(f"[0-9a-f]{{{KEY_DIGITS}}}")


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """What a correction is known by.

    Parameters
    ----------
    split : str
    index : int
        The digit.
    image : str
        Key of its image, as `image_key` makes it.
    """

    split: str
    index: int
    image: str


class CorrectionState:
    """The corrections at one moment."""

    def __init__(self) -> None:
        self._kept: dict[Place, Strokes] = {}
        self._changed: set[tuple[str, int]] = set()

    def may_hold(self, split: str, index: int) -> bool:
        """Tell whether a digit can be corrected, before its image is made a key."""
        return (split, index) in self._changed

    def get(self, place: Place) -> Strokes | None:
        """Return the corrected strokes of a digit, None if there are none."""
        return self._kept.get(place)

    def places(self) -> list[Place]:
        """Return what is corrected, in order."""
        return sorted(self._kept)

    def apply(self, record: object) -> Digits:
        """Apply a change.

        Parameters
        ----------
        record : Record
            As it was made here or came from a file.

        Returns
        -------
        digits : Digits
            What it is about.

        Raises
        ------
        ValueError
            If it is no change.
        """
        place, strokes = _parse(record)
        self._changed.add((place.split, place.index))
        if strokes is None:
            self._kept.pop(place, None)
        else:
            self._kept[place] = strokes
        return {place.split: np.array([place.index], dtype=np.int64)}

    def records(self) -> list[Record]:
        """Return the changes that lead from no corrections to these, a line each."""
        return [make_record(place, self._kept[place]) for place in self.places()]

    def digits(self) -> Digits:
        """Return all digits that are corrected, whatever their images."""
        return by_split(self.places())


def by_split(places: Iterable[Place]) -> dict[str, NDArray[np.int64]]:
    """Return the ascending indices of digits by the names of their splits."""
    found: dict[str, set[int]] = {}
    for place in places:
        found.setdefault(place.split, set()).add(place.index)
    return {split: np.array(sorted(some), dtype=np.int64) for split, some in found.items()}


def image_key(image: NDArray[np.uint8]) -> str:
    """Return what an image is known by: the beginning of a SHA-256 of its size and pixels."""
    digest = hashlib.sha256(repr(image.shape).encode())
    digest.update(np.ascontiguousarray(image, dtype=np.uint8).data)
    return digest.hexdigest()[:KEY_DIGITS]


def make_record(place: Place, strokes: Strokes | None) -> Record:
    """Return the change that gives a digit strokes, or takes its correction away."""
    numbers = None if strokes is None else [stroke.ravel().tolist() for stroke in strokes]
    return {
        "split": place.split,
        "index": place.index,
        "image": place.image,
        "strokes": numbers,
    }


def _parse(record: Any) -> tuple[Place, Strokes | None]:
    """Check a change and read its strokes."""
    if not isinstance(record, dict) or record.keys() != FIELDS:
        raise ValueError("a correction has a split, an index, an image and strokes")
    place = Place(record["split"], record["index"], record["image"])
    if not isinstance(place.split, str) or not isinstance(place.image, str):
        raise ValueError("the split and the image are texts")
    if type(place.index) is not int or not 0 <= place.index < LARGEST_INDEX:
        raise ValueError(f"there is no index {place.index!r}")
    if not _KEY.fullmatch(place.image):
        raise ValueError(f"no image is known by {place.image!r}")
    numbers = record["strokes"]
    if numbers is None:
        return place, None
    if not isinstance(numbers, list) or not numbers:
        raise ValueError("strokes are lists of numbers, at least one")
    strokes = tuple(map(_parse_stroke, numbers))
    check_strokes(strokes)
    return place, strokes


def _parse_stroke(numbers: Any) -> NDArray[np.int16]:
    """Check the numbers of one stroke."""
    whole = isinstance(numbers, list) and all(
        type(number) is int and 0 <= number < LARGEST_SIDE for number in numbers
    )
    if not whole or not numbers or len(numbers) % 2:
        raise ValueError("a stroke is a list of rows and columns of pixels")
    return np.array(numbers, dtype=np.int16).reshape(-1, 2)
