"""PNG pictures in folders named for their classes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.identity import guess_family
from viewer.datasets.idx import LARGEST
from viewer.datasets.layout import Listing, own_name
from viewer.datasets.mnist import ANY_CLASSES
from viewer.datasets.png import invert_dark_ink, read_png
from viewer.datasets.steps import Steps
from viewer.errors import UserError

ENDING = ".png"
SPLIT_NAMES = {"training": "train", "testing": "test", "val": "validation", "valid": "validation"}
"""Splits whose folders have other names."""
USUAL = ("train", "validation", "test")
"""Order in which splits are offered; others follow."""
ONLY_SPLIT = "digits"
INVERTED = "The pictures were dark on bright; they are shown inverted, as MNIST's are."
_DIGIT = re.compile("[0-9]")
_NUMBER = re.compile("[0-9]{1,9}")


@dataclass(frozen=True)
class _Picture:
    """A picture's file and the name of its class."""

    path: Path
    class_name: str


def open_png_folder(folder: Path, steps: Steps) -> DigitSet | None:
    """Open pictures by class: ``class/*.png``, or ``split/class/*.png``.

    Folders ``0`` to ``9`` are the digits; other names become class names in their order.
    Pictures whose names in a split are all different numbers keep that order, whatever their
    class, so that MNIST written as pictures keeps its indices; others are sorted by class and
    name.

    Parameters
    ----------
    folder : path
        The folder.
    steps : Steps
        Counts the pictures.

    Returns
    -------
    draft : DigitSet or None
        Not yet named; None if there are no pictures by class.

    Raises
    ------
    UserError
        If a picture is damaged, or of another size than the first.
    """
    found = _find_pictures(folder)
    if not found:
        return None
    classes = sorted({p.class_name for pictures in found.values() for p in pictures}, key=_natural)
    if len(classes) > ANY_CLASSES:
        raise UserError(
            f"there are pictures of {len(classes):,} classes",
            path=folder,
            advice=f"At most {ANY_CLASSES} classes can be opened.",
        )
    digits = all(_DIGIT.fullmatch(name) for name in classes)
    labels = {name: int(name) if digits else place for place, name in enumerate(classes)}
    steps.begin(sum(map(len, found.values())))
    images = _read(list(found.values()), folder, steps)
    notes = (INVERTED,) if invert_dark_ink(images) else ()
    splits = {
        name: Split(
            name, part, np.array([labels[picture.class_name] for picture in pictures], np.uint8)
        )
        for part, (name, pictures) in zip(images, found.items(), strict=True)
    }
    name = own_name(folder)
    names = () if digits else tuple(classes)
    return DigitSet(name, "", splits, notes, guess_family(name), names)


def _find_pictures(folder: Path) -> dict[str, list[_Picture]]:
    """Find the pictures of each split, in the order in which they are numbered."""
    by_class = _list_classes(folder)
    if by_class:
        return {ONLY_SPLIT: _sort(by_class)}
    found = {}
    for below in Listing(folder).folders():
        by_class = _list_classes(below)
        if by_class:
            found[SPLIT_NAMES.get(below.name.lower(), below.name)] = _sort(by_class)
    order = [name for name in USUAL if name in found] + [n for n in found if n not in USUAL]
    return {name: found[name] for name in order}


def _list_classes(folder: Path) -> list[_Picture]:
    """List the pictures in the folders below one."""
    return [
        _Picture(file, below.name)
        for below in sorted(Listing(folder).folders(), key=lambda path: _natural(path.name))
        for file in Listing(below).files(ENDING)
    ]


def _sort(pictures: list[_Picture]) -> list[_Picture]:
    """Sort the pictures of a split by number if that tells all apart, else by class and name."""
    stems = [picture.path.stem for picture in pictures]
    if all(map(_NUMBER.fullmatch, stems)) and len(set(map(int, stems))) == len(stems):
        return sorted(pictures, key=lambda picture: int(picture.path.stem))
    return sorted(pictures, key=lambda p: (_natural(p.class_name), _natural(p.path.name)))


def _natural(name: str) -> list[tuple[int, str]]:
    """Return a key by which 2 comes before 10."""
    parts = re.split("([0-9]{1,9})", name)
    return [(int(part), "") if _NUMBER.fullmatch(part) else (-1, part) for part in parts]


def _read(
    splits: Sequence[Sequence[_Picture]], folder: Path, steps: Steps
) -> list[NDArray[np.uint8]]:
    """Read pictures, all of the size of the first."""
    first = splits[0][0].path
    shape = read_png(first).shape
    if sum(map(len, splits)) * shape[0] * shape[1] > LARGEST:
        raise UserError(
            f"its pictures take more than {LARGEST >> 20} MiB",
            path=folder,
            advice="Open a part of them.",
        )
    stacks = []
    for pictures in splits:
        images = np.empty((len(pictures), *shape), np.uint8)
        for place, picture in enumerate(pictures):
            image = read_png(picture.path)
            if image.shape != shape:
                raise UserError(
                    f"this picture has {image.shape[0]} x {image.shape[1]} pixels, "
                    f"{first.name} has {shape[0]} x {shape[1]}",
                    path=picture.path,
                    advice="All pictures of a set have to be of one size.",
                )
            images[place] = image
            steps.advance()
        stacks.append(images)
    return stacks
