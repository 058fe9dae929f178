"""Files and folders of sequences, opened as sets of digits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from viewer.datasets.digits import DigitSet
from viewer.datasets.layout import Listing, own_name
from viewer.datasets.sequences.images import make_set
from viewer.datasets.sequences.published import FOLDER, find_published, read_published
from viewer.datasets.sequences.reading import Read, read_sequences
from viewer.datasets.steps import Steps

ENDINGS = (".ndjson", ".ndjson.gz", ".inkml", ".inkml.gz")


def open_sequences(path: Path, steps: Steps, read: Read = read_sequences) -> DigitSet:
    """Open sequences as a set of digits.

    Parameters
    ----------
    path : path
        What `read_sequences` reads.
    steps : Steps
        Counts files or bytes, then digits.
    read : callable
        What reads this file, where that is known already.

    Returns
    -------
    draft : DigitSet
        Not yet named. The images are drawn along the sequences, which are the true paths.

    Raises
    ------
    UserError
        If the file is damaged or holds no sequences.
    """
    folder = path.is_dir()
    name = own_name(path) if folder else path.name
    if folder and name == FOLDER:
        name = own_name(path.parent)
    return make_set(read(path, steps), name, path, steps)


def open_sequences_folder(folder: Path, steps: Steps) -> DigitSet | None:
    """Open the sequences in a folder; None if there are none.

    They are the published text files, in it or in a folder ``sequences`` in it, or the first
    file of ndjson or InkML; npz files are another matter, for they may hold images.
    """
    published = find_published(folder)
    if published:
        return open_sequences(
            folder, steps, lambda path, steps: read_published(path, published, steps)
        )
    files = Listing(folder).files(*ENDINGS)
    if not files:
        return None
    draft = open_sequences(files[0], steps)
    if len(files) == 1:
        return draft
    note = f"Other drawings lie here too: open {files[1]} for them."
    return replace(draft, notes=(*draft.notes, note))
