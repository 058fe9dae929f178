from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests import naive
from viewer.core.settings import ExtractionSettings
from viewer.core.threshold import measure_levels, threshold

images = st.tuples(st.integers(1, 9), st.integers(1, 9)).flatmap(
    lambda shape: arrays(np.uint8, shape, elements=st.sampled_from([0, 1, 25, 26, 120, 251, 255]))
)


@given(images)
def test_level_and_trace_agree_with_the_rule_written_down_slowly(image: np.ndarray) -> None:
    mask, trace = threshold(image)
    assert trace.level == naive.threshold_level(image)
    assert np.array_equal(mask, image > trace.level)
    for level, pixels, parts4, parts8 in zip(
        trace.levels, trace.pixels, trace.components4, trace.components8, strict=True
    ):
        kept = image > level
        assert pixels == kept.sum()
        assert parts4 == len(naive.components(kept, naive.FOUR))
        assert parts8 == len(naive.components(kept, naive.EIGHT))


@pytest.mark.parametrize(
    ("row", "level", "rule"),
    [
        ([[200, 100, 200]], 75, "components4"),
        ([[255, 60, 60]], 50, "pixels"),
        ([[255, 255, 255]], 225, "ceiling"),
        ([[0, 0]], 225, "ceiling"),
        ([[10, 10, 10]], 0, "components4"),
    ],
)
def test_each_rule_stops_the_climb(row: list[list[int]], level: int, rule: str) -> None:
    trace = threshold(np.array(row, dtype=np.uint8))[1]
    assert (trace.level, trace.stopped_by) == (level, rule)


def test_a_change_of_8_connected_parts_alone_stops_the_climb() -> None:
    # two 4-connected parts either way: a diagonal pair becomes a far pair
    image = np.array([[200, 0, 0], [0, 100, 0], [0, 0, 0], [0, 0, 200]], dtype=np.uint8)
    trace = threshold(image, ExtractionSettings(threshold_keep=0.0))[1]
    assert trace.stopped_by == "components4"
    image = np.array([[200, 0, 0], [50, 50, 0], [0, 0, 200]], dtype=np.uint8)
    trace = threshold(image, ExtractionSettings(threshold_keep=0.0))[1]
    assert (trace.level, trace.stopped_by) == (25, "components8")
    assert trace.components4[-1] == trace.components4[0]


@pytest.mark.parametrize("step", [1, 7, 255])
def test_other_steps_and_ceilings(step: int) -> None:
    image = np.full((3, 3), 255, dtype=np.uint8)
    trace = threshold(image, ExtractionSettings(threshold_step=step, threshold_ceiling=200))[1]
    assert trace.levels[-1] >= 200 > trace.level
    assert trace.level == (200 - 1) // step * step


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((65, 1), np.uint8),
        np.zeros((0, 4), np.uint8),
        np.zeros(4, np.uint8),
        np.zeros((2, 2)),
    ],
)
def test_a_wrong_shape_or_dtype_is_named(image: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"an image must (be of uint8|have the shape)"):
        threshold(image)


@given(images)
def test_every_level_is_measured_as_the_slow_way_does(image: np.ndarray) -> None:
    counts = measure_levels(image)
    for level in (0, 1, 24, 25, 26, 119, 120, 250, 251, 254, 255):
        kept = image > level
        assert counts.pixels[level] == kept.sum()
        assert counts.components4[level] == len(naive.components(kept, naive.FOUR))
        assert counts.components8[level] == len(naive.components(kept, naive.EIGHT))
    assert len(counts.pixels) == len(counts.components4) == len(counts.components8) == 256


@given(images)
def test_the_climb_and_the_measured_levels_agree(image: np.ndarray) -> None:
    counts, trace = measure_levels(image), threshold(image)[1]
    assert np.array_equal(counts.pixels[trace.levels], trace.pixels)
    assert np.array_equal(counts.components4[trace.levels], trace.components4)
    assert np.array_equal(counts.components8[trace.levels], trace.components8)


@given(images, st.integers(0, 255))
def test_a_level_asked_for_makes_the_mask_and_leaves_the_choice(
    image: np.ndarray, level: int
) -> None:
    mask, trace = threshold(image, level=level)
    assert np.array_equal(mask, image > level)
    plain = threshold(image)[1]
    assert (trace.level, trace.stopped_by) == (plain.level, plain.stopped_by)
    assert np.array_equal(trace.pixels, plain.pixels)


@pytest.mark.parametrize("level", [-1, 256])
def test_a_level_that_is_none_is_named(level: int) -> None:
    with pytest.raises(ValueError, match=f"a level must be 0 to 255, not {level}"):
        threshold(np.zeros((2, 2), np.uint8), level=level)
