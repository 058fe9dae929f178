"""The commands extract and formats, and what an export leaves beside its output."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from viewer import __version__
from viewer.atomic import locked
from viewer.cli import main
from viewer.datasets.digits import DigitSet
from viewer.errors import UserError
from viewer.export.plan import in_ranges
from viewer.export.registry import find_format, formats
from viewer.export.run import export_digits


def test_the_list_of_formats(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formats"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(formats())
    assert all(form.meaning in line for form, line in zip(formats().values(), lines, strict=True))


@pytest.mark.parametrize("name", formats())
def test_a_format_is_explained(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formats", name]) == 0
    text = capsys.readouterr().out
    form = find_format(name)
    assert form.meaning in text
    for option in form.options:
        assert f"  {option.name}" in text
        assert option.meaning in text
    assert (form.suffix in text) == (form.file is not None)
    if form.needs:
        assert f"digit-stroke-viewer[{form.needs}]" in text
    snippet = form.snippet("digits.x")
    compile(snippet, name, "exec")
    assert 1 <= len(snippet.splitlines()) <= 5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "nzp"], "there is no format 'nzp'. There are: npz,"),
        (["--option", "x=1"], "the format npz has no option 'x'. It has: none."),
        (["--option", "x"], "'x' is not NAME=VALUE"),
        (["--format", "stroke-3", "--option", "scale=0"], "scale=0 is not possible"),
        (["--format", "stroke-3", "--option", "scale=inf"], "scale=inf is not possible"),
        (["--format", "svg", "--option", "numbers=maybe"], "It can be yes or no"),
        (["--format", "svg", "--option", "palette=grey"], "It can be contrast, rainbow"),
    ],
)
def test_what_is_not_possible(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    target = tmp_path / "out"
    code = main(["extract", "sample", "--split", "test", "--output", str(target), *arguments])
    assert code == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_options_and_a_manifest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "a.npz"
    command = ["extract", "sample", "--split", "test", "--digits", "0-3,7", "--output", str(target)]
    options = ["--format", "stroke-3", "--option", "scale=2", "--option", "first=zero"]
    assert main([*command, *options, "--manifest"]) == 0
    assert "5 digits of test" in capsys.readouterr().out
    with np.load(target, allow_pickle=True, encoding="latin1") as written:
        steps = written["test"]
    assert len(steps) == 5
    assert all((some[:, :2] % 2 == 0).all() for some in steps)
    beside = tmp_path / "a.npz.manifest.json"
    assert {path.name for path in tmp_path.iterdir()} == {"a.npz", beside.name}
    manifest = json.loads(beside.read_bytes())
    assert manifest["program"] == f"digit-strokes {__version__}"
    assert manifest["format"] == "stroke-3"
    assert manifest["options"]["scale"] == 2
    assert manifest["settings"]["order"] == "nearest"
    (split,) = manifest["source"]["splits"]
    assert (split["name"], split["written"]) == ("test", "0-3,7")
    content = target.read_bytes()
    assert manifest["files"] == {
        "a.npz": {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    }


def test_the_manifest_of_a_folder_names_all_its_files(tmp_path: Path, digits: DigitSet) -> None:
    folder = export_digits(
        digits, {"train": [0, 2]}, format="published", output=tmp_path / "a",
        options={"content": "sequences"},
    )  # fmt: skip
    manifest = json.loads((folder / "manifest.json").read_bytes())
    found = {
        str(path.relative_to(folder)): {
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "bytes": path.stat().st_size,
        }
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert manifest["files"] == found
    images = digits.split("train").images
    (split,) = manifest["source"]["splits"]
    assert split["images_sha256"] == hashlib.sha256(images.tobytes()).hexdigest()


def test_two_exports_do_not_write_one_file(tmp_path: Path, digits: DigitSet) -> None:
    target = tmp_path / "a.npz"
    seen: list[str] = []

    def meanwhile(done: int, total: int) -> None:
        with pytest.raises(UserError, match="another process is writing it") as error:
            export_digits(digits, {"train": [0]}, format="npz", output=target)
        seen.append(str(error.value))

    export_digits(digits, {"train": [1]}, format="npz", output=target, progress=meanwhile)
    assert seen
    with np.load(target) as written:
        assert written["index"].tolist() == [1]
    assert [path.name for path in tmp_path.iterdir()] == ["a.npz"]


def test_what_another_request_left_is_not_used(tmp_path: Path, digits: DigitSet) -> None:
    target = tmp_path / "a.npz"

    def fail(done: int, total: int) -> None:
        (left,) = tmp_path.glob(".export-*")
        left.rename(tmp_path / "kept")
        raise KeyboardInterrupt

    with pytest.raises((KeyboardInterrupt, UserError, OSError)):
        export_digits(digits, {"train": [1]}, format="npz", output=target, progress=fail)
    (tmp_path / "kept").rename(_staging_name(tmp_path, digits, target))
    export_digits(digits, {"train": [5]}, format="npz", output=target)
    with np.load(target) as written:
        assert written["index"].tolist() == [5]
    assert [path.name for path in tmp_path.iterdir()] == ["a.npz"]


def _staging_name(folder: Path, digits: DigitSet, target: Path) -> Path:
    """Return where an export to a target keeps what it has."""
    names: list[Path] = []
    export_digits(
        digits, {"train": [1]}, format="npz", output=target, overwrite=True,
        progress=lambda done, total: names.extend(folder.glob(".export-*")),
    )  # fmt: skip
    target.unlink()
    return names[0]


def test_a_lock_ends_with_its_block(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    with (
        locked(folder, "lock", tmp_path / "x"),
        pytest.raises(UserError, match="another process"),
        locked(folder, "lock", tmp_path),
    ):
        pytest.fail("two in one folder")
    with locked(folder, "lock", tmp_path / "x"):
        assert folder.is_dir()


def test_indices_in_ranges() -> None:
    assert in_ranges(np.array([0, 1, 2, 5, 7, 8])) == "0-2,5,7-8"
    assert in_ranges(np.array([], dtype=np.int64)) == ""
