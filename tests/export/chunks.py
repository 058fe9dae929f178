"""Digits cut into chunks, and a format's output put together in the simplest way."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

import numpy as np

from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.datasets.digits import DigitSet
from viewer.export.format import Chunk, FileWriter, FolderWriter, Format, Value, Whole


def make_whole(dataset: DigitSet, settings: ExtractionSettings = PUBLISHED) -> Whole:
    """Describe all digits of a set."""
    splits = list(dataset.splits.values())
    names = dict.fromkeys(name for split in splits for name in split.columns)
    known = [split.labels for split in splits if split.labels is not None]
    return Whole(
        dataset.name,
        {split.name: len(split) for split in splits},
        {split.name: split.images.shape[1:3] for split in splits},
        max((int(labels.max()) for labels in known), default=-1),
        {
            name: np.result_type(*(s.columns[name] for s in splits if name in s.columns))
            for name in names
        },
        dataset.class_names,
        settings,
    )


def make_chunks(
    dataset: DigitSet, size: int = 5, settings: ExtractionSettings = PUBLISHED
) -> Iterator[Chunk]:
    """Cut all digits of a set into chunks of at most so many."""
    from viewer.core.batch import extract_batch

    done = 0
    for split in dataset.splits.values():
        for first in range(0, len(split), size):
            index = np.arange(first, min(first + size, len(split)), dtype=np.int64)
            images = split.images[index]
            yield Chunk(
                done,
                split.name,
                index,
                images,
                None if split.labels is None else split.labels[index],
                {name: column[index] for name, column in split.columns.items()},
                settings,
                extract_batch(images, settings),
                np.zeros(len(index), dtype=np.bool_),
            )
            done += len(index)


def write_file(
    form: Format, dataset: DigitSet, given: Mapping[str, Value] | None = None, size: int = 5
) -> bytes:
    """Return the file of all digits of a set."""
    options = form.complete(given or {})
    assert isinstance(form.file, FileWriter)
    whole = make_whole(dataset)
    form.file.check(whole, options)
    pieces = [form.file.encode(chunk, options) for chunk in make_chunks(dataset, size)]
    file = io.BytesIO()
    form.file.join(iter(pieces), file, whole, options)
    return file.getvalue()


def write_folder(
    form: Format, dataset: DigitSet, given: Mapping[str, Value] | None = None, size: int = 5
) -> dict[str, bytes]:
    """Return the files of a folder of all digits of a set."""
    options = form.complete(given or {})
    assert isinstance(form.folder, FolderWriter)
    whole = make_whole(dataset)
    form.folder.check(whole, options)
    chunks = list(make_chunks(dataset, size))
    files: dict[str, bytes] = {}
    for chunk in chunks:
        made = form.folder.encode(chunk, options)
        assert not set(made) & set(files)
        files |= made
    notes = (form.folder.note(chunk, options) for chunk in chunks)
    return files | form.folder.finish(whole, notes, options)
