"""From digits of a set to files: extraction and writing in one call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.datasets.digits import DigitSet, Split
from viewer.errors import UserError
from viewer.export.atomic import check_target
from viewer.export.npz import write_npz
from viewer.export.published import check_publishable, write_published

if TYPE_CHECKING:
    from viewer.core.batch import SequenceSet

Format = Literal["npz", "published"]
FORMATS: tuple[Format, ...] = get_args(Format)
LARGEST_SIDE = 64


def check_output(output: Path, format: Format, *, overwrite: bool) -> None:  # noqa: A002
    """Make sure that an export could be written; a UserError says why not."""
    check_target(output, folder=format == "published", overwrite=overwrite)


def export_digits(
    dataset: DigitSet,
    split: str,
    indices: ArrayLike,
    *,
    format: Format,  # noqa: A002
    output: Path,
    settings: ExtractionSettings = PUBLISHED,
    jobs: int = 1,
    overwrite: bool = False,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    on_extracted: Callable[[SequenceSet], None] | None = None,
) -> Path:
    """Extract digits and write them; the output appears whole or not at all.

    Parameters
    ----------
    dataset : DigitSet
        The set.
    split : str
        Name of one of its splits.
    indices : array_like of int, shape (n,)
        Digits of the split; they are written in index order, each once.
    format : str
        ``npz``, one file, or ``published``, a folder of text files.
    output : path
        The file or folder.
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
        Called with the sequences before they are written.

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
    part = dataset.split(split)
    chosen = np.unique(np.asarray(indices, dtype=np.int64))
    _check_digits(part, chosen)
    check_output(output, format, overwrite=overwrite)
    if format == "published":
        check_publishable(part)

    from viewer.jit import prepare

    prepare()
    from viewer.core.batch import extract_batch

    whole = len(chosen) == len(part)
    sequences = extract_batch(
        part.images if whole else part.images[chosen],
        settings,
        jobs=jobs,
        progress=_part_of(progress, 0, 1 if format == "npz" else 2),
        cancelled=cancelled,
    )
    if on_extracted is not None:
        on_extracted(sequences)
    if format == "npz":
        write_npz(output, part, chosen, sequences, overwrite=overwrite)
    else:
        write_published(
            output,
            part,
            chosen,
            sequences,
            settings=settings,
            overwrite=overwrite,
            progress=_part_of(progress, 1, 2),
            cancelled=cancelled,
        )
    return output


def _check_digits(split: Split, indices: np.ndarray[tuple[int], np.dtype[np.int64]]) -> None:
    """Raise a UserError unless these digits can be extracted."""
    if not len(indices):
        raise UserError("no digit is chosen")
    if indices[0] < 0 or indices[-1] >= len(split):
        raise UserError(f"{split.name} has the digits 0 to {len(split) - 1}")
    rows, columns = split.images.shape[1:]
    if max(rows, columns) > LARGEST_SIDE:
        raise UserError(
            f"images of {rows} x {columns} pixels are too large",
            advice=f"At most {LARGEST_SIDE} x {LARGEST_SIDE} can be extracted.",
        )


def _part_of(
    progress: Callable[[int, int], None] | None, phase: int, phases: int
) -> Callable[[int, int], None] | None:
    """Return progress of one phase as progress of the whole."""
    if progress is None:
        return None
    report = progress
    return lambda done, total: report(phase * total + done, phases * total)
