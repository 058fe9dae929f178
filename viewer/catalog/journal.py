"""A file of records that only grows: whatever happens to it, its sound lines are kept.

Strategy: a record is one line, the CRC-32 of its text before it, so that a line which is
cut short or changed is known as such and passed over. A line is handed to the system in
one piece, which outlives a killed process, and a thread brings it to the disk, which the
caller need not wait for. Several processes may share a journal: each takes the lock beside
it, reads what the others added, and then adds its own. The first line holds a random
number; where it is another one than before, the file was replaced and is read anew.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import secrets
import shutil
import sys
import time
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from viewer.atomic import writing

HEAD = "digit-strokes journal 1"
PATIENCE = 0.25
"""Seconds that a lock held by another process is waited for."""
COPIES = 9
"""Damaged journals that are kept; the last one gives way."""
_LINE = re.compile(rb"([0-9a-f]{8}) (.*)", re.DOTALL)


@dataclass(frozen=True)
class Reading:
    """What was read from a journal.

    Parameters
    ----------
    records : list
        The records of the sound lines.
    anew : bool
        Whether these are all there are, not only those added since the last reading.
    damaged : int
        Lines that were passed over.
    torn : bool
        Whether the last line is incomplete.
    """

    records: list[object]
    anew: bool
    damaged: int
    torn: bool


class Journal:
    """A file of records, one JSON value a line.

    Parameters
    ----------
    path : path
        The file; it and its folder need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._head = b""
        self._end = 0
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._syncing: Future[None] | None = None

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from writing meanwhile; makes the folder.

        A process that holds the lock for long is not waited for, since lines added by one
        call each seldom meet.

        Raises
        ------
        OSError
            If the folder cannot be made or written to.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_name(f".{self.path.stem}.lock").open("ab") as file:
            _lock(file.fileno())
            yield  # closing the file gives up the lock

    def read(self, *, anew: bool = False) -> Reading:
        """Read what was added since the last reading, or all where the file was replaced.

        A file that is not there is no news.

        Parameters
        ----------
        anew : bool
            Read all in any case.

        Raises
        ------
        OSError
            If the file is there and cannot be read.
        """
        try:
            with self.path.open("rb") as file:
                head = file.readline()
                size = file.seek(0, os.SEEK_END)
                anew = anew or head != self._head or size < self._end
                start = file.seek(0 if anew else self._end)
                added = file.read()
        except (FileNotFoundError, NotADirectoryError):
            self._head, self._end = b"", 0
            return Reading([], anew=False, damaged=0, torn=False)
        *lines, last = added.split(b"\n")
        records = [_record(line) for line in lines if line]
        if (tail := _record(last)) is not None:  # all of it but the line break
            records.append(tail)
            last = b""
        self._head, self._end = head, start + len(added) - len(last)
        return Reading(
            [record for record in records if record is not None and not _is_head(record)],
            anew,
            damaged=records.count(None),
            torn=bool(last),
        )

    def append(self, records: Iterable[object]) -> None:
        """Add records; call it with the lock, after `read`.

        Raises
        ------
        FileNotFoundError
            If there is no file yet.
        OSError
            If the records cannot be written; none of them is then.
        """
        handle = os.open(self.path, os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0))
        try:
            size = os.lseek(handle, 0, os.SEEK_END)
            os.lseek(handle, max(size - 1, 0), os.SEEK_SET)
            ends_open = os.read(handle, 1) not in (b"\n", b"")
            lines = b"\n" * ends_open + b"".join(_line(record) for record in records)
            if os.write(handle, lines) < len(lines):
                os.ftruncate(handle, size)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            self._end = size + len(lines)
        except OSError:
            os.close(handle)
            raise
        self._syncing = self._pool.submit(_bring_to_disk, handle)

    def rewrite(self, records: Iterable[object]) -> None:
        """Replace the file by one with these records; call it with the lock.

        Raises
        ------
        UserError
            If the file cannot be written; the old one is there still.
        """
        head = _line([HEAD, secrets.token_hex(8)])
        with writing(self.path, overwrite=True) as file:
            file.write(head)
            file.writelines(map(_line, records))
            end = file.tell()
        self._head, self._end = head, end

    def set_aside(self) -> Path:
        """Copy the file as it is to a name that says it is damaged; return the copy.

        Raises
        ------
        OSError
            If it cannot be copied.
        """
        names = [f"{self.path.name}.damaged-{number}" for number in range(1, COPIES + 1)]
        copies = [self.path.with_name(name) for name in names]
        target = next((copy for copy in copies if not copy.exists()), copies[-1])
        shutil.copyfile(self.path, target)
        return target

    def flush(self) -> None:
        """Wait until what was added is on the disk."""
        if self._syncing is not None:
            self._syncing.result()


def _bring_to_disk(handle: int) -> None:
    try:
        with contextlib.suppress(OSError):  # the lines are with the system already
            os.fsync(handle)
    finally:
        os.close(handle)


def _line(record: object) -> bytes:
    """Return the line of a record."""
    text = json.dumps(record, separators=(",", ":")).encode("ascii")
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _record(line: bytes) -> object:
    """Return the record of a line, None where the line is not sound."""
    match = _LINE.fullmatch(line)
    if match is None or int(match[1], 16) != zlib.crc32(match[2]):
        return None
    try:
        record: object = json.loads(match[2])
    except ValueError:
        return None
    return record


def _is_head(record: object) -> bool:
    return isinstance(record, list) and record[:1] == [HEAD]


def _lock(handle: int) -> None:
    """Take the lock of an open file, or give up after a while."""
    deadline = time.monotonic() + PATIENCE
    while not _try_lock(handle) and time.monotonic() < deadline:
        time.sleep(0.01)


def _try_lock(handle: int) -> bool:
    """Take the lock of an open file unless another process holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
