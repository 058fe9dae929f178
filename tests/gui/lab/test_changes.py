"""Counting what two settings change, against extracting digit by digit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.core.batch import extract_batch
from viewer.core.extract import extract
from viewer.core.sequence import encode_many
from viewer.core.sequences import SequenceSet
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.datasets.sample import open_sample
from viewer.gui.lab.changes import Changes, find_changes, join


def flags(text: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.array([character == "#" for character in text])


def made_of(level: str, skeleton: str, sequence: str) -> Changes:
    """Return changes drawn as rows of digits, # where one changes."""
    positions = np.arange(100, 100 + len(level), dtype=np.int64)
    return Changes(positions, flags(level), flags(skeleton), flags(sequence))


@pytest.mark.parametrize(
    "other",
    [
        replace(PUBLISHED, thinning_passes=None),
        replace(PUBLISHED, threshold_step=10),
        replace(PUBLISHED, minimum_component=20),
        replace(PUBLISHED, announce_last_jump=True),
        PUBLISHED,
    ],
)
def test_it_finds_what_single_extractions_show(other: ExtractionSettings) -> None:
    images = open_sample().splits["test"].images[:60].copy()
    images[7] = 0
    positions = np.arange(len(images), dtype=np.int64) + 500
    found = find_changes(positions, extract_batch(images), extract_batch(images, other))
    for place, image in enumerate(images):
        a, b = extract(image), extract(image, other)
        assert found.level[place] == (a.level != b.level)
        assert found.skeleton[place] == (not np.array_equal(a.skeleton, b.skeleton))
        assert found.sequence[place] == (not np.array_equal(a.rows, b.rows))
    assert (len(found.changed) > 0) == (other != PUBLISHED)
    assert set(found.changed) <= set(positions)


def written(*digits: list[tuple[int, int]]) -> SequenceSet:
    """Return the sequences of digits by their points, (row, column)."""
    points = np.array([point for digit in digits for point in digit], np.int16)
    ends = np.cumsum([0, *map(len, digits)])
    rows, offsets = encode_many(points, ends)
    count = len(digits)
    return SequenceSet(rows, offsets, np.zeros(count, np.uint8), np.ones(count, np.bool_))


def test_another_pixel_and_another_order_are_told_apart() -> None:
    bar, other = [(2, 1), (2, 2), (2, 3)], [(5, 63), (6, 63), (9, 1)]
    a = written(bar, other, bar, bar)
    b = written(bar[::-1], other, bar, [*bar[:2], (63, 3)])
    found = find_changes(np.arange(4), a, b)
    assert found.sequence.tolist() == [True, False, False, True]
    assert found.skeleton.tolist() == [False, False, False, True]
    longer = find_changes(np.arange(2), written(bar, other), written(bar[:2], other))
    assert longer.skeleton.tolist() == longer.sequence.tolist() == [True, False]


def test_no_digit_and_digits_without_points() -> None:
    none = np.zeros((0, 8, 8), np.uint8)
    assert len(find_changes(np.arange(0), extract_batch(none), extract_batch(none))) == 0
    empty = np.zeros((3, 8, 8), np.uint8)
    found = find_changes(np.arange(3), extract_batch(empty), extract_batch(empty))
    assert found.words == "None of 3 changes"


def test_words_count_each_kind() -> None:
    made = made_of("##..", "#.#.", "#.#.")
    assert made.words == ("3 of 4 digits change (75.0 %): 2 in level, 2 in skeleton, 2 in sequence")
    assert made.changed.tolist() == [100, 101, 102]
    assert made_of(".", ".", ".").words == "The one digit does not change"
    one = made_of("." * 2999 + "#", "." * 3000, "." * 3000)
    assert one.words.startswith("1 of 3,000 digits changes (under 0.1 %): 1 in level, 0 in")


def test_parts_are_joined_in_turn() -> None:
    both = join([made_of("#.", "..", ".."), made_of("...", "..#", "..#")])
    assert len(both) == 5
    assert both.changed.tolist() == [100, 102]
    assert join([]).words == "No digit was looked at"
