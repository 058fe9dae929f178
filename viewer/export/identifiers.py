"""Lists of digits by their identifiers, ``train:13``, a line each: written and read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.atomic import writing
from viewer.datasets.digits import DigitSet
from viewer.datasets.selection import parse_identity
from viewer.errors import UserError
from viewer.export.npz import Part

LARGEST_FILE = 1 << 28
"""Bytes read at most: a line for each of ten million digits."""
COMMENT = "#"


def write_identifiers(path: Path, parts: Sequence[Part], *, overwrite: bool = False) -> None:
    """Write a list of digits.

    Parameters
    ----------
    path : path
        The file: UTF-8, one identifier a line.
    parts : sequence of (Split, ndarray of int64)
        Splits, and which digits of each.
    overwrite : bool
        Whether an existing file may be replaced.

    Raises
    ------
    UserError
        If the file exists and may not be replaced, or cannot be written, or a split's
        name would not read back.
    """
    for split, _indices in parts:
        if not _stands_alone(split.name):
            raise UserError(f"the split's name {split.name!r} cannot stand in a list")
    with writing(path, overwrite=overwrite) as file:
        for split, indices in parts:
            lines = "".join(f"{split.name}:{index}\n" for index in indices.tolist())
            file.write(lines.encode())


def read_identifiers(path: Path, dataset: DigitSet) -> dict[str, NDArray[np.int64]]:
    """Read a list of digits.

    Parameters
    ----------
    path : path
        A file as `write_identifiers` makes it; empty lines, and lines that begin with
        ``#``, are passed over.
    dataset : DigitSet
        The set the digits are of.

    Returns
    -------
    chosen : dict of str to ndarray of int64
        Ascending indices by split, in the order of the set's splits; each digit once.

    Raises
    ------
    UserError
        If the file cannot be read, or a line names no digit of the set; it is numbered.
    """
    found: dict[str, list[int]] = {}
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip() or line.startswith(COMMENT):
            continue
        try:
            split, index = parse_identity(line.strip(), dataset)
        except UserError as error:
            raise UserError(
                f"line {number}: {error.problem}", path=path, advice=error.advice
            ) from error
        found.setdefault(split, []).append(index)
    return {
        split: np.unique(np.array(found[split], dtype=np.int64))
        for split in dataset.splits
        if split in found
    }


def _stands_alone(name: str) -> bool:
    """Return whether a split's name reads back from the start of a line."""
    return bool(name) and name.isprintable() and name == name.strip() and name[0] != COMMENT


def _lines(path: Path) -> list[str]:
    """Return the lines of a text file."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(f"it cannot be read: {reason}", path=path) from error
    if len(content) > LARGEST_FILE:
        raise UserError(f"it is longer than {LARGEST_FILE:,} bytes", path=path)
    try:
        return content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise UserError("it is not plain text", path=path) from error
