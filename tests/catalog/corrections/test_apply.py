from __future__ import annotations

import numpy as np
import pytest

from tests.pictures import RING, TEE, TWO_STROKES, mask_of
from viewer.catalog.columns import FACT_NAMES
from viewer.catalog.corrections.apply import apply_corrections, corrected_facts
from viewer.catalog.corrections.corrections import Corrections
from viewer.catalog.facts.gather import attach, gather_facts
from viewer.catalog.table import Table
from viewer.core.batch import extract_batch
from viewer.core.correction import Strokes, merge, move, split, strokes_of
from viewer.core.extract import correct, extract
from viewer.core.settings import ExtractionSettings
from viewer.datasets.digits import DigitSet, Split

FEWER = ExtractionSettings(minimum_component=4)
"""Settings that leave other skeletons of `TWO_STROKES`."""


@pytest.fixture
def dataset() -> DigitSet:
    """Six digits of two splits: numbers 2 and 5 have two strokes."""
    images = np.zeros((3, 9, 9), np.uint8)
    for image, picture in zip(images, (RING, TEE, TWO_STROKES), strict=True):
        mask = mask_of(picture)
        image[: mask.shape[0], : mask.shape[1]][mask] = 200
    large = np.zeros((1, 65, 65), np.uint8)
    splits = {"train": images, "test": images[::-1], "large": large}
    return DigitSet("Set", "", {name: Split(name, some) for name, some in splits.items()})


@pytest.fixture
def corrections(dataset: DigitSet) -> Corrections:
    return Corrections(dataset, None)


def strokes_at(dataset: DigitSet, name: str, index: int) -> Strokes:
    found = extract(dataset.splits[name].images[index])
    return strokes_of(found.points, found.stroke_offsets)


def put(dataset: DigitSet, corrections: Corrections, name: str, index: int) -> Strokes:
    """Draw the last stroke of a digit first, and lift the pen once more."""
    strokes = strokes_at(dataset, name, index)
    moved = move(strokes, len(strokes) - 1, 0)
    longest = max(range(len(moved)), key=lambda stroke: len(moved[stroke]))
    changed = split(moved, longest, 1)
    corrections.set(name, index, dataset.splits[name].images[index], changed)
    return changed


def test_corrected_sequences_stand_in_their_places(
    dataset: DigitSet, corrections: Corrections
) -> None:
    put(dataset, corrections, "train", 0)
    wanted = {
        ("train", 2): put(dataset, corrections, "train", 2),
        ("test", 0): put(dataset, corrections, "test", 0),
    }
    parts = [
        (dataset.splits["train"], np.array([1, 2])),
        (dataset.splits["test"], np.array([0, 2])),
    ]
    images = np.concatenate([split.images[some] for split, some in parts])
    computed = extract_batch(images)
    applied = apply_corrections(parts, computed, corrections)
    assert applied.corrected.tolist() == [False, True, True, False]
    assert applied.unfit == 0
    for place, (key, image) in enumerate(
        zip([("train", 1), ("train", 2), ("test", 0), ("test", 2)], images, strict=True)
    ):
        found = extract(image)
        found = correct(found, wanted[key]) if key in wanted else found
        assert np.array_equal(applied.sequences.sequence(place), found.rows)
    assert np.array_equal(applied.sequences.levels, computed.levels)


def test_corrections_of_other_skeletons_are_counted(
    dataset: DigitSet, corrections: Corrections
) -> None:
    put(dataset, corrections, "train", 0)
    put(dataset, corrections, "train", 2)
    parts = [(dataset.splits["train"], np.arange(3))]
    computed = extract_batch(dataset.splits["train"].images, FEWER)
    applied = apply_corrections(parts, computed, corrections, FEWER)
    assert applied.corrected.tolist() == [True, False, False]
    assert applied.unfit == 1
    assert np.array_equal(applied.sequences.sequence(2), computed.sequence(2))


def test_facts_follow_a_correction_and_its_end(dataset: DigitSet, corrections: Corrections) -> None:
    table = Table(dataset)
    for block in gather_facts(table):
        attach(table, block)
    before = {name: table.values(name) for name in FACT_NAMES}
    strokes = put(dataset, corrections, "test", 0)
    corrected_facts(table, corrections, positions=np.array([3]))
    assert table.values("strokes")[3] == len(strokes) == before["strokes"][3] + 1
    assert table.values("lifts")[3] == len(strokes) - 1
    assert table.values("points")[3] == before["points"][3]
    for name in FACT_NAMES:
        others = np.arange(6) != 3
        assert np.array_equal(table.values(name)[:6][others], before[name][:6][others])
        known = table.known(name)
        assert known is not None
        assert known.tolist() == [True] * 6 + [False]
    corrections.undo()
    corrected_facts(table, corrections, positions=np.array([3, 6]))
    assert all(np.array_equal(table.values(name), before[name]) for name in FACT_NAMES)


def test_all_corrected_digits_are_measured_by_default(
    dataset: DigitSet, corrections: Corrections
) -> None:
    table = Table(dataset)
    corrected_facts(table, corrections)
    put(dataset, corrections, "train", 1)
    corrected_facts(table, corrections)
    assert "strokes" not in table.columns
    for block in gather_facts(table):
        attach(table, block)
    computed = table.values("strokes").copy()
    put(dataset, corrections, "test", 2)
    corrected_facts(table, corrections)
    assert (table.values("strokes").astype(int) - computed).tolist() == [0, 1, 0, 0, 0, 1, 0]


def test_strokes_that_were_joined_are_one(dataset: DigitSet, corrections: Corrections) -> None:
    table = Table(dataset)
    for block in gather_facts(table):
        attach(table, block)
    strokes = strokes_at(dataset, "train", 2)
    image = dataset.splits["train"].images[2]
    corrections.set("train", 2, image, merge(strokes, 0))
    travel, length = table.values("travel")[2], table.values("length")[2]
    corrected_facts(table, corrections, positions=np.array([2]))
    assert table.values("strokes")[2] == len(strokes) - 1
    gap = np.hypot(*(strokes[1][0] - strokes[0][-1]).astype(float))
    assert table.values("travel")[2] == pytest.approx(travel - gap, abs=1e-4)
    assert table.values("length")[2] == pytest.approx(length + gap, abs=1e-4)
