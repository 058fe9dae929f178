"""The folder of compiled kernels: never trusted blindly, never in the way."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from viewer import jit

Compiling = tuple[Path, subprocess.Popen[str], subprocess.Popen[str]]


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


APART = (
    "import viewer.jit as jit; jit._choose_folder(); jit._compile_apart();"
    "import sys; print('numba' in sys.modules, jit.cache_folder().with_name("
    "jit.cache_folder().name + '-0').joinpath(jit.LIST).exists()); print(jit.prepare())"
)
UNKEPT = (
    "import numpy as np; from viewer.jit import prepare; print(prepare());"
    "from viewer.core.skeleton import find_start_point;"
    "print(find_start_point(np.eye(3, dtype=bool)))"
)


@pytest.fixture(scope="module")
def compiling(tmp_path_factory: pytest.TempPathFactory) -> Compiling:
    """Compile everything in two processes at once: each takes ten seconds and more."""
    folder = tmp_path_factory.mktemp("kept")
    blocked = tmp_path_factory.mktemp("blocked") / "file"
    blocked.write_bytes(b"")
    plain = {k: v for k, v in os.environ.items() if k != "NUMBA_CACHE_DIR"}
    homeless = {k: v for k, v in plain.items() if k != "HOME"}
    return folder, _start(APART, plain, folder), _start(UNKEPT, homeless, blocked)


def _start(code: str, environment: dict[str, str], cache: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment | {"XDG_CACHE_HOME": str(cache), "LOCALAPPDATA": str(cache)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_another_process_compiles_what_this_one_then_loads(compiling: Compiling) -> None:
    output, errors = compiling[1].communicate(timeout=250)
    assert output.split("\n")[:2] == ["False True", "True"], errors
    (folder,) = (compiling[0] / "digit-strokes").iterdir()
    assert jit._is_sound(folder)


def test_kernels_run_where_nothing_can_be_kept(compiling: Compiling) -> None:
    output, errors = compiling[2].communicate(timeout=250)
    assert output.split("\n")[:2] == ["False", "(0, 0)"], errors


def test_what_is_loaded_does_not_wait_for_what_is_compiled() -> None:
    jit.prepare()
    asked = threading.Thread(target=jit.prepare, kwargs={"apart": True}, daemon=True)
    with jit._lock:  # as a thread holds it that compiles another order
        asked.start()
        asked.join(30)
        assert not asked.is_alive()
