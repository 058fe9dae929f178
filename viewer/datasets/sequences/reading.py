"""Which form of sequences a file or folder is in, and reading it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from viewer.datasets.keras import NPZ_MAGIC
from viewer.datasets.layout import is_folder
from viewer.datasets.sequences.drawn import Drawn
from viewer.datasets.sequences.inkml import begins_inkml, read_inkml
from viewer.datasets.sequences.ndjson import begins_ndjson, read_ndjson
from viewer.datasets.sequences.npz import holds_sequences, read_npz
from viewer.datasets.sequences.published import (
    find_published,
    is_published_name,
    read_archive,
    read_published,
)
from viewer.datasets.sequences.tar import is_tar
from viewer.datasets.steps import Steps
from viewer.datasets.streams import Reader
from viewer.errors import UserError

START_BYTES = 512
"""Bytes that tell what a file is."""
INKML_NAMES = (".inkml", ".inkml.gz", ".inkml.xz")
"""Ink whose first bytes are a long comment is told by its name."""
WHAT_READS = (
    "Sequences can be read from npz files, the published text files and their archive, "
    "Quick, Draw! ndjson and InkML."
)
Read: TypeAlias = Callable[[Path, Steps], Drawn]


def read_sequences(path: Path, steps: Steps) -> Drawn:
    """Read the sequences of a file or folder.

    Parameters
    ----------
    path : path
        The published text files: their folder, the one above it, their archive, or one file;
        npz in the forms of `viewer.datasets.sequences.npz.read_npz`; Quick, Draw! ndjson;
        InkML. What a file is, is told by what it holds.
    steps : Steps
        Counts files, or bytes.

    Returns
    -------
    drawn : Drawn

    Raises
    ------
    UserError
        If there are none, or the file is damaged.
    """
    if is_folder(path, WHAT_READS):
        files = find_published(path)
        if not files:
            raise UserError("there are no sequences in this folder", path=path, advice=WHAT_READS)
        return read_published(path, files, steps)
    with Reader(path) as reader:
        read = find_reader(path, reader.read(START_BYTES))
    if read is None:
        raise UserError("there are no sequences in this file", path=path, advice=WHAT_READS)
    return read(path, steps)


def find_reader(path: Path, start: bytes) -> Read | None:
    """Return what reads the sequences of a file; None if it is no file of sequences.

    Parameters
    ----------
    path : path
        The file.
    start : bytes
        Its first `START_BYTES`, unpacked.
    """
    if start.startswith(NPZ_MAGIC):
        return read_npz if holds_sequences(path) else None
    if is_tar(start):
        return read_archive
    if begins_ndjson(start):
        return read_ndjson
    if begins_inkml(start) or path.name.lower().endswith(INKML_NAMES):
        return read_inkml
    if is_published_name(path.name):
        return lambda path, steps: read_published(path, [path], steps)
    return None
