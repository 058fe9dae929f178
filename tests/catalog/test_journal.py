from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from viewer.catalog import journal as module
from viewer.catalog.journal import COPIES, Journal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "marks.jsonl"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    """A journal with the records ["a"] and ["b"], both read."""
    made = Journal(path)
    with made.locked():
        made.rewrite([["a"]])
        made.append([["b"]])
    yield made
    made.flush()


def records(path: Path) -> list[object]:
    return Journal(path).read().records


def test_a_missing_file_is_no_news(path: Path) -> None:
    journal = Journal(path)
    reading = journal.read()
    assert (reading.records, reading.anew, reading.damaged, reading.torn) == ([], False, 0, False)
    with journal.locked(), pytest.raises(FileNotFoundError):
        journal.append([["a"]])


def test_what_was_added_is_read_once(journal: Journal, path: Path) -> None:
    assert journal.read().records == []
    other = Journal(path)
    reading = other.read()
    assert (reading.records, reading.anew) == ([["a"], ["b"]], True)
    with other.locked():
        other.append([["ü\n\ud800", 1], ["d"]])
    reading = journal.read()
    assert (reading.records, reading.anew) == ([["ü\n\ud800", 1], ["d"]], False)
    assert journal.read(anew=True).records == [["a"], ["b"], ["ü\n\ud800", 1], ["d"]]


def test_a_replaced_file_is_read_anew(journal: Journal, path: Path) -> None:
    other = Journal(path)
    other.rewrite([["a"], ["b"]])
    reading = journal.read()
    assert (reading.records, reading.anew) == ([["a"], ["b"]], True)
    path.unlink()
    assert not journal.read().anew
    other.rewrite([["c"]])
    assert journal.read().records == [["c"]]


@pytest.mark.parametrize("keep", range(1, 60))
def test_a_line_cut_short_is_passed_over(journal: Journal, path: Path, keep: int) -> None:
    line = path.read_bytes().splitlines(keepends=True)[-1]
    with path.open("ab") as file:
        file.write((line * 5)[:keep])
    whole, part = divmod(keep + 1, len(line))  # a line can do without its line break
    reading = journal.read()
    assert reading.records == [["b"]] * whole
    assert reading.torn == (part > 1)
    assert reading.damaged == 0
    with journal.locked():
        journal.append([["c"]])
    assert journal.read().records == []
    assert records(path) == [["a"], ["b"], *[["b"]] * whole, ["c"]]


def test_a_line_break_that_comes_later_is_no_damage(journal: Journal, path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:-1])
    other = Journal(path)
    assert other.read().records == [["a"], ["b"]]
    with journal.locked():
        journal.append([["c"]])
    reading = other.read()
    assert (reading.records, reading.damaged, reading.anew) == ([["c"]], 0, False)


def test_every_changed_byte_costs_its_line_only(journal: Journal, path: Path) -> None:
    sound = path.read_bytes()
    head, first, _second = sound.splitlines(keepends=True)
    for place in range(len(sound)):
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :])
        reading = Journal(path).read()
        assert reading.damaged + reading.torn > 0
        if place < len(head) - 1:
            assert reading.records == [["a"], ["b"]]
        elif len(head) <= place < len(head + first) - 1:
            assert reading.records == [["b"]]
        elif len(head + first) <= place < len(sound) - 1:
            assert reading.records == [["a"]]


def test_what_was_added_is_brought_to_the_disk(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, synced = threading.Event(), []

    def slow(handle: int) -> None:
        assert begin.wait(10)
        synced.append(os.fstat(handle).st_size)

    monkeypatch.setattr(os, "fsync", slow)
    with journal.locked():
        journal.append([["c"]])
    assert synced == []
    begin.set()
    journal.flush()
    assert synced == [journal.path.stat().st_size]


def test_a_full_disk_leaves_no_part_of_a_line(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:5]))
    with journal.locked(), pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        journal.append([["c"]])
    monkeypatch.undo()
    assert path.read_bytes() == before
    with journal.locked():
        journal.append([["c"]])
    assert records(path) == [["a"], ["b"], ["c"]]


def test_a_failed_rewrite_leaves_the_old_file(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()

    def unable(record: object) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    head = module._line(["head"])
    lines = iter([head])
    monkeypatch.setattr(module, "_line", lambda record: next(lines, None) or unable(record))
    with pytest.raises(Exception, match="No space left"):
        journal.rewrite([["c"]])
    assert path.read_bytes() == before
    assert {file.name for file in path.parent.iterdir()} == {"marks.jsonl", ".marks.lock"}


def test_copies_of_damaged_files_are_numbered_and_few(journal: Journal, path: Path) -> None:
    for number in range(1, COPIES + 3):
        copy = journal.set_aside()
        assert copy.name == f"marks.jsonl.damaged-{min(number, COPIES)}"
        assert copy.read_bytes() == path.read_bytes()


def test_a_lock_that_is_never_given_up_is_not_waited_for(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.02)
    with path.with_name(".marks.lock").open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with journal.locked():
            journal.append([["c"]])
    assert records(path) == [["a"], ["b"], ["c"]]


def test_processes_that_write_at_once_lose_nothing(journal: Journal, path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from viewer.catalog.journal import Journal\n"
        "journal = Journal(Path(sys.argv[1]))\n"
        "for n in range(100):\n"
        "    with journal.locked():\n"
        "        journal.read(); journal.append([[sys.argv[2], n, 'x' * 300]])\n"
        "        if n == 50: journal.rewrite(journal.read(anew=True).records)\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", code, str(path), name]) for name in ("p", "q")
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    found = [record for record in records(path) if isinstance(record, list) and len(record) == 3]
    for name in ("p", "q"):
        assert [record[1] for record in found if record[0] == name] == list(range(100))
