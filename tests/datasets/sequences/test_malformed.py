"""Every faulty file of sequences gives one clear error, in little time and memory."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.datasets.sequences.malformed import Case, build, member
from tests.datasets.sequences.sequence_files import (
    DOT,
    inkml,
    ndjson,
    published_files,
    write_folder,
)
from viewer.datasets.sequences import gathering, published, tar
from viewer.datasets.sequences import inkml as inkml_reader
from viewer.datasets.sequences import ndjson as ndjson_reader
from viewer.datasets.sequences.rows import load_rows
from viewer.datasets.source import open_source
from viewer.errors import UserError

MOST_SECONDS = 20.0
MOST_MIB = 200.0
BOMBS = ("objects-bomb", "objects-one-many-times", "npz-promise", "inkml-long-trace",
         "ndjson-long-line", "inkml-long-tag", "inkml-entities", "tars-long")  # fmt: skip
OPEN_ALL = """
import sys
from pathlib import Path
from viewer.datasets.source import open_source
from viewer.errors import UserError

def peak():
    line, = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024

before = peak()
for source in sys.stdin.read().split("\\0"):
    try:
        open_source(source)
    except UserError:
        pass
print(peak() - before)
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return build(tmp_path_factory.mktemp("malformed"))


def test_the_corpus_is_large_and_all_differ(corpus: list[Case]) -> None:
    assert len({name for name, _, _ in corpus}) == len(corpus) >= 120


def test_each_file_gives_one_clear_error(
    corpus: list[Case], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, source, said in corpus:
        began = time.process_time()
        with pytest.raises(UserError) as caught:
            pytest.fail(f"{name} was opened: {open_source(source)}")
        error = caught.value
        assert said in error.problem, f"{name}: {error.problem}"
        assert error.path is not None, name
        assert error.path == source or source in error.path.parents, name
        assert str(error).isprintable(), name
        assert error.problem[0].islower(), f"{name}: {error.problem}"
        assert not error.problem.endswith("."), name
        assert error.advice.endswith("."), name
        assert time.process_time() - began < MOST_SECONDS, name
    assert not list(tmp_path.iterdir()), "a hostile pickle was obeyed"


def test_rows_are_refused_as_well(corpus: list[Case]) -> None:
    drawn_anyway = {"npz-index-twice", "ndjson-twice"}
    for name, source, _ in corpus:
        if name not in (*BOMBS, *drawn_anyway):
            with pytest.raises(UserError):
                pytest.fail(f"{name} was read: {load_rows(source)}")


def test_members_and_bytes_of_archives_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.tar.gz"
    path.write_bytes(gzip.compress(member(b"a", b"00000000") * 3000))
    monkeypatch.setattr(tar, "MOST_MEMBERS", 2999)
    with pytest.raises(UserError, match="more than 2,999 members"):
        open_source(path)
    monkeypatch.setattr(tar, "LARGEST", 1 << 20)
    with pytest.raises(UserError, match="more than the 1 MiB that are read"):
        open_source(path)


def test_digits_points_and_text_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [{"drawing": [[[1, 2, 3], [1, 2, 3]]]}] * 4
    path = tmp_path / "a.ndjson"
    path.write_text(ndjson(entries))
    (tmp_path / "a.inkml").write_text(inkml([DOT] * 4))
    write_folder(tmp_path / "published", published_files([DOT] * 4))
    limits = [
        (gathering, "MOST_DIGITS", 3, path, "more than the 3 digits"),
        (gathering, "MOST_POINTS", 11, path, "more than the 11 points"),
        (ndjson_reader, "LARGEST", 100, path, "MiB of text"),
        (inkml_reader, "LARGEST", 100, tmp_path / "a.inkml", "MiB of text"),
        (published, "MOST_DIGITS", 3, tmp_path / "published", "more sequences than are read"),
        (published, "MOST_ROWS", 7, tmp_path / "published", "more than 7 rows"),
    ]
    for module, name, most, source, said in limits:
        with monkeypatch.context() as patched:
            patched.setattr(module, name, most)
            with pytest.raises(UserError, match=said):
                open_source(source)
        open_source(source)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")
def test_memory_stays_small(corpus: list[Case]) -> None:
    sources = [str(source) for name, source, _ in corpus if name in BOMBS]
    assert len(sources) == len(BOMBS)
    result = subprocess.run(
        [sys.executable, "-c", OPEN_ALL],
        input="\0".join(sources), capture_output=True, text=True, check=True, timeout=100,
    )  # fmt: skip
    assert float(result.stdout) < MOST_MIB
