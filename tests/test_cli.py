from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from viewer import __version__
from viewer.catalog.corrections.corrections import Corrections
from viewer.cli import main
from viewer.core.correction import strokes_of
from viewer.core.extract import extract
from viewer.core.sequence import decode
from viewer.datasets.sample import open_sample
from viewer.printing import in_one_line

DISPLAY_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def run(*arguments: str | Path, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, without a display."""
    environment = {key: text for key, text in os.environ.items() if key not in DISPLAY_VARIABLES}
    command = [sys.executable, "-m", "viewer", *map(str, arguments)]
    return subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, text=True, env=environment, timeout=120
    )


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """Return the one line a wrong command prints, after checking its form and code."""
    code = main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    assert code == 2
    assert printed.out == ""
    assert printed.err.startswith("digit-strokes: error: ")
    assert printed.err.count("\n") == 1
    return printed.err


def only_progress(printed: str) -> bool:
    """Tell whether stderr holds nothing but progress, which slow machines print."""
    return all(line.startswith("Extracting: ") for line in printed.splitlines())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_version() -> None:
    assert run("--version").stdout == f"digit-strokes {__version__}\n"


def test_extract_npz(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "a.npz"
    command = [
        "extract",
        "sample",
        "--split",
        "train",
        "--digits",
        "0-9,20",
        "--output",
        str(output),
    ]
    assert main(command) == 0
    printed = capsys.readouterr()
    assert only_progress(printed.err)
    assert printed.out.startswith(f"{output}: 11 digits of train, ")
    assert "11 orders exact (100.00 %)" in printed.out
    with np.load(output) as written:
        assert written["index"].tolist() == [*range(10), 20]
        assert "writer" in written.files


def test_extract_published(tmp_path: Path) -> None:
    output = tmp_path / "published"
    result = run(
        *("extract", "sample", "--split", "test", "--order", "nearest", "--format", "published"),
        *("--output", output, "--digits", "3", "--jobs", "2"),
    )
    assert result.returncode == 0
    assert only_progress(result.stderr)
    assert names(output) == ["digit-images-thinned", "manifest.json", "sequences"]
    assert "testimg-3-inputdata.txt" in names(output / "sequences")


def test_all_digits_by_default(tmp_path: Path) -> None:
    output = tmp_path / "a.npz"
    assert main(["extract", "sample", "--split", "train", "--output", str(output)]) == 0
    with np.load(output) as written:
        assert len(written["index"]) == len(open_sample().split("train"))


def test_settings_are_used(tmp_path: Path) -> None:
    """With other passes the file holds other rows, and --where counts other points."""
    command = ["extract", "sample", "--split", "test", "--where", "points>30"]
    found = {}
    for passes in ("2", "stable"):
        output = tmp_path / f"{passes}.npz"
        assert main([*command, "--passes", passes, "--output", str(output)]) == 0
        with np.load(output) as written:
            found[passes] = (written["index"].tolist(), len(written["rows"]))
    assert len(found["stable"][0]) < len(found["2"][0])
    assert found["stable"][1] < found["2"][1]


def test_corrections_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    sample = open_sample()
    image = sample.split("test").images[4]
    strokes = tuple(
        stroke[::-1].copy()
        for stroke in strokes_of(extract(image).points, extract(image).stroke_offsets)
    )
    Corrections.open(sample).set("test", 4, image, strokes)
    command = ["extract", "sample", "--split", "test", "--digits", "3-5"]
    found = {}
    for name, more in (
        ("with", []),
        ("without", ["--no-corrections"]),
        ("asked", ["--where", "corrected"]),
        ("thin", ["--passes", "0"]),
    ):
        output = tmp_path / f"{name}.npz"
        assert main([*command, *more, "--output", str(output)]) == 0
        with np.load(output) as written:
            found[name] = dict(written)
    printed = capsys.readouterr().out
    assert printed.count("1 corrected by hand") == 2
    assert "1 with a correction that does not fit these settings" in printed
    assert found["with"]["corrected"].tolist() == [False, True, False]
    assert "corrected" not in found["without"]
    assert found["asked"]["index"].tolist() == [4]
    rows = found["asked"]["rows"]
    assert decode(rows).tolist() == np.concatenate(strokes).tolist()
    assert found["with"]["rows"].tolist() != found["without"]["rows"].tolist()


def test_info(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info", "sample"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    for word in ("train", "test", "28 x 28 pixels", "writer", "synthetic"):
        assert word in printed.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nothing"], "invalid choice"),
        (["extract", "sample"], "--output"),
        (["extract", "sample", "--output", "a", "--format", "pdf"], "there is no format 'pdf'"),
        (["extract", "sample", "--output", "a", "--order", "best"], "--order must be one of"),
        (["extract", "sample", "--output", "a", "--passes", "99"], "--passes must be 0 to 32"),
        (["info", "sample", "--where", "class=1", "--preset", "x"], "there is no preset 'x'"),
        (["extract", "sample", "--output", "a", "--jobs", "0"], "not a whole number"),
        (["extract", "sample", "--output", "a", "--jobs", "two"], "not a whole number"),
        (["extract", "sample", "--output", "a"], "--split: train, test"),
        (["extract", "sample", "--output", "a", "--split", "valid"], "no split 'valid'"),
        (["extract", "missing", "--output", "a", "--split", "train"], "missing"),
        (["extract", "sample", "--output", "none/a", "--split", "train"], "does not exist"),
        (["extract", "sample", "--output", ".", "--split", "train"], "other than a file"),
        (["info", "missing"], "missing"),
        (["info", "two\nlines"], "two\\nlines"),
        (["info"], "SOURCE"),
    ],
)
def test_commands_that_cannot_be(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert message in complaint(capsys, *arguments)
    assert names(tmp_path) == []


@pytest.mark.parametrize("ranges", ["x", "5-2", "0-999999", "-3", "1,,2", ",", "1.5", "0-9-12"])
def test_digits_that_cannot_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ranges: str
) -> None:
    output = tmp_path / "a"
    complaint(
        capsys, "extract", "sample", "--split=train", f"--digits={ranges}", "--output", output
    )
    assert names(tmp_path) == []


def test_nothing_is_overwritten_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "a.npz"
    output.write_bytes(b"mine")
    command = ["extract", "sample", "--split", "train", "--digits", "0", "--output", str(output)]
    assert "exists already" in complaint(capsys, *command)
    assert output.read_bytes() == b"mine"
    assert main([*command, "--overwrite"]) == 0
    assert output.read_bytes() != b"mine"


def test_ctrl_c_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("viewer.export.run.run_tasks", interrupt)
    output = tmp_path / "a.npz"
    assert main(["extract", "sample", "--split", "train", "--output", str(output)]) == 130
    assert names(tmp_path) == []


def test_a_closed_pipe_is_no_reason_to_complain() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    result = run("info", "sample", stdout=writer)
    os.close(writer)
    assert (result.returncode, result.stderr) == (141, "")


def test_a_full_disk_behind_stdout() -> None:
    with Path("/dev/full").open("wb") as full:
        result = run("info", "sample", stdout=full.fileno())
    assert result.returncode == 2
    assert result.stderr == (
        "digit-strokes: error: the result cannot be printed: No space left on device.\n"
    )


def test_malformed_files_give_one_line_each(
    malformed_sources: list[tuple[str, Path]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(malformed_sources) >= 60
    for name, path in malformed_sources:
        assert complaint(capsys, "info", path), name


@pytest.mark.parametrize("arguments", [(), ("show",), ("show", "sample", "--digit", "train:3")])
def test_without_a_display_the_other_way_is_named(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("digit-strokes: error: there is no display")
    assert "--screenshot FILE" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_screenshot_needs_no_display(tmp_path: Path) -> None:
    picture = tmp_path / "digit.png"
    result = run("show", "sample", "--digit", "train:3", "--screenshot", picture)
    assert (result.returncode, result.stderr) == (0, "")
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert in_one_line("é a\n\x1b[1m\udcff") == "é a\\n\\x1b[1m\\udcff"


@pytest.mark.data
def test_jobs_do_not_change_the_bytes(tmp_path: Path, shared_data: Path) -> None:
    contents = set()
    for jobs in ("1", "2"):
        output = tmp_path / jobs
        command = ["extract", str(shared_data / "mnist"), "--split", "test", "--jobs", jobs]
        assert main([*command, "--output", str(output)]) == 0
        contents.add(output.read_bytes())
    assert len(contents) == 1
