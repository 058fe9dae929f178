"""A folder of text files as the publication has them.

``sequences/`` holds for each digit its sequence, targets and points; the folder
``digit-images-thinned/`` holds the picture at three stages. Numbers in file names are the
digit's index in its split.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from viewer.atomic import filling
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.datasets.digits import Split
from viewer.errors import Cancelled, UserError
from viewer.export.npz import Part
from viewer.export.published_text import (
    CLASSES,
    image_text,
    points_text,
    sequence_text,
    target_text,
)

if TYPE_CHECKING:
    from viewer.core.batch import SequenceSet

SEQUENCES = "sequences"
IMAGES = "digit-images-thinned"
PICTURES = 100
"""Digits with a smaller index get PNG pictures, too."""
REPORT = 256
"""Digits written between two looks at progress and cancel."""


def check_publishable(split: Split) -> None:
    """Make sure that the published form has room for a split.

    Raises
    ------
    UserError
        If a class is not 0 to 9, or the split's name is no part of a file name.
    """
    if split.labels is not None and split.labels.max(initial=0) >= CLASSES:
        raise UserError(
            f"the published files know the classes 0 to 9, not {split.labels.max()}",
            advice="Use the npz format.",
        )
    if not re.fullmatch(r"\w[\w-]*", split.name):
        raise UserError(
            f"the split's name {split.name!r} cannot be part of a file name",
            advice="Use the npz format.",
        )


def write_published(
    folder: Path,
    parts: Sequence[Part],
    sequences: SequenceSet,
    *,
    settings: ExtractionSettings = PUBLISHED,
    image_stages: bool = True,
    overwrite: bool = False,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Write digits in the published form.

    Parameters
    ----------
    folder : path
        The folder; it appears when all of it is written.
    parts : sequence of (Split, ndarray of int64)
        Splits, and which digits of each; their files lie side by side.
    sequences : SequenceSet
        Their sequences, in the same order.
    settings : ExtractionSettings
        What the sequences were extracted with; the pictures are made with the same.
    image_stages : bool
        Whether the pictures are written, too.
    overwrite : bool
        Whether files in an existing folder may be replaced; all others stay.
    progress : callable, optional
        Called with (digits done, digits in all).
    cancelled : callable, optional
        Asked now and then; when it returns True, nothing is left behind.

    Raises
    ------
    UserError
        If the folder may not be changed or cannot be written, or the published form has
        no room for a split.
    Cancelled
        If `cancelled` said so.
    """
    for split, _indices in parts:
        check_publishable(split)
    with filling(folder, overwrite=overwrite) as staging:
        (staging / SEQUENCES).mkdir()
        if image_stages:
            (staging / IMAGES).mkdir()
        digits = ((split, index) for split, indices in parts for index in indices.tolist())
        for place, (split, index) in enumerate(digits):
            label = None if split.labels is None else int(split.labels[index])
            name = f"{split.name}img-{index}"
            _write_sequence(staging / SEQUENCES / name, sequences.sequence(place), label)
            if image_stages:
                _write_images(staging / IMAGES / name, split.images[index], settings, index)
            if place % REPORT == REPORT - 1 or place == len(sequences) - 1:
                if progress is not None:
                    progress(place + 1, len(sequences))
                if cancelled is not None and cancelled():
                    raise Cancelled
        for split, indices in parts:
            if split.labels is not None:
                labels = "".join(f"{label}\n" for label in split.labels[indices].tolist())
                _write(staging / SEQUENCES / f"{split.name}labels.txt", labels)


def _write_sequence(stem: Path, rows: NDArray[np.int8], label: int | None) -> None:
    """Write the files of one sequence; without a class there is no target."""
    _write(stem.with_name(f"{stem.name}-inputdata.txt"), sequence_text(rows))
    _write(stem.with_name(f"{stem.name}-points.txt"), points_text(rows))
    if label is not None:
        _write(stem.with_name(f"{stem.name}-targetdata.txt"), target_text(rows, label))


def _write_images(
    stem: Path, image: NDArray[np.uint8], settings: ExtractionSettings, index: int
) -> None:
    """Write the three stages of one picture; small parts are still in the thinned one."""
    from viewer.core.extract import extract

    extraction = extract(image, settings)
    stages = {
        "input": image,
        "thresholded": _black_and_white(extraction.thresholded),
        "thinned": _black_and_white(extraction.thresholded & (extraction.removed_by == 0)),
    }
    for stage, picture in stages.items():
        _write(stem.with_name(f"{stem.name}-{stage}.txt"), image_text(picture))
        if index < PICTURES:
            _write_png(stem.with_name(f"{stem.name}-{stage}.png"), picture)


def _black_and_white(ink: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return np.where(ink, np.uint8(255), np.uint8(0))


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("ascii"))


def _write_png(path: Path, picture: NDArray[np.uint8]) -> None:
    from PIL import Image

    Image.fromarray(np.ascontiguousarray(picture)).save(path, format="PNG")
