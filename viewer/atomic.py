"""Files and folders that appear whole or not at all.

Strategy: everything is written under a name that begins with `PART`, in the folder of the
target, brought to the disk, and given its name by one rename. The temporary name holds
the machine and the process that writes it, so that what a killed process left behind is
known as such and swept away by the next one.
"""

from __future__ import annotations

import io
import os
import re
import secrets
import shutil
import socket
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from viewer.errors import UserError

try:
    import fcntl
except ImportError:  # a system without locks: exports of two processes are told apart no more
    fcntl = None  # type: ignore[assignment]

PART = ".part-"
PART_NAME = re.compile(r"\.part-(?P<machine>[0-9a-f]{8})-(?P<process>[0-9]+)-[0-9a-f]{8}")


def check_target(target: Path, *, folder: bool, overwrite: bool) -> Path:
    """Make sure that an output could be written, before any work is done for it.

    Parameters
    ----------
    target : path
        The file or folder to write; a symbolic link stands for what it points to.
    folder : bool
        Whether it is a folder.
    overwrite : bool
        Whether an existing file may be replaced, or files in an existing folder. An
        empty folder may be filled in any case.

    Returns
    -------
    target : path
        The same, without symbolic links.

    Raises
    ------
    UserError
        If it exists, is of the other kind, or its folder is missing or not writable.
    """
    try:
        real = target.resolve()
        parent = real.parent
        if not parent.is_dir():
            raise UserError("the folder does not exist", path=parent, advice="Make it first.")
        if not os.access(parent, os.W_OK | os.X_OK):
            raise UserError("the folder is not writable", path=parent)
        if not real.exists():
            return real
        if folder and not real.is_dir():
            raise UserError("a file is in the place of the output folder", path=target)
        if not folder and not real.is_file():
            raise UserError("something other than a file is in its place", path=target)
        if overwrite or (folder and not any(real.iterdir())):
            return real
    except (OSError, RuntimeError, ValueError) as error:  # a name too long, a link in circles
        raise cannot_write(target, error) from error
    raise UserError(
        "it exists already", path=target, advice="Name another one, or ask to overwrite it."
    )


class DiskFile(io.FileIO):
    """A file whose every write goes through `os.write`, which may write less than asked."""

    def write(self, data: Any, /) -> int:
        """Write some bytes, and return how many."""
        return os.write(self.fileno(), data)


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Write a file that does not exist yet; at the end of the block it is on the disk.

    Parameters
    ----------
    path : path
        The file.

    Yields
    ------
    file : binary file
        Writable and seekable.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    with io.BufferedWriter(DiskFile(path, "xb"), 1 << 20) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def writing(target: Path, *, overwrite: bool = False) -> Iterator[BinaryIO]:
    """Write one file, which appears when the block ends without an exception.

    Parameters
    ----------
    target : path
        The file.
    overwrite : bool
        Whether an existing file may be replaced.

    Yields
    ------
    file : binary file
        Writable and seekable.

    Raises
    ------
    UserError
        If the target exists and may not be replaced, or the disk refuses.
    """
    real = check_target(target, folder=False, overwrite=overwrite)
    part = real.parent / _part_name()
    try:
        sweep(real.parent)
        with new_file(part) as file:
            yield file
        if overwrite and real.exists():
            shutil.copymode(real, part)
        rename_file(part, real, overwrite=overwrite)
        sync_folder(real.parent)
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        remove(part)


@contextmanager
def filling(target: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Fill a new folder, which appears when the block ends without an exception.

    An existing folder is replaced file by file once everything has been written; files in
    it that are not written anew stay as they are. Every file is whole at any time, but a
    power cut at that moment can leave old ones beside new ones.

    Parameters
    ----------
    target : path
        The folder.
    overwrite : bool
        Whether files in an existing folder may be replaced.

    Yields
    ------
    staging : path
        The folder to fill.

    Raises
    ------
    UserError
        If the target holds something and may not be changed, or the disk refuses.
    """
    real = check_target(target, folder=True, overwrite=overwrite)
    staging = real.parent / _part_name()
    try:
        sweep(real.parent)
        staging.mkdir()
        yield staging
        os.sync()  # one flush: tens of thousands of small files take minutes one by one
        if overwrite and real.exists():
            _merge(staging, real)
        else:
            staging.rename(real)  # replaces an empty folder only
        sync_folder(real.parent)
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        remove(staging)


@contextmanager
def locked(folder: Path, name: str, target: Path) -> Iterator[None]:
    """Make a folder, or enter one, that no other process may be in.

    Parameters
    ----------
    folder : path
        The folder; whoever removes it does so within the block.
    name : str
        Name of the file in it that is locked; the lock goes with the process.
    target : path
        What is said to be busy.

    Raises
    ------
    UserError
        If another process is in it.
    """
    while True:
        folder.mkdir(exist_ok=True)
        try:
            handle = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o666)
        except FileNotFoundError:
            continue  # removed between the two lines
        try:
            _lock(handle, target)
            if _is_at(handle, folder / name):
                yield
                return
        finally:
            os.close(handle)


def _lock(handle: int, target: Path) -> None:
    """Lock an open file; a UserError says that another process has it."""
    if fcntl is None:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UserError(
            "another process is writing it", path=target, advice="Wait until it has ended."
        ) from None


def _is_at(handle: int, path: Path) -> bool:
    """Return whether an open file still has this name."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def sweep(folder: Path) -> None:
    """Remove what processes of this machine that are gone left half written in a folder."""
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries if entry.name.startswith(PART)]
    for name in names:
        match = PART_NAME.fullmatch(name)
        if match and match["machine"] == machine() and not _is_alive(int(match["process"])):
            remove(folder / name)


def machine() -> str:
    """Eight digits that tell this machine from others that may share a folder with it."""
    return f"{zlib.crc32(socket.gethostname().encode()):08x}"


def _part_name() -> str:
    """Return a new name for something that is being written."""
    return f"{PART}{machine()}-{os.getpid()}-{secrets.token_hex(4)}"


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def rename_file(part: Path, target: Path, *, overwrite: bool) -> None:
    """Give a file its name; without leave to overwrite also if one appeared meanwhile."""
    if overwrite:
        part.replace(target)
        return
    try:
        os.link(part, target)
    except OSError:
        if target.exists():
            raise
        part.replace(target)  # a file system without hard links


def _merge(staging: Path, target: Path) -> None:
    """Move each file of a folder to its place in another one."""
    for source in sorted(staging.rglob("*")):
        place = target / source.relative_to(staging)
        if source.is_dir():
            place.mkdir(exist_ok=True)
        else:
            source.replace(place)


def remove(path: Path) -> None:
    """Remove a file or folder, as far as it is there and lets itself be removed."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
        return
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk, where folders can be opened for that."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)


def cannot_write(target: Path, error: Exception) -> UserError:
    """Say in a user's words why something cannot be written."""
    reason = getattr(error, "strerror", None) or str(error)
    return UserError(f"it cannot be written: {reason}", path=target)
