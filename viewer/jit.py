"""Where compiled kernels are kept, and having them ready before the first digit.

numba trusts what lies in its cache: a damaged file raises or worse, at every start. So
the program keeps a folder of its own, with a list of what it wrote; a folder that does
not match its list is not used, and thrown away once it is old. Where nothing can be
written, kernels are compiled for this run alone.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import json
import linecache
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from viewer.places import cache_base

LIST = "contents.json"
USUAL = "nearest"
"""The order whose kernels are always there."""
FOLDERS = 4
"""Folders that are tried, one after the other."""
COMPILING = 300.0
"""Seconds after which a process that compiles is given up."""
ABANDONED = 3600.0
"""Seconds after which a folder that does not match its list is thrown away."""
FORGOTTEN = 60 * 86400.0
"""Seconds after which a folder that was not used is thrown away."""
_lock = threading.Lock()
_ready: set[str] = set()
"""Names of the orders whose kernels are loaded."""
_seen: dict[str, tuple[int, int]] | None = None
"""What lay in the folder when its list was last true."""


def cache_folder() -> Path:
    """Return the folder for this version of the program, of Python and of numba."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    made_of = sorted((Path(__file__).parent / "core").rglob("*.py"))
    numba = find_spec("numba")
    if numba is not None and numba.origin:
        made_of.append(Path(numba.origin).with_name("_version.py"))
    digest = hashlib.sha256(str(Path(__file__).parent).encode())
    for source in made_of:
        digest.update(source.read_bytes())
    name = f"kernels-python{python}-{digest.hexdigest()[:16]}"
    return cache_base() / name


def prepare(*, apart: bool = False, order: str = USUAL) -> bool:
    """Make sure the kernels are compiled; call it before anything of `viewer.core` is used.

    Returns at once when called again. On a machine that has never run this version it
    takes some seconds; call it off the GUI thread.

    Parameters
    ----------
    apart : bool
        Compile in a process of its own where nothing is kept yet, and only load here. It
        takes a second longer, but a window in this process stays smooth: compiling holds
        the interpreter's lock for up to a tenth of a second at a time.
    order : str
        Name of the order whose kernels are needed, too; they are compiled when they are
        first asked for.

    Returns
    -------
    kept : bool
        Whether the compiled kernels are kept on disk for the next start.
    """
    if order in _ready:  # others may be compiled meanwhile, which is not waited for
        return "NUMBA_CACHE_DIR" in os.environ
    with _lock:
        if USUAL not in _ready:
            _choose_folder()
            if apart:
                _compile_apart()
            _run_once()
            _list_contents()
            linecache.clearcache()  # numba read all of its own sources: 22 MB of lines
            _ready.add(USUAL)
        if order not in _ready:
            if apart and not _is_kept(order):
                _compile(order)
            _run_order(order)
            _list_contents()
            linecache.clearcache()
            _ready.add(order)
        return "NUMBA_CACHE_DIR" in os.environ


def is_ready(order: str = USUAL) -> bool:
    """Tell whether the kernels of an order are loaded."""
    return order in _ready


def _choose_folder() -> None:
    """Point numba to a folder whose contents are as listed, or to a new one, or to none.

    A folder without a true list may be another process's that is still compiling; it is
    left alone until it is old.
    """
    global _seen
    if "NUMBA_CACHE_DIR" in os.environ or "numba" in sys.modules:
        return
    try:
        first = cache_folder()
        for number in range(FOLDERS):
            folder = first.with_name(f"{first.name}-{number}")
            if folder.exists() and not _is_sound(folder):
                if time.time() - folder.stat().st_mtime < ABANDONED:
                    continue
                shutil.rmtree(folder)
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / f".probe-{os.getpid()}"
            probe.write_bytes(b"")
            probe.unlink()
            _seen = _look_at(folder) if (folder / LIST).exists() else None
            os.environ["NUMBA_CACHE_DIR"] = str(folder)
            atexit.register(_list_contents)  # whatever else was compiled by then
            _sweep(folder)
            return
    except (OSError, RuntimeError):  # read-only, full, or no home folder at all
        return


def _sweep(folder: Path) -> None:
    """Throw away the folders of other versions that nothing has used for long."""
    os.utime(folder)  # which says that this one is used
    for other in folder.parent.glob("kernels-*"):
        if other != folder and time.time() - other.stat().st_mtime > FORGOTTEN:
            shutil.rmtree(other, ignore_errors=True)


def _compile_apart() -> None:
    """Fill an empty folder from another process; failing that, it is filled in this one."""
    folder = Path(os.environ.get("NUMBA_CACHE_DIR", ""))
    if folder.is_absolute() and not (folder / LIST).exists() and "numba" not in sys.modules:
        _compile(USUAL)


def _is_kept(order: str) -> bool:
    """Whether the kernels of an order lie in the folder, or there is none to keep them."""
    folder = Path(os.environ.get("NUMBA_CACHE_DIR", ""))
    if not folder.is_absolute():
        return True
    return any(folder.glob(f"{order}_*/*.order_many-*.nbi"))


def _compile(order: str) -> None:
    """Compile the kernels of an order in a process of its own, into the folder chosen here."""
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        command = [sys.executable, "-m", "viewer.jit", order]
        package = str(Path(__file__).parents[1])
        paths = [package, os.environ.get("PYTHONPATH", "")]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
        subprocess.run(
            command, env=environment, check=False, timeout=COMPILING,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


def _digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file numba wrote below a folder, by its path there."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.nb[ic]"))
    }


def _look_at(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every file numba wrote below a folder, by its path."""
    states = {str(path): path.stat() for path in folder.rglob("*.nb[ic]")}
    return {path: (state.st_size, state.st_mtime_ns) for path, state in states.items()}


def _is_sound(folder: Path) -> bool:
    """Whether a folder holds what its list says, all of it and nothing else."""
    try:
        listed = json.loads((folder / LIST).read_text(encoding="utf-8"))
        return bool(listed == _digests(folder))
    except (OSError, ValueError):
        return False


def _list_contents() -> None:
    """Write down what is in the folder now, unless the list already says so."""
    global _seen
    folder = Path(os.environ.get("NUMBA_CACHE_DIR", ""))
    if not folder.is_absolute() or not folder.is_dir() or _seen == (seen := _look_at(folder)):
        return
    _seen = seen
    try:
        part = folder / f".{LIST}-{os.getpid()}"
        part.write_text(json.dumps(_digests(folder), indent=0), encoding="utf-8")
        part.replace(folder / LIST)
    except OSError:
        return


def _run_once() -> None:
    """Run both ways through the kernels on a tiny image, which compiles or loads them.

    Those that measure and compare whole sets can wait until they are needed, unless they
    are still to be compiled and can be kept.
    """
    with _without("scipy.linalg"):
        from viewer.core.batch import extract_batch
        from viewer.core.extract import extract

        image = np.zeros((4, 4), dtype=np.uint8)
        extract(image)
        sequences = extract_batch(image[None])
        if "NUMBA_CACHE_DIR" in os.environ and _seen is None:
            from viewer.core.facts import measure
            from viewer.core.shape import describe_shapes, nearest
            from viewer.core.unusual import rank_unusual

            measure(sequences)
            shapes = describe_shapes(sequences)
            nearest(shapes, shapes[0], 1)
            rank_unusual(shapes, None)


def _run_order(order: str) -> None:
    """Run both ways through the kernels of an order on a tiny image."""
    from viewer.core.batch import extract_batch
    from viewer.core.extract import extract
    from viewer.core.settings import ExtractionSettings

    image = np.zeros((4, 4), dtype=np.uint8)
    extract(image, ExtractionSettings(order=order))
    extract_batch(image[None], ExtractionSettings(order=order))
    if order == "natural":
        from viewer.core.disagreement import measure_gaps
        from viewer.core.graph.graph import find_graph
        from viewer.core.ordering.natural.explaining import explain

        measure_gaps(image[None])
        cross = np.zeros((9, 9), dtype=np.bool_)
        cross[4] = cross[:, 4] = True
        find_graph(cross)
        explain(cross)


@contextlib.contextmanager
def _without(module: str) -> Iterator[None]:
    """Let imports of a module fail meanwhile, unless it is loaded already.

    numba looks for it on behalf of matrix products, which no kernel has; loading it is a
    third of the time a start spends on kernels.
    """
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[module]


if __name__ == "__main__":
    prepare(order=sys.argv[1])
    _list_contents()
