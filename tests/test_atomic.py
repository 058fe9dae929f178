from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from viewer import atomic
from viewer.atomic import PART, check_target, filling, sweep, writing
from viewer.errors import UserError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def dead_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_a_file_appears_only_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "a.npz"
    with writing(target) as file:
        file.write(b"whole")
        assert not target.exists()
        assert [name.startswith(PART) for name in names(tmp_path)] == [True]
    assert target.read_bytes() == b"whole"
    assert names(tmp_path) == ["a.npz"]


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt])
def test_a_failure_leaves_nothing(tmp_path: Path, failure: type[BaseException]) -> None:
    def fail(block: object) -> None:
        raise failure

    with pytest.raises(failure), writing(tmp_path / "a") as file:
        fail(file.write(b"half"))
    with pytest.raises(failure), filling(tmp_path / "b") as staging:
        fail((staging / "x").write_bytes(b"half"))
    assert names(tmp_path) == []


def test_an_existing_file_stays_unless_it_may_be_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"old")
    with pytest.raises(UserError, match="exists already"), writing(target):
        pytest.fail("the block must not run")
    assert target.read_bytes() == b"old"
    with writing(target, overwrite=True) as file:
        file.write(b"new")
    assert target.read_bytes() == b"new"


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a"
    with pytest.raises(UserError, match="File exists"), writing(target):
        target.write_bytes(b"theirs")
    assert target.read_bytes() == b"theirs"
    assert names(tmp_path) == ["a"]


def test_files_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    with writing(tmp_path / "a") as file:
        file.write(b"whole")
    assert names(tmp_path) == ["a"]


def test_replacing_keeps_mode_and_link(tmp_path: Path) -> None:
    target, link = tmp_path / "a", tmp_path / "link"
    target.write_bytes(b"old")
    target.chmod(0o600)
    link.symlink_to(target)
    with writing(link, overwrite=True) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_full_disk_is_the_users_to_know(tmp_path: Path) -> None:
    def write() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for block in (writing, filling):
        with pytest.raises(UserError, match="No space left on device"), block(tmp_path / "a"):
            write()
    assert names(tmp_path) == []


def test_a_folder_appears_only_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with filling(target) as staging:
        (staging / "deep").mkdir()
        (staging / "deep" / "x").write_bytes(b"1")
        assert not target.exists()
    assert names(tmp_path) == ["out"]
    assert (target / "deep" / "x").read_bytes() == b"1"


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    with filling(target) as staging:
        (staging / "x").write_bytes(b"1")
    assert names(target) == ["x"]


def test_other_files_in_a_folder_stay(tmp_path: Path) -> None:
    target = tmp_path / "out"
    (target / "deep").mkdir(parents=True)
    (target / "deep" / "x").write_bytes(b"old")
    (target / "deep" / "mine").write_bytes(b"mine")
    with pytest.raises(UserError, match="exists already"), filling(target):
        pytest.fail("the block must not run")
    with filling(target, overwrite=True) as staging:
        (staging / "deep").mkdir()
        (staging / "deep" / "x").write_bytes(b"new")
        (staging / "y").write_bytes(b"new")
        assert (target / "deep" / "x").read_bytes() == b"old"
    assert (target / "deep" / "x").read_bytes() == b"new"
    assert (target / "deep" / "mine").read_bytes() == b"mine"
    assert names(tmp_path) == ["out"]
    assert names(target) == ["deep", "y"]


def test_targets_that_cannot_be(tmp_path: Path) -> None:
    file, folder = tmp_path / "file", tmp_path / "folder"
    file.write_bytes(b"")
    folder.mkdir()
    with pytest.raises(UserError, match="does not exist"):
        check_target(tmp_path / "none" / "a", folder=False, overwrite=True)
    with pytest.raises(UserError, match="does not exist"):
        check_target(file / "a", folder=False, overwrite=True)
    with pytest.raises(UserError, match="something other than a file"):
        check_target(folder, folder=False, overwrite=True)
    with pytest.raises(UserError, match="something other than a file"):
        check_target(Path(os.devnull), folder=False, overwrite=True)
    with pytest.raises(UserError, match="a file is in the place"):
        check_target(file, folder=True, overwrite=True)
    with pytest.raises(UserError, match="cannot be written: File name too long"):
        check_target(tmp_path / ("a" * 300), folder=False, overwrite=False)
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(UserError, match="cannot be written"):
        check_target(loop, folder=False, overwrite=True)


def test_the_sweep_takes_only_what_dead_processes_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getpid", dead_process)
    left_file, left_folder = atomic._part_name(), atomic._part_name()
    monkeypatch.undo()
    (tmp_path / left_file).write_bytes(b"half")
    (tmp_path / left_folder).mkdir()
    (tmp_path / left_folder / "x").write_bytes(b"half")
    kept = [atomic._part_name(), f"{PART}mine", f"{PART}{'0' * 8}-1-{'0' * 8}", "a"]
    for name in kept:
        (tmp_path / name).write_bytes(b"")
    sweep(tmp_path)
    assert names(tmp_path) == sorted(kept)
