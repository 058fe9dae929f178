"""What has come of a file so far, kept on disk so that a later try goes on from there."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from viewer.errors import UserError
from viewer.fetch.catalogue import RemoteFile, megabytes

BLOCK = 1 << 20
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Part:
    """The beginning of a file, beside the place it will have; used in a ``with`` block.

    It is never trusted: what it holds is installed only after the checksum of all of it,
    read back from the disk, was right.

    Parameters
    ----------
    target : path
        Where the whole file will be; the part has ``.part`` added to its name.

    Raises
    ------
    UserError
        From every method, if the disk refuses.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self.path = part_path(target)
        self._origin_path = _origin_path(target)
        try:
            self._file = self.path.open("ab", buffering=0)
            self.size = self._file.tell()
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def __enter__(self) -> Part:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        if not self.size:
            remove_part(self.target)

    def append(self, data: bytes) -> None:
        """Add bytes at the end."""
        try:
            rest = memoryview(data)
            while rest:
                written = self._file.write(rest) or 0
                self.size += written
                rest = rest[written:]
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def restart(self) -> None:
        """Throw away what has come."""
        try:
            if self.size:
                self._file.truncate(0)
        except OSError as error:
            raise cannot_write(self.path, error) from error
        self.size = 0
        _remove(self._origin_path)

    def origin(self) -> tuple[str, str]:
        """Return the address that what is here came from, and its ETag there; "" if unknown."""
        try:
            noted = json.loads(self._origin_path.read_text(encoding="utf-8"))
            address, etag = noted["address"], noted["etag"]
        except (OSError, ValueError, KeyError, TypeError):
            return "", ""
        return (address, etag) if isinstance(address, str) and isinstance(etag, str) else ("", "")

    def note_origin(self, address: str, etag: str) -> None:
        """Note where what follows comes from; without the note a later try goes on as well."""
        with suppress(OSError):
            text = json.dumps({"address": address, "etag": etag})
            self._origin_path.write_text(text, encoding="utf-8")

    def is_right(self, file: RemoteFile) -> bool:
        """Tell whether what is on disk is the whole file, by size and checksums."""
        return self.size > 0 and is_right(self.path, file)

    def install(self) -> None:
        """Bring it to the disk and give it its name, replacing what has that name."""
        try:
            os.fsync(self._file.fileno())
            self._file.close()
            self.path.replace(self.target)
            _sync_folder(self.target.parent)
        except OSError as error:
            raise cannot_write(self.target, error) from error
        _remove(self._origin_path)


def part_path(target: Path) -> Path:
    """Return where the part of a file lies."""
    return target.with_name(f"{target.name}.part")


def remove_part(target: Path) -> None:
    """Remove the part of a file that needs none, if there is one."""
    _remove(part_path(target))
    _remove(_origin_path(target))


def _origin_path(target: Path) -> Path:
    return target.with_name(f"{target.name}.part-from")


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def is_right(path: Path, file: RemoteFile) -> bool:
    """Tell whether a file on disk is the published one.

    Parameters
    ----------
    path : path
        The file to look at.
    file : RemoteFile
        What it should be.

    Returns
    -------
    right : bool
        Whether its size, where known, and all its known checksums are right.

    Raises
    ------
    UserError
        If it cannot be read.
    """
    sha256, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    size = 0
    try:
        with path.open("rb") as opened:
            while block := opened.read(BLOCK):
                size += len(block)
                if size > file.largest:
                    return False
                sha256.update(block)
                if file.md5:
                    md5.update(block)
    except OSError as error:
        raise UserError(f"it cannot be read: {error.strerror or error}", path=path) from error
    return (
        file.size in (None, size)
        and sha256.hexdigest() == file.sha256
        and (not file.md5 or md5.hexdigest() == file.md5)
    )


def cannot_write(path: Path, error: OSError, needed: int | None = None) -> UserError:
    """Say in a user's words why the disk refuses.

    Parameters
    ----------
    path : path
        What could not be written.
    error : OSError
        What the system said.
    needed : int, optional
        Bytes that are still to come, if known.
    """
    if error.errno in FULL:
        room = f"{megabytes(needed)} are still needed. " if needed else ""
        return UserError(
            "the disk is full",
            path=path.parent,
            advice=f"{room}Make room, or choose another folder; what has come is kept.",
        )
    return UserError(
        f"it cannot be written: {error.strerror or error}",
        path=path,
        advice="Choose another folder.",
    )


def _sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk, where folders can be opened for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
