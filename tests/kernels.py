"""The kernels of a test run with workers: compiled once, of which each worker has a copy.

Strategy: numba adds to the index of a kernel without a lock, so processes that compile at
once could spoil a folder they share. So the process that runs no tests has all kernels
compiled while the workers collect; each then copies them before its first test. What a
worker compiles beyond that is kept at the end.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

from viewer.jit import LIST, prepare

FOLDER = "NUMBA_CACHE_DIR"
"""The variable that names the folder where kernels are kept."""
OTHERS = "natural", "shortest"
"""The orders beside the usual one."""
COMPILING = 600.0
"""Seconds that a worker waits."""


def begin(home: Path) -> None:
    """Begin to compile what is missing; `home` is the folder of the test run."""
    Thread(target=_compile_all, args=(home,), daemon=True).start()


def worker_folder(home: Path, worker: str) -> Path:
    """Return the folder for the kernels of a worker."""
    return home / f"kernels-{worker}"


def wait(home: Path) -> None:
    """Wait in a worker until the kernels are compiled, and load them."""
    done = _done(home)
    latest = time.monotonic() + COMPILING
    while not done.exists():
        assert time.monotonic() < latest, "the kernels are not compiled"
        time.sleep(0.05)
    kept = done.read_text(encoding="utf-8")
    if kept:
        ignored = shutil.ignore_patterns(LIST)
        shutil.copytree(kept, os.environ[FOLDER], ignore=ignored, dirs_exist_ok=True)
    prepare()


def keep(worker: Path) -> None:
    """Keep the kernels that a worker had to compile, unless another one compiled more."""
    if FOLDER not in os.environ:
        return
    folder = Path(os.environ[FOLDER])
    for index in worker.rglob("*.nbi"):
        kept = folder / index.relative_to(worker)
        code = _code(index)
        if len(code) > len(_code(kept)):
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.unlink(missing_ok=True)
            for path in (*code, index):
                shutil.copy2(path, kept.parent)


def _code(index: Path) -> list[Path]:
    """Return the files of machine code that an index lists."""
    return list(index.parent.glob(f"{index.stem}.*.nbc"))


def _done(home: Path) -> Path:
    """Return the file that says where the compiled kernels are, once they are."""
    return home / "compiled"


def _compile_all(home: Path) -> None:
    """Compile the kernels of the usual order, and then those of the others side by side."""
    kept = ""
    try:
        if prepare():
            kept = os.environ[FOLDER]
            missing = [
                order
                for order in OTHERS
                if not any(Path(kept).glob(f"{order}_*/*.order_many-*.nbi"))
            ]
            command = [sys.executable, "-m", "viewer.jit"]
            root = Path(__file__).parents[1]
            running = [subprocess.Popen([*command, order], cwd=root) for order in missing]
            for process in running:
                process.wait()
    finally:
        part = home / "compiled.part"
        part.write_text(kept, encoding="utf-8")
        part.replace(_done(home))
