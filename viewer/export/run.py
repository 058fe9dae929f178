"""From digits of a set to files: extraction and writing in one call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from viewer.atomic import check_target
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.datasets.digits import DigitSet
from viewer.errors import UserError
from viewer.export.identifiers import write_identifiers
from viewer.export.npz import Part, write_npz
from viewer.export.published import check_publishable, write_published

if TYPE_CHECKING:
    from viewer.catalog.corrections.apply import Applied
    from viewer.catalog.corrections.corrections import Corrections
    from viewer.catalog.marks.marks import Marks
    from viewer.core.batch import SequenceSet

Format = Literal["npz", "published", "identifiers"]
FORMATS: tuple[Format, ...] = get_args(Format)
LARGEST_SIDE = 64
BLOCK = 16_384
"""Digits whose images are gathered at a time."""
Progress = Callable[[int, int], None]


def check_output(output: Path, format: Format, *, overwrite: bool) -> None:  # noqa: A002
    """Make sure that an export could be written; a UserError says why not."""
    check_target(output, folder=format == "published", overwrite=overwrite)


def export_digits(
    dataset: DigitSet,
    chosen: Mapping[str, ArrayLike],
    *,
    format: Format,  # noqa: A002
    output: Path,
    marks: Marks | None = None,
    corrections: Corrections | None = None,
    settings: ExtractionSettings = PUBLISHED,
    jobs: int = 1,
    overwrite: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    on_extracted: Callable[[SequenceSet], None] | None = None,
    on_corrected: Callable[[Applied], None] | None = None,
) -> Path:
    """Extract digits and write them; the output appears whole or not at all.

    Parameters
    ----------
    dataset : DigitSet
        The set.
    chosen : mapping of str to array_like of int, shape (n,)
        Digits by the name of their split. They are written in the order of the set's
        splits and of their indices, each once.
    format : str
        ``npz``, one file; ``published``, a folder of text files, which has no place for
        marks, nor for which digits are corrected; or ``identifiers``, a list without sequences.
    output : path
        The file or folder.
    marks : Marks, optional
        Marks to write with the digits.
    corrections : Corrections, optional
        Corrections of the set; those of the digits stand in the place of the computed
        sequences where they fit the skeleton under the settings.
    settings : ExtractionSettings
        The published ones by default.
    jobs : int
        Threads to extract in; the result does not depend on it.
    overwrite : bool
        Whether existing files may be replaced.
    progress : callable, optional
        Called with (steps done, steps in all).
    cancelled : callable, optional
        Asked now and then; when it returns True, nothing is left behind.
    on_extracted : callable, optional
        Called once with the sequences before they are written; not for ``identifiers``.
    on_corrected : callable, optional
        Called before that with the sequences, which of them are corrected, and how many
        corrections do not fit; not without `corrections`.

    Returns
    -------
    output : path
        What was written.

    Raises
    ------
    UserError
        If the digits cannot be extracted or the output cannot be written.
    Cancelled
        If `cancelled` said so.
    """
    parts = _find_digits(dataset, chosen)
    check_output(output, format, overwrite=overwrite)
    if format == "identifiers":
        write_identifiers(output, parts, overwrite=overwrite)
        return output
    _check_form(parts, format)
    held = None if marks is None else marks.collect([(split.name, some) for split, some in parts])
    phases = 1 if format == "npz" else 2
    sequences = _extract(parts, settings, jobs, _part_of(progress, 0, phases), cancelled)
    applied = None
    if corrections is not None:
        from viewer.catalog.corrections.apply import apply_corrections

        applied = apply_corrections(parts, sequences, corrections, settings)
        sequences = applied.sequences
        if on_corrected is not None:
            on_corrected(applied)
    if on_extracted is not None:
        on_extracted(sequences)
    if format == "npz":
        corrected = None if applied is None else applied.corrected
        write_npz(output, parts, sequences, marks=held, corrected=corrected, overwrite=overwrite)
    else:
        write_published(
            output,
            parts,
            sequences,
            settings=settings,
            overwrite=overwrite,
            progress=_part_of(progress, 1, phases),
            cancelled=cancelled,
        )
    return output


def _find_digits(dataset: DigitSet, chosen: Mapping[str, ArrayLike]) -> list[Part]:
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
    return parts


def _check_form(parts: Sequence[Part], format: Format) -> None:  # noqa: A002
    """Raise a UserError unless these digits can be extracted and have room in the format."""
    for split, _indices in parts:
        rows, columns = split.images.shape[1:]
        if max(rows, columns) > LARGEST_SIDE:
            raise UserError(
                f"images of {rows} x {columns} pixels are too large",
                advice=f"At most {LARGEST_SIDE} x {LARGEST_SIDE} can be extracted.",
            )
        if format == "published":
            check_publishable(split)


def _extract(
    parts: Sequence[Part],
    settings: ExtractionSettings,
    jobs: int,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> SequenceSet:
    """Extract digits of several splits, whose images may differ in size."""
    from viewer.jit import prepare

    prepare(order=settings.order)
    from viewer.core.batch import extract_batch, join

    total = sum(len(indices) for _split, indices in parts)
    done = 0
    found = []
    for split, indices in parts:
        for first in range(0, len(indices), BLOCK):
            block = indices[first : first + BLOCK]
            report = None if progress is None else _counted_on(progress, done, total)
            found.append(
                extract_batch(
                    split.images[block],
                    settings,
                    jobs=jobs,
                    progress=report,
                    cancelled=cancelled,
                )
            )
            done += len(block)
    return join(found)


def _counted_on(progress: Progress, before: int, total: int) -> Progress:
    """Return progress of one block as progress of all digits."""
    return lambda done, _in_block: progress(before + done, total)


def _part_of(progress: Progress | None, phase: int, phases: int) -> Progress | None:
    """Return progress of one phase as progress of the whole."""
    if progress is None:
        return None
    report = progress
    return lambda done, total: report(phase * total + done, phases * total)
