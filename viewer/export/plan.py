"""What an export is made of: which digits, in what form, cut into which chunks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from viewer import __version__
from viewer.catalog.marks.columns import MarkColumns
from viewer.core.sequences import SequenceSet
from viewer.core.settings import ExtractionSettings
from viewer.datasets.digits import DigitSet, Split
from viewer.errors import UserError
from viewer.export.batch import CHUNK, Task
from viewer.export.format import Chunk, Format, Options, Value, Whole

if TYPE_CHECKING:
    from viewer.catalog.corrections.corrections import Corrections
    from viewer.catalog.marks.marks import Marks

Part: TypeAlias = tuple[Split, NDArray[np.int64]]
"""A split and the ascending indices of some of its digits."""
LARGEST_SIDE = 64


@dataclass(frozen=True)
class Plan:
    """An export before any of it is done.

    Parameters
    ----------
    form : Format
    folder : bool
        Whether it becomes a folder.
    options : mapping of str to value
        All of the format's.
    parts : tuple of (Split, ndarray of int64)
        Splits, and the ascending indices of the digits of each.
    whole : Whole
    marks : MarkColumns or None
        Of all digits, in their order.
    corrected : mapping of int to ndarray of int8, shape (T, 4)
        Corrected sequences by the place of their digit.
    unfit : int
        Digits whose correction does not fit under the settings.
    """

    form: Format
    folder: bool
    options: Options
    parts: tuple[Part, ...]
    whole: Whole
    marks: MarkColumns | None
    corrected: Mapping[int, NDArray[np.int8]]
    unfit: int

    def tasks(self, finished: Mapping[int, Any]) -> Iterator[Task]:
        """Yield the chunks that are not finished, as tasks."""
        number = first = 0
        for split, indices in self.parts:
            for place in range(0, len(indices), CHUNK):
                some = indices[place : place + CHUNK]
                if number not in finished:
                    yield self._task(number, first, split, some)
                number += 1
                first += len(some)

    def _task(self, number: int, first: int, split: Split, index: NDArray[np.int64]) -> Task:
        here = range(first, first + len(index))
        rows = {place - first: rows for place, rows in self.corrected.items() if place in here}
        corrected = np.zeros(len(index), dtype=np.bool_)
        corrected[list(rows)] = True
        chunk = Chunk(
            first,
            split.name,
            index,
            np.ascontiguousarray(split.images[index]),
            None if split.labels is None else split.labels[index],
            {name: column[index] for name, column in split.columns.items()},
            self.whole.settings,
            no_sequences(len(index)),
            corrected,
            None if self.marks is None else _part_of(self.marks, here),
        )
        return Task(number, chunk, rows, self.form.name, self.folder, self.options)

    def about(self) -> dict[str, Any]:
        """Return what the manifest says of the export as a whole."""
        return {
            "program": f"digit-strokes {__version__}",
            "format": self.form.name,
            "options": dict(self.options),
            "settings": asdict(self.whole.settings),
            "source": {"name": self.whole.name, "splits": list(map(_about_part, self.parts))},
        }

    def request(self) -> dict[str, Any]:
        """Return all that the bytes of the output depend on."""
        digest = hashlib.sha256()
        for place, rows in sorted(self.corrected.items()):
            digest.update(f"{place} {rows.shape} ".encode() + rows.tobytes())
        if self.marks is not None:
            for column in (self.marks.favourite, self.marks.colour, self.marks.note):
                digest.update(column.tobytes())
            digest.update(repr(self.marks.notes).encode())
        named = None if self.marks is None else len(self.marks.notes)
        return {**self.about(), "chunk": CHUNK, "notes": named, "own": digest.hexdigest()}


def make_plan(
    dataset: DigitSet,
    chosen: Mapping[str, ArrayLike],
    form: Format,
    output: Path,
    given: Mapping[str, Value],
    marks: Marks | None,
    corrections: Corrections | None,
    settings: ExtractionSettings,
) -> Plan:
    """Plan an export, and make sure that it is possible.

    Parameters
    ----------
    dataset, chosen, output, marks, corrections, settings
        As for `viewer.export.run.export_digits`.
    form : Format
    given : mapping of str to value
        Options of the format, or texts to read them from.

    Returns
    -------
    plan : Plan

    Raises
    ------
    UserError
        If a digit is not there, is too large, or has no room in the format, or there is no
        such option.
    """
    options = form.complete(given)
    parts = _find_digits(dataset, chosen)
    whole = _describe(dataset, parts, settings)
    if form.sequences:
        for rows, columns in whole.shapes.values():
            if max(rows, columns) > LARGEST_SIDE:
                raise UserError(
                    f"images of {rows} x {columns} pixels are too large",
                    advice=f"At most {LARGEST_SIDE} x {LARGEST_SIDE} can be extracted.",
                )
    form.writer(output).check(whole, options)
    held = None if marks is None else marks.collect([(split.name, some) for split, some in parts])
    corrected: dict[int, NDArray[np.int8]] = {}
    unfit = 0
    if form.sequences and corrections is not None:
        corrected, unfit = _find_corrected(parts, corrections, settings)
    return Plan(form, form.is_folder(output), options, parts, whole, held, corrected, unfit)


def no_sequences(digits: int) -> SequenceSet:
    """Return what stands for sequences that are not extracted."""
    return SequenceSet(
        np.zeros((0, 4), dtype=np.int8),
        np.zeros(digits + 1, dtype=np.int64),
        np.zeros(digits, dtype=np.uint8),
        np.zeros(digits, dtype=np.bool_),
    )


def _find_digits(dataset: DigitSet, chosen: Mapping[str, ArrayLike]) -> tuple[Part, ...]:
    """Return the splits and indices chosen, in the set's order; UserError if one is not there."""
    for name in chosen:
        dataset.split(name)
    parts = []
    for name, split in dataset.splits.items():
        indices = np.unique(np.asarray(chosen.get(name, ()), dtype=np.int64))
        if len(indices) and (indices[0] < 0 or indices[-1] >= len(split)):
            raise UserError(f"{name} has the digits 0 to {len(split) - 1}")
        if len(indices):
            parts.append((split, indices))
    if not parts:
        raise UserError("no digit is chosen")
    return tuple(parts)


def _describe(dataset: DigitSet, parts: tuple[Part, ...], settings: ExtractionSettings) -> Whole:
    """Return what is known of all digits of an export."""
    splits = [split for split, _indices in parts]
    names = dict.fromkeys(name for split in splits for name in split.columns)
    labels = [split.labels[some] for split, some in parts if split.labels is not None]
    return Whole(
        dataset.name,
        {split.name: len(indices) for split, indices in parts},
        {split.name: (split.images.shape[1], split.images.shape[2]) for split in splits},
        max((int(some.max()) for some in labels), default=-1),
        {
            name: np.result_type(
                *(split.columns[name] for split in splits if name in split.columns)
            )
            for name in names
        },
        dataset.class_names,
        settings,
    )


def _find_corrected(
    parts: tuple[Part, ...], corrections: Corrections, settings: ExtractionSettings
) -> tuple[dict[int, NDArray[np.int8]], int]:
    """Return the corrected sequences by place, and how many do not fit."""
    from viewer.jit import prepare

    prepare(order=settings.order)
    from viewer.catalog.corrections.apply import corrected_rows

    found: dict[int, NDArray[np.int8]] = {}
    unfit = first = 0
    for split, indices in parts:
        rows, others = corrected_rows(split, indices, corrections, settings)
        found |= {first + place: own for place, own in rows.items()}
        unfit += others
        first += len(indices)
    return found, unfit


def _part_of(marks: MarkColumns, places: range) -> MarkColumns:
    """Return the marks of some digits; their notes are those of all."""
    some = slice(places.start, places.stop)
    return MarkColumns(marks.favourite[some], marks.colour[some], marks.note[some], marks.notes)


def _about_part(part: Part) -> dict[str, Any]:
    """Describe a split by the checksums of what it holds, and name its digits."""
    split, indices = part
    about: dict[str, Any] = {
        "name": split.name,
        "digits": len(split),
        "image": list(split.images.shape[1:3]),
        "images_sha256": hashlib.sha256(np.ascontiguousarray(split.images).data).hexdigest(),
    }
    if split.labels is not None:
        labels = np.ascontiguousarray(split.labels)
        about["labels_sha256"] = hashlib.sha256(labels.data).hexdigest()
    metadata = hashlib.sha256()
    for name, column in sorted(split.columns.items()):
        metadata.update(f"{name} {column.dtype.str} ".encode())
        metadata.update(np.ascontiguousarray(column).tobytes())
    return {**about, "metadata_sha256": metadata.hexdigest(), "written": in_ranges(indices)}


def in_ranges(indices: NDArray[np.int64]) -> str:
    """Return ascending indices as ``0-99,205``."""
    if not len(indices):
        return ""
    breaks = np.flatnonzero(np.diff(indices) != 1) + 1
    ends = [0, *breaks.tolist(), len(indices)]
    runs = [(int(indices[a]), int(indices[b - 1])) for a, b in pairwise(ends)]
    return ",".join(f"{a}" if a == b else f"{a}-{b}" for a, b in runs)
