"""Where the extended labels of a set lie: with its images, nearby, or where a user says."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from viewer.datasets.layout import ENDINGS, ImagesFile, Listing, is_folder
from viewer.datasets.qmnist import MNIST_TEST
from viewer.errors import UserError

FORMS = ("-labels-idx2-int", "-labels.idx2-int", "-labels.tsv")
STEMS = {
    "train": ("qmnist-train",),
    "test": ("qmnist-test",),
    "test10k": ("qmnist-test10k", "qmnist-test"),
    "test50k": ("qmnist-test50k", "qmnist-test"),
    "nist": ("xnist",),
}
"""Beginnings of the file names, by split, the best one first."""
FIRST_ROWS = {"test50k": MNIST_TEST}
"""Row at which a split begins in the table of all of QMNIST's test digits, where not the first."""
PLACES = ("", "raw", "QMNIST/raw", "QMNIST", "qmnist")
NEARBY = ("qmnist", "QMNIST", "QMNIST/raw")
ADVICE = "Extended labels are in files such as qmnist-train-labels-idx2-int.gz."


@dataclass(frozen=True)
class ExtendedFile:
    """A file of extended labels.

    Parameters
    ----------
    path : path
        The file.
    nearby : bool
        Whether it was only found near the images, so that it may belong to others.
    first : int
        Row of the first digit, if the table is one of more digits.
    """

    path: Path
    nearby: bool = False
    first: int = 0


def find_extended(part: ImagesFile) -> ExtendedFile | None:
    """Find the extended labels of images beside them, else in a folder ``qmnist`` nearby."""
    if part.split not in STEMS or not part.may_be_nist:
        return None
    folder = part.images.parent
    if found := _find_in(folder, part.split):
        return found
    for near in _nearby(folder):
        with suppress(UserError):
            if near.is_dir() and (found := _find_in(near, part.split)):
                return replace(found, nearby=True)
    return None


def choose_extended(parts: Sequence[ImagesFile], labels: Path) -> list[ExtendedFile | None]:
    """Give each of the images its extended labels out of what a user named.

    Parameters
    ----------
    parts : sequence of ImagesFile
        The images.
    labels : path
        A file, whose name says which split it belongs to unless there is only one, or a
        folder.

    Returns
    -------
    files : list of ExtendedFile or None
        One for each part, at least one of them not None.

    Raises
    ------
    UserError
        If there is nothing that belongs to one of the images.
    """
    if is_folder(labels, ADVICE):
        found = [_find_below(labels, part.split) for part in parts]
    else:
        splits = [
            split
            for split, stems in STEMS.items()
            if labels.name.startswith(tuple(f"{stem}-" for stem in stems))
        ]
        if not splits and len(parts) == 1:
            splits = [parts[0].split]
        found = [_extended(labels, part.split) if part.split in splits else None for part in parts]
    if not any(found):
        raise UserError(
            f"there are no extended labels of {' or '.join(part.split for part in parts)} here",
            path=labels,
            advice=ADVICE,
        )
    return found


def is_extended_name(name: str) -> bool:
    """Return whether a file name is one of extended labels."""
    return name.endswith(tuple(form + ending for form in FORMS for ending in ENDINGS))


def _extended(path: Path, split: str) -> ExtendedFile:
    return ExtendedFile(path, first=FIRST_ROWS.get(split, 0))


def _find_in(folder: Path, split: str) -> ExtendedFile | None:
    """Find the extended labels of a split in a folder."""
    listing = Listing(folder)
    found = (path for stem in STEMS.get(split, ()) if (path := listing.find(stem, FORMS)))
    path = next(found, None)
    return None if path is None else _extended(path, split)


def _find_below(folder: Path, split: str) -> ExtendedFile | None:
    """Find extended labels in a folder or in one of the usual places below it."""
    for place in PLACES:
        if not place or (folder / place).is_dir():
            found = _find_in(folder / place, split)
            if found:
                return found
    return None


def _nearby(folder: Path) -> Iterator[Path]:
    """Give the folders near one of images in which QMNIST may lie."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - links stay what they are called
    for above in (folder, *list(folder.parents)[:2]):
        for place in NEARBY:
            yield above / place
