from __future__ import annotations

import io

import pytest

from viewer.progress import ProgressLine


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that goes on by a second a look."""
    ticks = [0.0]

    def monotonic() -> float:
        ticks[0] += 1.0
        return ticks[0]

    monkeypatch.setattr("viewer.progress.time.monotonic", monotonic)
    return ticks


def test_a_terminal_gets_one_line_that_is_wiped(
    monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with ProgressLine("Reading") as line:
        line(1, 4)
        line(4, 4)
    assert terminal.getvalue() == (
        "\rReading ...\rReading: 25 %\rReading: 100 %\r" + " " * len("Reading: 100 %") + "\r"
    )


def test_a_file_gets_a_line_now_and_then(
    capsys: pytest.CaptureFixture[str], clock: list[float]
) -> None:
    with ProgressLine("Reading") as line:
        for done in range(25):
            line(done, 25)
    assert capsys.readouterr().err == "Reading: 36 %\nReading: 76 %\n"


def test_short_work_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressLine("Reading") as line:
        line(1, 1)
    assert capsys.readouterr().err == ""
