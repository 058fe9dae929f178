"""Pen recordings in UNIPEN's form, drawn as images, with the true path of the pen kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.identity import guess_family
from viewer.datasets.layout import Listing, own_name
from viewer.datasets.mnist import ANY_CLASSES
from viewer.datasets.steps import Steps
from viewer.datasets.streams import GET_AGAIN, explain
from viewer.datasets.unipen_text import Recording, Segment, is_unipen, read_unipen
from viewer.errors import UserError

NOTE = (
    "These digits were recorded by a pen tablet and drawn by this program in the form of MNIST's; "
    "the true paths of the pen are kept."
)
MOST_FILES = 200
"""Files of a folder that are looked into."""
_SPLIT = re.compile(r"(?:(.*?)[-_. ])?(tra|tes|train|test|training|testing)", re.IGNORECASE)
OTHER_SPLIT = "digits"


def open_unipen_folder(folder: Path, steps: Steps) -> DigitSet | None:
    """Open the UNIPEN files in a folder as splits of one set; None if there are none."""
    paths = [path for path in Listing(folder).files("")[:MOST_FILES] if is_unipen(path)]
    paths.sort(key=lambda path: split_name(path)[1] == "test")
    return open_unipen(paths, steps) if paths else None


def open_unipen(paths: Sequence[Path], steps: Steps) -> DigitSet:
    """Open UNIPEN files.

    Parameters
    ----------
    paths : sequence of path
        A split each, named by its file: ``train`` (as in ``pendigits-orig.tra``), ``test``, or
        what it is called. Plain, gzip or xz.
    steps : Steps
        Counts bytes.

    Returns
    -------
    draft : DigitSet
        Not yet named. Each digit has its image, its class, the true path, and, where the file
        tells, the columns ``writer`` and ``digit_index`` (place among the writer's digits).

    Raises
    ------
    UserError
        If a file is damaged.

    Notes
    -----
    UCI's *pendigits* names writer and sample in a comment behind each segment, as in
    ``.COMMENT 8 12 224``: class 8, writer 12, sample 224. Other files have ``.WRITER_ID``.
    """
    try:
        steps.begin(sum(path.stat().st_size for path in paths))
    except OSError as error:
        raise explain(error, paths[0]) from error
    recordings: dict[str, tuple[Path, Recording]] = {}
    for path in paths:
        stem, name = split_name(path)
        if name == OTHER_SPLIT and len(paths) > 1:
            name = stem
        if name in recordings:
            name = path.name
        recordings[name] = (path, read_unipen(path, steps))
    names = _name_classes(recordings)
    steps.begin(sum(len(recording.segments) for _, recording in recordings.values()))
    splits = {
        name: _render(name, recording, names, steps) for name, (_, recording) in recordings.items()
    }
    stem = split_name(paths[0])[0] or own_name(paths[0].parent)
    notes = [NOTE]
    if any("writer" not in split.columns for split in splits.values()):
        notes.append("Its files do not tell who wrote each digit.")
    classes = () if _are_digits(names) else tuple(names)
    return DigitSet(stem, "", splits, tuple(notes), guess_family(stem), classes)


def split_name(path: Path) -> tuple[str, str]:
    """Return what set and split a file is of, by its name."""
    stem = re.sub(r"\.(?:gz|xz)$", "", path.name, flags=re.IGNORECASE)
    for name in (stem, stem.rpartition(".")[0]):
        if match := _SPLIT.fullmatch(name):
            return match[1] or "", "train" if match[2].lower().startswith("tra") else "test"
    return stem.rpartition(".")[0] or stem, OTHER_SPLIT


def _name_classes(recordings: dict[str, tuple[Path, Recording]]) -> dict[str, int]:
    """Return the label of each character: a digit is its own."""
    names: dict[str, int] = {}
    for path, recording in recordings.values():
        for segment in recording.segments:
            if segment.label is None:
                raise UserError(
                    f"line {segment.line} is a .SEGMENT without a label",
                    path=path,
                    advice=GET_AGAIN,
                )
            names[segment.label] = 0
        if len(names) > ANY_CLASSES:
            raise UserError(
                f"there are more than {ANY_CLASSES} different characters",
                path=path,
                advice="Open a file with fewer.",
            )
    digits = _are_digits(names)
    return {name: int(name) if digits else place for place, name in enumerate(sorted(names))}


def _are_digits(names: Iterable[str]) -> bool:
    return all(re.fullmatch("[0-9]", name) for name in names)


def _render(name: str, recording: Recording, classes: dict[str, int], steps: Steps) -> Split:
    """Draw the digits of a file."""
    from viewer.jit import prepare

    prepare(apart=True)
    from viewer.core.pen import render_many

    lengths = [[len(stroke) for stroke in strokes] for strokes in recording.strokes]
    points = np.concatenate([stroke for strokes in recording.strokes for stroke in strokes])
    strokes = np.concatenate([np.repeat(np.arange(len(some)), some) for some in lengths])
    offsets = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum([sum(some) for some in lengths], out=offsets[1:])
    images, places = render_many(points, strokes, offsets, progress=steps.advance)
    pen = np.column_stack([places, strokes]).astype(np.float32)
    labels = np.array([classes[segment.label or ""] for segment in recording.segments], np.uint8)
    return Split(name, images, labels, _columns(recording.segments), (pen, offsets))


def _columns(segments: Sequence[Segment]) -> dict[str, NDArray[Any]]:
    """Return what is known of all digits: who wrote them, and which of theirs they are."""
    columns: dict[str, NDArray[Any]] = {}
    writers = [segment.writer for segment in segments]
    if all(writers):
        plain = all(re.fullmatch("[0-9]{1,9}", writer) for writer in writers)
        numbers = {writer: place for place, writer in enumerate(dict.fromkeys(writers))}
        who = [int(writer) if plain else numbers[writer] for writer in writers]
        columns["writer"] = np.array(who, dtype=np.int32)
    if all(segment.sample >= 0 for segment in segments):
        columns["digit_index"] = np.array([segment.sample for segment in segments], dtype=np.int32)
    return columns
