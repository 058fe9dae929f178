"""The published data set, reproduced: the numbers are those of all 70,000 digits."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests import naive
from viewer.core.batch import extract_batch
from viewer.core.extract import extract
from viewer.core.sequence import decode, encode, jumps, lifts
from viewer.core.sequences import SequenceSet
from viewer.datasets.source import open_source

pytestmark = pytest.mark.data
LEVELS = {
    "train": [677, 934, 1096, 1573, 2403, 4266, 7315, 11208, 13167, 17361],
    "test": [102, 150, 169, 244, 354, 662, 1151, 1835, 2261, 3072],
}
LENGTHS = {"train": (13, 117, 39.9), "test": (13, 108, 39.4)}


@pytest.fixture(scope="module")
def mnist(shared_data: Path) -> dict[str, np.ndarray]:
    splits = open_source(shared_data / "mnist").splits
    return {name: split.images for name, split in splits.items()}


@pytest.fixture(scope="module")
def sequences(mnist: dict[str, np.ndarray]) -> dict[str, SequenceSet]:
    return {name: extract_batch(images, jobs=2) for name, images in mnist.items()}


@pytest.fixture(scope="module")
def published(shared_data: Path) -> list[np.ndarray]:
    with np.load(shared_data / "published-sequences" / "train-00000-09999.npz") as file:
        return np.split(file["rows"], file["offsets"][1:-1])


@pytest.mark.parametrize("split", ["train", "test"])
def test_levels_and_lengths_are_those_of_the_publication(
    sequences: dict[str, SequenceSet], split: str
) -> None:
    found = sequences[split]
    counted = Counter(found.levels.tolist())
    assert [counted[level] for level in range(0, 250, 25)] == LEVELS[split]
    shortest, longest, mean = LENGTHS[split]
    lengths = np.diff(found.offsets)
    assert lengths.min() == shortest
    assert lengths.max() <= longest  # fewer jumps than the best of ten tours
    assert abs(lengths.mean() - mean) < 0.1


def test_almost_all_searches_are_complete(sequences: dict[str, SequenceSet]) -> None:
    exact = np.concatenate([found.exact for found in sequences.values()])
    assert exact.mean() >= 0.995


def test_start_and_points_are_the_published_ones_and_no_tour_is_longer(
    sequences: dict[str, SequenceSet], published: list[np.ndarray]
) -> None:
    same = 0
    for digit, rows in enumerate(published):
        mine = sequences["train"].sequence(digit)
        if np.array_equal(mine, rows):
            same += 1
            continue
        theirs = [(int(row), int(column)) for row, column in decode(rows)]
        ours = [(int(row), int(column)) for row, column in decode(mine)]
        assert ours[0] == theirs[0], digit
        assert set(ours) == set(theirs), digit
        assert naive.closed_length(ours) <= naive.closed_length(theirs), digit
    assert same / len(published) >= 0.9


def test_published_sequences_round_trip(published: list[np.ndarray]) -> None:
    for digit, rows in enumerate(published):
        assert np.array_equal(encode(decode(rows)), rows), digit


def test_strokes_of_published_sequences_end_at_jumps(published: list[np.ndarray]) -> None:
    for digit, rows in enumerate(published):
        assert np.array_equal(lifts(rows), jumps(decode(rows))), digit


@pytest.mark.parametrize("digit", [2, 12, 13, 25, 58])
def test_the_figures_of_the_publication(
    shared_data: Path, mnist: dict[str, np.ndarray], digit: int
) -> None:
    figures = shared_data / "published-sequences" / "figures"
    stages = extract(mnist["train"][digit])
    stage_of = {
        "input": stages.image,
        "thresholded": stages.thresholded * 255,
        "thinned": (stages.thresholded & (stages.removed_by == 0)) * 255,
    }
    for name, stage in stage_of.items():
        with Image.open(figures / f"trainimg-{digit}-{name}.png") as figure:
            assert np.array_equal(np.asarray(figure.convert("L")), stage), name
