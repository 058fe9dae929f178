"""The window as a program of its own: pictures, exit codes, displays that are not there."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from viewer.errors import UserError
from viewer.gui import app
from viewer.gui.display import require_display
from viewer.gui.window import MainWindow

PROGRAM = (
    "import sys; from pathlib import Path; from viewer.gui.app import run; "
    "sys.exit(run(sys.argv[1], digit=sys.argv[2] or None, screenshot=Path(sys.argv[3])))"
)


def _run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, *map(str, arguments)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _size(picture: Path) -> tuple[int, ...]:
    """Return width and height as a PNG file's header has them."""
    content = picture.read_bytes()
    assert content.startswith(b"\x89PNG\r\n")
    return struct.unpack(">II", content[16:24])


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a picture of the window."""
    picture = tmp_path_factory.mktemp("pictures") / "window.png"
    done = _run("sample", "train:3", picture)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return picture


def test_a_picture_is_made_and_never_replaced(picture: Path) -> None:
    width, height = _size(picture)
    assert width > 600
    assert height > 400
    content = picture.read_bytes()
    again = _run("sample", "", picture)
    assert again.returncode == 1
    assert "the file exists" in again.stderr
    assert picture.read_bytes() == content


def test_a_picture_has_the_pixels_of_its_scale(picture: Path, tmp_path: Path) -> None:
    twice = tmp_path / "twice.png"
    assert _run("sample", "", twice, QT_SCALE_FACTOR="2").returncode == 0
    assert _size(twice)[0] > 1.5 * _size(picture)[0]


@pytest.mark.parametrize(
    ("source", "digit", "words"),
    [("/not/there", "", "/not/there"), ("sample", "train:99999", "99999")],
)
def test_what_cannot_be_shown_is_an_error(
    tmp_path: Path, source: str, digit: str, words: str
) -> None:
    picture = tmp_path / "window.png"
    done = _run(source, digit, picture)
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("viewer.errors.UserError")
    assert words in last
    assert not picture.exists()


def test_a_folder_that_is_not_there_takes_no_picture(tmp_path: Path) -> None:
    done = _run("sample", "", tmp_path / "no" / "window.png")
    assert "the picture cannot be written" in done.stderr


@pytest.fixture
def no_platform(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux can be without a display")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_without_a_display_the_way_to_a_picture_is_named(
    no_platform: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(UserError, match=r"no display.*--screenshot FILE"):
        require_display(screenshot=False)


def test_a_picture_needs_no_display(no_platform: pytest.MonkeyPatch) -> None:
    require_display(screenshot=True)
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    no_platform.delenv("QT_QPA_PLATFORM")


def test_a_display_that_does_not_answer_is_named(no_platform: pytest.MonkeyPatch) -> None:
    no_platform.setenv("DISPLAY", ":983")
    with pytest.raises(UserError, match=r"the display :983 does not answer|a library for windows"):
        require_display(screenshot=False)


def test_a_platform_that_was_chosen_is_taken(no_platform: pytest.MonkeyPatch) -> None:
    no_platform.setenv("QT_QPA_PLATFORM", "offscreen")
    require_display(screenshot=False)


def test_what_nobody_caught_is_logged_and_shown(
    window: MainWindow, caplog: pytest.LogCaptureFixture
) -> None:
    report = app._reporter(window)
    report(RuntimeError, RuntimeError("odd"), None)
    assert "RuntimeError" in window.banner.text
    assert "an error inside the program" in caplog.text
