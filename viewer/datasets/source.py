"""What a user names, opened as a set of digits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from viewer.datasets.digits import DigitSet
from viewer.datasets.identity import name_set
from viewer.datasets.idx_set import open_idx_file, open_idx_folder, open_part
from viewer.datasets.keras import NPZ_MAGIC, open_npz
from viewer.datasets.layout import Listing, is_folder
from viewer.datasets.parquet import PARQUET_MAGIC, open_parquet, open_parquet_folder
from viewer.datasets.pixel_csv import is_csv_name, is_pixel_csv, open_csv, open_csv_folder
from viewer.datasets.png import PNG_MAGIC
from viewer.datasets.png_folder import open_png_folder
from viewer.datasets.sequences.npz import holds_sequences
from viewer.datasets.sequences.opening import open_sequences, open_sequences_folder
from viewer.datasets.sequences.reading import START_BYTES, find_reader
from viewer.datasets.steps import Steps
from viewer.datasets.streams import Reader
from viewer.datasets.unipen import open_unipen, open_unipen_folder
from viewer.datasets.unipen_text import begins_unipen
from viewer.errors import UserError

SAMPLE = "sample"
WHAT_OPENS = (
    "What can be opened: MNIST, QMNIST, EMNIST and their like as IDX files (such as "
    "train-images-idx3-ubyte.gz), mnist.npz, CSV of pixels, parquet, UNIPEN, stroke sequences "
    "(npz, the published text files and sequences.tar.gz, Quick, Draw! ndjson, InkML), a folder "
    "of any of them or of PNG pictures by class, or the word 'sample'."
)


def open_source(
    source: str | Path,
    *,
    labels: str | Path | None = None,
    sequences: str | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> DigitSet:
    """Open a set of digits.

    What a file is, is told by what it holds. Of a folder, the first of these is opened: IDX
    files (as they come, or in torchvision's layout), ``.npz``, parquet, CSV, UNIPEN, stroke
    sequences, pictures by class. Behind a folder of IDX files, a split or set in it may be named:
    ``QMNIST/test10k``, ``EMNIST/letters``.

    Parameters
    ----------
    source : str or path
        A folder, a file, or the string ``sample`` for the embedded digits; ``./sample`` is a
        folder.
    labels : str or path, optional
        A file or folder of QMNIST's extended labels. Without it they are taken from the
        folder of the images, else from a folder ``qmnist`` or ``QMNIST`` near it.
    sequences : str or path, optional
        A file or folder of sequences that the digits get as their true paths.
    progress : callable, optional
        Is told how much of how much is read.
    cancelled : callable, optional
        Asked between files, or often within large ones.

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
    steps = Steps(progress, cancelled)
    dataset = _open(source, labels, steps)
    if sequences is None:
        return dataset
    from viewer.datasets.sequences.attach import attach_sequences

    return attach_sequences(dataset, Path(sequences), steps)


def _open(source: str | Path, labels: str | Path | None, steps: Steps) -> DigitSet:
    if source == SAMPLE:
        return _open_sample(labels)
    path, table = Path(source), None if labels is None else Path(labels)
    draft = open_part(path, table, steps) if _is_absent(path) else None
    if draft is None:
        folder = is_folder(path, WHAT_OPENS)
        draft = _open_folder(path, table, steps) if folder else _open_file(path, table, steps)
    return name_set(replace(draft, source=str(source)))


def _open_sample(labels: str | Path | None) -> DigitSet:
    if labels is not None:
        raise UserError(
            "extended labels do not belong to the sample",
            path=labels,
            advice="Open the sample without them.",
        )
    from viewer.datasets.sample import open_sample

    return open_sample()


def _is_absent(path: Path) -> bool:
    """Return whether there is nothing of this name."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def _open_file(path: Path, labels: Path | None, steps: Steps) -> DigitSet:
    """Open a file by what it holds."""
    with Reader(path) as reader:
        start = reader.read(START_BYTES)
    if start.startswith(PNG_MAGIC):
        raise UserError(
            "this is one picture",
            path=path,
            advice="Open the folder that holds a folder of pictures for each class.",
        )
    read = find_reader(path, start)
    if read is not None:
        draft = open_sequences(path, steps, read)
    elif start.startswith(NPZ_MAGIC):
        draft = open_npz(path, steps)
    elif start.startswith(PARQUET_MAGIC):
        draft = open_parquet([path], steps)
    elif begins_unipen(start):
        draft = open_unipen([path], steps)
    elif is_csv_name(path.name) or is_pixel_csv(path):
        draft = open_csv([path], steps)
    else:
        return open_idx_file(path, labels, steps)
    _refuse_labels(labels)
    return draft


def _open_folder(folder: Path, labels: Path | None, steps: Steps) -> DigitSet:
    """Open the first of the forms that a folder has."""
    draft = open_idx_folder(folder, labels, steps)
    if draft is not None:
        return draft
    _refuse_labels(labels)
    listing = Listing(folder)
    for file in listing.files(".npz"):
        return open_sequences(file, steps) if holds_sequences(file) else open_npz(file, steps)
    for opener in (
        open_parquet_folder,
        open_csv_folder,
        open_unipen_folder,
        open_sequences_folder,
        open_png_folder,
    ):
        draft = opener(folder, steps)
        if draft is not None:
            return draft
    raise UserError(
        "there is no set of digits in this folder" if listing.names else "the folder is empty",
        path=folder,
        advice=WHAT_OPENS,
    )


def _refuse_labels(labels: Path | None) -> None:
    if labels is not None:
        raise UserError(
            "extended labels are joined to IDX files only",
            path=labels,
            advice="Open the IDX files of MNIST or QMNIST with them.",
        )
