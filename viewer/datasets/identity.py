"""Which known set some digits are: told by what they hold, then by what they are called."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.families import FAMILIES

_LABELS = {
    "c142f118bb9591d78225d991fff0988b": "mnist",  # train, QMNIST's too
    "0feb7208c89c7a7f1eecc042eddac46b": "mnist",  # test
    "68a258d8c1353e564b85de3b746357e0": "qmnist",  # test, all 60,000
    "ee20efdae3afc1f4b29651d614208d57": "nist",
}
"""BLAKE2b of all labels of a split."""
_IMAGES = frozenset({"c0d58854d2a8b80aec9e1a79426b1706", "3706a58605e64dd2715eccb1de7d23d3"})
"""BLAKE2b of every 997th image of MNIST's splits, which tells it from QMNIST."""
_IMAGE_STEP = 997
_MNIST_SIZES = (60_000, 10_000)
_FASHION_FIRST = {
    60_000: (9, 0, 0, 3, 0, 2, 7, 2, 5, 5),
    10_000: (9, 2, 1, 1, 6, 1, 4, 6, 5, 7),
}
"""First labels of Fashion-MNIST by the size of the split; its classes are of equal size."""
_ARCHIVES = {
    "25c81989df183df01b3e8a0aad5dffbe": "fashion",
    "bb300cfdad3c16e7a12a480ee83cd310": "fashion",
    "e144d726b3acfaa3e44228e80efcd344": "kmnist",
    "7320c461ea6c1c855c0b718fb2a4b134": "kmnist",
}
"""MD5 of packed files of labels, as torchvision's loaders name them."""
LARGEST_ARCHIVE = 1 << 20
"""Bytes of a packed file of labels that could be one of them."""
_TAIL = r"(?:[-_ ]?(?:784|train|test|training|testing|original|dataset|data|png|raw|full))*"
_NAMES = (
    (re.compile(r"x-?nist" + _TAIL), "nist"),
    (re.compile(r"q-?mnist" + _TAIL), "qmnist"),
    (re.compile(r"(?:k|kuzushiji)[-_]?mnist" + _TAIL), "kmnist"),
    (re.compile(r"f(?:ashion)?[-_]?mnist" + _TAIL), "fashion"),
    (re.compile(r"mnist" + _TAIL), "mnist"),
    (re.compile(r"pen-?digits(?:-orig)?" + _TAIL), "pendigits"),
)
_EMNIST = re.compile(r"emnist[-_ ](byclass|bymerge|balanced|letters|digits|mnist)\b.*")


def guess_family(name: str) -> str:
    """Return which known set the name of a file or folder means.

    Parameters
    ----------
    name : str
        Such as ``FashionMNIST`` or ``emnist-letters-train.csv``.

    Returns
    -------
    key : str
        Key of the family; "" if it means none.
    """
    plain = name.lower().partition(".")[0]
    if match := _EMNIST.fullmatch(plain):
        return f"emnist-{match[1]}"
    return next((key for pattern, key in _NAMES if pattern.fullmatch(plain)), "")


def recognise_archive(data: bytes) -> str:
    """Return the key of the family whose packed file of labels this is; "" if of none."""
    return _ARCHIVES.get(hashlib.md5(data, usedforsecurity=False).hexdigest(), "")


def identify(splits: Iterable[Split], hint: str = "") -> tuple[str, bool]:
    """Tell which known set some digits are.

    Parameters
    ----------
    splits : iterable of Split
        The digits.
    hint : str
        Key of the family that their names and place speak for. What they hold outweighs it.

    Returns
    -------
    key : str
        Key of the family; "" if it is none that is known.
    named : bool
        Whether they are that set itself, rather than other images with its labels.
    """
    splits = list(splits)
    likely = ""
    for split in splits:
        by_labels = _by_labels(split)
        if _digest(split.images[::_IMAGE_STEP]) in _IMAGES:
            return "mnist", True
        if by_labels and by_labels != "mnist":
            return by_labels, True
        likely = likely or by_labels
    if hint and not any(_contradicts(split, hint) for split in splits):
        return hint, True
    return likely, False


def name_set(draft: DigitSet) -> DigitSet:
    """Give a set the name, the family and the class names that are due to it.

    Parameters
    ----------
    draft : DigitSet
        Under a name of its own, such as its folder's; its family is what names and places
        speak for.

    Returns
    -------
    dataset : DigitSet
        Class names that came with the files come before those of the family.
    """
    key, named = identify(draft.splits.values(), draft.family)
    family = FAMILIES.get(key)
    if family is None:
        return replace(draft, family="")
    return replace(
        draft,
        name=family.name if named else draft.name,
        family=key,
        class_names=draft.class_names or family.class_names,
    )


def _by_labels(split: Split) -> str:
    """Return the family with these very labels."""
    if split.labels is None:
        return ""
    first = _FASHION_FIRST.get(len(split))
    if first and tuple(split.labels[:10].tolist()) == first:
        counts = np.bincount(split.labels)
        if len(counts) == 10 and (counts == len(split) // 10).all():
            return "fashion"
    return _LABELS.get(_digest(split.labels), "")


def _contradicts(split: Split, hint: str) -> bool:
    """Return whether labels show that digits are not what their name says."""
    if split.labels is None:
        return False
    if hint == "mnist" and len(split) in _MNIST_SIZES:
        return _LABELS.get(_digest(split.labels)) != "mnist"
    return int(split.labels.max(initial=0)) >= FAMILIES[hint].class_count


def _digest(array: NDArray[np.uint8]) -> str:
    return hashlib.blake2b(np.ascontiguousarray(array).data, digest_size=16).hexdigest()
