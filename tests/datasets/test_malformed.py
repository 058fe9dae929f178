"""Every faulty source gives one clear error, and takes little memory on the way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.malformed import BOMB_BYTES, build
from viewer.datasets.source import open_source
from viewer.errors import UserError

MOST_MIB = BOMB_BYTES / 2**20 * 0.75
OPEN_ALL = """
import sys
from pathlib import Path
from viewer.datasets.source import open_source
from viewer.errors import UserError

def peak():
    line, = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024

import PIL.Image, pyarrow.parquet
before = peak()
for source in sys.stdin.read().split("\\0"):
    try:
        open_source(source)
    except UserError:
        pass
print(peak() - before)
"""


def test_the_corpus_is_large_in_names_and_small_on_disk(
    malformed_sources: list[tuple[str, Path]],
) -> None:
    assert len(malformed_sources) >= 60
    home = malformed_sources[0][1].parents[1]
    blocks = sum(path.lstat().st_blocks for path in home.rglob("*"))
    assert blocks * 512 < 8 << 20


def test_the_corpus_is_the_same_every_time(
    malformed_sources: list[tuple[str, Path]], tmp_path: Path
) -> None:
    again = build(tmp_path)
    assert [name for name, _ in again] == [name for name, _ in malformed_sources]
    for (name, first), (_, second) in zip(malformed_sources, again, strict=True):
        if os.path.isfile(first) and first.stat().st_size < 1 << 30:  # noqa: PTH113 - never raises
            assert first.read_bytes() == second.read_bytes(), name


def test_each_source_gives_one_clear_error(malformed_sources: list[tuple[str, Path]]) -> None:
    for name, source in malformed_sources:
        with pytest.raises(UserError) as caught:
            pytest.fail(f"{name} was opened: {open_source(source)}")
        error = caught.value
        assert error.path is not None, name
        assert error.path == source or source in error.path.parents, name
        assert str(error).startswith(f"{error.path}: {error.problem}. "), name
        assert str(error).isprintable(), name
        assert error.problem[0].islower(), name
        assert not error.problem.endswith("."), name
        assert error.advice.endswith("."), name


def test_errors_tell_faults_apart(malformed_sources: list[tuple[str, Path]]) -> None:
    sources = dict(malformed_sources)
    for name, problem in {
        "header-only": "cut short: it holds 0 of the 6,272 bytes",
        "one-byte-long-in-xz": "goes on behind the 6,272 bytes",
        "type-10-in-gz": "unknown type 0x0a",
        "5-dimensions": "names 5 dimensions",
        "sizes-wrap-to-zero": "promises uint8 268435456 x 64 x 64, more than",
        "wrong-crc-in-gz": "incorrect data check",
        "wrong-length-in-gz": "incorrect length check",
        "trailing-byte-in-gz": "stray bytes behind the gzip data",
        "trailing-zeros-in-xz": "stray bytes behind the xz data",
        "without-last-byte-in-gz": "the gzip data is cut short",
        "without-trailer-in-xz": "the xz data is cut short",
        "no-bytes-in-gz": "the file is empty",
        "empty-members-in-gz": "holds nothing once unpacked",
        "bomb-behind-data-in-gz": "goes on behind",
        "greedy-in-xz": "memory usage limit",
        "web-page-in-gz": "a web page",
        "packed-twice-in-gz": "a gzip file within a packed one",
        "fewer-labels": "7 labels for 8 images",
        "labels-above-9": "the label of digit 3 is 10",
        "extended-of-others": "digit test:0 is of class 0, row 0 of class 9",
        "table-ragged": "columns changed from 8 to 2 at row 9",
        "labels-alone": "labels in this folder, but no images",
        "missing-below-a-file": "no such file or folder",
        "named-pipe": "this is not a file",
        "sparse-terabyte": "goes on behind",
        "npz-of-objects": "x_train holds Python objects",
        "npz-npy-overflows": "promises uint8 4294967296 x 4294967296 x 64, more than",
        "npz-bomb": "does not hold the 1,568 bytes",
        "npz-large-labels": "y_train goes from 250 to",
        "csv-of-fractions": "line 2 holds '0.0', not a number",
        "csv-with-blank-line": "line 3 is empty",
        "csv-of-other-sizes": "not a CSV file of digits",
        "csv-cut-in-gzip": "the gzip data is cut short",
        "csv-ragged": "line 8 has 3 columns, not 785",
        "png-of-60000-pixels": "60000 x 60000 pixels",
        "png-of-another-size": "27 x 28 pixels, 0.png has 28 x 28",
        "png-alone": "this is one picture",
        "parquet-of-other-columns": "no column of pictures: it has text, label",
        "parquet-of-nulls": "row 0 has no picture in it",
        "emnist-label-27": "is 27",
    }.items():
        with pytest.raises(UserError) as caught:
            open_source(sources[name])
        assert problem in caught.value.problem, name


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")
def test_memory_stays_small(malformed_sources: list[tuple[str, Path]]) -> None:
    result = subprocess.run(
        [sys.executable, "-c", OPEN_ALL],
        input="\0".join(str(source) for _, source in malformed_sources),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert float(result.stdout) < MOST_MIB
