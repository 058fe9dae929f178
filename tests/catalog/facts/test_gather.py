"""Facts of a whole table: complete, resumable, the same with and without the cache."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from viewer.catalog.columns import FACTS
from viewer.catalog.facts import gather as facts
from viewer.catalog.facts.cache import FactsCache
from viewer.catalog.facts.gather import FactsBlock, attach, gather_facts
from viewer.catalog.table import Table
from viewer.core.batch import extract_batch
from viewer.core.disagreement import measure_gaps
from viewer.core.facts import measure
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.core.shape import describe_shapes
from viewer.core.unusual import rank_unusual
from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.sample import open_sample
from viewer.errors import Cancelled

MEASURED = [column.name for column in FACTS if column.name not in ("unusual", "order_gap")]


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "BLOCK", 16)


def make_set(*, large: bool = False) -> DigitSet:
    """Return 40 and 20 digits, the latter on larger images; in between, some too large."""
    sample = open_sample().splits["train"]
    assert sample.labels is not None
    splits = {"train": Split("train", sample.images[:40], sample.labels[:40])}
    if large:
        splits["large"] = Split("large", np.zeros((5, 65, 28), np.uint8))
    framed = np.pad(sample.images[40:60], ((0, 0), (2, 2), (4, 4)))
    splits["test"] = Split("test", framed, sample.labels[40:60])
    return DigitSet("Set", "set", splits)


def gather(
    table: Table,
    cache: FactsCache | None = None,
    settings: ExtractionSettings = PUBLISHED,
    wanted: set[str] | None = None,
) -> list[FactsBlock]:
    blocks = list(gather_facts(table, settings, wanted=wanted, cache=cache))
    for block in blocks:
        attach(table, block)
    return blocks


def test_all_facts_of_all_splits_are_gathered() -> None:
    table = Table(make_set())
    blocks = gather(table)
    assert [block.start for block in blocks] == [0, 16, 32, 40, 56, 0, 0, 40, 0, 16, 32, 40, 56]
    parts = [extract_batch(split.images) for split in table.dataset.splits.values()]
    for name in MEASURED:
        expected = np.concatenate([measure(part)[name] for part in parts])
        assert table.known(name) is None
        assert (table.values(name) == expected).all(), name
        assert table.values(name).dtype == expected.dtype
    shapes = np.concatenate([describe_shapes(part) for part in parts])
    assert table.shapes is not None
    assert (table.shapes == shapes).all()
    assert (table.values("unusual") == rank_unusual(shapes, table.values("class"))).all()
    gaps = [measure_gaps(split.images) for split in table.dataset.splits.values()]
    assert (table.values("order_gap") == np.concatenate(gaps)).all()
    assert table.values("order_gap").dtype == np.float32


def test_splits_too_large_to_extract_stay_unknown() -> None:
    table = Table(make_set(large=True))
    gather(table)
    for name in ("strokes", "unusual", "order_gap"):
        known = table.known(name)
        assert known is not None
        assert known.tolist() == [True] * 40 + [False] * 5 + [True] * 20
    plain = Table(make_set())
    gather(plain)
    for name in ("unusual", "order_gap"):
        assert (table.values(name)[45:] == plain.values(name)[40:]).all()


def test_a_set_that_cannot_be_extracted_has_no_facts() -> None:
    splits = {"large": Split("large", np.zeros((5, 65, 28), np.uint8))}
    assert list(gather_facts(Table(DigitSet("Set", "set", splits)))) == []


def test_without_labels_all_are_of_one_class() -> None:
    split = Split("train", make_set().splits["train"].images)
    table = Table(DigitSet("Set", "set", {"train": split}))
    gather(table)
    assert table.shapes is not None
    assert (table.values("unusual") == rank_unusual(table.shapes, None)).all()


def test_shapes_come_when_they_are_complete() -> None:
    table = Table(make_set())
    for block in gather_facts(table):
        complete = table.known("strokes") is None if "strokes" in table.columns else False
        attach(table, block)
        assert (table.shapes is not None) == complete


def test_progress_grows_to_its_end() -> None:
    seen: list[tuple[int, int]] = []
    list(gather_facts(Table(make_set()), progress=lambda *step: seen.append(step)))
    assert sorted(seen) == seen
    assert seen[0] == (0, 187)
    assert {(16, 187), (60, 187), (67, 187), (67 + 32, 187)} <= set(seen)
    assert seen[-1] == (187, 187)


@pytest.mark.parametrize("jobs", [1, 3])
def test_what_was_extracted_once_is_taken_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    cache = FactsCache(tmp_path)
    first, second = Table(make_set()), Table(make_set())
    for block in gather_facts(first, jobs=jobs, cache=cache):
        attach(first, block)
    monkeypatch.setattr("viewer.core.batch.extract_batch", None)
    monkeypatch.setattr("viewer.core.unusual.rank_unusual", None)
    monkeypatch.setattr("viewer.core.disagreement.measure_gaps", None)
    gather(second, cache)
    assert list(first.columns) == list(second.columns)
    for name in first.columns:
        assert (first.values(name) == second.values(name)).all()
    assert first.shapes is not None
    assert (first.shapes == second.shapes).all()


def test_what_was_extracted_before_a_cancel_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = Table(make_set())
    stopped: list[bool] = []
    gathering = gather_facts(table, cache=FactsCache(tmp_path), cancelled=lambda: bool(stopped))
    attach(table, next(gathering))
    attach(table, next(gathering))
    stopped.append(True)
    with pytest.raises(Cancelled):
        next(gathering)
    known = table.known("strokes")
    assert known is not None
    assert known.sum() == 32

    extracted: list[int] = []

    def extract(images: NDArray[np.uint8], *rest: object, **more: object) -> object:
        extracted.append(len(images))
        return extract_batch(images)

    monkeypatch.setattr("viewer.core.batch.extract_batch", extract)
    gather(table, FactsCache(tmp_path))
    assert extracted == [8, 16, 4]
    assert table.known("strokes") is None


def test_other_labels_give_another_ranking_out_of_the_same_blocks(tmp_path: Path) -> None:
    one, other = make_set(), make_set()
    labels = np.zeros(40, np.uint8)
    train = Split("train", other.splits["train"].images, labels)
    other = DigitSet("Set", "set", {**other.splits, "train": train})
    tables = Table(one), Table(other)
    for table in tables:
        gather(table, FactsCache(tmp_path))
    assert (tables[0].values("strokes") == tables[1].values("strokes")).all()
    assert (tables[0].values("unusual") != tables[1].values("unusual")).any()


def test_damage_is_mended(tmp_path: Path) -> None:
    whole, table = Table(make_set()), Table(make_set())
    gather(whole, FactsCache(tmp_path))
    files = sorted(tmp_path.rglob("*.facts"))
    assert len(files) == 11
    sound = [file.read_bytes() for file in files]
    for file in files:
        file.write_bytes(file.read_bytes()[:-1])
    gather(table, FactsCache(tmp_path))
    for name in ("unusual", "order_gap"):
        assert (table.values(name) == whole.values(name)).all()
    assert [len(file.read_bytes()) for file in files] == [len(data) for data in sound]


@pytest.mark.parametrize(
    ("wanted", "found", "steps"),
    [
        ({"strokes", "class"}, {*MEASURED}, 60),
        ({"unusual"}, {*MEASURED, "unusual"}, 67),
        ({"order_gap"}, {"order_gap"}, 120),
        ({"order_gap", "level"}, {*MEASURED, "order_gap"}, 180),
        ({"class"}, set(), 0),
        (set(), set(), 0),
    ],
)
def test_only_what_is_wanted_is_worked_out(wanted: set[str], found: set[str], steps: int) -> None:
    table = Table(make_set())
    before = set(table.columns)
    seen = [(0, 0)]
    for block in gather_facts(table, wanted=wanted, progress=lambda *step: seen.append(step)):
        attach(table, block)
    assert set(table.columns) - before == found
    assert (table.shapes is not None) == bool(found - {"order_gap"})
    assert seen[-1] == (steps, steps)


def test_a_cancel_while_orders_are_compared_keeps_the_blocks_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = Table(make_set())
    stopped: list[bool] = []
    gathering = gather_facts(table, cache=FactsCache(tmp_path), cancelled=lambda: bool(stopped))
    for block in gathering:
        attach(table, block)
        if block.start == 16 and "order_gap" in block.columns:
            break
    stopped.append(True)
    with pytest.raises(Cancelled):
        next(gathering)
    assert table.known("unusual") is None
    known = table.known("order_gap")
    assert known is not None
    assert np.flatnonzero(known).tolist() == list(range(32))

    compared: list[int] = []

    def compare(images: NDArray[np.uint8], *rest: Any, **more: Any) -> NDArray[np.float32]:
        compared.append(len(images))
        return measure_gaps(images, *rest, **more)

    monkeypatch.setattr("viewer.core.disagreement.measure_gaps", compare)
    gather(table, FactsCache(tmp_path))
    assert compared == [8, 16, 4]
    assert table.known("order_gap") is None


def test_the_order_in_use_does_not_matter_to_how_far_orders_are_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = [Table(make_set()) for _ in range(3)]
    gather(tables[0], FactsCache(tmp_path))
    thick = ExtractionSettings(thinning_passes=0)
    gather(tables[1], FactsCache(tmp_path), thick, {"order_gap"})
    assert (tables[0].values("order_gap") != tables[1].values("order_gap")).any()
    monkeypatch.setattr("viewer.core.disagreement.measure_gaps", None)
    walking = ExtractionSettings(order="natural", walking=True, announce_last_jump=True)
    gather(tables[2], FactsCache(tmp_path), walking)
    assert (tables[0].values("order_gap") == tables[2].values("order_gap")).all()
    assert (tables[0].values("strokes") != tables[2].values("strokes")).any()
