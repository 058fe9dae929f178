"""The part of a file when the disk refuses."""

from __future__ import annotations

import os
import resource
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.fetch.conftest import IMAGES, PART, Fetching, Mirrors
from viewer.errors import UserError


def test_a_full_disk_is_said(fetching: Fetching) -> None:
    fetching.folder.mkdir()
    (fetching.folder / PART).symlink_to("/dev/full")
    with pytest.raises(UserError, match=r"the disk is full.*Make room"):
        fetching()
    assert not (fetching.folder / IMAGES).exists()


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond some bytes."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_disk_that_fills_up_keeps_what_has_come(
    fetching: Fetching, mirrors: Mirrors, contents: dict[str, bytes]
) -> None:
    with files_up_to(90_000), pytest.raises(UserError, match="the disk is full"):
        fetching()
    assert fetching.there()[PART] == contents[IMAGES][:90_000]
    fetching()
    assert fetching.there() == contents
    assert mirrors[0].asked[1] == (IMAGES, "bytes=90000-")


def test_a_file_is_on_the_disk_before_it_has_its_name(
    fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    sync = os.fsync

    def fsync(handle: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        assert (fetching.folder / IMAGES).exists() == (steps != ["file"])
        sync(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    fetching()
    assert steps == ["file", "folder"] * 2
