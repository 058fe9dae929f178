from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests import naive
from viewer.core.settings import ExtractionSettings
from viewer.core.threshold import threshold

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
