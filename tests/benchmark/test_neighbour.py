from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from tests.benchmark.making import draw_walks, make_random, make_rows
from viewer.benchmark import neighbour
from viewer.benchmark.neighbour import POINTS, SCALE, describe_paths, find_neighbours, vote


def test_neighbours_are_those_of_a_search(monkeypatch: pytest.MonkeyPatch) -> None:
    random = make_random(41)
    paths = random.integers(-3, 4, (70, 4)).astype(np.float32)  # many are equally near
    others = random.integers(-3, 4, (25, 4)).astype(np.float32)
    expected = [
        sorted(range(70), key=lambda place: (((paths[place] - other) ** 2).sum(), place))[:6]
        for other in others
    ]
    assert find_neighbours(paths, others, 6).tolist() == expected
    monkeypatch.setattr(neighbour, "BLOCK", 210)  # three others at a time
    told: list[tuple[int, int]] = []
    found = find_neighbours(paths, others, 6, lambda *steps: told.append(steps))
    assert found.tolist() == expected
    assert told[0] == (3, 25)
    assert told[-1] == (25, 25)


def test_all_may_be_asked_for() -> None:
    paths = np.array([[2], [0], [1]], np.float32)
    assert find_neighbours(paths, np.zeros((1, 1), np.float32), 3).tolist() == [[1, 2, 0]]


def test_the_farthest_paths_are_told_apart_exactly() -> None:
    """The largest distances there can be differ by one in the last place."""
    size = 2 * POINTS
    corner = np.full((1, size), SCALE, np.float32)
    far = -corner
    nearer = far.copy()
    nearer[0, 0] += 1
    found = find_neighbours(np.concatenate([far, nearer, far]), corner, 3)
    assert found.tolist() == [[1, 0, 2]]
    largest = 2 * (SCALE**2) * size + SCALE**2 * size
    assert largest < 1 << 24


def test_paths_are_whole_numbers_in_a_box() -> None:
    paths = describe_paths(make_rows(draw_walks(42, 20)))
    assert paths.dtype == np.float32
    assert np.array_equal(paths, np.rint(paths))
    assert np.abs(paths).max() == SCALE


def test_votes() -> None:
    random = make_random(43)
    classes = random.integers(0, 4, (200, 7)).astype(np.uint8)
    expected = []
    for line in classes.tolist():
        counts = Counter(line)
        most = max(counts.values())
        expected.append(next(name for name in line if counts[name] == most))
    assert vote(classes).tolist() == expected
