"""The journal of an export: a line a finished chunk, with the checksums of its files."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any


def read_journal(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a journal up to the first one that is not whole.

    Parameters
    ----------
    path : path
        The journal; one that is not there has no lines.

    Yields
    ------
    line : dict
        ``chunk``, ``piece`` (as `sum_of` gives it), ``files`` (the same by name), ``facts``.
    """
    try:
        journal = path.open("rb")
    except FileNotFoundError:
        return
    with journal:
        for line in journal:
            check, _blank, text = line.rstrip(b"\n").partition(b" ")
            if not line.endswith(b"\n") or check != f"{zlib.crc32(text):08x}".encode():
                return
            yield json.loads(text)


def read_in_order(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a whole journal by the number of their chunk, one at a time."""
    places = {}
    with path.open("rb") as journal:
        while line := journal.readline():
            places[json.loads(line.partition(b" ")[2])["chunk"]] = journal.tell() - len(line)
        for chunk in sorted(places):
            journal.seek(places[chunk])
            yield json.loads(journal.readline().partition(b" ")[2])


def journal_line(line: Mapping[str, Any]) -> bytes:
    """Return a line as it stands in the journal, with its own checksum."""
    text = json.dumps(line, separators=(",", ":")).encode()
    return f"{zlib.crc32(text):08x} ".encode() + text + b"\n"


def sum_of(content: bytes) -> tuple[str, int]:
    """Return SHA-256 and size of some bytes."""
    return hashlib.sha256(content).hexdigest(), len(content)


def sum_of_file(path: Path) -> tuple[str, int]:
    """Return SHA-256 and size of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


def is_whole(path: Path, entry: Sequence[Any]) -> bool:
    """Return whether a file is there with the checksum and size it had."""
    try:
        return sum_of_file(path) == tuple(entry)
    except OSError:
        return False


def write_all(handle: int, content: bytes) -> None:
    """Write all of it to an open file, however little the system takes at a time."""
    left = memoryview(content)
    while len(left):
        left = left[os.write(handle, left) :]
