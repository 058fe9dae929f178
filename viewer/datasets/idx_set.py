"""Sets of IDX files: MNIST, QMNIST, Fashion-MNIST, Kuzushiji-MNIST, EMNIST and their like."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path

from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.emnist import read_mapping, turn_upright
from viewer.datasets.extended import (
    ExtendedFile,
    choose_extended,
    find_extended,
    is_extended_name,
)
from viewer.datasets.families import FAMILIES
from viewer.datasets.identity import LARGEST_ARCHIVE, identify, recognise_archive
from viewer.datasets.layout import (
    ImagesFile,
    Listing,
    describe_file,
    find_sets,
    is_classes_name,
)
from viewer.datasets.mnist import ANY_CLASSES, TEN_CLASSES, read_classes, read_images
from viewer.datasets.qmnist import MNIST_TEST, join_extended, read_extended
from viewer.datasets.steps import Steps
from viewer.errors import UserError

ROWS = {"test10k": slice(0, MNIST_TEST), "test50k": slice(MNIST_TEST, None)}
"""Parts of QMNIST's test split, as torchvision's loader names them."""


def open_idx_file(path: Path, labels: Path | None, steps: Steps) -> DigitSet:
    """Open one file of images, with the labels that belong to it.

    Parameters
    ----------
    path : path
        The images.
    labels : path, optional
        A file or folder of QMNIST's extended labels.
    steps : Steps
        Counts the files.

    Returns
    -------
    draft : DigitSet
        Not yet named.

    Raises
    ------
    UserError
        If a file is damaged, holds something else, or does not belong to the images.
    """
    if is_classes_name(path.name) or is_extended_name(path.name):
        raise UserError(
            "this is a file of labels, not of images",
            path=path,
            advice="Open the images they belong to, or the folder of both.",
        )
    return _read([describe_file(path)], labels, steps, [])


def open_idx_folder(folder: Path, labels: Path | None, steps: Steps) -> DigitSet | None:
    """Open the nearest set of IDX files in a folder; None if there is none.

    Parameters and errors are as in `open_idx_file`.
    """
    sets = find_sets(folder)
    if not sets:
        names = Listing(folder).names
        if any(is_classes_name(name) or is_extended_name(name) for name in names):
            raise UserError(
                "there are labels in this folder, but no images",
                path=folder,
                advice="Put the images of the same set beside them.",
            )
        return None
    parts, *others = sets.values()
    notes = []
    for other in others:
        where = other[0].images
        if where.parent != parts[0].images.parent:
            where = where.parent
        elif len(other) > 1:
            where = where.parent / other[0].family
        notes.append(f"{other[0].title} lies here too: open {where} for it.")
    return _read(parts, labels, steps, notes)


def open_part(path: Path, labels: Path | None, steps: Steps) -> DigitSet | None:
    """Open one split of a set, or one set of several, named behind its folder.

    Parameters
    ----------
    path : path
        Nothing that is there, but its folder is: ``QMNIST/test10k``, ``EMNIST/letters``. The
        parts of QMNIST are those of torchvision's loader: ``test10k`` is the first 10,000 of
        the test split, which are MNIST's, ``test50k`` the others.
    labels, steps
        As in `open_idx_file`.

    Returns
    -------
    draft : DigitSet or None
        Not yet named; None if the folder has no such part.
    """
    parts = _find_parts(path.parent, path.name)
    if not parts:
        return None
    return _cut(_read(parts, labels, steps, []), path.name, parts[0].images)


def _find_parts(folder: Path, wanted: str) -> list[ImagesFile]:
    """Find a set or a split by its name in a folder, which may not be one."""
    try:
        sets = find_sets(folder) if folder.is_dir() else {}
    except (UserError, OSError, ValueError):
        return []
    for key in (wanted, f"emnist-{wanted}"):
        if key in sets:
            return sets[key]
    if wanted in ROWS:
        sets = {key: parts for key, parts in sets.items() if key == "qmnist"}
    split = "test" if wanted in ROWS else wanted
    found = (part for parts in sets.values() for part in parts if part.split == split)
    return [*islice(found, 1)]


def _cut(draft: DigitSet, name: str, path: Path) -> DigitSet:
    """Leave a named part of the only split."""
    if name not in ROWS:
        return draft
    (split,) = draft.splits.values()
    rows = ROWS[name]
    if len(split) <= MNIST_TEST:
        raise UserError(
            f"it has no part {name}: it holds {len(split):,} digits",
            path=path,
            advice="All 60,000 of QMNIST's test digits have one.",
        )
    part = Split(
        name,
        split.images[rows],
        None if split.labels is None else split.labels[rows],
        {column: values[rows] for column, values in split.columns.items()},
    )
    return replace(draft, splits={name: part})


def _read(
    parts: Sequence[ImagesFile], labels: Path | None, steps: Steps, notes: list[str]
) -> DigitSet:
    """Read the files of a set and join them."""
    if labels is None:
        extended = [find_extended(part) for part in parts]
    else:
        extended = choose_extended(parts, labels)
    files = zip(parts, extended, strict=True)
    steps.begin(sum(1 + bool(part.classes) + bool(found) for part, found in files))
    hint = parts[0].family
    names: tuple[str, ...] = ()
    splits = {}
    for part, found in zip(parts, extended, strict=True):
        if part.mapping and not names:
            names = read_mapping(part.mapping)
        split = _read_split(part, len(names), steps)
        hint = _recognise(part.classes) or hint
        if found:
            split = _join(split, part, found, hint, notes)
            steps.advance()
        if split.labels is None:
            notes.append(f"The digits of {part.split} have no labels: there is no file of them.")
        elif not part.classes and hint not in ("qmnist", "nist"):
            notes.append(
                f"The labels of {part.split} are QMNIST's: there is no file of MNIST's own."
            )
        splits[part.split] = split
    return DigitSet(parts[0].set_name, "", splits, tuple(notes), hint, names)


def _read_split(part: ImagesFile, named: int, steps: Steps) -> Split:
    """Read images and class labels."""
    split = Split(part.split, read_images(part.images))
    steps.advance()
    if part.family.startswith("emnist"):
        split = replace(split, images=turn_upright(split.images))
    if part.classes:
        classes = TEN_CLASSES if part.has_digits else ANY_CLASSES
        if part.family.startswith("emnist"):
            classes = FAMILIES[part.family].class_count
        labels = read_classes(part.classes, len(split), named or classes)
        split = replace(split, labels=labels)
        steps.advance()
    return split


def _join(
    split: Split, part: ImagesFile, found: ExtendedFile, hint: str, notes: list[str]
) -> Split:
    """Join extended labels; those nearby only to what they may belong to."""
    if found.nearby and identify([split], hint)[0] not in ("", "mnist", "qmnist", "nist"):
        return split
    try:
        table = read_extended(found.path)
        if len(table) >= found.first + len(split):
            table = table[found.first :]
        return join_extended(split, table, found.path)
    except UserError as error:
        if not found.nearby:
            raise
        notes.append(f"Extended labels nearby were left out: {error}")
    return split


def _recognise(classes: Path | None) -> str:
    """Tell a family by its packed file of labels, which torchvision keeps beside the other."""
    for path in () if classes is None else (classes, classes.with_name(f"{classes.name}.gz")):
        with suppress(OSError):
            if path.suffix == ".gz" and path.stat().st_size <= LARGEST_ARCHIVE:
                return recognise_archive(path.read_bytes())
    return ""
