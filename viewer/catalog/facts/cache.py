"""Facts that were extracted before, on disk, found by what they were extracted from.

Strategy: a file holds the facts of one block of digits, and its name is the SHA-256 of
the block's images, in a folder whose name stands for the settings and for the sources of
the extraction. So nothing in it can be out of date, and sets that share images share
files. A file begins with the SHA-256 of what follows, an npz; a damaged one counts as
absent and is replaced. Where nothing can be written, everything is extracted anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import viewer
from viewer.atomic import writing
from viewer.core.settings import ExtractionSettings
from viewer.errors import UserError
from viewer.places import cache_base
from viewer.resources import resource_path

LIMIT = 512 * 1024 * 1024
"""Bytes that all files together may take; the ones unused for longest give way."""
CHECKSUM_SIZE = hashlib.sha256().digest_size
SUFFIX = ".facts"
WEIGHTS = "natural-order.json"
"""The resource that an order depends on beside the sources."""


class FactsCache:
    """The files of one user.

    Parameters
    ----------
    folder : path, optional
        Where they are; ``facts`` in the program's cache folder by default.
    limit : int
        Bytes that all files together may take.
    """

    def __init__(self, folder: Path | None = None, *, limit: int = LIMIT) -> None:
        self._folder = folder
        self._limit = limit
        self._size: int | None = None
        with contextlib.suppress(RuntimeError):  # no home folder: nothing is kept
            self._folder = folder or cache_base() / "facts"

    def load(self, key: str) -> dict[str, NDArray[Any]] | None:
        """Return what was saved under a key; None if nothing was, or it is damaged.

        Parameters
        ----------
        key : str
            As `block_key` and `join_keys` make them.

        Returns
        -------
        arrays : dict of str to ndarray, or None
        """
        if self._folder is None:
            return None
        path = self._folder / f"{key}{SUFFIX}"
        try:
            data = path.read_bytes()
        except OSError:
            return None
        checksum, content = data[:CHECKSUM_SIZE], memoryview(data)[CHECKSUM_SIZE:]
        if hashlib.sha256(content).digest() != checksum:
            return None
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            arrays: dict[str, NDArray[Any]] = {name: file[name] for name in file.files}
        with contextlib.suppress(OSError):
            os.utime(path)  # it was of use just now
        return arrays

    def save(self, key: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Keep arrays under a key, as far as the disk allows.

        Parameters
        ----------
        key : str
            As in `load`.
        arrays : mapping of str to ndarray
            None of them of objects.
        """
        if self._folder is None:
            return
        path = self._folder / f"{key}{SUFFIX}"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            content = io.BytesIO()
            np.savez(content, allow_pickle=False, **arrays)
            with writing(path, overwrite=True) as file:
                file.write(hashlib.sha256(content.getbuffer()).digest())
                file.write(content.getbuffer())
            self._make_room(path.stat().st_size)
        except (OSError, UserError):
            self._folder = None  # read-only or full: without it from now on

    def _make_room(self, added: int) -> None:
        """Remove the files unused for longest where they take too much together."""
        assert self._folder is not None
        if self._size is not None:
            self._size += added
            if self._size <= self._limit:
                return
        states = [(path, path.stat()) for path in self._folder.glob(f"*/*{SUFFIX}")]
        self._size = sum(state.st_size for _, state in states)
        for path, state in sorted(states, key=lambda item: item[1].st_mtime_ns):
            if self._size <= self._limit:
                break
            path.unlink(missing_ok=True)
            self._size -= state.st_size
            with contextlib.suppress(OSError):
                path.parent.rmdir()  # the last file of a version that is gone


def version_key(settings: ExtractionSettings, what: str = "") -> str:
    """Return a name for all that facts depend on besides images: settings and sources.

    Parameters
    ----------
    settings : ExtractionSettings
        What they are extracted with.
    what : str
        Which facts they are; those with names of their own do not get in each other's way.

    Returns
    -------
    version : str
        A name of a folder.
    """
    digest = hashlib.sha256(f"{what}{settings!r}".encode())
    sources = sorted((Path(viewer.__file__).parent / "core").rglob("*.py"))
    for source in (*sources, resource_path(WEIGHTS)):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def block_key(version: str, images: NDArray[np.uint8]) -> str:
    """Return the key of a block of digits.

    Parameters
    ----------
    version : str
        From `version_key`.
    images : ndarray of uint8, shape (k, M, N)
        The digits.

    Returns
    -------
    key : str
        A path without suffix, below the cache's folder.
    """
    digest = hashlib.sha256(f"{images.shape} {images.dtype}".encode())
    digest.update(np.ascontiguousarray(images).data)
    return f"{version}/{digest.hexdigest()}"


def join_keys(version: str, keys: list[str], labels: NDArray[Any] | None) -> str:
    """Return the key of what depends on many blocks and their labels.

    Parameters
    ----------
    version : str
        From `version_key`.
    keys : list of str
        Keys of the blocks.
    labels : ndarray, shape (n,), or None
        Classes of all their digits.

    Returns
    -------
    key : str
        As `block_key` makes them.
    """
    digest = hashlib.sha256("\n".join(keys).encode())
    if labels is not None:
        digest.update(np.ascontiguousarray(labels, dtype=np.int64).data)
    return f"{version}/{digest.hexdigest()}"
