"""Every exporter on disks that refuse at any call, and in processes that end at any call."""

from __future__ import annotations

import errno
import os
import shutil
import warnings
from pathlib import Path

import pytest

from tests.export.faults import REFUSALS, Disk, disturbed, refuse, writing_little
from viewer.datasets.digits import DigitSet
from viewer.errors import UserError
from viewer.export import plan
from viewer.export.registry import find_format, formats
from viewer.export.run import Exported, export_digits

CHOSEN = {"train": [0, 1, 3], "test": [2]}
OTHER = b"someone else's"


def outputs() -> list[tuple[str, str]]:
    """Every format as every kind of output it has."""
    found = []
    for form in formats().values():
        if form.file is not None:
            found.append((form.name, f"out{form.suffix}"))
        if form.folder is not None:
            found.append((form.name, "out"))
    return found


USUAL = {("npz", "out.npz"), ("identifiers", "out.txt"), ("published", "out")}
"""Outputs of both kinds; what all others go through is the same, so they are tried by CI only."""
OUTPUTS = [
    pytest.param(*output, marks=() if output in USUAL else pytest.mark.slow) for output in outputs()
]


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "CHUNK", 2)


@pytest.fixture(autouse=True)
def _needs_no_extra(request: pytest.FixtureRequest) -> None:
    """Skip a format whose extra is not installed."""
    name = request.node.callspec.params.get("form")
    if name is not None and find_format(name).needs:
        pytest.importorskip("pyarrow")


def content(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def export(digits: DigitSet, form: str, output: Path, *, overwrite: bool = False) -> Exported:
    """Export four digits."""
    told: list[Exported] = []
    export_digits(
        digits, CHOSEN, format=form, output=output, overwrite=overwrite, on_done=told.append
    )
    return told[0]


def try_export(digits: DigitSet, form: str, output: Path, *, overwrite: bool = False) -> str:
    """Export four digits; return the one message of a failure, "" without one."""
    try:
        export(digits, form, output, overwrite=overwrite)
    except UserError as error:
        return str(error)
    return ""


def count_calls(digits: DigitSet, form: str, output: Path) -> int:
    """Return how often an export changes the disk."""
    disk = Disk(refuse(errno.EIO))
    with disturbed(disk, output.parent):
        export(digits, form, output)
    assert {"write", "fsync", "open"} <= set(disk.calls)
    return len(disk.calls)


@pytest.mark.parametrize(("form", "name"), OUTPUTS)
@pytest.mark.parametrize("number", REFUSALS, ids=["full", "broken"])
def test_a_disk_that_refuses_harms_nothing(
    tmp_path: Path, digits: DigitSet, form: str, name: str, number: int
) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    calls = count_calls(digits, form, whole / name)
    expected = content(whole)
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "other").write_bytes(OTHER)
    failed = 0
    # Every call of the first and last eight, and some between: folders have hundreds.
    for at in sorted(
        {*range(1, 9), *range(9, calls, 1 + calls // 6), *range(max(1, calls - 7), calls + 1)}
    ):
        for persistent in (False, True):
            disk = Disk(refuse(number), at, persistent=persistent)
            with disturbed(disk, folder):
                problem = try_export(digits, form, folder / name)
            assert problem == "" or os.strerror(number) in problem
            failed += problem != ""
            found = content(folder)
            assert found.pop("other") == OTHER
            assert not any(".export-" in path or ".part-" in path for path in found) or persistent
            kept = {path: some for path, some in found.items() if ".export-" not in path}
            assert kept in ({}, expected)
            if not kept:
                export(digits, form, folder / name)
            found = content(folder)
            assert found.pop("other") == OTHER
            assert found == expected
            _remove(folder / name)
    assert failed > 8


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


@pytest.mark.parametrize(("form", "name"), OUTPUTS)
def test_an_existing_output_stays_or_is_replaced_whole(
    tmp_path: Path, digits: DigitSet, form: str, name: str
) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    calls = count_calls(digits, form, whole / name)
    expected = content(whole / name) if (whole / name).is_dir() else (whole / name).read_bytes()
    folder = tmp_path / "out"
    folder.mkdir()
    for at in sorted({*range(1, 5), *range(max(1, calls - 6), calls + 1)}):
        target = folder / name
        if isinstance(expected, dict):
            target.mkdir()
            (target / "mine").write_bytes(OTHER)
        else:
            target.write_bytes(OTHER)
        with disturbed(Disk(refuse(errno.ENOSPC), at), folder):
            problem = try_export(digits, form, target, overwrite=True)
        if problem and isinstance(expected, dict):
            found = content(target)
            assert found.pop("mine") == OTHER
            assert all(found[path] == expected[path] for path in found)
        elif problem:
            assert target.read_bytes() in (OTHER, expected)
        export(digits, form, target, overwrite=True)
        if isinstance(expected, dict):
            assert content(target) == expected | {"mine": OTHER}
        else:
            assert target.read_bytes() == expected
        assert [path.name for path in folder.iterdir()] == [name]
        _remove(target)


@pytest.mark.parametrize(("form", "name"), OUTPUTS)
def test_short_writes(tmp_path: Path, digits: DigitSet, form: str, name: str) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    export(digits, form, tmp_path / "a" / name)
    with writing_little(7 if find_format(form).sequences else 3):
        export(digits, form, tmp_path / "b" / name)
    assert content(tmp_path / "a") == content(tmp_path / "b")


@pytest.mark.parametrize(("form", "name"), OUTPUTS)
def test_a_process_that_ends_at_any_call_is_resumed(
    tmp_path: Path, digits: DigitSet, form: str, name: str
) -> None:
    for kept in ("whole", "out"):
        (tmp_path / kept).mkdir()
    calls = count_calls(digits, form, tmp_path / "whole" / name)
    expected = content(tmp_path / "whole")
    folder = tmp_path / "out"
    resumed = set()
    steps = {*range(1, 8), *range(8, calls, 1 + calls // 6), *range(calls - 6, calls + 1)}
    for at in sorted(step for step in steps if 1 <= step <= calls):
        end_at_call(digits, form, folder / name, at)
        torn = content(folder)
        delivered = {path: some for path, some in torn.items() if ".export-" not in path}
        assert all(expected[path] == some for path, some in delivered.items())
        if delivered and not any(".export-" in path for path in torn):
            assert delivered == expected
        else:
            resumed.add(export(digits, form, folder / name).resumed)
        assert content(folder) == expected
        assert [path.name for path in folder.iterdir()] == [name]
        _remove(folder / name)
    assert {0, len(CHOSEN["train"]) + 1} <= resumed or not find_format(form).sequences


def end_at_call(digits: DigitSet, form: str, output: Path, at: int) -> None:
    """Run an export in a copy of this process that ends at a call."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        child = os.fork()
    if child == 0:
        with disturbed(Disk(lambda name: os._exit(9), at), output.parent):
            export(digits, form, output)
        os._exit(0)
    os.waitpid(child, 0)
