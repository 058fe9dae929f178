"""Bytes of plain, gzip and xz files, unpacked piece by piece and checked to the end."""

from __future__ import annotations

import lzma
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol

from viewer.errors import UserError

PIECE = 1 << 20
"""Most bytes that are unpacked at a time."""
BLOCK = 1 << 16
"""Most packed bytes that are read at a time."""
XZ_MEMORY = 128 << 20
"""Memory an xz file may ask for; QMNIST's own files need 64 to 80 MiB."""
GET_AGAIN = "Get the file again, or check what it was made with."


class Reader:
    """Reads a file from front to end, unpacking gzip and xz.

    What a file is, is told by its first bytes; its name does not matter. No more than
    `PIECE` unpacked bytes are held at a time, whatever the file expands to. Every fault of
    the file becomes a UserError. Used in a ``with`` block.

    Parameters
    ----------
    path : path
        A regular file.

    Raises
    ------
    UserError
        If there is no such file, it is not a regular file, it may not be read or is empty.

    References
    ----------
    .. [1] RFC 1952, GZIP file format specification: a file may hold several members.
    .. [2] The .xz File Format 1.2.1, sections 2 (streams) and 2.1 (magic bytes).
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._piece = memoryview(b"")
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                raise UserError("this is not a file", path=path, advice="Give a regular file.")
            self._file: BinaryIO = path.open("rb")
        except (OSError, ValueError) as error:
            raise explain(error, path) from error
        try:
            start = self._read_packed()
            if not start:
                raise UserError("the file is empty", path=path, advice=GET_AGAIN)
            packing = next((p for p in (_Gzip, _Xz) if start.startswith(p.magic)), None)
            pieces = self._unpack(packing, start) if packing else self._copy(start)
            self._pieces: Iterator[bytes] = pieces
        except OSError as error:
            self._file.close()
            raise explain(error, path) from error
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        self._pieces, self._piece = iter(()), memoryview(b"")  # which refer to this reader

    def read(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer only at the end."""
        parts = []
        while size and self._advance():
            parts.append(self._piece[:size])
            self._piece = self._piece[size:]
            size -= len(parts[-1])
        return b"".join(parts)

    def fill(self, target: memoryview) -> int:
        """Fill a buffer of bytes and return how many there were; fewer only at the end."""
        filled = 0
        while filled < len(target) and self._advance():
            part = self._piece[: len(target) - filled]
            target[filled : filled + len(part)] = part
            self._piece = self._piece[len(part) :]
            filled += len(part)
        return filled

    def at_end(self) -> bool:
        """Return whether nothing is left; this also checks the checksums at the end."""
        return not self._advance()

    @property
    def packed_bytes(self) -> int:
        """Bytes of the file that were read so far."""
        return self._file.tell()

    def _advance(self) -> bool:
        """Make sure that some bytes lie ready, unless the end is reached."""
        if not self._piece:
            try:
                self._piece = memoryview(next(self._pieces, b""))
            except OSError as error:
                raise explain(error, self.path) from error
        return bool(self._piece)

    def _read_packed(self) -> bytes:
        return self._file.read(BLOCK)

    def _copy(self, data: bytes) -> Iterator[bytes]:
        while data:
            yield data
            data = self._file.read(PIECE)

    def _unpack(self, packing: type[_Gzip] | type[_Xz], data: bytes) -> Iterator[bytes]:
        """Unpack member after member; anything else behind one is a fault."""
        while data:
            unpacker: _Unpacker = packing()
            yield from self._unpack_member(unpacker, data)
            data = unpacker.unused
            if len(data) < len(packing.magic):
                data += self._read_packed()
            if data and not data.startswith(packing.magic):
                raise UserError(
                    f"there are stray bytes behind the {packing.name} data",
                    path=self.path,
                    advice=GET_AGAIN,
                )

    def _unpack_member(self, unpacker: _Unpacker, data: bytes) -> Iterator[bytes]:
        """Unpack one member, which begins with `data`."""
        name = unpacker.name
        while True:
            try:
                piece = unpacker.unpack(data)
            except (zlib.error, lzma.LZMAError, MemoryError) as error:
                reason = str(error).rpartition(": ")[2] or "out of memory"
                raise UserError(
                    f"the {name} data cannot be unpacked ({reason.lower()})",
                    path=self.path,
                    advice=GET_AGAIN,
                ) from error
            if piece:
                yield piece
            if unpacker.finished:
                return
            data = self._read_packed() if unpacker.hungry else b""
            if not (data or piece):
                raise UserError(f"the {name} data is cut short", path=self.path, advice=GET_AGAIN)


class _Unpacker(Protocol):
    """One member of a packed file: `unpack` gives at most `PIECE` bytes a call."""

    @property
    def name(self) -> str: ...
    @property
    def finished(self) -> bool: ...
    @property
    def hungry(self) -> bool: ...
    @property
    def unused(self) -> bytes: ...
    def unpack(self, data: bytes) -> bytes: ...


class _Gzip:
    name, magic = "gzip", b"\x1f\x8b"

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)

    def unpack(self, data: bytes) -> bytes:
        return self._inflate.decompress(self._inflate.unconsumed_tail + data, PIECE)

    @property
    def finished(self) -> bool:
        return self._inflate.eof

    @property
    def hungry(self) -> bool:
        return not self._inflate.unconsumed_tail

    @property
    def unused(self) -> bytes:
        return self._inflate.unused_data


class _Xz:
    name, magic = "xz", b"\xfd7zXZ\x00"

    def __init__(self) -> None:
        self._decompressor = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY)

    def unpack(self, data: bytes) -> bytes:
        return self._decompressor.decompress(data, PIECE)

    @property
    def finished(self) -> bool:
        return self._decompressor.eof

    @property
    def hungry(self) -> bool:
        return self._decompressor.needs_input

    @property
    def unused(self) -> bytes:
        return self._decompressor.unused_data


def explain(error: OSError | ValueError, path: Path) -> UserError:
    """Turn a fault of the file system into an error for the user.

    Parameters
    ----------
    error : OSError or ValueError
        The latter is raised for names that no file can have.
    path : path
        What was to be read.

    Returns
    -------
    error : UserError
    """
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UserError("there is no such file or folder", path=path, advice="Check the path.")
    if isinstance(error, PermissionError):
        return UserError(
            "this may not be read", path=path, advice="Check its owner and permissions."
        )
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return UserError(
        f"this cannot be read ({reason or error})", path=path, advice="Check the path."
    )
