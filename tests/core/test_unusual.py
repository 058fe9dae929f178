"""Who is unusual: against brute force, on digits that speak for themselves, by a sample."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.core.test_facts import sequences_of
from tests.core.test_shape import HOOK, some_shapes
from viewer.core import unusual
from viewer.core.shape import describe_shapes
from viewer.core.unusual import rank_unusual
from viewer.errors import Cancelled


def mean_distances(shapes: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Mean distance of each to its five nearest others."""
    apart = np.linalg.norm(shapes[:, None].astype(float) - shapes[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    near: NDArray[np.float64] = np.sort(apart, axis=1)[:, :5].mean(axis=1)
    return near


def test_ranks_are_as_brute_force_has_them() -> None:
    shapes = some_shapes(60)
    labels = np.arange(60) % 3
    found = rank_unusual(shapes, labels)
    for value in range(3):
        means = mean_distances(shapes[labels == value])
        below = (means[None] < means[:, None] - 1e-3).sum(axis=1)
        assert found[labels == value] == pytest.approx(100 * below / 19, abs=1e-4)


def test_the_odd_one_is_the_most_unusual_of_its_class() -> None:
    bars = [[(row, 10) for row in range(5, 20 + digit)] for digit in range(20)]
    shapes = describe_shapes(sequences_of(*bars, HOOK))
    assert rank_unusual(shapes, None).argmax() == 20
    assert rank_unusual(shapes, None).max() == 100
    apart = rank_unusual(shapes, np.array([1] * 20 + [2]))
    assert apart[20] == 0  # alone in its class


def test_large_classes_are_compared_with_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = some_shapes(400)
    whole = rank_unusual(shapes, None)
    monkeypatch.setattr(unusual, "SAMPLE", 100)
    monkeypatch.setattr(unusual, "CHUNK", 64)
    sampled = rank_unusual(shapes, None)
    assert (sampled == rank_unusual(shapes, None)).all()
    assert 0.4 < np.corrcoef(whole, sampled)[0, 1] < 1
    assert sampled.min() == 0
    assert sampled.max() == 100


def test_ranking_reports_and_can_be_cancelled() -> None:
    seen: list[tuple[int, int]] = []
    shapes = some_shapes(20)
    rank_unusual(shapes, np.arange(20) % 2, lambda *step: seen.append(step))
    assert seen == [(10, 20), (20, 20)]
    with pytest.raises(Cancelled):
        rank_unusual(shapes, None, cancelled=lambda: True)


def test_nothing_is_ranked_in_an_empty_set() -> None:
    assert rank_unusual(some_shapes(0), None).shape == (0,)
