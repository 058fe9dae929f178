"""Which images and class labels lie where, by their names."""

from __future__ import annotations

import errno
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from viewer.datasets.streams import explain
from viewer.errors import UserError

ENDINGS = ("", ".gz", ".xz")
IMAGES = ("-images-idx3-ubyte", "-images.idx3-ubyte")
CLASSES = ("-labels-idx1-ubyte", "-labels.idx1-ubyte")
PLACES = ("", "raw", "MNIST/raw", "MNIST", "mnist", "QMNIST/raw", "QMNIST", "qmnist")
"""Where images are looked for below a folder: in it, and as torchvision lays them out."""
SETS = {"MNIST": ("train", "t10k"), "QMNIST": ("qmnist-train", "qmnist-test")}
"""Beginnings of the file names that make up a set."""
STEMS = {
    "train": ("MNIST", "train"),
    "t10k": ("MNIST", "test"),
    "qmnist-train": ("QMNIST", "train"),
    "qmnist-test": ("QMNIST", "test"),
    "xnist": ("NIST digits", "nist"),
}
"""Set and split by the beginning of a file name."""
OTHER_SPLIT = "digits"


@dataclass(frozen=True)
class ImagesFile:
    """An images file, what it is a part of, and the labels that belong to it.

    Parameters
    ----------
    set_name : str
        Name of the set, such as ``MNIST``.
    split : str
        Name of the split.
    images : path
        IDX file of images.
    classes : path, optional
        IDX file of class labels.
    """

    set_name: str
    split: str
    images: Path
    classes: Path | None = None


class Listing:
    """The names in a folder.

    Parameters
    ----------
    folder : path
        The folder.

    Raises
    ------
    UserError
        If it is not a folder that may be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            with os.scandir(folder) as entries:
                self._is_file = {entry.name: entry.is_file() for entry in entries}
        except (OSError, ValueError) as error:
            raise explain(error, folder) from error

    @property
    def names(self) -> list[str]:
        """The names, sorted."""
        return sorted(self._is_file)

    def find(self, stem: str, forms: tuple[str, ...]) -> Path | None:
        """Find a file by the beginning of its name and its possible ends.

        Plain files come before packed ones. A UserError is raised if the only thing of
        such a name is not a file.
        """
        names = [stem + form + ending for ending in ENDINGS for form in forms]
        there = [name for name in names if name in self._is_file]
        for name in there:
            if self._is_file[name]:
                return self.folder / name
        if there:
            raise UserError(
                "this is not a file, though it has the name of one",
                path=self.folder / there[0],
                advice="Move it away and put the file in its place.",
            )
        return None

    def find_images(self, stem: str) -> ImagesFile | None:
        """Find images of a set and their class labels."""
        images = self.find(stem, IMAGES)
        if images is None:
            return None
        return ImagesFile(*STEMS[stem], images, self.find(stem, CLASSES))


def find_sets(folder: Path) -> dict[str, list[ImagesFile]]:
    """Find the sets in a folder.

    Parameters
    ----------
    folder : path
        The folder with the files, or one above it as torchvision lays them out.

    Returns
    -------
    sets : dict of str to list of ImagesFile
        By the name of the set, nearest first; of each set the splits that are there.

    Raises
    ------
    UserError
        If a folder may not be read, or something that is not a file has a file's name.
    """
    found: dict[str, list[ImagesFile]] = {}
    for place in PLACES:
        if place and not (folder / place).is_dir():
            continue
        listing = Listing(folder / place)
        for name, stems in SETS.items():
            parts = [part for stem in stems if (part := listing.find_images(stem))]
            if parts:
                found.setdefault(name, parts)
    return found


def describe_file(path: Path) -> ImagesFile:
    """Tell from the name of an images file what it is, and find its class labels."""
    forms = "|".join(map(re.escape, IMAGES))
    match = re.fullmatch(rf"(.+)(?:{forms})(?:\.gz|\.xz)?", path.name, re.DOTALL)
    if not match:
        return ImagesFile(path.name, OTHER_SPLIT, path)
    stem = match[1]
    classes = Listing(path.parent).find(stem, CLASSES)
    return ImagesFile(*STEMS.get(stem, (stem, OTHER_SPLIT)), path, classes)


def is_classes_name(name: str) -> bool:
    """Return whether a file name is one of class labels."""
    return name.endswith(tuple(form + ending for form in CLASSES for ending in ENDINGS))


def is_folder(path: Path, advice: str) -> bool:
    """Tell a folder from a file.

    Parameters
    ----------
    path : path
        What a user named.
    advice : str
        What could be named instead, if there is nothing.

    Returns
    -------
    folder : bool

    Raises
    ------
    UserError
        If it is not there or cannot be looked at.
    """
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOENT, errno.ENOTDIR):
            raise UserError("there is no such file or folder", path=path, advice=advice) from error
        raise explain(error, path) from error
