"""Lists of digits by their identifiers, ``train:13``, a line each: written and read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.digits import DigitSet
from viewer.datasets.selection import parse_identity
from viewer.errors import UserError
from viewer.export.format import Chunk, FileWriter, Format, Options, Whole

LARGEST_FILE = 1 << 28
"""Bytes read at most: a line for each of ten million digits."""
COMMENT = "#"


def check(whole: Whole, options: Options) -> None:
    """Make sure that the splits' names would read back."""
    for name in whole.counts:
        if not _stands_alone(name):
            raise UserError(f"the split's name {name!r} cannot stand in a list")


def encode(chunk: Chunk, options: Options) -> bytes:
    """Return the names of a chunk's digits, one a line."""
    return "".join(f"{chunk.split}:{index}\n" for index in chunk.index.tolist()).encode()


def join(pieces: Iterable[bytes], file: BinaryIO, whole: Whole, options: Options) -> None:
    """Write the list: UTF-8, one identifier a line."""
    file.writelines(pieces)


def snippet(path: str) -> str:
    """Return Python that loads the file."""
    return f"names = open({path!r}, encoding='utf-8').read().split()"


FORMAT = Format(
    "identifiers",
    "list of digits",
    "A text file with the name of each digit, such as train:13; no sequences",
    ".txt",
    snippet,
    file=FileWriter(encode, join, check),
    sequences=False,
)


def read_identifiers(path: Path, dataset: DigitSet) -> dict[str, NDArray[np.int64]]:
    """Read a list of digits.

    Parameters
    ----------
    path : path
        A file as `join` makes it; empty lines, and lines that begin with
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
