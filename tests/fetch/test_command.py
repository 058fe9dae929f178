"""``digit-strokes fetch``: its arguments and its one line of result."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

import pytest

from tests.fetch.conftest import HOSTS, IMAGES, LABELS, Fetching, Mirrors
from tests.fetch.server import code
from viewer.fetch import install
from viewer.fetch.command import add_arguments, describe, run
from viewer.fetch.report import FetchError, FileReport


def parse(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(words)


@pytest.fixture
def _mirrored(mirrors: Mirrors, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command ask the test's mirrors."""
    bases = [mirror.base for mirror in mirrors]
    fetch = partial(install.fetch, mirrors=bases, plain_hosts=HOSTS)
    monkeypatch.setattr(install, "fetch", fetch)


@pytest.mark.usefixtures("_mirrored")
def test_a_set_is_fetched_and_said_where(
    fetching: Fetching, contents: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = parse("tiny", "--folder", str(fetching.folder))
    assert chosen.run is run
    assert run(chosen) == 0
    assert fetching.there() == contents
    line = f"{fetching.folder}: Tiny, 2 files: 2 from 127.0.0.1 (0.2 MB)\n"
    assert capsys.readouterr() == (line, "")
    assert run(chosen) == 0
    assert capsys.readouterr().out == f"{fetching.folder}: Tiny, 2 files: 2 were there\n"


@pytest.mark.usefixtures("_mirrored")
def test_a_failure_is_one_line(fetching: Fetching, mirrors: Mirrors) -> None:
    for mirror in mirrors:
        mirror.answers[LABELS] = [code(404)]
    with pytest.raises(FetchError) as raised:
        run(parse("tiny", "--folder", str(fetching.folder)))
    assert "\n" not in str(raised.value)


@pytest.mark.usefixtures("_mirrored")
def test_replace(fetching: Fetching, contents: dict[str, bytes]) -> None:
    fetching.folder.mkdir()
    (fetching.folder / IMAGES).write_bytes(b"mine")
    assert run(parse("tiny", "--folder", str(fetching.folder), "--replace")) == 0
    assert fetching.there() == contents


def test_the_default_folder_is_left_to_fetch() -> None:
    chosen = parse("nist")
    assert (chosen.name, chosen.folder, chosen.replace) == ("nist", None, False)
    assert parse("mnist", "--folder", "x").folder == Path("x")


def test_only_the_sets_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse("cifar")
    assert "mnist" in capsys.readouterr().err


def test_hosts_are_counted_apart() -> None:
    reports = [
        FileReport("a", 2_000_000, "https://one.example/x/a"),
        FileReport("b", 5_000, ""),
        FileReport("c", 1_000_000, "https://two.example/c"),
        FileReport("d", 500_000, "https://one.example/x/d"),
    ]
    assert describe(reports) == (
        "4 files: 2 from one.example (2.5 MB), 1 from two.example (1.0 MB), 1 was there"
    )
    assert describe(reports[1:2]) == "1 file: 1 was there"
