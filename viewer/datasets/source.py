"""What a user names, opened as a set of digits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.extended import (
    ExtendedFile,
    choose_extended,
    find_extended,
    is_extended_name,
)
from viewer.datasets.layout import (
    ImagesFile,
    Listing,
    describe_file,
    find_sets,
    is_classes_name,
    is_folder,
)
from viewer.datasets.mnist import read_classes, read_images
from viewer.datasets.qmnist import join_extended, read_extended
from viewer.errors import Cancelled, UserError

SAMPLE = "sample"
WHAT_OPENS = (
    "What can be opened: a folder with the files of MNIST or QMNIST (such as "
    "train-images-idx3-ubyte.gz), one such images file, or the word 'sample'."
)


def open_source(
    source: str | Path,
    *,
    labels: str | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> DigitSet:
    """Open a set of digits.

    Parameters
    ----------
    source : str or path
        A folder of MNIST or QMNIST (as they come, or in torchvision's layout), one IDX file
        of images, or the string ``sample`` for the embedded digits; ``./sample`` is a folder.
    labels : str or path, optional
        A file or folder of QMNIST's extended labels. Without it they are taken from the
        folder of the images, else from a folder ``qmnist`` or ``QMNIST`` near it.
    progress : callable, optional
        Is told how many of how many files are read.
    cancelled : callable, optional
        Asked between files.

    Returns
    -------
    dataset : DigitSet
        With the splits that are there. What is missing, such as labels, is in its notes.

    Raises
    ------
    UserError
        If there is nothing that can be opened, a file is damaged, or files that lie
        together do not belong together. Extended labels that were only found nearby keep
        nothing from being opened: they are left out, and a note says why.
    Cancelled
        If `cancelled` said so.
    """
    if source == SAMPLE:
        return _open_sample(labels)
    path = Path(source)
    notes: list[str] = []
    parts = _find_in_folder(path, notes) if is_folder(path, WHAT_OPENS) else [_find_file(path)]
    if labels is None:
        extended = [find_extended(part) for part in parts]
    else:
        extended = choose_extended(parts, Path(labels))
    steps = _Steps(_count_files(parts, extended), progress, cancelled)
    splits = {
        part.split: _read_split(part, found, steps, notes)
        for part, found in zip(parts, extended, strict=True)
    }
    return DigitSet(parts[0].set_name, str(source), splits, tuple(notes))


class _Steps:
    """Counts files that were read, and stops between them when asked to."""

    def __init__(
        self,
        total: int,
        progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._done, self._total = -1, total
        self._progress, self._cancelled = progress, cancelled
        self.advance()

    def advance(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)
        if self._cancelled is not None and self._cancelled():
            raise Cancelled


def _open_sample(labels: str | Path | None) -> DigitSet:
    if labels is not None:
        raise UserError(
            "extended labels do not belong to the sample",
            path=labels,
            advice="Open the sample without them.",
        )
    from viewer.datasets.sample import open_sample

    return open_sample()


def _find_file(path: Path) -> ImagesFile:
    if is_classes_name(path.name) or is_extended_name(path.name):
        raise UserError(
            "this is a file of labels, not of images",
            path=path,
            advice="Open the images they belong to, or the folder of both.",
        )
    return describe_file(path)


def _find_in_folder(folder: Path, notes: list[str]) -> list[ImagesFile]:
    """Choose the set of a folder that is opened."""
    sets = find_sets(folder)
    if not sets:
        names = Listing(folder).names
        problem = "there are no images of MNIST or QMNIST in this folder"
        if not names:
            problem = "the folder is empty"
        elif any(is_classes_name(name) or is_extended_name(name) for name in names):
            problem = "there are labels in this folder, but no images"
        raise UserError(problem, path=folder, advice=WHAT_OPENS)
    parts, *others = sets.values()
    for other in others:
        first = other[0].images
        where = first if first.parent == parts[0].images.parent else first.parent
        notes.append(f"{other[0].set_name} lies here too: open {where} for it.")
    return parts


def _count_files(parts: list[ImagesFile], extended: list[ExtendedFile | None]) -> int:
    return sum(
        1 + bool(part.classes) + bool(found) for part, found in zip(parts, extended, strict=True)
    )


def _read_split(
    part: ImagesFile, extended: ExtendedFile | None, steps: _Steps, notes: list[str]
) -> Split:
    """Read the files of a split and join them."""
    split = Split(part.split, read_images(part.images))
    steps.advance()
    if part.classes:
        split = replace(split, labels=read_classes(part.classes, len(split)))
        steps.advance()
    if extended:
        try:
            split = join_extended(split, read_extended(extended.path), extended.path)
        except UserError as error:
            if not extended.nearby:
                raise
            notes.append(f"Extended labels nearby were left out: {error}")
        steps.advance()
    if split.labels is None:
        notes.append(f"The digits of {part.split} have no labels: there is no file of them.")
    elif not part.classes and part.set_name == "MNIST":
        notes.append(f"The labels of {part.split} are QMNIST's: there is no file of MNIST's own.")
    return split
