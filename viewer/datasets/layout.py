"""Which images and class labels lie where, by their names."""

from __future__ import annotations

import errno
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from viewer.datasets.families import EMNIST_VARIANTS, FAMILIES
from viewer.datasets.identity import guess_family
from viewer.datasets.streams import explain
from viewer.errors import UserError

ENDINGS = ("", ".gz", ".xz")
IMAGES = ("-images-idx3-ubyte", "-images.idx3-ubyte")
CLASSES = ("-labels-idx1-ubyte", "-labels.idx1-ubyte")
MAPPING = ("-mapping.txt",)
PLACES = (
    *("", "raw", "MNIST/raw", "MNIST", "mnist", "QMNIST/raw", "QMNIST", "qmnist"),
    *("FashionMNIST/raw", "FashionMNIST", "KMNIST/raw", "KMNIST"),
    *("EMNIST/raw", "EMNIST", "emnist", "gzip"),
)
"""Where images are looked for below a folder: in it, and as torchvision lays them out."""
MNIST_FORM = ("train", "t10k")
"""Beginnings of MNIST's file names, which Fashion-MNIST and Kuzushiji-MNIST use as well."""
SETS = {
    "": MNIST_FORM,
    "qmnist": ("qmnist-train", "qmnist-test"),
    "nist": ("xnist",),
    **{f"emnist-{v}": (f"emnist-{v}-train", f"emnist-{v}-test") for v in EMNIST_VARIANTS},
}
"""Beginnings of the file names that make up a set, by family; "" is any in MNIST's form."""
STEMS = {
    stem: (family, "test" if stem == "t10k" else stem.rpartition("-")[2].replace("xnist", "nist"))
    for family, stems in SETS.items()
    for stem in stems
} | {f"qmnist-{part}": ("qmnist", part) for part in ("test10k", "test50k")}
"""Family and split by the beginning of a file name."""
OTHER_SPLIT = "digits"


@dataclass(frozen=True)
class ImagesFile:
    """An images file, what it is a part of, and the labels that belong to it.

    Parameters
    ----------
    family : str
        Key of the family that its name and place speak for, such as ``mnist``; "" if none.
    set_name : str
        What the set is called if it is of no family.
    split : str
        Name of the split.
    images : path
        IDX file of images.
    classes : path, optional
        IDX file of class labels.
    mapping : path, optional
        EMNIST's table of the characters that the labels mean.
    """

    family: str
    set_name: str
    split: str
    images: Path
    classes: Path | None = None
    mapping: Path | None = None

    @property
    def title(self) -> str:
        """What the set is most likely called."""
        return FAMILIES[self.family].name if self.family else self.set_name

    @property
    def has_digits(self) -> bool:
        """Whether its classes can only be the ten of MNIST's form."""
        return not self.family.startswith("emnist") and self.images.name.startswith(_TEN_CLASSES)

    @property
    def may_be_nist(self) -> bool:
        """Whether they may be digits of NIST, of which extended labels tell more."""
        return self.family in ("", "mnist", "qmnist", "nist")


_TEN_CLASSES = tuple(f"{stem}-" for stem in (*MNIST_FORM, "qmnist", "xnist"))


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
                found = list(entries)
                self._is_file = {entry.name: entry.is_file() for entry in found}
                self._folders = {entry.name for entry in found if entry.is_dir()}
        except (OSError, ValueError) as error:
            raise explain(error, folder) from error

    @property
    def names(self) -> list[str]:
        """The names, sorted."""
        return sorted(self._is_file)

    def files(self, *endings: str) -> list[Path]:
        """Return the files of such endings in the order of their names; hidden ones are not."""
        return [
            self.folder / name
            for name in self.names
            if self._is_file[name] and name.lower().endswith(endings) and name[0] != "."
        ]

    def folders(self) -> list[Path]:
        """Return the folders in the order of their names; hidden ones are not."""
        return [self.folder / name for name in sorted(self._folders) if name[0] != "."]

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
        return None if images is None else self.describe(stem, images)

    def describe(self, stem: str, images: Path) -> ImagesFile:
        """Tell what images are by the beginning of their name, and find what belongs to them."""
        classes = self.find(stem, CLASSES)
        mapping = self.find(stem.rpartition("-")[0], MAPPING)
        if stem not in STEMS:
            return ImagesFile("", stem, OTHER_SPLIT, images, classes, mapping)
        family, split = STEMS[stem]
        name = own_name(self.folder)
        return ImagesFile(family or guess_family(name), name, split, images, classes, mapping)


def own_name(folder: Path) -> str:
    """Return what a folder of files calls their set: its own name, or that above ``raw``."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - links stay what they are called
    names = [name for name in folder.parts[1:] if name.lower() not in ("raw", "gzip", "data")]
    return names[-1] if names else str(folder)


def find_sets(folder: Path) -> dict[str, list[ImagesFile]]:
    """Find the sets of IDX files in a folder.

    Parameters
    ----------
    folder : path
        The folder with the files, or one above it as torchvision lays them out.

    Returns
    -------
    sets : dict of str to list of ImagesFile
        By family, or by name where there is none, nearest first; of each set the splits that
        are there.

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
        for stems in SETS.values():
            parts = [part for stem in stems if (part := listing.find_images(stem))]
            if parts:
                found.setdefault(parts[0].family or parts[0].set_name, parts)
    return found


def describe_file(path: Path) -> ImagesFile:
    """Tell from the name of an images file what it is, and find its class labels."""
    forms = "|".join(map(re.escape, IMAGES))
    match = re.fullmatch(rf"(.+)(?:{forms})(?:\.gz|\.xz)?", path.name, re.DOTALL)
    if not match:
        return ImagesFile("", path.name, OTHER_SPLIT, path)
    return Listing(path.parent).describe(match[1], path)


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
