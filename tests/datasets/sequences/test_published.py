"""The published text files, in folders and archives."""

from __future__ import annotations

import gzip
import lzma
import tarfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.datasets.sequences.reading import read, unpack
from tests.datasets.sequences.sequence_files import (
    BAR,
    DIGITS,
    DOT,
    LABELS,
    PLUS,
    published_files,
    rows_of,
    write_folder,
    write_tar,
)
from viewer.datasets.sequences import published
from viewer.datasets.sequences.rows import load_rows
from viewer.datasets.sequences.tables import LineError, read_tables
from viewer.datasets.steps import Steps
from viewer.errors import Cancelled, UserError

ALL = published_files(labels=LABELS) | published_files([DOT, PLUS], "test", [5, 6])


def check_all(path: Path) -> None:
    """Check that both splits were read, with their labels."""
    rows = load_rows(path)
    assert rows.split.tolist() == ["train"] * 6 + ["test"] * 2
    assert rows.index.tolist() == [0, 1, 2, 3, 4, 5, 0, 1]
    assert rows.label is not None
    assert rows.label.tolist() == [*LABELS, 5, 6]
    for place, digit in enumerate([*DIGITS, DOT, PLUS]):
        assert rows.sequence(place).tolist() == rows_of(digit)
    assert unpack(read(path)) == [*DIGITS, DOT, PLUS]


def test_a_folder_is_read(tmp_path: Path) -> None:
    write_folder(tmp_path / "published" / "sequences", ALL | {"notes.txt": "by hand"})
    check_all(tmp_path / "published" / "sequences")
    check_all(tmp_path / "published")


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz"])
@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("before", ["sequences/", "./", "/../../" + "deep/" * 40])
def test_an_archive_is_read(tmp_path: Path, mode: str, form: int, before: str) -> None:
    if form == tarfile.USTAR_FORMAT and len(before) > 100:
        before = "deep/" * 20
    path = write_tar(tmp_path / "a", ALL | {"notes.txt": b"\0" * 2000}, mode, form, before)
    check_all(path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]


def test_an_archive_in_any_order_is_read(tmp_path: Path) -> None:
    check_all(write_tar(tmp_path / "a.tar.gz", dict(reversed(ALL.items()))))
    names = sorted(ALL, key=lambda name: (name[::-1], name))
    check_all(write_tar(tmp_path / "b.tar.gz", {name: ALL[name] for name in names}))


def test_links_and_devices_in_an_archive_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    write_tar(path, ALL, "w")
    with tarfile.open(path, "a") as archive:
        for name, kind in (("trainimg-99-inputdata.txt", tarfile.SYMTYPE),
                           ("trainimg-98-inputdata.txt", tarfile.FIFOTYPE),
                           ("trainimg-97-inputdata.txt", tarfile.LNKTYPE)):  # fmt: skip
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    check_all(path)


@pytest.mark.parametrize("pack", [str, gzip.compress, lzma.compress], ids=["plain", "gzip", "xz"])
def test_an_archive_need_not_be_named_so(tmp_path: Path, pack: object) -> None:
    data = write_tar(tmp_path / "a.tar", ALL, "w").read_bytes()
    (tmp_path / "sequences").write_bytes(data if pack is str else pack(data))  # type: ignore[operator]
    check_all(tmp_path / "sequences")


def test_targets_stand_in_for_inputs_and_labels(tmp_path: Path) -> None:
    targets = {
        name: text for name, text in published_files().items() if name.endswith("targetdata.txt")
    }
    for place in (
        write_folder(tmp_path / "folder", targets),
        write_tar(tmp_path / "a.tar", targets, "w"),
    ):
        drawn = read(place)
        assert unpack(drawn) == DIGITS
        assert drawn.label.tolist() == [1, 4, 8, 0, 7, -1], "there is no tenth class"
        assert load_rows(place).label is None


def test_targets_tell_labels_where_there_is_no_list(tmp_path: Path) -> None:
    files = published_files([BAR, DOT])
    del files["trainimg-1-targetdata.txt"]
    for place in (
        write_folder(tmp_path / "folder", files),
        write_tar(tmp_path / "a.tar", files, "w"),
    ):
        assert read(place).label.tolist() == [1, -1]


def test_one_file_alone_is_read(tmp_path: Path) -> None:
    write_folder(tmp_path, published_files())
    rows = load_rows(tmp_path / "trainimg-1-inputdata.txt")
    assert (rows.sequence(0).tolist(), rows.index.tolist()) == (rows_of(PLUS), [1])


def test_other_white_space_is_read(tmp_path: Path) -> None:
    files = published_files([BAR, PLUS])
    name = "trainimg-1-inputdata.txt"
    files[name] = files[name].replace("\n", " \r\n").replace(" ", "\t ")
    assert unpack(read(write_folder(tmp_path, files))) == [BAR, PLUS]


def test_many_files_are_read_piece_by_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published, "AT_ONCE", 100)
    monkeypatch.setattr("viewer.datasets.sequences.tar.PIECE", 700)
    check_all(write_tar(tmp_path / "a.tar.gz", ALL))


def test_reading_ends_when_asked_to(tmp_path: Path) -> None:
    path = write_tar(tmp_path / "a.tar.gz", ALL)
    with pytest.raises(Cancelled):
        published.read_archive(path, Steps(None, lambda: True))


def test_progress_reaches_the_end(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    folder = write_folder(tmp_path / "a", ALL)
    for path in (folder, write_tar(tmp_path / "a.tar.gz", ALL)):
        seen.clear()
        steps = Steps(lambda done, total: seen.append((done, total)))
        if path == folder:
            published.read_published(path, published.find_published(path), steps)
        else:
            published.read_archive(path, steps)
        assert seen[-1][0] == seen[-1][1] > 0


@pytest.mark.data
def test_the_published_figures_are_sequences(shared_data: Path) -> None:
    folder = shared_data / "published-sequences"
    figures = load_rows(folder / "figures")
    ours = load_rows(folder / "train-00000-09999.npz")
    assert figures.index.tolist() == [2, 7, 12, 13, 25, 58]
    for digit, index in enumerate(figures.index.tolist()):
        if index != 7:  # of which the figure shows another order
            np.testing.assert_array_equal(figures.sequence(digit), ours.sequence(index))


numbers = st.integers(-128, 127)


@given(st.lists(st.lists(st.tuples(numbers, numbers), max_size=4), min_size=1, max_size=4))
def test_tables_are_read_as_line_by_line(tables: list[list[tuple[int, int]]]) -> None:
    texts = ["".join(f"{a} {b}\n" for a, b in table).encode() for table in tables]
    for some in (texts, [text.replace(b" ", b"  ").rstrip(b"\n") for text in texts],
                 [text.replace(b" ", b"\t") for text in texts]):  # fmt: skip
        values, counts = read_tables(some, 2)
        assert [tuple(row) for row in values.tolist()] == [row for t in tables for row in t]
        assert counts.tolist() == [*map(len, tables)]


@given(st.lists(st.text("0123456789- \n\t+.", max_size=12), min_size=1, max_size=3))
def test_tables_of_anything_are_read_as_line_by_line(texts: list[str]) -> None:
    expected: list[list[int]] = []
    fault = None
    for text, lines in enumerate(map(str.splitlines, texts)):
        for line, words in enumerate(map(str.split, lines), start=1):
            plain = [word.removeprefix("-") for word in words]
            if len(words) != 2 or not all(word.isdigit() and len(word) < 10 for word in plain):
                fault = fault or (text, line)
                continue
            expected.append([int(word) for word in words])
    data = [text.encode() for text in texts]
    if fault is None:
        assert read_tables(data, 2)[0].tolist() == expected
        return
    with pytest.raises(LineError) as caught:
        read_tables(data, 2)
    assert (caught.value.text, caught.value.line) == fault


def test_errors_name_file_and_line(tmp_path: Path) -> None:
    files = published_files([BAR, PLUS], labels=[1, 4])
    name = "trainimg-1-inputdata.txt"
    files[name] = files[name].replace("1 0 0 0", "1 0 0", 1)
    for path in (write_folder(tmp_path / "a", files), write_tar(tmp_path / "b", files)):
        with pytest.raises(UserError, match=f"line 2 of {name} does not hold 4 whole"):
            read(path)
