"""A data set brought into a folder: what is right there is kept, the rest is fetched."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from viewer.errors import UserError
from viewer.fetch.catalogue import RemoteFile, RemoteSet, default_folder, find_set, megabytes
from viewer.fetch.connection import Opener
from viewer.fetch.failure import TransferError
from viewer.fetch.part import Part, cannot_write, is_right, part_path, remove_part
from viewer.fetch.patience import LEAST_BYTES, Patience
from viewer.fetch.report import FetchError, FileReport
from viewer.fetch.transfer import transfer

if sys.platform != "win32":
    import fcntl

ROUNDS = 4
"""How often each mirror is asked for a file, as long as more of it comes."""


def fetch(
    name: str,
    folder: Path | None = None,
    *,
    mirrors: Sequence[str] | None = None,
    plain_hosts: Collection[str] = (),
    replace: bool = False,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    on_file: Callable[[FileReport], None] | None = None,
) -> Path:
    """Bring a data set into a folder.

    Parameters
    ----------
    name : str
        One of `viewer.fetch.catalogue.SETS`.
    folder : path, optional
        Where its files go; by default a folder of its own in the user's data folder.
    mirrors : sequence of str, optional
        Addresses to ask in place of those in the catalogue, each with a final slash.
    plain_hosts : collection of str
        Hosts that may be asked without encryption; only this machine itself.
    replace : bool
        Whether files of the right names that are not the published ones are replaced.
    progress : callable, optional
        Called with (bytes there, bytes in all); the second may change while a size is not
        known.
    cancelled : callable, optional
        Asked several times a second; what has come is kept, and a later call goes on.
    on_file : callable, optional
        Called for each file that is right, with what was done for it.

    Returns
    -------
    folder : path
        Where the set lies, for `viewer.datasets.source.open_source`.

    Raises
    ------
    FetchError
        A UserError, if files could be had from no mirror. The others are in their places.
    UserError
        If there is no such set, another file has the name of one of its files, the folder
        is in use by another fetch, or the disk refuses.
    Cancelled
        If `cancelled` said so.
    """
    wanted = find_set(name)
    place = default_folder() / name if folder is None else folder
    tally = _Tally(wanted, progress)
    opener = Opener(Patience(cancelled), plain_hosts)
    best = ""
    with _alone(place):
        missing = []
        for file in wanted.files:
            if _is_here(file, place, wanted, replace=replace):
                remove_part(place / file.name)
                _done(file, (place / file.name).stat().st_size, "", tally, on_file)
            else:
                missing.append(file)
        _check_room(place, missing)
        while missing:
            file = missing[0]
            bases = sorted(mirrors or file.mirrors, key=lambda base: base != best)
            with Part(place / file.name) as part:
                try:
                    address = _complete(file, bases, part, opener, tally)
                except _MirrorsError as error:
                    raise FetchError(wanted, missing, place, error.failures) from error
                part.install()
            _done(file, part.size, address, tally, on_file)
            best = address.removesuffix(file.name) or best
            del missing[0]
    return place


class _MirrorsError(Exception):
    """No mirror gave a file; what each of them did is in `failures`."""

    def __init__(self, failures: list[tuple[str, TransferError]]) -> None:
        self.failures = failures
        super().__init__(failures)


def _complete(
    file: RemoteFile, bases: Sequence[str], part: Part, opener: Opener, tally: _Tally
) -> str:
    """Complete a part from one mirror after the other, round and round while more comes.

    Returns the address that gave the last bytes, "" where the part was whole already.
    """
    if part.is_right(file):
        return ""
    failures: list[tuple[str, TransferError]] = []
    useful = list(bases)
    for _round in range(ROUNDS):
        before = part.size
        for base in useful.copy():
            address = base + file.name
            try:
                _complete_from(file, address, part, opener, tally)
            except TransferError as error:
                failures.append((address, error))
                if not error.again:
                    useful.remove(base)
            else:
                return address
        if part.size < before + LEAST_BYTES:
            break
    raise _MirrorsError(failures)


def _complete_from(
    file: RemoteFile, address: str, part: Part, opener: Opener, tally: _Tally
) -> None:
    """Complete a part from one mirror; where it is wrong then, once more from the start."""
    went_on = True
    while went_on:
        went_on = transfer(file, address, part, opener, lambda size: tally.set(file, size))
        if part.is_right(file):
            return
        part.restart()
    raise TransferError("gives a file with a wrong checksum")


class _Tally:
    """Adds up what is there of all files."""

    def __init__(self, wanted: RemoteSet, progress: Callable[[int, int], None] | None) -> None:
        self._there = dict.fromkeys(wanted.files, 0)
        self._sizes = {file: file.likely_size for file in wanted.files}
        self._progress = progress

    def set(self, file: RemoteFile, size: int, *, final: bool = False) -> None:
        """Note how much of a file is there."""
        self._there[file] = size
        self._sizes[file] = size if final else max(self._sizes[file], size)
        if self._progress is not None:
            self._progress(sum(self._there.values()), sum(self._sizes.values()))


def _done(
    file: RemoteFile,
    size: int,
    address: str,
    tally: _Tally,
    on_file: Callable[[FileReport], None] | None,
) -> None:
    """Tell that a file is right and in its place."""
    tally.set(file, size, final=True)
    if on_file is not None:
        on_file(FileReport(file.name, size, address))


def _is_here(file: RemoteFile, folder: Path, wanted: RemoteSet, *, replace: bool) -> bool:
    """Tell whether the right file is in its place; another file there is an error."""
    path = folder / file.name
    if not path.exists():
        return False
    if path.is_file() and is_right(path, file):
        return True
    if path.is_dir() or not replace:
        raise UserError(
            f"this is not the file that {wanted.title} has under this name",
            path=path,
            advice="Move it away, ask to replace it, or choose another folder.",
        )
    return False


def _check_room(folder: Path, missing: Sequence[RemoteFile]) -> None:
    """Make sure that what is missing has room on the disk."""
    needed = sum(file.likely_size for file in missing)
    for file in missing:
        with contextlib.suppress(OSError):
            needed -= part_path(folder / file.name).stat().st_size
    if needed > 0 and shutil.disk_usage(folder).free < needed:
        raise UserError(
            "the disk has too little room",
            path=folder,
            advice=f"{megabytes(needed)} are needed. Make room, or choose another folder.",
        )


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Make a folder and keep other fetches out of it, where the system has such locks."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = None if sys.platform == "win32" else os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise cannot_write(folder, error) from error
    try:
        if handle is not None:
            _lock(handle, folder)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _lock(handle: int, folder: Path) -> None:
    """Lock an open folder; network file systems without locks go without."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise UserError(
            "another fetch is at work in this folder",
            path=folder,
            advice="Wait for its end, or choose another folder.",
        ) from error
    except OSError:
        return
