from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.idx_files import write_mnist
from tests.unipen_files import GOOD
from viewer.cli import main
from viewer.evaluate.consistency import CHANGES
from viewer.evaluate.report import COLUMNS, CSV_HEADER


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    code = main(["evaluate-order", *map(str, arguments)])
    printed = capsys.readouterr()
    assert code == 0, printed.err
    return printed.out


def complain(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    code = main(["evaluate-order", *map(str, arguments)])
    printed = capsys.readouterr()
    assert (code, printed.out) == (2, "")
    assert printed.err.count("\n") == 1
    return printed.err


def test_the_sample_is_judged(capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, "sample", "--order", "nearest", "--split", "test", "--jobs", "2")
    first, *_ = text.splitlines()
    assert first.startswith("Sample: 100 of test, ")
    for _, title, _, _ in COLUMNS:
        assert title in text
    blocks = text.split("\n\n")
    (head, whole) = next(block for block in blocks if block.startswith("order")).splitlines()
    assert whole.split()[:2] == ["nearest", "100"]
    assert len(head) == len(whole)
    by_class = blocks[blocks.index("By class; ± standard error over writers") + 1]
    assert [line.split()[0] for line in by_class.splitlines()] == ["class", *"0123456789"]
    assert "By writer; ± standard error over digits" in text
    assert [line.split("  ")[0] for line in blocks[-2].splitlines()] == ["image", *CHANGES]
    assert not any(line.endswith(" ") for line in text.splitlines())


def test_by(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("sample", "--order", "nearest", "--digits", "0-9", "--split", "test")
    assert "By " not in run(capsys, *arguments, "--by", "none")
    only = run(capsys, *arguments, "--by", "writer")
    assert "By writer" in only
    assert "By class" not in only


def test_where(capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, "sample", "--order", "nearest", "--where", "class=3", "--by", "class")
    counts = [line.split() for line in text.splitlines() if line.startswith("3  ")]
    assert len(counts) == 1
    assert text.startswith("Sample: ")


def test_recorded_digits(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "mine.tra"
    path.write_text(GOOD)
    text = run(capsys, path, "--order", "nearest")
    assert text.splitlines()[0] == "mine: 3 of train, 2 writers"
    assert [line.split()[0] for line in text.splitlines() if line[:2] in ("7 ", "12")] == [
        "7",
        "12",
    ]


def test_digits_without_paths_get_figures_of_consistency(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = run(capsys, write_mnist(tmp_path / "mnist"), "--order", "nearest")
    assert "paths of the pen are not known" in text
    assert "8 grey levels" in text
    assert "DTW px" in text


def test_csv_holds_every_figure(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    arguments = ("sample", "--split", "test", "--order", "nearest", "--output", path)
    text = run(capsys, *arguments)
    with path.open(newline="") as file:
        header, *lines = csv.reader(file)
    assert tuple(header) == CSV_HEADER
    assert {line[0] for line in lines} == {"all", "class", "writer", "consistency"}
    figures = {line[4]: line[5:] for line in lines if line[0] == "all"}
    assert set(figures) == {name for name, *_ in COLUMNS}
    value, error = (float(number) for number in figures["dtw"])
    assert f"{value:.2f} ± {error:.2f}" in text
    first = path.read_bytes()
    assert "exists already" in complain(capsys, *arguments)
    run(capsys, *arguments, "--overwrite")
    assert path.read_bytes() == first


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--order", "furthest"), "'furthest' is none of nearest"),
        (("--order", ""), "'' is none of"),
        (("--order", "none"), "no order is named"),
        (("--by", "colour"), "'colour' is none of class, writer"),
        (("--order", "nearest", "--walking"), "can walk over drawn ink"),
        (("--split", "third"), "there is no split 'third'"),
        (("--digits", "0-9"), "more than one split"),
        (("--where", "class=3 &"), "a column is missing"),
        (("--jobs", "0"), "whole number"),
        (("--output", "nowhere/figures.csv"), "folder does not exist"),
    ],
)
def test_what_cannot_be_done_is_told(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert words in complain(capsys, "sample", *arguments)
