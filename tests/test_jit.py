"""The folder of compiled kernels: never trusted blindly, never in the way."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from viewer import jit


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.setattr(sys, "modules", {k: v for k, v in sys.modules.items() if k != "numba"})
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setattr(atexit, "register", lambda _function: None)
    jit._choose_folder()
    chosen = Path(os.environ["NUMBA_CACHE_DIR"])
    (chosen / "kernel.1.nbc").write_bytes(b"machine code")
    (chosen / "kernel.nbi").write_bytes(b"index")
    jit._list_contents()
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    return chosen


def choose(monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    jit._choose_folder()
    return Path(os.environ["NUMBA_CACHE_DIR"])


def test_a_sound_folder_is_taken_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert choose(monkeypatch) == folder


def test_what_other_versions_left_is_swept_when_it_is_old(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, young = (folder.with_name(f"kernels-of-{name}") for name in ("old", "young"))
    for other in (old, young):
        other.mkdir()
        (other / "kernel.nbc").write_bytes(b"machine code")
    for path in (old, folder):
        os.utime(path, (0, 0))
    assert choose(monkeypatch) == folder
    assert young.is_dir()
    assert not old.exists()
    assert folder.stat().st_mtime > 0


@pytest.mark.parametrize("damage", ["flip", "truncate", "remove", "add", "no list", "wrong list"])
def test_a_damaged_folder_is_left_for_another(
    folder: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    code = folder / "kernel.1.nbc"
    if damage == "flip":
        code.write_bytes(b"machine c0de")
    elif damage == "truncate":
        code.write_bytes(b"")
    elif damage == "remove":
        code.unlink()
    elif damage == "add":
        (folder / "other.nbi").write_bytes(b"")
    elif damage == "no list":
        (folder / jit.LIST).unlink()
    else:
        (folder / jit.LIST).write_text("{", encoding="utf-8")
    other = choose(monkeypatch)
    assert other != folder
    assert folder.exists()
    old = folder.stat().st_mtime - 2 * jit.ABANDONED
    os.utime(folder, (old, old))
    assert choose(monkeypatch) == folder
    assert not list(folder.iterdir())


APART = """
import shutil, sys
from pathlib import Path
from viewer import jit

jit._choose_folder()
folder = jit.cache_folder().with_name(jit.cache_folder().name + "-0")
lone, *others = sys.argv[1:]
for kept in others:
    shutil.copytree(kept, folder, ignore=shutil.ignore_patterns(jit.LIST), dirs_exist_ok=True)
jit._compile_apart()
print("numba" in sys.modules, (folder / jit.LIST).exists(), any(folder.rglob(lone)))
print(jit.prepare())
"""
UNKEPT = """
import sys
import numpy as np
from viewer import jit

if "alone" in sys.argv:
    jit._run_once = lambda: None
kept = jit.prepare()
from viewer.core.skeleton import find_start_point
print(kept, find_start_point(np.eye(3, dtype=bool)))
"""
LONE = "unusual.mean_nearest-*.nb[ic]"
"""The files of a kernel that is quick to compile, and that no other calls."""
ALL = pytest.param(True, marks=pytest.mark.slow, id="all")
"""Compile all kernels from nothing."""


def run(code: str, cache: Path, *arguments: str, **environment: str) -> str:
    """Run code in a process of its own, with another cache folder; return what it prints."""
    environment |= {"XDG_CACHE_HOME": str(cache), "LOCALAPPDATA": str(cache)}
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=250, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Return a folder with the kernels compiled so far but for a lone one."""
    folder = tmp_path / "kept"
    shutil.copytree(os.environ["NUMBA_CACHE_DIR"], folder)
    lone = list(folder.rglob(LONE))
    assert lone
    for path in lone:
        path.unlink()
    return folder


@pytest.mark.parametrize("everything", [False, ALL])
def test_another_process_compiles_what_this_one_then_loads(
    tmp_path: Path, kept: Path, everything: bool
) -> None:
    plain = {k: v for k, v in os.environ.items() if k != "NUMBA_CACHE_DIR"}
    others = () if everything else (str(kept),)
    output = run(APART, tmp_path / "cache", LONE, *others, **plain)
    assert output == "False True True\nTrue"
    (folder,) = (tmp_path / "cache" / "digit-strokes").iterdir()
    assert jit._is_sound(folder)


@pytest.mark.parametrize("everything", [False, ALL])
def test_kernels_run_where_nothing_can_be_kept(tmp_path: Path, everything: bool) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    plain = {k: v for k, v in os.environ.items() if k not in ("NUMBA_CACHE_DIR", "HOME")}
    arguments = () if everything else ("alone",)
    assert run(UNKEPT, blocked, *arguments, **plain) == "False (0, 0)"


def test_what_is_loaded_does_not_wait_for_what_is_compiled() -> None:
    jit.prepare()
    asked = threading.Thread(target=jit.prepare, kwargs={"apart": True}, daemon=True)
    with jit._lock:  # as a thread holds it that compiles another order
        asked.start()
        asked.join(30)
        assert not asked.is_alive()
