from __future__ import annotations

import gzip
import lzma
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.idx_files import PACKINGS
from viewer.datasets import streams
from viewer.datasets.streams import Reader
from viewer.errors import UserError

Pack = Callable[[bytes], bytes]
DATA = random.Random(1).randbytes(70_000) * 40
"""More than a few pieces and blocks, and not a multiple of either."""


def read_whole(path: Path) -> bytes:
    with Reader(path) as reader:
        data = reader.read(1 << 20)
        assert reader.at_end()
        return data


@pytest.fixture(params=PACKINGS)
def packed(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "misleading.txt"
    path.write_bytes(PACKINGS[request.param](DATA))
    return path


def test_reads_by_content_in_any_steps(packed: Path) -> None:
    with Reader(packed) as reader:
        start = reader.read(3)
        target = bytearray(len(DATA) - 10)
        assert reader.fill(memoryview(target)) == len(target)
        assert not reader.at_end()
        assert start + bytes(target) + reader.read(100) == DATA
        assert reader.at_end()
        assert reader.read(1) == b""
        assert reader.fill(memoryview(target)) == 0


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
@pytest.mark.parametrize("piece", [1, 37, 1 << 20])
def test_members_are_read_one_after_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Pack, piece: int
) -> None:
    data = DATA[:3000]
    path = tmp_path / "members"
    parts = [data[:1], b"", data[1:2000], data[2000:], b""]
    path.write_bytes(b"".join(map(pack, parts)))
    monkeypatch.setattr(streams, "PIECE", piece)
    for block in (6, 7, 4096):
        monkeypatch.setattr(streams, "BLOCK", block)
        assert read_whole(path) == data


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_no_prefix_and_no_appendix_of_a_packed_file_passes(tmp_path: Path, pack: Pack) -> None:
    whole = pack(b"some digits")
    path = tmp_path / "data"
    appendices = [b"\0", b"\n", whole[:1], whole[:5], bytes(4096), b"PK"]
    for faulty in [whole[:size] for size in range(6, len(whole))] + [whole + a for a in appendices]:
        path.write_bytes(faulty)
        with pytest.raises(UserError) as caught:
            pytest.fail(f"{faulty!r} was read: {read_whole(path)!r}")
        assert caught.value.path == path


def test_a_piece_is_never_larger_than_agreed(tmp_path: Path) -> None:
    for ending in (".gz", ".xz"):
        path = tmp_path / f"bomb{ending}"
        path.write_bytes(PACKINGS[ending](bytes(5 * streams.PIECE)))
        with Reader(path) as reader:
            sizes = [len(piece) for piece in reader._pieces]
        assert max(sizes) <= streams.PIECE
        assert sum(sizes) == 5 * streams.PIECE


def test_no_more_is_read_than_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "PIECE", 1000)
    monkeypatch.setattr(streams, "BLOCK", 200)
    for ending in (".gz", ".xz"):
        path = tmp_path / f"bomb{ending}"
        path.write_bytes(PACKINGS[ending](bytes(4 << 20)))
        with Reader(path) as reader:
            reader.read(20_000)
            assert reader._file.tell() <= 2 * 200


def test_faults_of_the_file_system_are_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match="no such file"):
        Reader(tmp_path / "nothing")
    with pytest.raises(UserError, match="not a file"):
        Reader(tmp_path)
    with pytest.raises(UserError, match="null"):
        Reader(Path("a\0b"))
    path = tmp_path / "data"
    path.write_bytes(DATA)

    def refuse(self: Path, *args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UserError, match="may not be read"):
        Reader(path)


def test_a_fault_while_reading_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_bytes(DATA)

    class Worn:
        def read(self, size: int) -> bytes:
            raise OSError(5, "Input/output error")

        def close(self) -> None: ...

    with Reader(path) as reader:
        reader._file.close()
        reader._file = Worn()  # type: ignore[assignment]
        with pytest.raises(UserError, match="Input/output error"):
            reader.read(len(DATA))
