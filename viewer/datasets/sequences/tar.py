"""The files in a tar archive, one after the other as they come, never written anywhere.

References
----------
.. [1] POSIX.1-2017, pax, "ustar Interchange Format" and "pax Interchange Format"; GNU tar
   manual, "Basic Tar Format" (long names, large sizes).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from viewer.datasets.steps import Steps
from viewer.datasets.streams import GET_AGAIN, Reader
from viewer.errors import UserError

BLOCK = 512
PIECE = 1 << 20
MOST_MEMBERS = 1 << 20
LARGEST = 1 << 30
"""Unpacked bytes that are read; the published archive has a third of that."""
LONGEST_NAME = 1 << 14
_NOTHING = bytes(BLOCK)
_FILES, _LONG_NAME, _PAX, _GLOBAL = b"0\0" + b"7", b"L", b"x", b"g"
_WITHOUT_DATA = b"123456"
"""Types (links, devices, folders) that nothing follows, whatever size they claim."""


def is_tar(start: bytes) -> bool:
    """Return whether a file with these first 512 bytes is a tar archive."""
    return len(start) >= BLOCK and start[:1] > b"\0" and _is_header(start[:BLOCK])


def read_members(
    path: Path, wanted: Callable[[str], bool], largest: int, steps: Steps
) -> Iterator[tuple[str, bytes]]:
    """Read files out of an archive, plain or packed with gzip or xz.

    Parameters
    ----------
    path : path
        The archive.
    wanted : callable
        Given a file's name in the archive without its folders, returns whether to read it.
    largest : int
        Bytes of a wanted file at most.
    steps : Steps
        Counts packed bytes.

    Yields
    ------
    name : str
        Without folders: it names nothing outside the archive.
    content : bytes

    Raises
    ------
    UserError
        If the archive is damaged or too large.
    """
    with Reader(path) as reader:
        tape = _Tape(reader, steps)
        known: dict[str, str] = {}
        while header := tape.take_header():
            kind = header[156:157]
            size = 0 if kind in _WITHOUT_DATA else _number(header[124:136])
            if kind in (_LONG_NAME, _PAX, _GLOBAL):
                if not 0 <= size <= LONGEST_NAME:
                    raise tape.fault("has a header that is too long")
                content = tape.take_padded(size)
                if kind == _LONG_NAME:
                    known["path"] = _text(content)
                elif kind == _PAX:
                    known |= _read_records(content)
                continue
            name = known.get("path") or _text(header[:100])
            if "size" in known and kind not in _WITHOUT_DATA:
                size = int(known["size"]) if re.fullmatch("[0-9]{1,15}", known["size"]) else -1
            known = {}
            tape.name = name = name.rpartition("/")[2]
            if not 0 <= size <= LARGEST:
                raise tape.fault("has no size that can be read")
            if kind in _FILES and wanted(name):
                if size > largest:
                    raise tape.fault(f"holds {size:,} bytes, more than such a file has")
                yield name, tape.take_padded(size)
            else:
                tape.skip_padded(size)


class _Tape:
    """The bytes of an archive, from front to end."""

    def __init__(self, reader: Reader, steps: Steps) -> None:
        self.name = ""
        self._reader, self._steps = reader, steps
        self._data, self._place = b"", 0
        self._read = self._seen = self._members = 0

    def fault(self, problem: str) -> UserError:
        """Return the error that the archive is at fault behind the file read last."""
        where = f" at {ascii(self.name[:60])[1:-1]}" if self.name else ""
        return UserError(f"the archive {problem}{where}", path=self._reader.path, advice=GET_AGAIN)

    def take_header(self) -> bytes:
        """Return the next header; nothing at the end, or at the block of zeros that marks it."""
        if self._place == len(self._data):
            self._data, self._place = self._more(), 0
        if not self._data:
            return b""
        header = self._take(BLOCK)
        if header == _NOTHING:
            return b""
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise self.fault(f"holds more than {MOST_MEMBERS:,} members")
        if not _is_header(header):
            raise self.fault("is damaged")
        return header

    def take_padded(self, size: int) -> bytes:
        """Return so many bytes, and skip to the end of their block."""
        return self._take(size + -size % BLOCK)[:size]

    def _take(self, size: int) -> bytes:
        while len(self._data) - self._place < size:
            more = self._more()
            if not more:
                raise self.fault("is cut short")
            self._data, self._place = self._data[self._place :] + more, 0
        self._place += size
        return self._data[self._place - size : self._place]

    def skip_padded(self, size: int) -> None:
        """Skip so many bytes, and to the end of their block."""
        left = size + -size % BLOCK
        while left > len(self._data) - self._place:
            left -= len(self._data) - self._place
            self._data, self._place = self._more(), 0
            if not self._data:
                raise self.fault("is cut short")
        self._place += left

    def _more(self) -> bytes:
        data = self._reader.read(PIECE)
        self._read += len(data)
        if self._read > LARGEST:
            raise self.fault(f"holds more than the {LARGEST >> 20} MiB that are read")
        self._steps.advance(self._reader.packed_bytes - self._seen)
        self._seen = self._reader.packed_bytes
        return data


def _is_header(header: bytes) -> bool:
    """Return whether a header's sum of bytes is what it says."""
    checksum = sum(header) - sum(header[148:156]) + 8 * ord(" ")
    return _number(header[148:156]) == checksum


def _number(field: bytes) -> int:
    """Return a number of a header: octal, or binary as GNU has it; -1 if it is none."""
    if field[0] in (0x80, 0xFF):
        return int.from_bytes(field[1:], "big") if field[0] == 0x80 else -1
    digits = field.strip(b" \0")
    if digits and not digits.strip(b"01234567"):
        return int(digits, 8)
    return -1 if digits else 0


def _text(field: bytes) -> str:
    return field.partition(b"\0")[0].decode("utf-8", "replace")


def _read_records(content: bytes) -> dict[str, str]:
    """Return the records of an extended header: length, a space, key=value, a line break."""
    records = {}
    while content:
        length = content.partition(b" ")[0]
        size = int(length) if length.isdigit() and len(length) < 6 else 0
        if size <= len(length) or size > len(content):
            break
        key, equals, value = content[len(length) + 1 : size - 1].partition(b"=")
        if equals and key in (b"path", b"size"):
            records[key.decode()] = value.decode("utf-8", "replace")
        content = content[size:]
    return records
