"""Folders of the user on each platform."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from viewer import jit
from viewer.places import cache_base, data_base

NAMES = ("XDG_CACHE_HOME", "XDG_DATA_HOME", "LOCALAPPDATA")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("platform", "cache", "data"),
    [
        ("linux", ".cache", ".local/share"),
        ("darwin", "Library/Caches", "Library/Application Support"),
        ("win32", ".cache", ".local/share"),
    ],
)
def test_the_usual_places(
    home: Path, monkeypatch: pytest.MonkeyPatch, platform: str, cache: str, data: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert cache_base() == home / cache / "digit-strokes"
    assert data_base() == home / data / "digit-strokes"


def test_places_that_the_user_chose(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.setenv(name, f"/chosen/{name}")
    monkeypatch.setattr(sys, "platform", "linux")
    assert cache_base() == Path("/chosen/XDG_CACHE_HOME/digit-strokes")
    assert data_base() == Path("/chosen/XDG_DATA_HOME/digit-strokes")
    monkeypatch.setattr(sys, "platform", "win32")
    assert cache_base() == data_base() == Path("/chosen/LOCALAPPDATA/digit-strokes")


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_kernels_are_kept_beside(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert jit.cache_folder().parent == cache_base()
