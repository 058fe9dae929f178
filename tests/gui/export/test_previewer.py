"""Previews are of what is wished for last, are made off the GUI's thread, and tell sizes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.gui.export.conftest import FORMATS, FORMS
from viewer.catalog.table import Table
from viewer.errors import UserError
from viewer.export.registry import find_format
from viewer.export.run import export_digits
from viewer.gui.export import sample as making
from viewer.gui.export.contents import Drawing, Film, Text
from viewer.gui.export.format_list import KINDS, kind_of
from viewer.gui.export.previewer import Previewer
from viewer.gui.export.sample import Estimate, Preview, Wish
from viewer.gui.export.scopes import Positions, Subject
from viewer.gui.jobs import Jobs

SEQUENCES = [name for name in FORMATS if kind_of(find_format(name)) == KINDS[0]]


class Heard:
    """What a previewer emitted."""

    def __init__(self, previewer: Previewer) -> None:
        self.problems: list[str] = []
        self.previews: list[Preview] = []
        self.estimates: list[Estimate] = []
        self.failures: list[Exception] = []
        previewer.checked.connect(self.problems.append)
        previewer.made.connect(self.previews.append)
        previewer.estimated.connect(self.estimates.append)
        previewer.failed.connect(self.failures.append)


@pytest.fixture
def previewer(qtbot: QtBot, jobs: Jobs) -> Iterator[Previewer]:
    made = Previewer(jobs)
    yield made
    made.stop()


def wish(table: Table, name: str, positions: Positions, *, folder: bool = False) -> Wish:
    form = find_format(name)
    return Wish(Subject(table), positions, form, form.complete({}), folder)


def wait(qtbot: QtBot, previewer: Previewer) -> None:
    qtbot.waitUntil(lambda: not previewer.busy, timeout=30_000)


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of a folder without its manifest."""
    files = [path] if path.is_file() else [*path.rglob("*")]
    return sum(
        file.stat().st_size for file in files if file.is_file() and file.name != "manifest.json"
    )


@pytest.mark.parametrize(("name", "folder"), FORMS)
def test_a_preview_is_of_the_very_bytes_that_are_written(
    qtbot: QtBot, previewer: Previewer, sample: Table, tmp_path: Path, name: str, folder: bool
) -> None:
    positions = np.array([3]) if folder else np.array([3, 7, len(sample) - 1])
    heard = Heard(previewer)
    asked = wish(sample, name, positions, folder=folder)
    previewer.ask(asked)
    wait(qtbot, previewer)
    assert heard.failures == []
    assert heard.problems == [""]
    (made,) = heard.previews
    target = tmp_path / asked.output
    digits = asked.subject.by_split(positions)
    export_digits(sample.dataset, digits, format=name, output=target)
    assert (made.digits, made.size) == (len(positions), size_of(target))
    assert heard.estimates == []
    if name in SEQUENCES:
        assert isinstance(made.content, Text)
        assert made.content.text.strip()
    else:
        assert not isinstance(made.content, Text)


@pytest.mark.parametrize("name", SEQUENCES)
def test_the_size_of_all_digits_is_about_right(
    qtbot: QtBot, previewer: Previewer, sample: Table, tmp_path: Path, name: str
) -> None:
    heard = Heard(previewer)
    asked = wish(sample, name, np.arange(len(sample)))
    previewer.ask(asked)
    wait(qtbot, previewer)
    (estimate,) = heard.estimates
    every = asked.subject.by_split(asked.positions)
    target = tmp_path / asked.output
    export_digits(sample.dataset, every, format=name, output=target)
    assert estimate.size == pytest.approx(size_of(target), rel=0.2)


def test_where_there_is_no_room_the_problem_comes_first(
    qtbot: QtBot, previewer: Previewer, table: Table
) -> None:
    def refuse(whole: object, _options: object) -> None:
        if len(whole) > 10:  # type: ignore[arg-type]
            raise UserError("there is room for 10 digits", advice="Choose fewer.")

    form = find_format("identifiers")
    assert form.file is not None
    small = replace(form, file=replace(form.file, check=refuse))
    heard = Heard(previewer)
    previewer.ask(Wish(Subject(table), np.arange(11), small, {}, False))
    wait(qtbot, previewer)
    assert heard.problems == ["There is room for 10 digits. Choose fewer."]
    assert [preview.digits for preview in heard.previews] == [making.FEW]
    assert heard.estimates == []


def test_what_keeps_a_few_digits_out_leaves_no_preview(
    qtbot: QtBot, previewer: Previewer, table: Table
) -> None:
    heard = Heard(previewer)
    asked = replace(wish(table, "npz", np.arange(3)), options={"wrong": 1})
    previewer.ask(asked)
    wait(qtbot, previewer)
    assert len(heard.problems) == 1
    assert "has no option 'wrong'" in heard.problems[0]
    assert not heard.previews
    assert not heard.failures


def test_a_defect_is_told(
    qtbot: QtBot, previewer: Previewer, table: Table, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    def fail(_wish: Wish, _positions: Positions) -> dict[str, bytes]:
        raise ZeroDivisionError

    monkeypatch.setattr(making, "encode", fail)
    heard = Heard(previewer)
    previewer.ask(wish(table, "npz", np.arange(3)))
    wait(qtbot, previewer)
    assert [type(error) for error in heard.failures] == [ZeroDivisionError]


class Slow:
    """Encodes when it may, and knows on which threads."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.may = threading.Event()
        self.begun = threading.Event()
        self.wishes: list[Wish] = []
        self.threads: set[int] = set()
        self._encode = making.encode
        monkeypatch.setattr(making, "encode", self)

    def __call__(self, asked: Wish, positions: Positions) -> dict[str, bytes]:
        self.wishes.append(asked)
        self.threads.add(threading.get_ident())
        self.begun.set()
        assert self.may.wait(20)
        return self._encode(asked, positions)


def test_a_stale_preview_never_comes(
    qtbot: QtBot, previewer: Previewer, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch)
    heard = Heard(previewer)
    first, second = (wish(table, "identifiers", np.array([n])) for n in (1, 2))
    previewer.ask(first)
    qtbot.waitUntil(slow.begun.is_set)
    previewer.ask(second)
    slow.may.set()
    wait(qtbot, previewer)
    assert slow.wishes == [first, second]
    assert [preview.content for preview in heard.previews] == [Text("train:2", wrapped=True)]
    assert threading.get_ident() not in slow.threads


def test_wishes_in_a_row_are_worked_on_once(
    qtbot: QtBot, previewer: Previewer, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch)
    slow.may.set()
    heard = Heard(previewer)
    for number in range(20):
        previewer.ask(wish(table, "identifiers", np.array([number])))
        qtbot.wait(5)
    wait(qtbot, previewer)
    assert len(slow.wishes) == 1
    assert [preview.content for preview in heard.previews] == [Text("train:19", wrapped=True)]


@pytest.mark.parametrize("stop", [Previewer.stop, lambda previewer: previewer.ask(None)])
def test_after_a_stop_nothing_comes(
    qtbot: QtBot, previewer: Previewer, jobs: Jobs, table: Table, stop: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    slow = Slow(monkeypatch)
    heard = Heard(previewer)
    previewer.ask(wish(table, "identifiers", np.array([1])))
    qtbot.waitUntil(slow.begun.is_set)
    heard.problems.clear()  # that there is none was told before
    stop(previewer)  # type: ignore[operator]
    slow.may.set()
    qtbot.waitUntil(lambda: not jobs.running)
    assert not any((heard.problems, heard.previews, heard.estimates, heard.failures))


def test_a_drawing_that_moves_is_shown_as_a_film_where_there_can_be_one(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = wish(table, "svg-animated", np.arange(2))
    files = making.encode(asked, asked.positions)
    assert isinstance(making.show(asked, asked.positions, files), Film)
    monkeypatch.setattr(making, "FILMS", ("npz", "none"))
    assert isinstance(making.show(asked, asked.positions, files), Drawing)
