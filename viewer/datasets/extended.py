"""Where the extended labels of a set lie: with its images, nearby, or where a user says."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from viewer.datasets.layout import ENDINGS, ImagesFile, Listing, is_folder
from viewer.errors import UserError

FORMS = ("-labels-idx2-int", "-labels.idx2-int", "-labels.tsv")
STEMS = {"train": "qmnist-train", "test": "qmnist-test", "nist": "xnist"}
"""Beginnings of the file names, by split."""
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
    """

    path: Path
    nearby: bool = False


def find_extended(part: ImagesFile) -> ExtendedFile | None:
    """Find the extended labels of images beside them, else in a folder ``qmnist`` nearby."""
    stem = STEMS.get(part.split)
    if stem is None:
        return None
    folder = part.images.parent
    if found := Listing(folder).find(stem, FORMS):
        return ExtendedFile(found)
    for near in _nearby(folder):
        with suppress(UserError):
            if near.is_dir() and (found := Listing(near).find(stem, FORMS)):
                return ExtendedFile(found, nearby=True)
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
        found = [_find_below(labels, STEMS.get(part.split)) for part in parts]
    else:
        splits = [split for split, stem in STEMS.items() if labels.name.startswith(f"{stem}-")]
        if not splits and len(parts) == 1:
            splits = [parts[0].split]
        found = [labels if part.split in splits else None for part in parts]
    if not any(found):
        raise UserError(
            f"there are no extended labels of {' or '.join(part.split for part in parts)} here",
            path=labels,
            advice=ADVICE,
        )
    return [ExtendedFile(path) if path else None for path in found]


def is_extended_name(name: str) -> bool:
    """Return whether a file name is one of extended labels."""
    return name.endswith(tuple(form + ending for form in FORMS for ending in ENDINGS))


def _find_below(folder: Path, stem: str | None) -> Path | None:
    """Find extended labels in a folder or in one of the usual places below it."""
    for place in PLACES:
        if stem and (not place or (folder / place).is_dir()):
            found = Listing(folder / place).find(stem, FORMS)
            if found:
                return found
    return None


def _nearby(folder: Path) -> Iterator[Path]:
    """Give the folders near one of images in which QMNIST may lie."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - links stay what they are called
    for above in (folder, *list(folder.parents)[:2]):
        for place in NEARBY:
            yield above / place
