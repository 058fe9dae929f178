"""The command line names the same digits, with the same options."""

from __future__ import annotations

import shlex
from pathlib import Path

import numpy as np
import pytest

from tests.gui.conftest import make_split
from viewer.catalog.table import Table
from viewer.choosing import choose
from viewer.cli import make_parser
from viewer.core.settings import ExtractionSettings
from viewer.datasets.digits import DigitSet
from viewer.export.format import Format, Option
from viewer.export.registry import find_format
from viewer.gui.export.command_line import LONGEST, name_digits, write_command, write_exactly
from viewer.gui.export.scopes import Subject
from viewer.gui.opening import OpenRequest
from viewer.options import read_settings


def single() -> Table:
    return Table(DigitSet("One", "one", {"all": make_split("all", 30)}))


def odd() -> Table:
    """Return a set whose splits have names that a shell or a query would take for more."""
    names = ("-x", "a b", 'it"s', "and", "train")
    return Table(DigitSet("Odd", "odd", {name: make_split(name, 10) for name in names}))


def found(table: Table, words: list[str]) -> list[int]:
    """Return the digits that the command finds."""
    chosen = make_parser().parse_args(["extract", "x", *words, "--output", "y"])
    positions: list[int] = table.positions(choose(table.dataset, chosen)).tolist()
    return positions


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        (range(85), ["--where", "index>=0"]),
        (range(60), ["--split", "train"]),
        (range(60, 85), ["--split", "test"]),
        ([3], ["--split", "train", "--digits", "3"]),
        ([0, 1, 2, 5, 62], ["--where", "split=train & index=0..2,5 | split=test & index=2"]),
        ([*range(60), 84], ["--where", "split=train | split=test & index=24"]),
        (range(7, 85), ["--where", "split=train & index=7..59 | split=test"]),
    ],
)
def test_digits_are_named_in_the_shortest_way(
    table: Table, positions: range | list[int], expected: list[str]
) -> None:
    words = name_digits(table, np.array(positions))
    assert words == expected
    assert found(table, words) == list(positions)


@pytest.mark.parametrize(
    ("positions", "expected"), [(range(30), []), ([29, 1, 2], ["--digits", "1-2,29"])]
)
def test_a_single_split_needs_no_name(positions: range | list[int], expected: list[str]) -> None:
    table = single()
    words = name_digits(table, np.sort(np.array(positions)))
    assert words == expected
    assert found(table, words) == sorted(positions)


@pytest.mark.parametrize("seed", range(20))
def test_any_digits_of_any_splits_are_found_again(seed: int) -> None:
    table = odd()
    dice = np.random.default_rng(seed)
    positions = np.sort(dice.choice(len(table), dice.integers(1, 50), replace=False))
    words = name_digits(table, positions)
    assert words is not None
    assert found(table, words) == positions.tolist()


def test_each_odd_split_is_found_alone() -> None:
    table = odd()
    for first in range(0, 50, 10):
        for positions in (np.arange(first, first + 10), np.arange(first + 2, first + 4)):
            words = name_digits(table, positions)
            assert words is not None
            assert found(table, words) == positions.tolist()


def test_the_filter_is_used_where_it_finds_just_these(table: Table) -> None:
    sevens = np.flatnonzero(table.values("class") == 7)
    assert name_digits(table, sevens, " class=7 ") == ["--where", "class=7"]
    assert found(table, ["--where", "class=7"]) == sevens.tolist()
    assert name_digits(table, sevens[:1], "class=7") == ["--split", "train", "--digits", "7"]
    assert name_digits(table, sevens[:1], "class=") == ["--split", "train", "--digits", "7"]


def test_a_filter_over_facts_that_are_still_to_come_is_not_used(table: Table) -> None:
    nothing = np.flatnonzero(np.zeros(len(table), dtype=bool))
    assert name_digits(table, nothing, "strokes=1") != ["--where", "strokes=1"]


def test_too_many_separate_digits_have_no_name() -> None:
    table = Table(DigitSet("Large", "large", {"train": make_split("train", 20_000, side=12)}))
    every_other = np.arange(0, 20_000, 2)
    assert name_digits(table, every_other) is None
    words = name_digits(table, every_other[:4000])
    assert words is not None
    assert sum(map(len, words)) <= LONGEST
    assert found(table, words) == every_other[:4000].tolist()


FORM = Format(
    "npz", "npz", "npz", ".npz", lambda path: path, file=find_format("npz").file,
    options=(
        Option("epsilon", "Epsilon", "How far", 2.0, 0, 255),
        Option("scale", "Scale", "How large", 1, 1, 100),
        Option("ghost", "Ghost", "What is behind", "a b", choices=("a b", "it's")),
        Option("numbers", "Numbers", "Whether", True),
    ),
)  # fmt: skip


def test_everything_that_is_chosen_is_on_the_line(table: Table, tmp_path: Path) -> None:
    settings = ExtractionSettings(order="shortest", thinning_passes=None)
    request = OpenRequest("my set", labels="more/labels")
    subject = Subject(table, settings=settings, request=request)
    given = FORM.complete({"epsilon": 0.1 + 0.2, "ghost": "it's", "numbers": False})
    target = tmp_path / "it's ä;b.npz"
    line = write_command(
        subject, ["--split", "train"], FORM, given, target, manifest=True, overwrite=True
    )
    program, *words = shlex.split(line)
    assert program == "digit-strokes"
    chosen = make_parser().parse_args(words)
    assert FORM.complete(dict(chosen.option)) == given
    assert [name for name, _value in chosen.option] == ["epsilon", "ghost", "numbers"]
    assert (chosen.source, chosen.labels) == (
        str(Path("my set").absolute()), str(Path("more/labels").absolute()),
    )  # fmt: skip
    assert (chosen.output, chosen.manifest, chosen.overwrite) == (target, True, True)
    assert read_settings(chosen) == settings
    assert chosen.format == "npz"


def test_what_is_as_usual_is_left_out(table: Table, tmp_path: Path) -> None:
    subject = Subject(table, request=OpenRequest("sample"))
    form = find_format("npz")
    line = write_command(
        subject, [], form, form.complete({}), tmp_path / "a.npz", manifest=False, overwrite=False
    )
    assert line == f"digit-strokes extract sample --format npz --output {tmp_path / 'a.npz'}"


@pytest.mark.parametrize("value", [0.0, 1 / 3, 1e-7, 123456.789, 2.0, 255.0])
def test_figures_are_exact(value: float) -> None:
    assert float(write_exactly(value)) == value
