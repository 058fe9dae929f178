from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests import naive
from tests.pictures import RING, TEE, TWO_STROKES, mask_of
from viewer.core.skeleton import find_start_point, remove_small_components

masks = st.tuples(st.integers(1, 10), st.integers(1, 64)).flatmap(
    lambda shape: arrays(np.bool_, shape)
)


@given(masks, st.integers(1, 5))
def test_small_parts_go_and_others_stay(mask: np.ndarray, minimum: int) -> None:
    kept = set().union(*(p for p in naive.components(mask, naive.EIGHT) if len(p) >= minimum))
    assert naive.pixels_of(remove_small_components(mask, minimum)) == kept


@given(masks)
def test_start_agrees_with_the_rule_written_down_slowly(mask: np.ndarray) -> None:
    assert find_start_point(mask) == naive.start_of(mask)


@pytest.mark.parametrize(
    ("picture", "start"), [(RING, (2, 1)), (TEE, (1, 1)), (TWO_STROKES, (1, 1)), (".", None)]
)
def test_start_of_drawn_skeletons(picture: str, start: tuple[int, int] | None) -> None:
    assert find_start_point(mask_of(picture)) == start
