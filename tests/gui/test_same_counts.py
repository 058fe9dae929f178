"""The window, `info --where` and `extract --where` find the same digits as plain NumPy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.where_cases import QUERIES, Columns
from viewer.catalog.table import Table
from viewer.catalog.where import find_digits
from viewer.cli import main
from viewer.datasets.source import open_source
from viewer.export.formats.identifiers import read_identifiers
from viewer.gui.opening import OpenRequest
from viewer.gui.window import MainWindow

PATIENCE = 60_000


def check_all(
    qtbot: QtBot, window: MainWindow, source: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> list[int]:
    """Ask the 20 queries in all ways and return how many digits match each."""
    with qtbot.waitSignal(window.facts.finished, timeout=PATIENCE):
        window.start(OpenRequest(source))
    dataset = open_source(source)
    table = Table(dataset)
    find_digits(table, "unusual>=0", jobs=2)
    columns: Columns = {name: table.values(name) for name in table.columns}
    counts = []
    for number, (text, plain) in enumerate(QUERIES):
        expected = np.flatnonzero(plain(columns))
        with qtbot.waitSignal(window.filter.answered):
            window.filter.set_text(text)
        qtbot.waitUntil(lambda: not window.filter.busy)
        assert np.array_equal(window.browser.shown(), expected), text
        assert main(["info", source, "--where", text]) == 0
        assert capsys.readouterr().out.startswith(f"{len(expected):,} of {len(table):,} "), text
        target = folder / f"{number}.txt"
        code = main(
            ["extract", source, "--where", text, "--format", "identifiers",
             "--output", str(target)]
        )  # fmt: skip
        counts.append(len(expected))
        if not len(expected):
            assert code == 2
            assert "no digit matches" in capsys.readouterr().err
            continue
        assert code == 0
        capsys.readouterr()
        written = read_identifiers(target, dataset)
        parts = [indices + table.first(name) for name, indices in written.items()]
        assert np.array_equal(np.concatenate(parts), expected), text
    return counts


def test_on_the_sample(
    qtbot: QtBot,
    make_window: Callable[..., MainWindow],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    counts = check_all(qtbot, make_window(), "sample", tmp_path, capsys)
    assert sum(count > 0 for count in counts) >= 12


def test_on_real_digits(
    qtbot: QtBot,
    make_window: Callable[..., MainWindow],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    shared_data: Path,
) -> None:
    """On the MNIST test digits with QMNIST's labels."""
    source = str(shared_data / "mnist" / "t10k-images-idx3-ubyte.gz")
    counts = check_all(qtbot, make_window(), source, tmp_path, capsys)
    assert sum(count > 0 for count in counts) >= 18
