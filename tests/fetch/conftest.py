"""A tiny set, two mirrors for it and a way to fetch it."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.fetch.server import Mirror, serving
from tests.idx_files import make_classes, make_images, pack_idx
from viewer.fetch import catalogue, patience
from viewer.fetch.catalogue import RemoteFile, RemoteSet
from viewer.fetch.install import fetch
from viewer.fetch.report import FileReport

HOSTS = ("127.0.0.1",)
NAMES = ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")
IMAGES, LABELS = NAMES
PART = f"{IMAGES}.part"
Mirrors = tuple[Mirror, Mirror]


@pytest.fixture(scope="session")
def contents() -> dict[str, bytes]:
    """The right files of a set of noise: about 150 kB of images, and their labels."""
    noise = np.random.default_rng(3).integers(0, 256, (200, 28, 28), np.uint8)
    assert make_images(1).shape[1:] == noise.shape[1:]
    return {
        IMAGES: gzip.compress(pack_idx(noise), mtime=0),
        LABELS: gzip.compress(pack_idx(make_classes(200)), mtime=0),
    }


def describe(name: str, content: bytes) -> RemoteFile:
    return RemoteFile(
        name,
        ("https://one.invalid/", "https://two.invalid/"),
        hashlib.sha256(content).hexdigest(),
        size=len(content),
    )


@pytest.fixture
def tiny(contents: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> RemoteSet:
    """The set, in the catalogue as ``tiny``; there is no proxy."""
    files = tuple(describe(name, content) for name, content in contents.items())
    made = RemoteSet("tiny", "Tiny", 200, "none", "Noise.", files)
    monkeypatch.setitem(catalogue.SETS, "tiny", made)
    monkeypatch.setattr(patience, "LOOK_SECONDS", 0.02)
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    return made


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take a server for stalled very soon."""
    monkeypatch.setattr(patience, "STALL_SECONDS", 0.25)


@pytest.fixture
def unsized(tiny: RemoteSet, monkeypatch: pytest.MonkeyPatch) -> RemoteSet:
    """The set with no exact sizes, as of QMNIST's images; MD5 is known instead."""
    files = tuple(replace(file, size=None, about=file.likely_size) for file in tiny.files)
    made = replace(tiny, files=files)
    monkeypatch.setitem(catalogue.SETS, "tiny", made)
    return made


@pytest.fixture
def mirrors(contents: dict[str, bytes], tiny: RemoteSet) -> Iterator[Mirrors]:
    """Two mirrors that have all files and answer well."""
    with serving() as one, serving() as two:
        one.files, two.files = dict(contents), dict(contents)
        yield one, two


class Fetching:
    """Fetches the tiny set from the mirrors and keeps what was told meanwhile."""

    def __init__(self, folder: Path, mirrors: tuple[Mirror, ...]) -> None:
        self.folder = folder
        self.mirrors = mirrors
        self.reports: list[FileReport] = []
        self.progress: list[tuple[int, int]] = []

    def __call__(
        self, *, replace: bool = False, cancelled: Callable[[], bool] | None = None
    ) -> Path:
        self.reports.clear()
        self.progress.clear()
        return fetch(
            "tiny",
            self.folder,
            mirrors=[mirror.base for mirror in self.mirrors],
            plain_hosts=HOSTS,
            replace=replace,
            cancelled=cancelled,
            progress=lambda done, total: self.progress.append((done, total)),
            on_file=self.reports.append,
        )

    def there(self) -> dict[str, bytes]:
        """What lies in the folder, by name."""
        return {path.name: path.read_bytes() for path in self.folder.iterdir()}


@pytest.fixture
def fetching(tmp_path: Path, mirrors: Mirrors) -> Fetching:
    return Fetching(tmp_path / "tiny", mirrors)
