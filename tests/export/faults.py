"""Disks that refuse: calls of the system fail, write little, or end the process."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CALLS = ("write", "fsync", "replace", "rename", "link", "mkdir", "open")
"""The functions of `os` by which an export changes a disk."""


class Disk:
    """Counts calls, and disturbs them from or at a given one.

    Parameters
    ----------
    disturb : callable
        Given the name of the call, is called instead of going on.
    at : int
        Number of the first call that is disturbed, from 1; 0 for none.
    persistent : bool
        Whether all later ones are, too.
    """

    def __init__(
        self, disturb: Callable[[str], None], at: int = 0, *, persistent: bool = False
    ) -> None:
        self.calls: list[str] = []
        self._disturb = disturb
        self._at = at
        self._persistent = persistent

    def meet(self, name: str) -> None:
        """Take note of a call, and disturb it if it is its turn."""
        self.calls.append(name)
        here = len(self.calls)
        if self._at and (here == self._at or (self._persistent and here > self._at)):
            self._disturb(name)


@contextmanager
def disturbed(disk: Disk, folder: Path) -> Iterator[None]:
    """Let a disk meet all calls that change something in a folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "sync", lambda: None)  # what is meant for a power cut takes seconds
        for name in CALLS:
            patch.setattr(os, name, _meeting(disk, name, getattr(os, name), folder))
        yield


def _meeting(disk: Disk, name: str, real: Callable[..., Any], folder: Path) -> Callable[..., Any]:
    def call(*args: Any, **options: Any) -> Any:
        if name in ("write", "fsync"):
            place = str(Path(f"/proc/self/fd/{args[0]}").readlink())
        else:
            place = os.fspath(args[0]) if not isinstance(args[0], int) else ""
        changes = name != "open" or bool(args[1] & (os.O_WRONLY | os.O_RDWR))
        if changes and str(place).startswith(str(folder)):
            disk.meet(name)
        return None if name == "fsync" else real(*args, **options)

    return call


def refuse(number: int) -> Callable[[str], None]:
    """Return what raises an OSError, such as `errno.ENOSPC`."""

    def raise_it(name: str) -> None:
        raise OSError(number, os.strerror(number))

    return raise_it


@contextmanager
def writing_little(most: int) -> Iterator[None]:
    """Let each `os.write` take at most so many bytes."""
    real = os.write
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "write", lambda handle, data: real(handle, data[:most]))
        yield


REFUSALS = (errno.ENOSPC, errno.EIO)
