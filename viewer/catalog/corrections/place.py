"""Where the corrections of a set are kept: beside it, or in a folder of the user."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from viewer.datasets.digits import DigitSet
from viewer.datasets.fingerprint import fingerprint
from viewer.places import data_base

FILE_NAME = "digit-strokes-corrections.jsonl"
SAMPLE = "sample"


@dataclass(frozen=True)
class Found:
    """Where corrections are kept.

    Parameters
    ----------
    path : path
        The file; it need not exist.
    copied : path, optional
        A file that cannot be written to, from which the other one begins.
    """

    path: Path
    copied: Path | None = None


def find_place(dataset: DigitSet, folder: Path | None = None) -> Found:
    """Find the file of the corrections of a set.

    It lies beside the set where that can be written. Else, and for the sample, it lies in
    a folder of the user, named for the set's fingerprint; there it stays when the set's
    folder becomes writable, until a file appears beside the set.

    Parameters
    ----------
    dataset : DigitSet
        The set.
    folder : path, optional
        The folder of the user; ``corrections`` in that of the program by default.

    Returns
    -------
    found : Found

    Raises
    ------
    RuntimeError
        If the user has no home folder, and one is needed.
    """
    home = own_folder(dataset)
    beside = None if home is None else home / FILE_NAME
    there = beside is not None and beside.is_file()
    if beside is not None and there and os.access(beside, os.W_OK) and _is_writable(beside.parent):
        return Found(beside)
    try:
        own = (folder or data_base() / "corrections") / f"{fingerprint(dataset)}.jsonl"
    except RuntimeError:
        if beside is not None and not there and _is_writable(beside.parent):
            return Found(beside)
        raise
    if own.is_file():
        return Found(own)
    if beside is not None and there:
        return Found(own, copied=beside)
    if beside is not None and not beside.exists() and _is_writable(beside.parent):
        return Found(beside)
    return Found(own)


def own_folder(dataset: DigitSet) -> Path | None:
    """Return the folder that a set was opened from, or its file lies in; None if in none.

    Behind a folder a part of the set may be named, which is no file: ``EMNIST/letters``.
    """
    if dataset.source in ("", SAMPLE):
        return None
    path = Path(dataset.source)
    try:
        if path.is_dir():
            return path.absolute()
        if path.is_file() or (len(path.parts) > 1 and path.parent.is_dir()):
            return path.parent.absolute()
    except (OSError, ValueError):
        return None
    return None


def _is_writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)
