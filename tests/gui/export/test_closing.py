"""Exports from a running program: processes work, and a closed window leaves nothing."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import time
from multiprocessing import active_children
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.gui.export.conftest import Desk
from viewer.catalog.table import Table
from viewer.datasets.source import open_source
from viewer.export.batch import FEW
from viewer.export.run import export_digits
from viewer.gui.export.choice import ExportChoice

SCRIPT = Path(__file__).with_name("window_script.py")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a set of bars, large enough for processes."""
    images = np.zeros((FEW + 800, 28, 28), np.uint8)
    for index in range(len(images)):
        images[index, 4:-4, 4 + index % 20] = 255
    path = tmp_path / "mnist.npz"
    labels = (np.arange(len(images)) % 10).astype(np.uint8)
    np.savez(path, x_train=images, y_train=labels, x_test=images[:9], y_test=labels[:9])
    return path


def run(source: Path, target: Path, name: str, *, wait: bool) -> tuple[str, list[int], float]:
    """Run the window; return its last words, its processes, and how long it took to end."""
    ended = subprocess.run(
        [sys.executable, str(SCRIPT), str(source), str(target), name, "yes" if wait else "no"],
        capture_output=True, text=True, check=False, timeout=120,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
    )  # fmt: skip
    now = time.time()
    assert (ended.returncode, ended.stderr) == (0, "")
    words, numbers, closed = ended.stdout.splitlines()
    return words, ast.literal_eval(numbers), now - float(closed)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_processes_write_what_a_thread_does(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "a.npz"
    target.parent.mkdir()
    words, processes, _seconds = run(source, target, "npz", wait=True)
    assert words.endswith(f"written: {target}")
    dataset = open_source(source)
    every = {name: range(len(split)) for name, split in dataset.splits.items()}
    expected = tmp_path / "expected.npz"
    export_digits(dataset, every, format="npz", output=expected)
    assert target.read_bytes() == expected.read_bytes()
    assert list(target.parent.iterdir()) == [target]
    assert not any(map(is_alive, processes))


@pytest.mark.parametrize("name", ["published", "gif"])
def test_closing_leaves_no_file_no_process_and_no_word(
    source: Path, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    words, processes, seconds = run(source, folder / "all", name, wait=False)
    assert words == ""
    assert processes
    assert seconds < 3
    assert list(folder.iterdir()) == []
    assert not any(map(is_alive, processes))


def test_cancelling_ends_slow_work_at_once(
    qtbot: QtBot, desk: Desk, source: Path, tmp_path: Path
) -> None:
    """In one chunk of a few hundred digits, which threads would finish."""
    target = tmp_path / "out" / "all"
    target.parent.mkdir()
    desk.table = Table(open_source(source))
    job = desk.run(list(range(600)), ExportChoice("shown", "webp", target))
    qtbot.waitUntil(lambda: bool(active_children()), timeout=30_000)
    processes = active_children()
    qtbot.wait(1000)
    assert job in desk.jobs.running
    began = time.monotonic()
    job.cancel()
    qtbot.waitUntil(lambda: not desk.jobs.running, timeout=10_000)
    assert time.monotonic() - began < 2
    assert list(target.parent.iterdir()) == []
    assert not any(process.is_alive() for process in processes)
    assert desk.banner.text == ""
