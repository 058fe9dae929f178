"""Sequences out of a file as the true paths of the digits of a set."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.sequences.drawn import NO_LABEL, Drawn
from viewer.datasets.sequences.images import chosen_by_split, pen_paths, pixels, take
from viewer.datasets.sequences.reading import read_sequences
from viewer.datasets.steps import Steps
from viewer.errors import UserError

MOST_OTHER = 0.01
"""Share of the labels that may differ, for there are sets with corrected labels."""


def attach_sequences(dataset: DigitSet, path: Path, steps: Steps | None = None) -> DigitSet:
    """Take the sequences of a file as the true paths of a set's digits.

    Parameters
    ----------
    dataset : DigitSet
        The set.
    path : path
        A file or folder that `read_sequences` reads, of sequences on the pixels of the set's
        images.
    steps : Steps, optional
        Counts files, or bytes.

    Returns
    -------
    dataset : DigitSet
        With the true paths of those digits, by split and index, that are in the file; all
        others have none. A note tells how many.

    Raises
    ------
    UserError
        If the file cannot be read, or its sequences are not those of the set: there is no
        such split or index, a sequence leaves its image, or more than one label in a hundred
        is another one.
    """
    drawn = read_sequences(path, steps or Steps())
    if not drawn.on_pixels:
        raise UserError(
            "its sequences do not lie on pixels of images, so that no digit can have them as "
            "its path",
            path=path,
            advice="Open the file by itself, or give sequences as published or npz.",
        )
    found = chosen_by_split(drawn, path)
    for name in found:
        if name not in dataset.splits:
            raise UserError(
                f"it holds sequences of a split {name!r}",
                path=path,
                advice=f"The set has: {', '.join(dataset.splits)}.",
            )
    splits, notes = {}, []
    for name, split in dataset.splits.items():
        part = take(drawn, found.get(name, np.zeros(0, np.int64)))
        count = int((np.diff(part.offsets) > 0).sum())
        if name in found:
            splits[name] = _attach(split, part, path)
            notes.append(f"{count:,} of {len(split):,} digits of {name}")
        else:
            splits[name] = replace(split, pen_paths=None)
    note = f"The true paths are the sequences of {path.name}: {', '.join(notes)} have one."
    return replace(dataset, splits=splits, notes=(*dataset.notes, note))


def _attach(split: Split, part: Drawn, path: Path) -> Split:
    """Give the digits of a split their paths; `part` is in the order of the indices."""
    if part.index[-1] >= len(split):
        raise UserError(
            f"it holds a sequence of {split.name}:{part.index[-1]}",
            path=path,
            advice=f"The indices of the set's digits are 0 to {len(split) - 1}.",
        )
    _check_labels(split, part, path)
    places = pixels(part)
    outside = (places >= np.array(split.images.shape[1:])).any(axis=1)
    if outside.any():
        digit = int(np.searchsorted(part.offsets, np.argmax(outside), side="right")) - 1
        raise UserError(
            f"the sequence of {split.name}:{part.index[digit]} leaves its image of "
            f"{split.images.shape[1]} x {split.images.shape[2]} pixels",
            path=path,
            advice="Give sequences of these images.",
        )
    lengths = np.zeros(len(split), dtype=np.int64)
    lengths[part.index] = np.diff(part.offsets)
    offsets: NDArray[np.int64] = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    return replace(split, pen_paths=(pen_paths(part, places.astype(np.float64)), offsets))


def _check_labels(split: Split, part: Drawn, path: Path) -> None:
    """Make sure that sequences have the labels that their digits have."""
    known = part.label != NO_LABEL
    if split.labels is None or not known.any():
        return
    other = np.flatnonzero(known & (split.labels[part.index].astype(np.int16) != part.label))
    if len(other) > MOST_OTHER * int(known.sum()):
        first = int(other[0])
        index = int(part.index[first])
        raise UserError(
            f"{len(other):,} of its {int(known.sum()):,} labels of {split.name} are not those of "
            f"the set: {split.name}:{index} is {part.label[first]} here and "
            f"{split.labels[index]} there",
            path=path,
            advice="Give sequences of these digits.",
        )
