"""Chunks in threads and processes: the same results, no waiting, no silent death."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.export.chunks import make_chunks
from viewer.core.extract import extract
from viewer.datasets.digits import DigitSet
from viewer.errors import Cancelled, UserError
from viewer.export import batch, plan
from viewer.export.batch import Result, Task, executing, run_tasks, work
from viewer.export.run import export_digits


def make_tasks(digits: DigitSet, size: int = 5) -> Iterator[Task]:
    for number, chunk in enumerate(make_chunks(digits, size)):
        bare = replace(chunk, sequences=plan.no_sequences(len(chunk)))
        yield Task(number, bare, {}, "identifiers", False, {})


def test_a_few_digits_are_done_in_threads_and_many_in_processes() -> None:
    with executing(2, 1000, "nearest") as few:
        assert isinstance(few, ThreadPoolExecutor)
    with executing(1, 1_000_000, "nearest") as one:
        assert isinstance(one, ThreadPoolExecutor)
    with executing(2, 1_000_000, "nearest") as many:
        assert isinstance(many, ProcessPoolExecutor)


def test_no_more_tasks_are_made_than_are_wanted(digits: DigitSet) -> None:
    made: list[int] = []
    kept: list[int] = []

    def tasks() -> Iterator[Task]:
        for task in make_tasks(digits, 1):
            made.append(task.number)
            assert len(made) - len(kept) <= 3
            yield task

    with ThreadPoolExecutor(2) as pool:
        run_tasks(tasks(), pool, lambda result: kept.append(result.number), ahead=3)
    assert sorted(kept) == made == list(range(24))


def test_cancelling_ends_it(digits: DigitSet) -> None:
    kept: list[Result] = []
    with ThreadPoolExecutor(1) as pool, pytest.raises(Cancelled):
        run_tasks(
            make_tasks(digits, 1), pool, kept.append, ahead=2, cancelled=lambda: len(kept) >= 3
        )
    assert 3 <= len(kept) <= 5


def test_corrected_rows_take_the_place_of_computed_ones(digits: DigitSet) -> None:
    (task, *_) = make_tasks(digits, 5)
    rows = np.array([[3, 3, 0, 0], [0, 0, 1, 1]], dtype=np.int8)
    result = work(replace(task, format="published", folder=True, rows={1: rows},
                          options={"content": "sequences"}))  # fmt: skip
    text = result.files["sequences/trainimg-1-inputdata.txt"]
    assert text == b"3 3 0 0\n0 0 1 1\n"
    others = [extract(image).rows for image in digits.split("train").images[[0, 2, 3, 4]]]
    assert result.facts == {
        "digits": 5, "rows": 2 + sum(map(len, others)), "exact": 5, "corrected": 1,
    }  # fmt: skip


def test_a_process_that_dies_is_the_users_to_know(
    tmp_path: Path, digits: DigitSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Dying(ThreadPoolExecutor):
        def submit(self, *args: object, **options: object) -> object:  # type: ignore[override]
            raise BrokenProcessPool("killed")

    with Dying(1) as pool, pytest.raises(UserError, match="ended unexpectedly"):
        export_digits(
            digits, {"train": [1]}, format="npz", output=tmp_path / "a.npz", executor=pool
        )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_processes_give_the_same_bytes(
    tmp_path: Path, digits: DigitSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "CHUNK", 3)
    chosen = {"train": range(12), "test": range(12)}
    one = export_digits(digits, chosen, format="npz", output=tmp_path / "1.npz")
    monkeypatch.setattr(batch, "FEW", 0)
    two = export_digits(digits, chosen, format="npz", output=tmp_path / "2.npz", jobs=2)
    assert one.read_bytes() == two.read_bytes()


def wait_for(condition: object, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:  # type: ignore[operator]
        time.sleep(0.02)
    assert condition()  # type: ignore[operator]


SCRIPT = """
import sys
from pathlib import Path
from viewer.datasets.source import open_source
from viewer.export import batch, plan
from viewer.export.run import export_digits

if __name__ == "__main__":
    batch.FEW, plan.CHUNK = 0, 4
    whole = open_source("sample")
    chosen = {name: range(len(split)) for name, split in whole.splits.items()}
    export_digits(whole, chosen, format="published", output=Path(sys.argv[1]), jobs=2)
"""


@pytest.mark.slow
def test_killed_with_its_processes_and_resumed(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    out, whole = tmp_path / "out", tmp_path / "whole"
    command = [sys.executable, str(tmp_path / "script.py")]
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run([*command, str(whole)], check=True, timeout=120, env=here)
    process = subprocess.Popen([*command, str(out)], env=here)
    wait_for(lambda: any(some.stat().st_size for some in tmp_path.glob(".export-*/journal.jsonl")))
    children = _children(process.pid)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert children
    wait_for(lambda: not any(_is_there(child) for child in children), 20.0)
    assert not out.exists()
    subprocess.run([*command, str(out)], check=True, timeout=120, env=here)
    assert _content(out) == _content(whole)
    assert {path.name for path in tmp_path.iterdir()} == {"out", "whole", "script.py"}


def _children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(child) for child in tasks.split()]


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    return status.rpartition(")")[2].split()[0] != "Z"


def _content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
