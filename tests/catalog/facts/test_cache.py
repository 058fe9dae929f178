"""Facts on disk: nothing damaged is read, nothing refused by the disk stops the work."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from viewer.catalog.facts.cache import FactsCache, block_key, join_keys, version_key
from viewer.core.settings import PUBLISHED, ExtractionSettings

ARRAYS: dict[str, NDArray[Any]] = {
    "a": np.arange(5, dtype=np.int16),
    "b": np.eye(3, dtype=np.float32),
}


def file_of(folder: Path, key: str) -> Path:
    (path,) = folder.glob(f"{key}.*")
    return path


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    FactsCache(tmp_path / "new").save("v/key", ARRAYS)
    loaded = FactsCache(tmp_path / "new").load("v/key")
    assert loaded is not None
    assert list(loaded) == ["a", "b"]
    for name, array in ARRAYS.items():
        assert loaded[name].dtype == array.dtype
        assert (loaded[name] == array).all()
    assert FactsCache(tmp_path / "new").load("v/other") is None


def test_no_damage_goes_unnoticed(tmp_path: Path) -> None:
    cache = FactsCache(tmp_path)
    cache.save("v/key", ARRAYS)
    path = file_of(tmp_path, "v/key")
    sound = path.read_bytes()
    for place in range(0, len(sound), 7):
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :])
        assert cache.load("v/key") is None
        path.write_bytes(sound[:place])
        assert cache.load("v/key") is None
    cache.save("v/key", ARRAYS)
    assert cache.load("v/key") is not None


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    cache = FactsCache(blocked / "facts")
    cache.save("v/key", ARRAYS)
    assert cache.load("v/key") is None


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("no home")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", no_home)
    cache = FactsCache()
    cache.save("v/key", ARRAYS)
    assert cache.load("v/key") is None


def test_the_files_unused_for_longest_give_way(tmp_path: Path) -> None:
    cache = FactsCache(tmp_path)
    for number, key in enumerate(("old/one", "old/two", "new/three")):
        cache.save(key, ARRAYS)
        os.utime(file_of(tmp_path, key), (number, number))
    size = file_of(tmp_path, "old/two").stat().st_size
    assert cache.load("old/two") is not None  # used: now the newest
    FactsCache(tmp_path, limit=2 * size).save("new/four", ARRAYS)
    left = {path.stem for path in tmp_path.rglob("*.facts")}
    assert left == {"two", "four"}


def test_the_folder_of_a_version_that_is_gone_is_removed(tmp_path: Path) -> None:
    FactsCache(tmp_path).save("old/one", ARRAYS)
    os.utime(file_of(tmp_path, "old/one"), (1, 1))
    size = file_of(tmp_path, "old/one").stat().st_size
    cache = FactsCache(tmp_path, limit=size)
    cache.save("new/two", ARRAYS)
    cache.save("new/three", ARRAYS)
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    assert len(list(tmp_path.rglob("*.facts"))) == 1


def test_keys_tell_what_facts_depend_on() -> None:
    images = np.zeros((4, 6, 8), np.uint8)
    other = images.copy()
    other[3, 5, 7] = 1
    turned = images.reshape(4, 8, 6)
    keys = [block_key("v", array) for array in (images, other, turned, images[:3])]
    assert len({*keys, block_key("w", images)}) == 5
    assert block_key("v", images[::-1]) == keys[0]
    assert version_key(PUBLISHED) != version_key(ExtractionSettings(thinning_passes=3))
    assert version_key(PUBLISHED, "other") != version_key(PUBLISHED) == version_key(PUBLISHED)
    labels = np.array([1, 2], np.uint8)
    assert join_keys("v", keys, labels) == join_keys("v", keys, labels.astype(np.int32))
    assert len({join_keys("v", keys, one) for one in (labels, labels[::-1], None)}) == 3


def test_other_weights_of_an_order_are_another_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = tmp_path / "weights.json"
    monkeypatch.setattr("viewer.catalog.facts.cache.resource_path", lambda _name: weights)
    versions = []
    for content in ("1", "2", "1"):
        weights.write_text(content)
        versions.append(version_key(PUBLISHED))
    assert versions[0] == versions[2] != versions[1]
