"""How far two orders are apart: against the slow oracle, and 0 only where they agree."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.naive_truth import warp
from tests.pictures import mask_of
from viewer.core import batch, disagreement
from viewer.core.disagreement import COMPARED, measure_gaps, skeleton_settings
from viewer.core.extract import extract
from viewer.core.settings import ORDERS, PUBLISHED, ExtractionSettings
from viewer.datasets.sample import open_sample
from viewer.errors import Cancelled
from viewer.jit import prepare

STABLE = ExtractionSettings(thinning_passes=None, minimum_component=1)
BAR = """
....
.##.
....
"""
CORNER = """
....
.##.
.#..
"""
PAPER = "....\n....\n...."
DOT = "....\n.#..\n...."


@pytest.fixture(scope="module", autouse=True)
def _kernels() -> None:
    prepare(order="natural")


@pytest.fixture(scope="module")
def images() -> NDArray[np.uint8]:
    return open_sample().splits["train"].images[:60]


def order(image: NDArray[np.uint8], settings: ExtractionSettings, name: str) -> NDArray[np.int16]:
    return extract(image, replace(settings, order=name)).points


def drawn(*pictures: str) -> NDArray[np.uint8]:
    return np.stack([255 * mask_of(picture).astype(np.uint8) for picture in pictures])


@pytest.mark.parametrize("settings", [PUBLISHED, STABLE, ExtractionSettings(threshold_keep=0.9)])
def test_the_gap_is_the_warping_between_the_two_orders(
    images: NDArray[np.uint8], settings: ExtractionSettings
) -> None:
    gaps = measure_gaps(images, settings)
    assert gaps.dtype == np.float32
    pairs = [[order(image, settings, name) for name in COMPARED] for image in images]
    expected = [warp(*([*map(tuple, points.tolist())] for points in pair)) for pair in pairs]
    assert gaps == pytest.approx(np.array(expected), abs=1e-5)
    assert (gaps == 0).tolist() == [np.array_equal(one, other) for one, other in pairs]
    assert 0 < np.count_nonzero(gaps) < len(gaps)


def test_two_pixels_the_other_way_round_are_a_pixel_a_step_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever natural is: here the reverse of the first digit's order, else the same."""

    def order_many(
        words: NDArray[np.uint64], _width: int, starts: object, settings: ExtractionSettings
    ) -> tuple[NDArray[np.int16], NDArray[np.int64], NDArray[np.bool_]]:
        assert len(words) == 3
        assert not settings.walking
        bar, dot, corner = [(1, 1), (1, 2)], [(1, 1)], [(1, 2), (1, 1), (2, 1)]
        first = bar if settings.order == "nearest" else bar[::-1]
        points = np.array([*first, *dot, *corner], np.int16)
        return points, np.array([2, 1, 3]), np.ones(3, np.bool_)

    monkeypatch.setattr(disagreement, "order_many", order_many)
    for settings in (STABLE, replace(STABLE, order="natural", walking=True)):
        assert measure_gaps(drawn(PAPER, BAR, DOT, PAPER, CORNER), settings).tolist() == [
            0, 1, 0, 0, 0,
        ]  # fmt: skip


def test_without_ink_or_with_one_pixel_orders_agree() -> None:
    assert measure_gaps(drawn(PAPER, DOT, PAPER), STABLE).tolist() == [0, 0, 0]
    assert measure_gaps(drawn(PAPER), STABLE).tolist() == [0]
    assert measure_gaps(np.zeros((0, 28, 28), np.uint8)).tolist() == []


@pytest.mark.parametrize("name", ORDERS)
def test_the_order_in_use_does_not_matter(images: NDArray[np.uint8], name: str) -> None:
    settings = ExtractionSettings(
        order=name, walking=name == "natural", announce_last_jump=True, thinning_passes=3
    )
    gaps = measure_gaps(images, ExtractionSettings(thinning_passes=3))
    assert (measure_gaps(images, settings) == gaps).all()
    assert skeleton_settings(settings) == ExtractionSettings(thinning_passes=3)


@pytest.mark.parametrize("jobs", [1, 3])
def test_chunks_and_threads_do_not_matter(
    images: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    whole = measure_gaps(images)
    monkeypatch.setattr(batch, "CHUNK", 16)
    seen: list[tuple[int, int]] = []
    gaps = measure_gaps(images, jobs=jobs, progress=lambda *step: seen.append(step))
    assert (gaps == whole).all()
    assert seen == [(16, 60), (32, 60), (48, 60), (60, 60)]


def test_cancelling_stops(images: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "CHUNK", 16)
    seen: list[int] = []
    with pytest.raises(Cancelled):
        measure_gaps(
            images, progress=lambda done, _: seen.append(done), cancelled=lambda: len(seen) == 2
        )
    assert seen == [16, 32]


def test_what_is_no_stack_of_images_is_refused(images: NDArray[np.uint8]) -> None:
    with pytest.raises(ValueError, match="shape"):
        measure_gaps(images[0])
    with pytest.raises(ValueError, match="uint8"):
        measure_gaps(images.astype(np.int32))
    with pytest.raises(ValueError, match="jobs"):
        measure_gaps(images, jobs=0)
